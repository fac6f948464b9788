"""From the bytes of any picture file to plain pixels, and to JPEG: all that needs Pillow."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from functools import cache
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from .store import MOST_BYTES, SIZES, DamagedPicture, EmptyPicture, HugePicture, MissingPicture, NotAPicture

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
QUALITY = 85
#: Guards against files made to exhaust memory.
MOST_PIXELS = 50_000_000
#: What Pillow's readers raise on damaged data.
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)


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
            image.draft(None, _size(image, SIZES["full"]))  # the decoder itself leaves out what is too fine
            image.load()
            return _plain(image)
    except (*_DAMAGE, Image.DecompressionBombError) as error:
        raise DamagedPicture() from error


def _plain(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image) or image
    upright = reduced(upright, SIZES["full"]) if upright.mode in ("RGB", "L", "CMYK") else upright
    coloured = _to_rgb(upright, profile)
    # A fresh image carries none of the metadata that savers copy along.
    fresh = Image.new("RGB", coloured.size, "white")
    fresh.paste(coloured)
    return reduced(fresh, SIZES["full"])


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


def reduced(image: Image.Image, longest: int) -> Image.Image:
    """Return the picture, its longer side `longest` pixels at most."""
    size = _size(image, longest)
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _size(image: Image.Image, longest: int) -> tuple[int, int]:
    factor = min(1.0, longest / max(image.size))
    return max(1, round(image.width * factor)), max(1, round(image.height * factor))


def jpeg(image: Image.Image) -> bytes:
    """Return the picture as the bytes of a JPEG file."""
    encoded = io.BytesIO()
    image.save(encoded, "JPEG", quality=QUALITY, optimize=True)
    return encoded.getvalue()


def decoded(path: Path, box: tuple[int, int] | None = None) -> tuple[int, int, bytes]:
    """Return (width, height, RGB bytes from the top row down) of a stored JPEG, cut from the middle to fill `box` if
    given. Raises MissingPicture, DamagedPicture."""
    try:
        with Image.open(path, formats=("JPEG",)) as image:
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
