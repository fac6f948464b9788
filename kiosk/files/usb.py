"""USB sticks and folders: lists files to import, and finds a place to write to."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from kiosk.errors import N_, DiskFull, KioskError, StorageTrouble
from kiosk.pictures.pixels import normalise

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
#: Where Debian, Ubuntu and Raspberry Pi OS mount removable disks.
MOUNTS = (Path("/media"), Path("/run/media"))
#: Limits of a search, so that a stick with a photo archive does not block the desk: folder depth, files.
DEEPEST, MOST_FILES = 5, 5000


class NoStick(KioskError):
    default = N_("No USB stick can be written to. Plug one in and try again.")


class FullStick(KioskError):
    default = N_("The stick is full. Nothing was written to it.")


class GoneStick(KioskError):
    default = N_("The stick could not be written to. Is it still plugged in? Nothing is on it.")


def picture_files(folder: str, most: int = 120) -> list[Path]:
    """Return up to `most` pictures in `folder`, or on all removable disks if it is "", the newest first."""
    return files(folder, SUFFIXES, most)


def files(folder: str, suffixes: tuple[str, ...], most: int = 120) -> list[Path]:
    """Return up to `most` files with one of the `suffixes` in `folder`, or on all removable disks if it is "", the newest
    first."""
    places = [Path(folder)] if folder else list(MOUNTS)
    found: list[tuple[float, Path]] = []
    for place in places:
        for path in _walk(place, suffixes):
            try:
                found.append((path.stat().st_mtime, path))
            except OSError:  # the stick was pulled out during the search
                continue
            if len(found) >= MOST_FILES:
                break
    return [path for _, path in sorted(found, key=lambda one: (-one[0], str(one[1])))[:most]]


def preview(path: Path, size: tuple[int, int]) -> Image.Image:
    """Return a thumbnail of at most `size` pixels. Raises BadPicture."""
    image = normalise(path.read_bytes() if path.is_file() else b"")
    image.thumbnail(size)
    return image


def place_to_write(folder: str) -> Path | None:
    """Return `folder`, or the first writable stick if it is "", None if there is none."""
    if folder:
        return Path(folder)
    found = [path for place in MOUNTS for depth in ("*", "*/*") for path in sorted(place.glob(depth))]
    return next((path for path in found if os.path.ismount(path) and os.access(path, os.W_OK)), None)


def hand_over(folder: str, name: str, write: Callable[[Path], None]) -> Path:
    """Call `write(path)` for the file `name` in `folder`, or on a stick if it is "", then sync and unmount the stick, so
    that it can be pulled out. Raises NoStick, FullStick, GoneStick, and what else `write` raises."""
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
    if os.path.ismount(place):  # may not be permitted; the data is on the stick anyway
        subprocess.run(["umount", str(place)], capture_output=True, timeout=60, check=False)
    return place / name


def _walk(place: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for folder, folders, files in os.walk(place, onerror=lambda error: None):
        deep = len(Path(folder).relative_to(place).parts)
        folders[:] = [] if deep >= DEEPEST else sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(suffixes) and not name.startswith("."):
                yield Path(folder, name)
