"""Pixel data of pictures for the screen, by Pillow."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image

from screens.widgets.plates import corner_alpha


def drawn(path: Path, width: int, height: int, fill: bool) -> tuple[int, int, bytes, str]:
    """Return width, height, pixels and "rgba" of the drawn picture in `path`, cut to fill a box of `width` × `height`
    pixels (`fill`) or kept whole inside it."""
    with Image.open(path) as image:
        picture = image.convert("RGBA")
    box = (max(1, width), max(1, height))
    factor = (max if fill else min)(box[0] / picture.width, box[1] / picture.height)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    # Colour and alpha are resized apart: together, transparent pixels turn black, and texture filtering blends them into edges.
    alpha = picture.getchannel("A").resize(size, Image.Resampling.LANCZOS)
    picture = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    picture.putalpha(alpha)
    if fill:
        left, top = (size[0] - box[0]) // 2, (size[1] - box[1]) // 2
        picture = picture.crop((left, top, left + box[0], top + box[1]))
    return picture.width, picture.height, picture.tobytes(), "rgba"


def rounded(width: int, height: int, data: bytes, radius: int) -> bytes:
    """Return RGBA pixels of RGB ones, the corners cut off by a circle of `radius` pixels."""
    picture = Image.frombytes("RGB", (width, height), data)
    picture.putalpha(_mask(width, height, radius))
    return picture.tobytes()


@lru_cache(maxsize=16)
def _mask(width: int, height: int, radius: int) -> Image.Image:
    side = 2 * radius + 2
    corners, mask = Image.frombytes("L", (side, side), corner_alpha(radius)), Image.new("L", (width, height), 255)
    for x, left in ((0, 0), (width - radius, side - radius)):
        for y, top in ((0, 0), (height - radius, side - radius)):
            mask.paste(corners.crop((left, top, left + radius, top + radius)), (x, y))
    return mask
