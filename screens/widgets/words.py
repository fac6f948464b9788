"""Text widgets with shrink-to-fit and font fallback."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from kivy.clock import Clock
from kivy.core.text import Label as Text
from kivy.core.text import LabelBase
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from kiosk.files.resources import fallback_fonts, font, icon_font
from kiosk.language.glyphs import OWN, GlyphRun, is_plain, runs

#: Factor of each step by which a text shrinks until it fits.
STEP = 0.94
#: Up to this many lines each step is tried: a slightly smaller text often saves a line.
FEW = 4


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


class Words(Label):
    """Wrapped text that stays inside its box: if a long word or a translation does not fit at `size_wanted` pixels, it
    shrinks in small steps and is never cut. With `size_hint_y: None` and `grow: 1` the box gets the height of the text
    instead, at most `highest` pixels if given. Layout is deferred while the screen is hidden: otherwise a change of
    language would take longer with every screen that was opened."""

    size_wanted = NumericProperty(20)
    grow = NumericProperty(0)
    highest = NumericProperty(0)
    smallest = NumericProperty(0.3)

    def __init__(self, **kwargs: object) -> None:
        self._fit = Clock.create_trigger(self._fit_now, -1)
        self._drawn = True  # whether the texture is up to date
        super().__init__(**kwargs)
        for name in ("text", "size", "size_wanted", "font_name", "bold", "padding", "grow", "highest"):
            self.fbind(name, self._fit)
        self._fit()

    def forget(self) -> None:
        """Release the old texture after the text became empty: Kivy keeps it, and a hidden screen is not redrawn."""
        if not self.text:
            self._label.text = ""
            self._label._cached_lines = []

    def _waits(self) -> bool:
        """Return whether the screen is hidden; if so, schedule the layout for when it is shown."""
        top = self
        while isinstance(top.parent, Widget):
            top = top.parent
        hidden = getattr(top, "hidden", False)
        if hidden:
            top.bind(hidden=self._shown)
        return hidden

    def _shown(self, top: Widget, _hidden: bool) -> None:
        top.unbind(hidden=self._shown)
        self._fit()

    def texture_update(self, *_: object) -> None:
        self._drawn = not self._fit.is_triggered and not self._waits()
        if self._drawn:  # otherwise it is drawn once it fits
            super().texture_update()

    def _fit_now(self, *_: object) -> None:
        if self._waits():
            return
        if not self._drawn:
            self._trigger_texture()
        width = max(1.0, self.width)
        if self.grow:
            self.text_size = (width, None)
            self.font_size = self.size_wanted
            self._shrink(width, None)
            self.texture_update()
            if self.highest and self.texture_size[1] > self.highest:
                self._shrink(width, self.highest)
                self.texture_update()
            self.height = self.texture_size[1]
        else:
            fits = self._shrink(width, self.height)
            # With a height, Kivy drops lines of vertically centred text although they fit; without one the text is
            # centred anyway.
            free = fits and self.valign == "middle"
            self.text_size = (width, None if free else max(1.0, self.height))

    def _shrink(self, width: float, height: float | None) -> bool:
        size = self.size_wanted
        floor = size * self.smallest
        while size > floor:
            self._label.options["font_size"] = size
            excess = self._excess(width, height, size)
            if excess <= 1:
                self.font_size = size
                return True
            size *= STEP ** max(1, int(math.log(0.97 * excess) / -math.log(STEP)))  # skip sizes that cannot fit
        self.font_size = size
        return False

    def _excess(self, width: float, height: float | None, size: float) -> float:
        """Return the approximate factor by which the text is too large; 1 or less if it fits."""
        font = self.font_name, bool(self.bold), size
        inner: float = (
            width * 0.99 - self.padding[0] - self.padding[2] - 1
        )  # tolerance: Kivy's line height differs slightly
        # A no-break space does not separate words, as in Kivy's wrapping.
        widest: float = max(extents(word, *font)[0] for line in self.text.split("\n") for word in line.split(" "))
        if widest > inner:
            return widest / max(1.0, inner)
        if height is None:
            return 1
        line = extents("Åg", *font)[1] * self.line_height
        space = extents(" ", *font)[0]
        lines = 0
        for paragraph in self.text.split("\n"):
            lines += 1
            x = 0.0
            for word in paragraph.split(" "):
                w = extents(word, *font)[0]
                if x and x + space + w > inner:
                    lines += 1
                    x = w
                else:
                    x += (space if x else 0) + w
        # A smaller size also gives fewer lines: a text twice as high needs a factor of 0.7. With few lines, one is
        # saved soon.
        excess = math.sqrt(lines * line / max(1.0, height - self.padding[1] - self.padding[3] + 1))
        return excess if lines > FEW else min(excess, 1 / STEP)


class Icon(Label):
    """One icon, by its Material Design name (`icon: "check"`)."""

    icon = StringProperty()
