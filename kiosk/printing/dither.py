"""Dithering of photos for printers with black dots only."""

from __future__ import annotations

from PIL import Image, ImageOps


def dithered(photo: Image.Image) -> Image.Image:
    """Return a photo as a greyscale image ("L") of 0 and 255 only: Floyd-Steinberg dithering after stretching the
    contrast, so that dark areas keep their details."""
    grey = ImageOps.autocontrast(photo.convert("L"), cutoff=1)
    lighter = grey.point(
        lambda value: round(255 * (value / 255) ** 0.75)
    )  # dot gain: printed dots are larger than the grid and darken the picture
    return lighter.convert("1", dither=Image.Dither.FLOYDSTEINBERG).convert("L")
