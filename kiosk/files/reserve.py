"""A reserve file for a full disk: deleting it frees 4 MB, so that the kiosk can start and count visits for some days."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from .atomic import write_atomic

#: The file in the data folder, and its size, bytes: enough for SQLite to open, and for some days of counting.
FILE, SIZE = "reserve", 4 * 1024 * 1024
#: Free bytes: below FULL the disk counts as full; below PLENTY no reserve is created.
FULL, PLENTY = 1024 * 1024, 64 * 1024 * 1024


def lay_in(folder: Path) -> None:
    """Create the reserve if it is missing and enough space is free. Errors are ignored."""
    with suppress(OSError):
        if not (folder / FILE).exists() and shutil.disk_usage(folder).free > PLENTY:
            write_atomic(folder / FILE, os.urandom(SIZE), private=True)  # zeros could become a hole


def is_full(folder: Path) -> bool:
    """Return whether the disk is full. Raises OSError."""
    return shutil.disk_usage(folder).free < FULL


def use(folder: Path) -> bool:
    """Delete the reserve if the disk is full; return whether that freed space."""
    try:
        if not is_full(folder):
            return False
        (folder / FILE).unlink()
    except OSError:
        return False
    return True
