"""A disk of a few megabytes that a test may fill or turn read-only."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(place: Path, megabytes: int = 3) -> Iterator[Path]:
    """Mount a disk at `place`, a folder that is made; skips the test where mounting is refused."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a small disk needs root")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place: Path, left: int = 0) -> Path:
    """Write a file that leaves `left` bytes free on the disk at `place`; returns the file."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file:
        missing = shutil.disk_usage(place).free - left
        while missing > 0 and (wrote := _write(file, min(missing, 1 << 20))):
            missing -= wrote
    return filler


def _write(file: object, size: int) -> int:
    try:
        return int(file.write(b"x" * size))  # type: ignore[attr-defined]
    except OSError:
        return 0


def turn(place: Path, mode: str) -> None:
    """Mount the disk anew, "ro" or "rw"."""
    subprocess.run(["mount", "-o", f"remount,{mode}", str(place)], check=True)
