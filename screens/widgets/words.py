"""Text widgets in the steps of the type scale, with font fallback."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from kivy.app import App
from kivy.core.text import Label as Text
from kivy.core.text import LabelBase
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from kiosk.files.resources import fallback_fonts, font, icon_font
from kiosk.language.glyphs import OWN, GlyphRun, is_plain, runs

from . import kin

#: The space between a number and a unit or another short word.
_UNIT = re.compile(r"(?<=\d) (?=[^\W\d]{1,3}\b)")
#: Name, bold, size in pixels.
Font = tuple[str, bool, float]
#: Height of a line, by that of the font.
LINE = 0.96
#: Factor by which a text shrinks that fits nowhere, and the least of the size wanted that is left of it.
SHRINK, SMALLEST = 0.94, 0.3
#: How many times SHRINK a column tries for all its texts before they have what there is.
BEYOND = 8
#: Height of a line, by the size of its letters.
LINE_OF_FONT = 1.37 * LINE


def register_fonts() -> None:
    """Register the fonts: Body (text), Display (headings), Icons and Code (monospaced)."""
    LabelBase.register("Body", fn_regular=str(font("Medium")), fn_bold=str(font("Bold")))
    LabelBase.register("Display", fn_regular=str(font("ExtraBold")), fn_bold=str(font("ExtraBold")))
    LabelBase.register("Icons", fn_regular=str(icon_font()))
    LabelBase.register("Code", fn_regular="data/fonts/RobotoMono-Regular.ttf")
    if Text.get_extents is not _extents:
        Text.get_extents, Text._render_text = _extents, _render


#: The functions by which Kivy's text provider measures and draws a line in one font; they have no font fallback.
_one_font, _draw_one_font = Text.get_extents, Text._render_text


def _extents(label: Text, text: str) -> tuple[int, int]:
    """Return width and height of a line, with font fallback."""
    if is_plain(text) or not _is_text(label):
        size: tuple[int, int] = _one_font(label, text)
        return size
    return sum(width for _, width, _ in _laid(label, text)), _one_font(label, "Åg")[1]


def _render(label: Text, text: str, x: float, y: float) -> None:
    """Draw a line with font fallback, all runs on one baseline."""
    if is_plain(text) or not _is_text(label):
        _draw_one_font(label, text, x, y)
        return
    ascent = label.get_ascent()
    for run, width, own in _laid(label, text):
        with _font(label, run.font):
            _draw_one_font(label, run.text, x, y + ascent - own)
        x += width


def _is_text(label: Text) -> bool:
    return label.options["font_name"] in ("Body", "Display")


def _laid(label: Text, text: str) -> Iterator[tuple[GlyphRun, int, int]]:
    """Yield each run with its width and its ascent above the baseline, pixels."""
    for run in runs(text):
        with _font(label, run.font):
            yield run, _one_font(label, run.text)[0], label.get_ascent()


@contextmanager
def _font(label: Text, name: str) -> Iterator[None]:
    own = label.options["font_name_r"]
    if name != OWN:
        label.options["font_name_r"] = str(fallback_fonts()[name])
    try:
        yield
    finally:
        label.options["font_name_r"] = own


@lru_cache(maxsize=1 << 14)
def extents(text: str, font_name: str, bold: bool, size: float) -> tuple[int, int]:
    """Return the width and height of `text` on one line, pixels."""
    width, height = Text(font_size=size, font_name=font_name, bold=bold).get_extents(text)
    return width, height


def widest(text: str, size: float) -> int:
    """Return the width of the longest word of a bold text at `size` pixels."""
    return max(extents(word, "Body", True, size)[0] for word in text.split(" "))


class Words(Label):
    """Wrapped text that stays inside its box, in one of the type steps of the theme: `size_wanted` pixels, or a lower step
    if it does not fit. All texts of one kind on one screen have the same step (`screens/widgets/kin.py`). One that does not
    fit even at the lowest, and to which nothing gives way, shrinks alone: no text is ever cut. With `size_hint_y: None` and
    `grow: 1` the box gets the height of the text instead, at most `highest` pixels if given. Layout is deferred while the
    screen is hidden: otherwise a change of language would take longer with every screen that was opened."""

    size_wanted = NumericProperty(20)
    grow = NumericProperty(0)
    highest = NumericProperty(0)

    def __init__(self, **kwargs: object) -> None:
        self._drawn = True  # whether the texture is up to date
        self.step = 0.0  # the largest step at which this text alone fits, pixels
        self.fits = True  # at that step; False if not even at the lowest
        self.shrinks = False  # below the lowest step, as nothing around the text can give way to it
        self.alone = 0.0  # its own size below the lowest step, pixels; 0: it has that of its kin
        super().__init__(**kwargs)
        self._label.text = bound(self.text)
        for name in ("text", "size", "size_wanted", "font_name", "bold", "padding", "grow", "highest"):
            self.fbind(name, self._fit)
        self._fit()

    def _fit(self, *_: object) -> None:
        kin.ask(self)

    def forget(self) -> None:
        """Release the old texture after the text became empty: Kivy keeps it, and a hidden screen is not redrawn."""
        if not self.text:
            self._label.text = ""
            self._label._cached_lines = []

    def waits(self) -> bool:
        """Return whether the screen is hidden; if so, schedule the layout for when it is shown."""
        hidden = hidden_screen(self)
        if hidden:
            hidden.bind(hidden=self._shown)
        return hidden is not None

    def _shown(self, top: Widget, _hidden: bool) -> None:
        top.unbind(hidden=self._shown)
        self._fit()

    def _trigger_texture_update(self, name: str | None = None, source: Any = None, value: Any = None) -> None:
        super()._trigger_texture_update(name, source, bound(value) if name == "text" and value else value)

    def texture_update(self, *_: object) -> None:
        self._drawn = not kin.waits(self) and not self.waits()
        if self._drawn:  # otherwise it is drawn once it fits
            super().texture_update()

    def find_step(self, ladder: Sequence[float]) -> None:
        """Set `step` to the first size of `ladder` (pixels, falling) at which the text fits, or to its last."""
        width = max(1.0, self.width)
        height = (self.highest or None) if self.grow else self.height
        self.alone = 0.0
        for self.step in ladder:
            self.fits = self._fits(width, height, self.step)
            if self.fits:
                return
        if self.shrinks:
            self.alone = self.step * SHRINK
            while self.alone > SMALLEST * self.size_wanted and not self._fits(width, height, self.alone):
                self.alone *= SHRINK

    def needed_height(self, width: float, lower: int) -> float:
        """Return the height in a box of `width` pixels when `lower` steps below that wanted, at most at the lowest; where
        `lower` is more than there are steps, at as many times SHRINK of it."""
        ladder = kin.ladder(self)
        beyond = max(0, lower - len(App.get_running_app().theme.steps) + 1)
        font = self.font_name, bool(self.bold), ladder[min(lower, len(ladder) - 1)] * SHRINK**beyond
        inner = max(1.0, width - self.padding[0] - self.padding[2])
        return float(height_of(self.text, inner, font) + self.padding[1] + self.padding[3])

    def take_step(self, size: float) -> None:
        """Lay the text out at `size` pixels."""
        if not self._drawn:
            self._trigger_texture()
        width = max(1.0, self.width)
        self.font_size = self.alone or size
        if self.grow:
            self.text_size = (width, None)
            self.texture_update()
            self.height = self.texture_size[1]
        else:
            # With a height, Kivy drops lines of vertically centred text although they fit; without one the text is
            # centred anyway.
            free = self.valign == "middle"
            self.text_size = (width, None if free else max(1.0, self.height))

    def _fits(self, width: float, height: float | None, size: float) -> bool:
        needed = height_of(
            self.text, width - self.padding[0] - self.padding[2], (self.font_name, bool(self.bold), size)
        )
        if height is None:
            return needed < math.inf
        return bool(needed <= height - self.padding[1] - self.padding[3] + 1)


def bound(text: str) -> str:
    """Return `text` with what no line begins with bound to the word before: a dot between parts, and a unit."""
    return _UNIT.sub("\xa0", text.replace("  ·", "\xa0\xa0·").replace(" ·", "\xa0·"))


def hidden_screen(widget: Widget) -> Widget | None:
    """Return the hidden screen that `widget` is on; None if it is on none, or on one that is shown."""
    top = widget
    while isinstance(top.parent, Widget):
        top = top.parent
    return top if getattr(top, "hidden", False) else None


def height_of(text: str, width: float, font: Font) -> float:
    """Return the height of `text` wrapped to `width`, pixels; infinite if a word is wider."""
    inner = width * 0.99 - 1  # tolerance: Kivy's line height differs slightly
    lines = [lines_of(paragraph, inner, font) for paragraph in bound(text).split("\n")]
    return sum(lines) * extents("Åg", *font)[1] * LINE if all(lines) else math.inf


def lines_of(paragraph: str, width: float, font: Font) -> int:
    """Return the number of lines of a paragraph wrapped to `width` pixels; 0 if a word is wider. A no-break space does not
    separate words, as in Kivy's wrapping."""
    space = extents(" ", *font)[0]
    lines, x = 1, 0.0
    for word in paragraph.split(" "):
        w = extents(word, *font)[0]
        if w > width:
            return 0
        if x and x + space + w > width:
            lines, x = lines + 1, w
        else:
            x += (space if x else 0) + w
    return lines


class TextColumn(BoxLayout):
    """Texts, and rows with one, over one another: each gets the share of the height that its words need at the first step at
    which all fit, and where there is none all are as much smaller. In what else is there, a `size_hint_y` of 1 is a line of
    body text."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(orientation="vertical", **kwargs)

    def add_widget(self, widget: Widget, *args: object, **kwargs: object) -> None:
        super().add_widget(widget, *args, **kwargs)
        if hasattr(widget, "needed_height"):
            for name in ("text", "size_wanted"):
                widget.fbind(name, self._trigger_layout)

    def do_layout(self, *args: object) -> None:
        texts = [child for child in self.children if hasattr(child, "needed_height") and child.size_hint_y is not None]
        line = App.get_running_app().theme.body * LINE_OF_FONT
        for child, need in zip(texts, self._needs(texts, line), strict=True):
            child.size_hint_y = need / line
        super().do_layout(*args)

    def _needs(self, texts: list[Any], line: float) -> list[float]:
        """Return the heights that `texts` need: at the steps wanted, or so many steps lower that all fit."""
        width = self.width - self.padding[0] - self.padding[2]
        taken = self.padding[1] + self.padding[3] + self.spacing * (len(self.children) - 1)
        room = self.height - taken - sum(_taken(child, line) for child in self.children if child not in texts)
        needs = [0.0] * len(texts)
        for lower in range(len(App.get_running_app().theme.steps) + BEYOND):
            needs = [child.needed_height(width, lower) if child.text else 0.0 for child in texts]
            if sum(needs) <= room:
                break
        # a share of 0 would leave a box as high as it was
        return [max(need, 1e-6) if need < math.inf else line for need in needs]


def _taken(widget: Widget, line: float) -> float:
    """Return the height of what is no text in a column whose `line` is so high, pixels."""
    if widget.size_hint_y is None:
        return float(widget.height)
    return float(max(widget.size_hint_min_y or 0, widget.size_hint_y * line))


class Icon(Label):
    """One icon, by its Material Design name (`icon: "check"`)."""

    icon = StringProperty()
