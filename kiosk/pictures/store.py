"""Pictures on the disk, named by content.

The name is the SHA-256 of the full-size JPEG as stored, not of the file that came: so a stored picture can be checked
against its name, and the name tells nothing about a file that held a place and a time. The same file twice gives the
same JPEG and so the same name. Nothing of the original but its pixels is kept: EXIF (with GPS), XMP, comments and
thumbnails go, the orientation is applied, the colours become sRGB.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import struct
import warnings
import zlib
from functools import cache
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from kiosk.errors import N_, KioskError

#: Longest side in pixels of each stored size.
SIZES = {"tile": 320, "page": 960, "full": 1600}
#: Guards against files made to exhaust memory; a 50-megapixel phone photo still passes.
MOST_PIXELS = 50_000_000
MOST_BYTES = 40 * 1024 * 1024
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")

_HASH = re.compile(r"[0-9a-f]{64}")
#: What Pillow's readers raise on damaged data.
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)


class BadPicture(KioskError):
    default = N_("This picture cannot be used.")


class EmptyPicture(BadPicture):
    default = N_("This picture file is empty. Please take the picture again.")


class NotAPicture(BadPicture):
    default = N_("This file is not a picture the kiosk knows (JPEG, PNG, WebP or HEIC).")


class DamagedPicture(BadPicture):
    default = N_("This picture is damaged or not complete. Please take it again.")


class HugePicture(BadPicture):
    default = N_("This picture is too large. {limit} megapixels are the most.")


class MissingPicture(BadPicture):
    default = N_("This picture is missing.")


class PictureNotSaved(BadPicture):
    default = N_("The picture was not saved: the tablet's storage cannot be written. ({reason})")


class Pictures:
    """The pictures in one folder. Safe to use from several threads: files are only ever added whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, source: Path | bytes) -> str:
        """Take in a picture, from a file or its bytes, and return its name; on return it is on the disk.

        Raises EmptyPicture, NotAPicture, DamagedPicture, HugePicture, MissingPicture (no such file), PictureNotSaved.
        """
        full = normalise(_bytes_of(source))
        encoded = _jpeg(full)
        name = hashlib.sha256(encoded).hexdigest()
        self._keep(name, full, encoded)
        return name

    def _keep(self, name: str, full: Image.Image, encoded: bytes) -> None:
        try:
            # The full size last: when it is there, so are the others.
            for size in ("tile", "page"):
                _write(self.path(name, size), _jpeg(_reduced(full, SIZES[size])))
            _write(self.path(name, "full"), encoded)
        except OSError as error:
            raise PictureNotSaved(reason=error.strerror or str(error)) from error

    def put_back(self, name: str, data: bytes) -> bool:
        """Take the full size of a picture back from a copy; False when it is not what its name says. Raises
        PictureNotSaved."""
        if hashlib.sha256(data).hexdigest() != name:
            return False
        full = normalise(data)
        self._keep(name, full, data)
        return True

    def names(self) -> list[str]:
        """Return the name of every picture, in order."""
        return sorted(path.name.partition(".")[0] for path in self.folder.glob(f"??/*.{SIZES['full']}.jpg"))

    def path(self, name: str, size: str = "full") -> Path:
        """Return where the picture lies, whether or not it is there. Raises MissingPicture for what is no name of a
        picture (so no text can lead out of the folder), KeyError for an unknown size."""
        if not _HASH.fullmatch(name):
            raise MissingPicture()
        return self.folder / name[:2] / f"{name}.{SIZES[size]}.jpg"

    def decode(self, name: str, size: str, box: tuple[int, int] | None = None) -> tuple[int, int, bytes]:
        """Return (width, height, RGB bytes from the top row down), cut from the middle to fill `box` if given.

        Raises MissingPicture, DamagedPicture.
        """
        try:
            with Image.open(self.path(name, size), formats=("JPEG",)) as image:
                if box:
                    # The decoder itself can leave out detail: up to 8 times less work.
                    image.draft("RGB", box)
                picture = image.convert("RGB")
        except FileNotFoundError:
            raise MissingPicture() from None
        except _DAMAGE as error:
            raise DamagedPicture() from error
        if box:
            wanted = (max(1, int(box[0])), max(1, int(box[1])))
            picture = ImageOps.fit(picture, wanted, Image.Resampling.BILINEAR)
        return picture.width, picture.height, picture.tobytes()

    def is_sound(self, name: str) -> bool:
        """Tell whether all three sizes are there and the full one is what its name says."""
        try:
            return all(self.path(name, size).is_file() for size in SIZES) and (
                hashlib.sha256(self.path(name, "full").read_bytes()).hexdigest() == name
            )
        except (OSError, MissingPicture):
            return False


@cache
def _know_formats() -> None:
    """Let Pillow know the readers of FORMATS; only what comes from outside needs others than JPEG's."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    Image.init()


def normalise(data: bytes) -> Image.Image:
    """Return the picture in a file's bytes as plain upright sRGB pixels, 1600 at most along the longest side.

    Raises EmptyPicture, NotAPicture, DamagedPicture, HugePicture.
    """
    if not data:
        raise EmptyPicture()
    if len(data) > MOST_BYTES:
        raise HugePicture(limit=MOST_PIXELS // 1_000_000)
    _know_formats()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise HugePicture(limit=MOST_PIXELS // 1_000_000) from None
    except UnidentifiedImageError:
        raise NotAPicture() from None
    except _DAMAGE as error:
        raise DamagedPicture() from error
    # Only the header has been read so far.
    if image.width * image.height > MOST_PIXELS:
        raise HugePicture(limit=MOST_PIXELS // 1_000_000)
    try:
        with image:
            image.draft(None, (SIZES["full"], SIZES["full"]))
            image.load()
            return _plain(image)
    except (*_DAMAGE, Image.DecompressionBombError) as error:
        raise DamagedPicture() from error


def _plain(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image) or image
    upright = _reduced(upright, SIZES["full"]) if upright.mode in ("RGB", "L", "CMYK") else upright
    coloured = _to_rgb(upright, profile)
    # A fresh image carries none of the metadata that savers copy along.
    fresh = Image.new("RGB", coloured.size, "white")
    fresh.paste(coloured)
    return _reduced(fresh, SIZES["full"])


def _to_rgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
    if image.mode not in ("RGB", "L", "CMYK"):
        image = image.convert("RGB")
    if profile:
        from PIL import ImageCms

        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that is broken or for another kind of picture: the plain colours are near enough.
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


def _reduced(image: Image.Image, longest: int) -> Image.Image:
    factor = longest / max(image.size)
    if factor >= 1:
        return image
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _jpeg(image: Image.Image) -> bytes:
    encoded = io.BytesIO()
    image.save(encoded, "JPEG", quality=QUALITY, optimize=True)
    return encoded.getvalue()


def _bytes_of(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        with source.open("rb") as file:
            # One byte over the limit is enough to know; never the whole of a huge file.
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise MissingPicture() from None
    except OSError as error:
        raise DamagedPicture() from error


def _write(path: Path, data: bytes) -> None:
    """Write a file so that after a power cut it is there whole or not at all."""
    if path.is_file() and path.stat().st_size == len(data):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
