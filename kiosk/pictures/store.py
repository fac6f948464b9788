"""Pictures on the disk, named by content.

The name is the SHA-256 of the full-size JPEG as stored, not of the file that came: so a stored picture can be checked
against its name, and the name tells nothing about a file that held a place and a time. The same file twice gives the
same JPEG and so the same name. Nothing of the original but its pixels is kept: EXIF (with GPS), XMP, comments and
thumbnails go, the orientation is applied, the colours become sRGB.

What needs Pillow is in `.pixels`, which is read when the first picture is: the kiosk's window does not wait for it.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kiosk.errors import N_, KioskError
from kiosk.files.atomic import write_atomic

if TYPE_CHECKING:
    from PIL import Image

#: Longest side in pixels of each stored size.
SIZES = {"tile": 320, "page": 960, "full": 1600}
#: The largest file that is read, bytes: a photo of 200 megapixels from a phone is smaller.
MOST_BYTES = 100 * 1024 * 1024

_HASH = re.compile(r"[0-9a-f]{64}")


class BadPicture(KioskError):
    default = N_("This picture cannot be used.")


class EmptyPicture(BadPicture):
    default = N_("This picture file is empty. Please take the picture again.")


class NotAPicture(BadPicture):
    default = N_("The kiosk cannot read this picture file (only JPEG, PNG, HEIC, WebP, AVIF, TIFF, GIF or BMP).")


class DamagedPicture(BadPicture):
    default = N_("This picture is damaged or incomplete. Please take it again.")


class HugePicture(BadPicture):
    """`found` and `limit` are megapixels; the limit depends on the file format."""

    default = N_(
        "This picture has {found} megapixels. For this kind of file {limit} is the limit. Save it smaller, or as JPEG."
    )


class HugeFile(BadPicture):
    default = N_("This picture file is too large. {limit} MB is the limit.")


class MissingPicture(BadPicture):
    default = N_("This picture is missing.")


class PictureNotSaved(BadPicture):
    default = N_("The picture was not saved: the tablet’s storage cannot be written to. ({reason})")


class Pictures:
    """The picture store in one folder. Thread-safe: files are only ever added, atomically."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, source: Path | bytes, keep: bool = True) -> str:
        """Store a picture from a file or its bytes and return its name. On return it is on the disk, unless `keep` is
        False: then only the name is computed. Raises EmptyPicture, NotAPicture, DamagedPicture, HugePicture, HugeFile,
        MissingPicture (no such file), PictureNotSaved."""
        from .pixels import jpeg, normalise

        with opened(source) as file:
            full = normalise(file)
        encoded = jpeg(full)
        name = hashlib.sha256(encoded).hexdigest()
        if keep:
            self._keep(name, full, encoded)
        return name

    def _keep(self, name: str, full: Image.Image, encoded: bytes) -> None:
        from .pixels import jpeg, reduced

        try:
            page = reduced(full, SIZES["page"])
            _write(self.path(name, "page"), jpeg(page))
            _write(self.path(name, "tile"), jpeg(reduced(page, SIZES["tile"])))
            _write(self.path(name, "full"), encoded)  # written last: when it exists, the other sizes do too
        except OSError as error:
            raise PictureNotSaved(reason=error.strerror or str(error)) from error

    def put_back(self, name: str, data: bytes) -> bool:
        """Restore the full size of a picture from a backup; returns False when its hash is not its name. Raises
        PictureNotSaved."""
        from .pixels import normalise

        if hashlib.sha256(data).hexdigest() != name:
            return False
        self._keep(name, normalise(data), data)
        return True

    def names(self) -> list[str]:
        """Return the name of every picture, in order."""
        return sorted(path.name.partition(".")[0] for path in self.folder.glob(f"??/*.{SIZES['full']}.jpg"))

    def path(self, name: str, size: str = "full") -> Path:
        """Return the path of a picture, whether or not it exists. Raises MissingPicture for a text that is no name of a
        picture (no path leads out of the folder), KeyError for an unknown size."""
        if not _HASH.fullmatch(name):
            raise MissingPicture()
        return self.folder / name[:2] / f"{name}.{SIZES[size]}.jpg"

    def decode(self, name: str, size: str, box: tuple[int, int] | None = None) -> tuple[int, int, bytes]:
        """Return (width, height, RGB bytes from the top row down), cropped to the middle to fill `box` (pixels) if
        given. Raises MissingPicture, DamagedPicture."""
        from .pixels import decoded

        return decoded(self.path(name, size), box)

    def is_sound(self, name: str) -> bool:
        """Tell whether all three sizes exist and the hash of the full one is its name."""
        try:
            return all(self.path(name, size).is_file() for size in SIZES) and (
                hashlib.sha256(self.path(name, "full").read_bytes()).hexdigest() == name
            )
        except (OSError, MissingPicture):
            return False


@contextmanager
def opened(source: Path | bytes) -> Iterator[BinaryIO]:
    """Open a picture file, or its bytes. A pipe or device is refused, so nothing blocks. Raises MissingPicture,
    DamagedPicture."""
    if isinstance(source, bytes):
        yield io.BytesIO(source)
        return
    try:
        file = open(os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")  # noqa: SIM115
    except FileNotFoundError:
        raise MissingPicture() from None
    except OSError as error:
        raise DamagedPicture() from error
    with file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise MissingPicture()
        yield file


def _write(path: Path, data: bytes) -> None:
    """Write a file atomically."""
    if path.is_file() and path.stat().st_size == len(data):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, data, private=True)
