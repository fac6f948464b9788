"""A grid of options of one question, as pictures or text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty

from .buttons import PictureButton, TextButton
from .paged_grid import PagedGrid
from .tiling import Tiling

#: The icons of a choice: round where one excludes the others, square where several may be chosen.
ONE_OF_MANY = ("circle_outline", "check_circle")
ANY_OF_MANY = ("checkbox_blank_outline", "checkbox_marked")

if TYPE_CHECKING:
    from .tr import Tr


class Option(NamedTuple):
    """One option: `key` is stored, `message` (a msgid) is shown, with the picture `art` or the `icon`. What people have
    named has `names` by language instead, and may have a `photo`."""

    key: str
    message: str
    art: str = ""
    icon: str = ""
    note: str = ""
    photo: str = ""
    names: Mapping[str, str] | None = None

    def words(self, tr: Tr) -> str:
        """Return its text in the language of `tr`."""
        return tr.name(self.names) if self.names else tr._(self.message)


class OptionPicture(PictureButton):
    """An option as a picture."""

    option = ObjectProperty(None, allownone=True)


class OptionWords(TextButton):
    """An option as text."""

    kin: ClassVar[str] = "option"

    option = ObjectProperty(None, allownone=True)
    tiling = ObjectProperty(Tiling(1, 1, 1), rebind=True)  # that of the grid
    #: Icons of an option that is not chosen and of one that is.
    signs = ListProperty(ONE_OF_MANY)


class OptionGrid(PagedGrid):
    """Shows `options`; `chosen` has the chosen keys, in the order of the options."""

    options = ListProperty()
    chosen = ListProperty()
    several = BooleanProperty(False)

    def __init__(self, **kwargs: object) -> None:
        self.register_event_type("on_choose")
        super().__init__(**kwargs)
        for name in ("options", "several"):
            self.fbind(name, self._build)
        self.fbind("chosen", self._mark)
        self._build()

    def on_choose(self, key: str) -> None:
        """Event: an option was touched; with `several`, it was added to or removed from `chosen`."""

    def _build(self, *_: object) -> None:
        self.fill([self._button(option) for option in self.options])
        self._mark()

    def _button(self, option: Option) -> OptionPicture | OptionWords:
        button = OptionPicture(option=option) if option.art else OptionWords(option=option)
        if isinstance(button, OptionWords) and self.several:
            button.signs = ANY_OF_MANY
        button.bind(on_release=lambda button: self._touched(button.option.key))
        return button

    def _touched(self, key: str) -> None:
        if self.several:
            keys = set(self.chosen) ^ {key}
            self.chosen = [option.key for option in self.options if option.key in keys]
        else:
            self.chosen = [key]
        self.dispatch("on_choose", key)

    def _mark(self, *_: object) -> None:
        for button in self.buttons:
            button.chosen = button.option.key in self.chosen


def evenly(count: int) -> int:
    """Return the columns of `count` pictures on a wide screen: at most seven, and no row that is nearly empty."""
    return max(1, -(-count // max(1, -(-count // 7))))
