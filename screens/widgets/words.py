"""Text on the screen."""

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

#: How much smaller a text is tried when it does not fit.
STEP = 0.94
#: Up to this many lines, a text that is too high is tried at each step: a little smaller it often takes one line less.
FEW = 4


def register_fonts() -> None:
    """Make the fonts known: Body (text), Display (headings), Icons and Code (monospaced)."""
    LabelBase.register("Body", fn_regular=str(font("Medium")), fn_bold=str(font("Bold")))
    LabelBase.register("Display", fn_regular=str(font("ExtraBold")), fn_bold=str(font("ExtraBold")))
    LabelBase.register("Icons", fn_regular=str(icon_font()))
    LabelBase.register("Code", fn_regular="data/fonts/RobotoMono-Regular.ttf")
    if Text.get_extents is not _extents:
        Text.get_extents, Text._render_text = _extents, _render


#: How Kivy's text provider measures and draws a line in one font. It has no fallback for letters that a font lacks.
_one_font, _draw_one_font = Text.get_extents, Text._render_text


def _extents(label: Text, text: str) -> tuple[int, int]:
    """Return width and height of a line, letters that the label's font lacks in another one."""
    if is_plain(text) or not _is_text(label):
        size: tuple[int, int] = _one_font(label, text)
        return size
    return sum(width for _, width, _ in _laid(label, text)), _one_font(label, "Åg")[1]


def _render(label: Text, text: str, x: float, y: float) -> None:
    """Draw a line, letters that the label's font lacks in another one, on the same ground line."""
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
    """Yield each run with its width and what stands above the ground line in its font, pixels."""
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
    """Wrapped text that stays inside its box: where a long word or a translation does not fit at `size_wanted`
    pixels, it becomes smaller in small steps, never cut. With `size_hint_y: None` and `grow: 1` the box takes the
    text's height instead, `highest` pixels at most where that is given. On a screen that is hidden nothing is worked
    out before it is shown: a change of language would else take longer with every screen that was seen."""

    size_wanted = NumericProperty(20)
    grow = NumericProperty(0)
    highest = NumericProperty(0)
    smallest = NumericProperty(0.3)

    def __init__(self, **kwargs: object) -> None:
        self._fit = Clock.create_trigger(self._fit_now, -1)
        self._drawn = True  # as its properties say
        super().__init__(**kwargs)
        for name in ("text", "size", "size_wanted", "font_name", "bold", "padding", "grow", "highest"):
            self.fbind(name, self._fit)
        self._fit()

    def forget(self) -> None:
        """Let go of what was drawn before the text became empty: Kivy keeps it, and on a hidden screen nothing is drawn anew."""
        if not self.text:
            self._label.text = ""
            self._label._cached_lines = []

    def _waits(self) -> bool:
        """Tell whether the screen is hidden, and come back when it is shown."""
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
        if self._drawn:  # or it is drawn when it fits
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
            # Given a height, Kivy leaves lines out of a text aligned to the middle although they fit; without one the
            # text lies in the middle all the same.
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
            size *= STEP ** max(1, int(math.log(0.97 * excess) / -math.log(STEP)))  # what cannot fit is not measured
        self.font_size = size
        return False

    def _excess(self, width: float, height: float | None, size: float) -> float:
        """Return about how many times smaller the text must be; 1 or less when it fits."""
        font = self.font_name, bool(self.bold), size
        inner: float = (
            width * 0.99 - self.padding[0] - self.padding[2] - 1
        )  # Kivy's own sum of a line differs by a little
        # A no-break space is a part of its word, as where Kivy wraps.
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
        # Smaller letters make fewer lines too: a text twice as high needs letters of 0.7. Of few lines one is soon saved.
        excess = math.sqrt(lines * line / max(1.0, height - self.padding[1] - self.padding[3] + 1))
        return excess if lines > FEW else min(excess, 1 / STEP)


class Icon(Label):
    """One sign of the icon font, by its Material Design name (`icon: "check"`)."""

    icon = StringProperty()
