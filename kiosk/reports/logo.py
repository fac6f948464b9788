"""The funder's logo for the top of a report, as PDF/A needs it: RGB without transparency."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from kiosk.errors import N_, KioskError

#: Largest size of a logo, pixels: 60 x 14 mm at 600 dpi.
MOST_DOTS = (1420, 340)
_BROKEN = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)


class BadLogo(KioskError):
    default = N_("The logo {file} cannot be read: use a PNG or JPEG file.")


class NoLogo(BadLogo):
    default = N_("The logo {file} is missing.")


def load_logo(file: str) -> Image.Image:
    """Return the picture in the file, in sRGB on white. Raises NoLogo, BadLogo."""
    path = Path(file)
    if not path.is_file():
        raise NoLogo(file=path.name)
    try:
        with Image.open(path) as picture:
            profile = picture.info.get("icc_profile")
            picture.draft(None, MOST_DOTS)
            ImageOps.exif_transpose(picture, in_place=True)
            return _flat(picture, profile)
    except _BROKEN as error:
        raise BadLogo(file=path.name) from error


def _flat(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if picture.mode in ("CMYK", "RGB") and profile:
        picture = _in_srgb(picture, profile)
    picture.thumbnail(MOST_DOTS)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    return picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):  # corrupt colour profile: the colours are used unconverted
        return picture
    return picture if made is None else made
