"""Rounded shapes of cards and buttons, with anti-aliased corners as small textures.

Kivy's rounded shapes need multisampling for smooth edges, which draws every pixel at least twice and takes more than
half of a frame without a GPU. Here a corner is rendered once in memory, and a shape is a few rectangles.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Any, ClassVar

from kivy.factory import Factory
from kivy.graphics import BorderImage, Mesh
from kivy.graphics.texture import Texture


@lru_cache(maxsize=64)
def corner_alpha(radius: int, hole: int = 0) -> bytes:
    """Return the coverage of each pixel of a rounded square, 0 to 255, by rows. Its sides are 2 × `radius` + 2 pixels;
    with `hole`, a concentric square with that corner radius is cut out."""
    side = 2 * radius + 2
    away = [max(radius - 0.5 - at, 0.0) for at in range(side // 2)]  # one quadrant; the others are mirrored

    def covered(x: float, y: float, to: float) -> float:
        return min(1.0, max(0.0, to + 0.5 - math.hypot(x, y)))

    def row(y: float) -> bytes:
        half = bytes(round(255 * (covered(x, y, radius) - (covered(x, y, hole) if hole else 0))) for x in away)
        return half + half[::-1]

    rows = [row(y) for y in away]
    return b"".join(rows + rows[::-1])


@lru_cache(maxsize=64)
def rounded_square(radius: int, hole: int = 0) -> Texture:
    """Return `corner_alpha` as a texture, white."""
    alpha = corner_alpha(radius, hole)
    side = 2 * radius + 2
    texture = Texture.create(size=(side, side), colorfmt="rgba")
    pixels = bytearray(b"\xff" * (4 * len(alpha)))
    pixels[3::4] = alpha
    texture.blit_buffer(bytes(pixels), colorfmt="rgba", bufferfmt="ubyte")
    return texture


class Plate(BorderImage):
    """A filled rectangle with round corners of `radius` pixels."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(auto_scale="both_lower", **kwargs)
        self.radius = 1

    @property
    def radius(self) -> float:
        return self._radius

    @radius.setter
    def radius(self, value: float) -> None:
        self._radius = value
        whole = max(1, round(value))
        self.texture = rounded_square(whole)
        self.border = (whole,) * 4


def _drawn_anew(name: str) -> Any:
    """Return a property stored as `name` that rebuilds the shape when set."""

    def put(shape: Any, value: Any) -> None:
        setattr(shape, name, value)
        shape._draw()

    return property(attrgetter(name), put)


class Rim(Mesh):
    """The outline of a rounded rectangle: `frame` is (x, y, width, height, radius), `width` the line's extent to each
    side of the edge, pixels; 0 draws nothing."""

    #: Two triangles for each of eight cells of a 4 × 4 vertex grid; the middle cell is empty.
    _FIELDS: ClassVar = [
        corner
        for row in range(3)
        for column in range(3)
        if (row, column) != (1, 1)
        for at in [row * 4 + column]
        for corner in (at, at + 1, at + 5, at, at + 5, at + 4)
    ]

    frame, width = _drawn_anew("_frame"), _drawn_anew("_width")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(mode="triangles", **kwargs)
        self._frame, self._width = (0, 0, 0, 0, 1), 0.0

    def _draw(self) -> None:
        x, y, width, height, radius = self._frame
        half = self._width
        if half <= 0 or width <= 0 or height <= 0:
            self.vertices, self.indices = [], []
            return
        outer = max(1, round(radius + half))
        self.texture = rounded_square(outer, max(1, outer - round(2 * half)))
        edge = outer / (2 * outer + 2)
        left, right, low, high = x - half, x + width + half, y - half, y + height + half
        across = min(outer, (right - left) / 2), min(outer, (high - low) / 2)
        columns = zip((left, left + across[0], right - across[0], right), (0, edge, 1 - edge, 1), strict=True)
        rows = zip((low, low + across[1], high - across[1], high), (0, edge, 1 - edge, 1), strict=True)
        net = list(columns)
        self.vertices = [value for at_y, v in rows for at_x, u in net for value in (at_x, at_y, u, v)]
        self.indices = self._FIELDS


class Mount(Mesh):
    """A filled rectangle with round corners and an undrawn opening, to avoid overdraw under a photo. `frame` is (x, y,
    width, height, radius), `opening` (x, y, width, height) within it, empty for none."""

    frame, opening = _drawn_anew("_frame"), _drawn_anew("_opening")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(mode="triangles", **kwargs)
        self._frame, self._opening = (0, 0, 0, 0, 1), (0, 0, 0, 0)

    def _draw(self) -> None:
        x, y, width, height, radius = self._frame
        whole = max(1, round(radius))
        self.texture = rounded_square(whole)
        across, up, edge = min(whole, width / 2), min(whole, height / 2), whole / (2 * whole + 2)
        left, low, wide, high = map(float, self._opening)
        if wide <= 0 or high <= 0:
            left, low, wide, high = x + width / 2, y + height / 2, 0.0, 0.0
        # The opening must not reach into the corners.
        floor, roof = max(low, y + up), min(low + high, y + height - up)
        columns = ((x, 0), (x + across, edge), (x + width - across, 1 - edge), (x + width, 1))
        bands = (
            ((y, 0), (y + up, edge), (floor, edge)),
            ((roof, 1 - edge), (y + height - up, 1 - edge), (y + height, 1)),
        )
        fields = [
            (one, other, below, above)
            for rows in bands
            for below, above in pairwise(rows)
            for one, other in pairwise(columns)
        ]
        sides = (((x, 0.5), (left, 0.5)), ((left + wide, 0.5), (x + width, 0.5)))
        fields += [(one, other, (floor, 0.5), (roof, 0.5)) for one, other in sides]
        self.vertices = [
            value
            for (x0, u0), (x1, u1), (y0, v0), (y1, v1) in fields
            for value in (x0, y0, u0, v0, x1, y0, u1, v0, x1, y1, u1, v1, x0, y1, u0, v1)
        ]
        self.indices = [4 * field + corner for field in range(len(fields)) for corner in (0, 1, 2, 0, 2, 3)]


Factory.register("Mount", cls=Mount)
Factory.register("Plate", cls=Plate)
Factory.register("Rim", cls=Rim)
