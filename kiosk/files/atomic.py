"""Files that are there whole or not at all: written beside their place, brought to the disk, then renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .storage_errors import as_storage_error


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary file in the folder of `path` to write to; when the block has ended well it is `path`, and on the
    disk. After an error nothing of it is left. Raises DiskFull, ReadOnlyFolder, StorageTrouble."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        _to_disk(part)
        part.replace(path)
        _to_disk(path.parent)
    except OSError as error:
        raise as_storage_error(error) from error
    finally:
        # A stick that was pulled out takes the rest with it.
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
