"""Containers: cards, and images rendered on workers, such as a ticket."""

from __future__ import annotations

from kivy.properties import ColorProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget


class Card(BoxLayout):
    """A card, drawn as a sheet of paper."""


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


class Stub(Drawn):
    """The stub of a ticket, request, number, donation, wish or seat."""


class Fact(BoxLayout):
    """A line of text after a sign."""

    icon = StringProperty()
    text = StringProperty()
    size_wanted = NumericProperty(0)

    def needed_height(self, width: float, lower: int) -> float:
        """Return the height in a box of `width` pixels when its words are `lower` steps below those wanted."""
        words, sign = self.children[0], self.children[-1]
        return float(words.needed_height(width - sign.width - self.spacing, lower))


class ThanksHead(BoxLayout):
    """The title of a screen that thanks, and beside usual text a small picture."""

    text = StringProperty()
    picture = StringProperty()
    size_wanted = NumericProperty(0)

    def needed_height(self, width: float, lower: int) -> float:
        """Return the height in a box of `width` pixels when its words are `lower` steps below those wanted."""
        art, words = self.children
        return float(max(0.3 * art.width, words.needed_height(width - art.width - self.spacing, lower)))


class PosterHead(BoxLayout):
    """The title of a gathering. Big words leave no room for its picture over them or beside all: it is beside the title,
    `wide` pixels."""

    text = StringProperty()
    photo = StringProperty(None, allownone=True)
    art = StringProperty()
    colour = ColorProperty()
    size_wanted = NumericProperty(0)
    wide = NumericProperty(0)

    def needed_height(self, width: float, lower: int) -> float:
        """Return the height in a box of `width` pixels when its words are `lower` steps below those wanted."""
        words, _poster = self.children
        return float(max(0.75 * self.wide, words.needed_height(width - self.wide - self.spacing, lower)))


class Stepper(BoxLayout):
    """A number with minus and plus buttons, from `least` to `most` by `step`."""

    value = NumericProperty(0)
    least = NumericProperty(0)
    most = NumericProperty(20)
    step = NumericProperty(1)
