"""Atomic file writing, the one way in which the program writes a whole file.

The data goes to a temporary file in the same folder, which is fsynced and renamed; then the folder is fsynced. The temporary
name is random and opened with O_EXCL | O_NOFOLLOW, so a symbolic link prepared on a USB stick is not followed. All errors are
OSErrors; `kiosk.files.storage_errors.storage_errors` maps them to KioskErrors.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

#: The name of a temporary file.
_PART = re.compile(r"\.[0-9a-f]{32}\.part")
#: Errors of FUSE file systems that cannot fsync a folder.
_CANNOT_SYNC = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)


@contextmanager
def atomic_file(path: Path, *, private: bool = False, durable: bool = True) -> Iterator[BinaryIO]:
    """Yield an open temporary file for writing and reading. When the block ends, it is fsynced and renamed to `path`; after
    an exception it is deleted and `path` is unchanged.

    A `private` file has mode 0600, others follow the umask. A link at `path` is replaced, never followed. Of many files that
    are not `durable` one by one, the caller removes leftovers first and calls os.sync last. Raises OSError.
    """
    if durable:
        remove_left_over(path.parent)
    with _opened(path.parent, 0o600 if private else 0o666) as file:
        part = Path(file.name)
        try:
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            with suppress(OSError):  # fails if the stick was pulled out
                part.unlink(missing_ok=True)
            raise
    if durable:
        fsync(path.parent)


def write_atomic(path: Path, data: bytes, *, private: bool = False, durable: bool = True) -> None:
    """Write `data` to `path` atomically, see `atomic_file`. Raises OSError."""
    with atomic_file(path, private=private, durable=durable) as file:
        file.write(data)


def fsync(path: Path) -> None:
    """fsync a file's content or a folder's entries. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(descriptor)


def _opened(folder: Path, mode: int) -> BinaryIO:
    """Create a temporary file and flock it, which marks it as in use."""
    while True:
        part = folder / f".{secrets.token_hex(16)}.part"
        file = open(part, "x+b", opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW, mode))  # noqa: SIM115
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(file.fileno()).st_nlink:
                return file
        except BlockingIOError:  # another process took it for a leftover before it was locked
            pass
        except OSError:  # the file system has no locks
            return file
        file.close()


def remove_left_over(folder: Path) -> None:
    """Delete temporary files that no process has locked: leftovers of a power cut or of a stick that was pulled out."""
    for name in os.listdir(folder):
        if not _PART.fullmatch(name):
            continue
        with suppress(OSError):
            descriptor = os.open(folder / name, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(folder / name)
            finally:
                os.close(descriptor)
