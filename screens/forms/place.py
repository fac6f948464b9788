"""Where one is in a form: "Step 2 of 5: When", and a dot for each of its parts."""

from __future__ import annotations

from typing import Any

from kivy.app import App
from kivy.graphics import Color, Ellipse
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

#: Diameter of a dot, and the room between two, mm.
DOT, APART = 4.0, 2.5


class FormPlace(BoxLayout):
    """The present part of a form (`at`, 1 is the first) of `count`, and its name."""

    at = NumericProperty(1)
    count = NumericProperty(1)
    part = StringProperty()


class Dots(Widget):
    """A dot for each part: those that were reached are full."""

    at = NumericProperty(1)
    count = NumericProperty(1)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name in ("pos", "size", "at", "count"):
            self.fbind(name, self._draw)
        App.get_running_app().theme.bind(primary=self._draw, mist=self._draw)

    def _draw(self, *_: object) -> None:
        theme = App.get_running_app().theme
        size, step = DOT * theme.mm, (DOT + APART) * theme.mm
        left = self.right - self.count * step + APART * theme.mm
        self.canvas.clear()
        with self.canvas:
            for number in range(int(self.count)):
                Color(*(theme.primary if number < self.at else theme.mist))
                Ellipse(pos=(left + number * step, self.center_y - size / 2), size=(size, size))
