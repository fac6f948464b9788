"""Files that are there whole or not at all: every file the program writes as a whole is written by this module.

The bytes go to a temporary file in the same folder, are brought to the disk by fsync, and take their place by rename;
then the folder is brought to the disk. The temporary name is random and opened with O_EXCL | O_NOFOLLOW, so a link laid
on a USB stick in advance leads nowhere. All errors are OSErrors; `kiosk.files.storage_errors.telling` turns them into words.
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

#: What a temporary file is called.
_PART = re.compile(r"\.[0-9a-f]{32}\.part")
#: What file systems in user space say that cannot bring a folder to the disk.
_CANNOT_SYNC = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)


@contextmanager
def atomic_file(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Give an open temporary file, to write and read; when the block has ended well it is `path`, and on the disk. After
    an error nothing of it is left, and what was at `path` is as it was.

    A `private` file can be read by its owner only (mode 0600), others as the umask says. A link at `path` is replaced,
    never followed. Raises OSError.
    """
    _remove_left_over(path.parent)
    with _opened(path.parent, 0o600 if private else 0o666) as file:
        part = Path(file.name)
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            with suppress(OSError):  # a stick that was pulled out takes it along
                part.unlink(missing_ok=True)
            raise
    fsync(path.parent)


def write_atomic(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write `data` to `path` as `atomic_file` does. Raises OSError."""
    with atomic_file(path, private=private) as file:
        file.write(data)


def fsync(path: Path) -> None:
    """Bring the bytes of a file, or the names in a folder, to the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(descriptor)


def _opened(folder: Path, mode: int) -> BinaryIO:
    """Make a temporary file and lock it, which says that somebody still writes to it."""
    while True:
        part = folder / f".{secrets.token_hex(16)}.part"
        file = open(part, "x+b", opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW, mode))  # noqa: SIM115
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(file.fileno()).st_nlink:
                return file
        except BlockingIOError:  # taken for left over, before it was locked, and just being removed
            pass
        except OSError:  # a file system without locks
            return file
        file.close()


def _remove_left_over(folder: Path) -> None:
    """Remove temporary files that nobody writes to any more: a power cut, or a stick pulled out, left them."""
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
