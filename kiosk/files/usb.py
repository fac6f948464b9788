"""What is on a USB stick or in a folder: pictures and other files to be taken in, and a place to write to."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from kiosk.errors import N_, DiskFull, KioskError, StorageTrouble
from kiosk.pictures.pixels import normalise

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
#: Where Debian, Ubuntu and Raspberry Pi OS mount what is plugged in.
MOUNTS = (Path("/media"), Path("/run/media"))
#: A stick with a whole photo archive on it must not stop the desk: how deep, and how many files, are looked at.
DEEPEST, MOST_FILES = 5, 5000


class NoStick(KioskError):
    default = N_("No writable USB stick was found. Plug one in and try again.")


class FullStick(KioskError):
    default = N_("The USB stick is full. Nothing was saved.")


class GoneStick(KioskError):
    default = N_("Could not write to the USB stick. Is it still plugged in? Nothing was saved.")


def picture_files(folder: str, most: int = 120) -> list[Path]:
    """Return the pictures in `folder`, or on everything that is plugged in when it is "", the newest first."""
    return files(folder, SUFFIXES, most)


def files(folder: str, suffixes: tuple[str, ...], most: int = 120) -> list[Path]:
    """Return the files that end so in `folder`, or on everything that is plugged in when it is "", the newest first."""
    places = [Path(folder)] if folder else list(MOUNTS)
    found: list[tuple[float, Path]] = []
    for place in places:
        for path in _walk(place, suffixes):
            try:
                found.append((path.stat().st_mtime, path))
            except OSError:  # pulled out while we look
                continue
            if len(found) >= MOST_FILES:
                break
    return [path for _, path in sorted(found, key=lambda one: (-one[0], str(one[1])))[:most]]


def preview(path: Path, size: tuple[int, int]) -> Image.Image:
    """Return a small picture of a file. Raises BadPicture with what is wrong with it."""
    image = normalise(path.read_bytes() if path.is_file() else b"")
    image.thumbnail(size)
    return image


def place_to_write(folder: str) -> Path | None:
    """Return `folder`, or the first stick that can be written to when it is ""; None when there is none."""
    if folder:
        return Path(folder)
    found = [path for place in MOUNTS for depth in ("*", "*/*") for path in sorted(place.glob(depth))]
    return next((path for path in found if os.path.ismount(path) and os.access(path, os.W_OK)), None)


def hand_over(folder: str, name: str, write: Callable[[Path], None]) -> Path:
    """Let `write(path)` make the file `name` in `folder`, or on a stick when it is "", and let the stick go: after that
    it may be taken out. Raises NoStick, FullStick, GoneStick, and what `write` raises for other reasons."""
    place = place_to_write(folder)
    if place is None:
        raise NoStick()
    try:
        write(place / name)
    except DiskFull as error:
        raise FullStick() from error
    except StorageTrouble as error:
        raise GoneStick() from error
    os.sync()
    if os.path.ismount(place):  # where the system does not let us, everything is on the stick all the same
        subprocess.run(["umount", str(place)], capture_output=True, timeout=60, check=False)
    return place / name


def _walk(place: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for folder, folders, files in os.walk(place, onerror=lambda error: None):
        deep = len(Path(folder).relative_to(place).parts)
        folders[:] = [] if deep >= DEEPEST else sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(suffixes) and not name.startswith("."):
                yield Path(folder, name)
