"""USB sticks and folders: lists files to import, and finds a place to write to."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.errors import N_, DiskFull, KioskError, StorageTrouble

SUFFIXES = (
    *(
        ".jpg",
        ".jpeg",
        ".jpe",
        ".jfif",
        ".png",
        ".webp",
        ".heic",
        ".heif",
        ".hif",
        ".avif",
        ".tif",
        ".tiff",
        ".gif",
        ".bmp",
    ),
)
#: Where Debian, Ubuntu and Raspberry Pi OS mount removable disks.
MOUNTS = (Path("/media"), Path("/run/media"))
#: Limits of a search, so that a stick with a photo archive does not block the desk: folder depth, files.
DEEPEST, MOST_FILES = 5, 5000


_LITTER = frozenset(("thumbs.db", "desktop.ini", "system volume information", "lost+found", "found.000"))


class NoStick(KioskError):
    default = N_("No writable USB stick was found. Plug one in and try again.")


class FullStick(KioskError):
    default = N_("The USB stick is full. Nothing was saved.")


class GoneStick(KioskError):
    default = N_("Could not write to the USB stick. Is it still plugged in? Nothing was saved.")


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


def top_folder(path: Path, folder: str) -> Path:
    """Return the top folder of a file on a stick or in `folder`, or the stick itself."""
    place = Path(folder) if folder else next((mount for mount in mounted() if mount in path.parents), path.parent)
    parts = path.relative_to(place).parts
    return place / parts[0] if len(parts) > 1 else place


def mounted() -> list[Path]:
    """Return the mount points of sticks, the deepest first."""
    found = {path for place in MOUNTS for depth in ("*", "*/*") for path in place.glob(depth) if os.path.ismount(path)}
    return sorted(found, key=lambda path: (-len(path.parts), path))


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
    except OSError as error:
        raise (FullStick() if error.errno == errno.ENOSPC else GoneStick()) from error
    except StorageTrouble as error:
        raise GoneStick() from error
    os.sync()
    if os.path.ismount(place):  # may not be permitted; the data is on the stick anyway
        subprocess.run(["umount", str(place)], capture_output=True, timeout=60, check=False)
    return place / name


def _walk(place: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for folder, folders, files in os.walk(place, onerror=lambda error: None):
        deep = len(Path(folder).relative_to(place).parts)
        folders[:] = [] if deep >= DEEPEST else sorted(one for one in folders if not is_litter(one, folder=True))
        for name in sorted(files):
            if name.lower().endswith(suffixes) and not is_litter(name):
                yield Path(folder, name)


def is_litter(name: str, folder: bool = False) -> bool:
    """Return whether operating systems and office programs create a file, or a folder, of this name: ._name, Thumbs.db,
    ~$name, @eaDir, #recycle, $RECYCLE.BIN."""
    marks = (".", "@", "#", "$", "__MACOSX") if folder else (".", "~$")
    return name.startswith(marks) or name.lower() in _LITTER
