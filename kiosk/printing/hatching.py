"""Photos in lines, for printers with black dots only."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageOps

#: Distance of the lines of a printed photo, modules of the QR code beside it. Dots, and finer lines that a camera breaks
#: into dots, look like the corners of a small code to jsQR and OpenCV, which then miss the true one.
LINES = 2 / 3


def hatched(photo: Image.Image, module: int) -> Image.Image:
    """Return a photo as a greyscale image ("L") of 0 and 255 only, drawn in horizontal lines: the darker, the thicker.

    `module` is that of the QR code on the same paper, dots. The contrast is stretched, so that dark areas keep their details.
    """
    grey = ImageOps.autocontrast(photo.convert("L"), cutoff=1)
    lighter = grey.point(
        lambda value: round(255 * (value / 255) ** 0.75)
    )  # dot gain: printed dots are larger than the grid and darken the picture
    return ImageChops.subtract(_limits(photo.size, max(3, round(module * LINES))), lighter).point(
        lambda darker: 0 if darker else 255
    )


def _limits(size: tuple[int, int], pitch: int) -> Image.Image:
    """Return the grey from which on each dot is white: a line grows from its middle to both sides."""
    from_middle = sorted(range(pitch), key=lambda row: abs(row - pitch // 2))
    limits = {row: round(255 * (pitch - rank - 0.5) / pitch) for rank, row in enumerate(from_middle)}
    column = Image.new("L", (1, size[1]))
    column.putdata([limits[y % pitch] for y in range(size[1])])
    return column.resize(size, Image.Resampling.NEAREST)
