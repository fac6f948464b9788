"""Room kept on the disk for the day it is full: then the reserve goes, and the kiosk starts and counts on for a while."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from .atomic import write_atomic

#: The file, in the data folder, and its size, bytes: what SQLite needs to open, and some days of counting.
FILE, SIZE = "reserve", 4 * 1024 * 1024
#: With less free than this the disk counts as full; with less than PLENTY no reserve is laid in. Bytes.
FULL, PLENTY = 1024 * 1024, 64 * 1024 * 1024


def lay_in(folder: Path) -> None:
    """Make the reserve, if it is not there and there is plenty of room."""
    with suppress(OSError):
        if not (folder / FILE).exists() and shutil.disk_usage(folder).free > PLENTY:
            write_atomic(folder / FILE, os.urandom(SIZE), private=True)  # not zeros, which file systems leave out


def is_full(folder: Path) -> bool:
    """Tell whether the disk has no room for anything more."""
    return shutil.disk_usage(folder).free < FULL


def use(folder: Path) -> bool:
    """Give the reserve up if the disk is full; tells whether there is more room now."""
    try:
        if not is_full(folder):
            return False
        (folder / FILE).unlink()
    except OSError:
        return False
    return True
