"""A grid of options of one question, as pictures or text."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from kivy.app import App
from kivy.clock import Clock
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty
from kivy.uix.gridlayout import GridLayout

from .buttons import PictureButton, TextButton
from .words import widest

#: The icons of a choice: round where one excludes the others, square where several may be chosen.
ONE_OF_MANY = ("circle_outline", "check_circle")
ANY_OF_MANY = ("checkbox_blank_outline", "checkbox_marked")


class Option(NamedTuple):
    """One option: `key` is stored, `message` (a msgid) is shown, with the picture `art` or the `icon`."""

    key: str
    message: str
    art: str = ""
    icon: str = ""
    note: str = ""


class OptionPicture(PictureButton):
    """An option as a picture."""

    kin: ClassVar[str] = "option"

    option = ObjectProperty(None, allownone=True)
    margin = NumericProperty(0)  # pixels beside the words
    spare = NumericProperty(0)  # pixels left beside the longest word of all options


class OptionWords(TextButton):
    """An option as text."""

    kin: ClassVar[str] = "option"

    option = ObjectProperty(None, allownone=True)
    tall = BooleanProperty(False)
    #: Icons of an option that is not chosen and of one that is.
    signs = ListProperty(ONE_OF_MANY)
    margin = NumericProperty(0)  # pixels beside the words
    spare = NumericProperty(0)  # pixels left beside the longest word of all options


class OptionGrid(GridLayout):
    """Shows `options`; `chosen` has the chosen keys, in the order of the options."""

    options = ListProperty()
    chosen = ListProperty()
    several = BooleanProperty(False)
    columns = NumericProperty(3)
    columns_upright = NumericProperty(2)
    #: Height of a row, pixels, where the grid is as high as its rows; 0: it fills its box.
    row_height = NumericProperty(0)

    def __init__(self, **kwargs: object) -> None:
        self.register_event_type("on_choose")
        self._most = 99  # columns
        self._arrange = Clock.create_trigger(self._arrange_now, -1)
        super().__init__(cols=1, **kwargs)
        app = App.get_running_app()
        app.tr.bind(code=self._look_changed)  # bound methods: Kivy holds them weakly
        app.theme.bind(body=self._look_changed)
        for name in ("options", "several"):
            self.fbind(name, self._build)
        self.fbind("height", self._arrange)
        for name in ("width", "columns", "columns_upright", "row_height"):
            self.fbind(name, self._look_changed)
        self.fbind("chosen", self._mark)
        self._build()

    def on_choose(self, key: str) -> None:
        """Event: an option was touched; with `several`, it was added to or removed from `chosen`."""

    def _build(self, *_: object) -> None:
        self.clear_widgets()
        for option in self.options:
            kind = OptionPicture if option.art else OptionWords
            button = kind(option=option)
            if kind is OptionWords:
                button.signs = ANY_OF_MANY if self.several else ONE_OF_MANY
            button.bind(on_release=lambda button: self._touched(button.option.key))
            self.add_widget(button)
        self._mark()
        self.cols = self._wanted()
        self._look_changed()

    def _look_changed(self, *_: object) -> None:
        self._most = 99
        self._arrange()

    def _wanted(self) -> int:
        return max(1, int(self.columns_upright if App.get_running_app().theme.portrait else self.columns))

    def give_way(self) -> bool:
        """Take a column less, as long as the rows are as high as a target."""
        gave = self.cols > self._fewest()
        if gave:
            self._most = self.cols - 1
            self._arrange()
        return bool(gave)

    def _fewest(self) -> int:
        """Return the number of columns at which the rows are just as high as a target."""
        theme = App.get_running_app().theme
        rows = max(1, int((self.height + theme.gap + 1) // (theme.target + theme.gap)))
        return 1 if self.row_height else -(-len(self.options) // rows)

    def _arrange_now(self, *_: object) -> None:
        """Take as many columns as wanted, or fewer if the longest word does not fit at the lowest step."""
        theme, wanted = App.get_running_app().theme, self._wanted()
        longest = max((widest(button.text, theme.small) for button in self.children), default=0)
        margin = max((button.margin for button in self.children), default=0)
        fit = int((self.width + self.spacing[0]) // (longest + margin + self.spacing[0] + 1))
        self.cols = max(1, min(wanted, max(self._fewest(), min(fit, self._most))))
        if self.row_height:
            rows = -(-len(self.options) // self.cols)
            self.height = rows * (self.row_height + self.spacing[1]) - self.spacing[1] if rows else 0
        cell = (self.width + self.spacing[0]) / self.cols - self.spacing[0]
        for button in self.children:
            button.spare = cell - longest - margin

    def _touched(self, key: str) -> None:
        if self.several:
            keys = set(self.chosen) ^ {key}
            self.chosen = [option.key for option in self.options if option.key in keys]
        else:
            self.chosen = [key]
        self.dispatch("on_choose", key)

    def _mark(self, *_: object) -> None:
        for button in self.children:
            button.chosen = button.option.key in self.chosen
