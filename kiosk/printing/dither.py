"""Photos for printers that know only black and white."""

from __future__ import annotations

from PIL import Image, ImageOps


def dithered(photo: Image.Image) -> Image.Image:
    """Return a photo as "L" with only 0 and 255: its greys as dots (Floyd and Steinberg), its range stretched so that a
    dark corner still shows what stands in it."""
    grey = ImageOps.autocontrast(photo.convert("L"), cutoff=1)
    lighter = grey.point(lambda value: round(255 * (value / 255) ** 0.75))  # dots on paper spread and darken
    return lighter.convert("1", dither=Image.Dither.FLOYDSTEINBERG).convert("L")
