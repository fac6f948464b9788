"""Charts readable from two metres: bars, shares of a whole, lines. Series differ by shape and label, never by colour
alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.core.text import Label as Text
from kivy.graphics import Color, Ellipse, Line, Rectangle
from kivy.properties import ObjectProperty
from kivy.uix.widget import Widget

#: Grid lines of the scale, as many as there is room for: the first of these.
STEPS = (4, 2, 1)


class ChartView(Widget):
    """Draws `chart`, a `kiosk.reports.Chart`: the first series is filled, the second only outlined."""

    chart = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:
        self._soon = Clock.create_trigger(self._draw, -1)
        super().__init__(**kwargs)
        theme = App.get_running_app().theme
        for name in ("chart", "size", "pos"):
            self.fbind(name, self._soon)
        for name in ("mm", "big", "high_contrast"):
            theme.bind(**{name: self._look_changed})  # a bound method: Kivy holds it weakly

    def _look_changed(self, *_: object) -> None:
        self._soon()

    def _draw(self, *_: object) -> None:
        self.canvas.clear()
        if self.chart is None or self.width < 100 or not self.chart.labels:
            return
        app = App.get_running_app()
        self.theme, self.language = app.theme, app.tr.language
        with self.canvas:
            {"bars": self._bars, "shares": self._shares, "lines": self._lines}[self.chart.kind]()

    # bars and lines over a scale

    def _bars(self) -> None:
        left, bottom, width, height, top = self._scale()
        slot = width / len(self.chart.labels)
        wide = slot * (0.74 if len(self.chart.series) == 1 else 0.4)
        for at, series in enumerate(self.chart.series[:2]):
            shift = slot * 0.1 + at * wide
            for place, value in enumerate(series.values):
                if value is None:
                    continue
                x, tall = left + place * slot + shift, value / top * height
                self._bar(x, bottom, max(1.5, wide - 1), tall, filled=not at)
        self._numbers(left + slot * 0.1 + wide / 2, bottom, slot, wide, height / top)
        self._names(left, bottom, slot)

    def _numbers(self, left: float, bottom: float, slot: float, wide: float, each: float) -> None:
        """Write the values of the first series over its bars, if all fit."""
        size, values = self.theme.small, self.chart.series[0].values
        texts = {place: self._number(value) for place, value in enumerate(values) if value is not None}
        if any(self._texture(text, size, True).width > wide for text in texts.values()):
            return
        for place, text in texts.items():
            y = bottom + (values[place] or 0) * each
            self._text(text, left + place * slot, y, size, across=0.5, bold=True)

    def _lines(self) -> None:
        left, bottom, width, height, top = self._scale()
        slot = width / len(self.chart.labels)
        for at, series in enumerate(self.chart.series):
            self._colour("quiet" if at else "primary")
            points = [
                (left + (place + 0.5) * slot, bottom + value / top * height)
                for place, value in enumerate(series.values)
                if value is not None
            ]
            flat = [number for point in points for number in point]
            dash = {"dash_length": 8, "dash_offset": 6} if at else {}
            Line(points=flat, width=1.1 if at else max(1.5, 0.5 * self.theme.mm), **dash)
            radius = 0.9 * self.theme.mm
            for x, y in points:
                (Rectangle if at else Ellipse)(pos=(x - radius, y - radius), size=(2 * radius, 2 * radius))
        self._names(left, bottom, slot)

    def _scale(self) -> tuple[float, float, float, float, float]:
        """Draw the grid and the legend; returns left, bottom, width and height of the plot, and the value at its
        top."""
        theme = self.theme
        values = [value for series in self.chart.series for value in series.values if value is not None]
        legend = self._legend() if len(self.chart.series) > 1 else theme.small * 0.6
        left, bottom = self.x + theme.small * 3.4, self.y + theme.small * 1.7
        width, height = self.right - left, self.top - bottom - legend - theme.small * 0.7
        steps = next((count for count in STEPS if height / count > theme.small * 1.2), STEPS[-1])
        top = nice_top(max(values, default=0), steps)
        for step in range(steps + 1):
            y = bottom + height * step / steps
            self._colour("line" if not step else "mist")
            Line(points=[left, y, self.right, y], width=1.2)
            self._text(self._number(top * step / steps), left - theme.mm, y - theme.small * 0.6, theme.small, across=1)
        return left, bottom, width, height, top

    def _legend(self) -> float:
        """Write the legend over the plot; returns its height."""
        series = self.chart.series[:2]
        side = self._size([one.title for one in series], self.width / 2 - 3 * self.theme.body, bold=False)
        x = self.x
        for at, one in enumerate(series):
            self._bar(x, self.top - side * 1.2, side, side, filled=not at)
            x += side * 1.4
            x += self._text(one.title, x, self.top - side * 1.4, side) + side
        return side * 1.5

    def _names(self, left: float, bottom: float, slot: float) -> None:
        """Write as many names under the plot as fit."""
        size, names = self.theme.small, self.chart.labels
        widest = max(self._texture(name, size, False).width for name in names) + self.theme.mm
        every = max(1, -(-int(widest) // max(1, int(slot))))
        for place in range(0, len(names), every):
            middle = left + (place + 0.5) * slot
            if middle + self._texture(names[place], size, False).width / 2 <= self.right + self.theme.mm:
                self._text(names[place], middle, bottom - size * 1.6, size, across=0.5)

    # shares

    def _shares(self) -> None:
        theme, values = self.theme, self.chart.series[0].values
        whole = self.chart.whole or sum(value for value in values if value is not None)
        row = min(self.height / len(values), 15 * theme.mm)
        size = min(self._size(self.chart.labels, self.width * 0.38, bold=True), row * 0.55)
        names = max(self._texture(name, size, True).width for name in self.chart.labels) + 2 * theme.mm
        room = self.width - names - size * 8
        most = max((value for value in values if value is not None), default=0) or 1
        for place, (name, value) in enumerate(zip(self.chart.labels, values, strict=True)):
            y = self.top - (place + 1) * row
            self._text(name, self.x + names - 2 * theme.mm, y + (row - size * 1.35) / 2, size, across=1, bold=True)
            part = (value or 0) / most * room
            self._bar(self.x + names, y + row * 0.18, max(2, part), row * 0.64, filled=value is not None)
            said = self._number(value) if value is not None else "*"
            if value is not None and whole:
                said += "  ·  " + self.language.percent(value / whole)
            self._text(said, self.x + names + part + 2 * theme.mm, y + (row - size * 1.35) / 2, size)

    # drawing

    def _bar(self, x: float, y: float, width: float, height: float, *, filled: bool) -> None:
        self._colour("primary" if filled else "card")
        Rectangle(pos=(x, y), size=(width, height))
        self._colour("primary" if filled else "ink")
        if height > 0.5:
            Line(rectangle=(x, y, width, height), width=1.2)

    def _colour(self, name: str) -> None:
        Color(rgba=getattr(self.theme, name))

    def _number(self, value: float) -> str:
        return str(self.language.number(value))

    def _text(self, text: str, x: float, y: float, size: float, *, across: float = 0, bold: bool = False) -> float:
        """Write `text` with its lower edge at y; `across` aligns it to x: 0 left, 0.5 centred, 1 right. Returns its
        width."""
        texture = self._texture(text, size, bold)
        self._colour("ink")
        Rectangle(texture=texture, pos=(round(x - across * texture.width), round(y)), size=texture.size)
        return float(texture.width)

    def _size(self, texts: Sequence[str], room: float, *, bold: bool) -> float:
        """Return the body text size, or a smaller one at which the longest of `texts` fits into `room`."""
        size: float = self.theme.body
        longest: float = max(self._texture(text, size, bold).width for text in texts)
        return size * min(1.0, room / longest)

    def _texture(self, text: str, size: float, bold: bool) -> Any:
        label = Text(text=text, font_size=size, font_name="Body", bold=bold)
        label.refresh()
        return label.texture


def nice_top(most: float, steps: int = STEPS[0]) -> float:
    """Return the top of a scale for values up to `most`, such that its `steps` are round numbers."""
    top = steps
    for factor in _round_steps():
        top = factor * steps
        if top >= most:
            break
    return float(top)


def _round_steps() -> Sequence[int]:
    return [digit * 10**power for power in range(9) for digit in (1, 2, 3, 4, 5)]
