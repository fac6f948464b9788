"""The animation of the welcome picture: falling snow and ice floes on the river."""

from __future__ import annotations

import math
import random
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, Mesh, Point
from kivy.properties import BooleanProperty
from kivy.uix.widget import Widget

from screens.widgets.plates import rounded_square

#: Frames per second: low, to save CPU.
PACE = 15
#: Flakes by depth: number, size (share of the short side), seconds from top to bottom.
DEPTHS = ((36, 0.0018, 26.0), (26, 0.0030, 18.0), (14, 0.0048, 12.0))
#: Radius of the flake's texture, pixels.
FLAKE = 8
#: Centre line of the river from far to near, shares of the art from its upper left corner; portrait and landscape.
COURSE = {
    False: ((0.342, 0.527), (0.284, 0.546), (0.199, 0.575), (0.158, 0.617), (0.176, 0.683), (0.19, 0.75)),
    True: ((0.342, 0.517), (0.284, 0.529), (0.199, 0.547), (0.159, 0.573), (0.176, 0.615), (0.19, 0.655)),
}
#: The house under its roof, the door and the people, shares of the art from its upper left corner: left, top, right, bottom. Nothing lies on it.
CLEAR = {False: (0.56, 0.35, 0.87, 0.765), True: (0.34, 0.406, 0.85, 0.663)}
#: Size of the art in pixels, portrait and landscape.
ART = {False: (1920, 1200), True: (1200, 1920)}
#: Number of floes, and seconds of their passage.
FLOES, JOURNEY = 5, 60.0


class SnowRiver(Widget):
    """Animated while `moving`; otherwise it draws nothing and schedules nothing."""

    moving = BooleanProperty(False)
    upright = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        chance = random.Random(7)
        self._flakes = [[(chance.random(), chance.random()) for _ in range(count)] for count, _, _ in DEPTHS]
        self._time = 0.0
        self._clock: Any = None

    def on_moving(self, *_: object) -> None:
        self.canvas.clear()
        if self._clock:
            self._clock.cancel()
            self._clock = None
        if not self.moving:
            return
        with self.canvas:
            Color(1, 1, 1, 0.85)
            self._floes = [Mesh(mode="triangle_fan", indices=list(range(5))) for _ in range(FLOES)]
            self._snow = [Point(texture=rounded_square(FLAKE)) for _ in DEPTHS]
        self._clock = Clock.schedule_interval(self._move, 1 / PACE)
        self._move(0)

    def _move(self, seconds: float) -> None:
        self._time += min(seconds, 0.2)  # no jump after a pause
        short = min(self.width, self.height)
        for points, flakes, (_, size, fall) in zip(self._snow, self._flakes, DEPTHS, strict=True):
            points.pointsize = max(1.0, size * short)
            points.points = [value for flake in flakes for value in self._flake(*flake, fall)]
        for number, floe in enumerate(self._floes):
            floe.vertices = self._floe((self._time / JOURNEY + number / FLOES) % 1, number)

    def _flake(self, across: float, start: float, fall: float) -> tuple[float, float]:
        sway = 0.012 * math.sin(self._time * 0.6 + start * 40)
        return self.x + (across + sway) % 1 * self.width, self.y + (1 - (start + self._time / fall) % 1) * self.height

    def _floe(self, way: float, number: int) -> list[float]:
        """Return the corners of a floe at `way` (0 to 1) along the river; it grows as it comes nearer."""
        course, (width, height) = COURSE[self.upright], ART[self.upright]
        at = way * (len(course) - 1)
        here, part = int(at), at - int(at)
        before, after = course[max(0, here - 1)], course[min(here + 2, len(course) - 1)]
        x, y = (_curve(*four, part) for four in zip(before, course[here], course[here + 1], after, strict=True))
        scale = max(self.width / width, self.height / height)  # the art is scaled to cover, centred
        left, top = self.center_x - width * scale / 2, self.center_y + height * scale / 2
        x, y = left + x * width * scale, top - y * height * scale
        size = (0.004 + 0.012 * way) * width * scale * (0.75 + 0.12 * (number % 3))
        lean = 0.25 * (1 if number % 2 else -1)
        corners = ((-1, 0.05), (-0.35, 0.34), (0.8, 0.24), (1, -0.1), (0.1, -0.36))
        return [value for dx, dy in corners for value in (x + size * (dx + lean * dy), y + size * dy * 0.8, 0.0, 0.0)]


def _curve(before: float, start: float, end: float, after: float, part: float) -> float:
    """Return the Catmull-Rom interpolation between `start` and `end` at `part` (0 to 1)."""
    return 0.5 * (
        2 * start
        + (end - before) * part
        + (2 * before - 5 * start + 4 * end - after) * part**2
        + (3 * start - before - 3 * end + after) * part**3
    )
