"""The theme: colours, sizes in millimetres and type, in one place.

Lumijoki means snow river: winter light, river blue, warm coffee. A size in a .kv file is a number of
`theme.mm`; nothing is placed in pixels. `theme.mm` follows the real diagonal of the screen (settings), so that
20 mm is 20 mm, and grows with larger screens, which are viewed from further away. Touch targets are within reach
of a seated person: the part of a tall screen above `theme.reach` has none.
"""

from __future__ import annotations

import math
from typing import Any, ClassVar

from kivy.event import EventDispatcher
from kivy.properties import BooleanProperty, ColorProperty, ListProperty, NumericProperty
from kivy.utils import get_color_from_hex

#: Short side of the 10.1" reference tablet, mm.
REFERENCE_SHORT_SIDE = 136.0
#: Share of a larger screen that enlarges things; the rest adds space.
GROWTH = 0.7
#: Smallest touch target and gap for visitors, mm (DOMAIN.md 1.4: Duff et al. 2010; EN 301 549 has none).
TARGET = 20.0
GAP = 3.0
#: Space left and right of what a screen shows, mm (the one margin).
MARGIN = 6.0
KEY = 16.0
#: Height of a capital letter in the font's height (Manrope).
CAPITAL = 0.72
#: Capitals as high as this many times the distance are seen at an angle of 0.7° (EN 301 549, 5.1.4).
ANGLE = math.tan(math.radians(0.7))
#: Minimum factor of big text.
BIG = 1.25
#: Type steps in mm of font height: normal, and big; a text has one of them and no size between. Running text grows most;
#: headings, large already, grow less. No big text is smaller than the viewing distance asks for.
#: Sizes are assigned in this order, and an assignment re-evaluates the rules that use it: those of base classes come
#: first, so that the more specific rule is evaluated last.
TYPE = {
    "body": (5.6, 8.7),
    "heading": (7.4, 10.0),
    "title": (9.6, 12.0),
    "label": (5.6, 8.7),
    "small": (4.6, 7.0),
    "display": (15.0, 18.8),
    "code": (8.4, 11.5),
}
#: The steps that a text of the step above takes when it does not fit; a code has a step of its own.
LADDER = ("display", "title", "code", "heading", "body", "small")
COLOURS = {
    "normal": {
        "ground": "#F3F8FC",
        "card": "#FFFFFF",
        "ink": "#0E2A3E",
        "quiet": "#3D5666",
        "off": "#566B79",
        "line": "#6E8797",
        "primary": "#1C5B82",
        "primary_ink": "#FFFFFF",
        "warm": "#FFE3B0",
        "warm_ink": "#4A2A12",
        "mist": "#DCEAF4",
        "mist_ink": "#0E2A3E",
        "good": "#1F6B4F",
        "good_ink": "#FFFFFF",
        "alarm": "#A02438",
        "alarm_ink": "#FFFFFF",
        "veil": "#0E2A3EB8",
    },
    "high": {
        "ground": "#000000",
        "card": "#000000",
        "ink": "#FFFFFF",
        "quiet": "#FFFFFF",
        "off": "#9A9A9A",
        "line": "#FFFFFF",
        "primary": "#FFE14D",
        "primary_ink": "#000000",
        "warm": "#1B1B1B",
        "warm_ink": "#FFE14D",
        "mist": "#1B1B1B",
        "mist_ink": "#FFFFFF",
        "good": "#A0FFE0",
        "good_ink": "#000000",
        "alarm": "#FF8474",
        "alarm_ink": "#000000",
        "veil": "#000000E0",
    },
}
#: Every pair (text colour, background) in use; the contrast test checks each.
PAIRS = (
    ("ink", "ground"), ("ink", "card"), ("quiet", "card"), ("quiet", "ground"), ("primary_ink", "primary"),
    ("warm_ink", "warm"), ("mist_ink", "mist"), ("good_ink", "good"), ("alarm_ink", "alarm"), ("primary", "card"),
    ("primary", "ground"), ("alarm", "card"), ("alarm", "ground"), ("good", "card"), ("good", "ground"), ("ink", "mist"),
    ("off", "card"), ("off", "ground"), ("ink", "warm"), ("quiet", "warm"), ("primary", "mist"),
)  # fmt: skip
#: Outlines and icons with their background; they need less contrast than text.
OUTLINES = (("line", "card"), ("line", "ground"), ("primary", "card"), ("primary", "ground"))
#: Colours of the parts of a chart, distinguishable with colour blindness; labels name the parts too.
CHART = {
    "normal": ("#1C5B82", "#E2601F", "#3A1508", "#8E7A6A", "#B03AD8", "#0C1050"),
    "high": ("#FFE14D", "#D8357F", "#5A78FF", "#A8761A", "#91F9BB", "#F59BEF"),
}
#: Length of a transition, seconds (DESIGN.md section 7: 150–250 ms).
MOTION = 0.2


def density(width: float, height: float, diagonal_inches: float) -> float:
    """Return the pixels of a real millimetre on a screen of `width` × `height` pixels."""
    return math.hypot(width, height) / (diagonal_inches * 25.4)


def millimetre(width: float, height: float, pixels_per_mm: float) -> float:
    """Return the pixels of one layout millimetre where `width` × `height` pixels are within reach."""
    short_side = min(width, height) / pixels_per_mm
    growth = max(1.0, 1.0 + (short_side / REFERENCE_SHORT_SIDE - 1.0) * GROWTH)
    return pixels_per_mm * growth


class Theme(EventDispatcher):
    """The global `theme` of the .kv files."""

    mm = NumericProperty(6.0)
    width = NumericProperty(1280)
    height = NumericProperty(800)
    reach = NumericProperty(800)
    portrait = BooleanProperty(False)
    big = BooleanProperty(False)
    high_contrast = BooleanProperty(False)
    motion = BooleanProperty(True)

    target = NumericProperty(1)
    gap = NumericProperty(1)
    margin = NumericProperty(1)
    radius = NumericProperty(1)
    small = NumericProperty(1)
    body = NumericProperty(1)
    label = NumericProperty(1)
    heading = NumericProperty(1)
    title = NumericProperty(1)
    display = NumericProperty(1)
    code = NumericProperty(1)

    ground = ColorProperty()
    card = ColorProperty()
    ink = ColorProperty()
    quiet = ColorProperty()
    off = ColorProperty()  # the words of a button that cannot be touched now
    line = ColorProperty()
    primary = ColorProperty()
    primary_ink = ColorProperty()
    warm = ColorProperty()
    warm_ink = ColorProperty()
    mist = ColorProperty()
    mist_ink = ColorProperty()
    good = ColorProperty()
    good_ink = ColorProperty()
    alarm = ColorProperty()
    alarm_ink = ColorProperty()
    veil = ColorProperty()
    chart = ListProperty()

    clear: ClassVar[tuple[float, ...]] = (0, 0, 0, 0)

    def __init__(self, screen: Any, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.screen = screen
        self.pixels_per_mm = 1.0
        self.steps: list[float] = [1.0]
        self.fbind("big", self._resize)
        self.fbind("high_contrast", self._recolour)
        self._recolour()

    def fit(self, width: int, height: int) -> None:
        """Adapt to the window size in pixels."""
        screen = self.screen
        self.pixels_per_mm = density(width, height, screen.diagonal_inches)
        reach = min(height, round((screen.reach_limit_mm - screen.lower_edge_mm) * self.pixels_per_mm))
        self.mm = millimetre(width, reach, self.pixels_per_mm)
        self.width, self.height, self.reach = width, height, reach
        self.portrait = reach > width
        self._resize()

    def _resize(self, *_: object) -> None:
        self.target = TARGET * self.mm
        self.gap = GAP * self.mm
        self.margin = MARGIN * self.mm
        self.radius = 3.6 * self.mm
        legible = self.screen.viewing_distance_mm * ANGLE / CAPITAL * self.pixels_per_mm if self.big else 0
        for name, sizes in TYPE.items():
            setattr(self, name, max(sizes[self.big] * self.mm, legible))
        self.steps = [getattr(self, name) for name in LADDER]

    def _recolour(self, *_: object) -> None:
        look = "high" if self.high_contrast else "normal"
        for name, colour in COLOURS[look].items():
            setattr(self, name, colour)
        self.chart = [get_color_from_hex(colour) for colour in CHART[look]]
