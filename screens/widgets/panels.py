"""Containers: cards, and images rendered on workers, such as a ticket."""

from __future__ import annotations

from kivy.properties import ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget


class Card(BoxLayout):
    """A card, drawn as a sheet of paper."""


class CodeCard(Card):
    """A card with a code: symbol and text."""

    texture = ObjectProperty(None, allownone=True)
    code_text = StringProperty()


class Drawn(Widget):
    """Shows a texture scaled to fit. `spoken` is the code in it, for the screen reader."""

    spoken = StringProperty()
    texture = ObjectProperty(None, allownone=True)
    box = ListProperty([0, 0, 0, 0])

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        for name in ("texture", "size", "pos"):
            self.fbind(name, self._place)

    def _place(self, *_: object) -> None:
        if self.texture is None:
            self.box = [self.x, self.y, 0, 0]
            return
        width, height = self.texture.size
        factor = min(self.width / width, self.height / height)
        if factor > 1:
            factor = 1  # never enlarge, so that codes stay sharp
        width, height = round(width * factor), round(height * factor)
        self.box = [round(self.center_x - width / 2), round(self.center_y - height / 2), width, height]


class Stepper(BoxLayout):
    """A number with minus and plus buttons, from `least` to `most` by `step`."""

    value = NumericProperty(0)
    least = NumericProperty(0)
    most = NumericProperty(20)
    step = NumericProperty(1)
