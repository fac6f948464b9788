"""Atomic file writing: temporary file in the same folder, fsync, rename, fsync of the folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .storage_errors import as_storage_error


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a temporary path in the folder of `path`. When the block ends, it is fsynced and renamed to `path`; after an
    error it is deleted and `path` is unchanged. Raises DiskFull, ReadOnlyFolder, StorageTrouble."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        _to_disk(part)
        part.replace(path)
        _to_disk(path.parent)
    except OSError as error:
        raise as_storage_error(error) from error
    finally:
        # fails if the stick was pulled out, and then there is nothing to delete
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
