"""What staff fill in and choose from, laid out by what its words need: lines of a sheet, and tabs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kivy.app import App
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from .buttons import TextButton, Touch
from .choices import Option
from .paged_grid import MoreButton, PagedGrid
from .tiling import Cells
from .words import height_of

#: Share of the height of its words at which a line of a sheet still does not go to a further page.
TIGHT = 0.92


class ButtonGrid(PagedGrid):
    """Buttons that a .kv file names, in columns; where their words need more room than there is, on further pages."""

    def add_widget(self, widget: Widget, *args: Any, **kwargs: Any) -> None:
        if isinstance(widget, Touch) and widget not in self.buttons and not isinstance(widget, MoreButton):
            self.buttons = [*self.buttons, widget]
            for name in ("text", "question"):
                if hasattr(widget, name):
                    widget.fbind(name, self._arrange)
        super().add_widget(widget, *args, **kwargs)

    def leave_out(self, widget: Touch) -> None:
        """Take `widget` away for good."""
        self.buttons = [one for one in self.buttons if one is not widget]
        self.remove_widget(widget)
        self._arrange()


class MenuButton(TextButton):
    """One of several ways. Where the words of one need the place of its icon, none has one, but for
    the act."""

    def row(self) -> list[TextButton]:
        act = list(App.get_running_app().theme.primary)
        return [one for one in super().row() if (list(one.fill) == act) == (list(self.fill) == act)]


class FactGrid(ButtonGrid):
    """Lines of a sheet in columns; where words need more room than there is, in fewer, then on further pages."""

    def _cells(self) -> Cells:
        theme, first = App.get_running_app().theme, self.buttons[0]
        left, _, right, _ = first.padding
        icon = 1.2 * theme.heading + first.spacing
        return replace(super()._cells(), sides=left + right + icon, sign=0, between=0)

    def _measure(self, step: float, width: float) -> tuple[float, float]:
        """Return the height of the line whose question needs most, with one line of an answer at `step`, in `width`, pixels:
        no line moves to another page by what is answered."""
        small = ("Body", False, App.get_running_app().theme.small)
        questions = max(height_of(line.question, width, small) for line in self.buttons)
        return TIGHT * (questions + height_of("–", width, ("Body", True, step))), 0.0


class StackedRow(BoxLayout):
    """A row that stands upright where there is no room for what is in it beside one another."""

    stacked = BooleanProperty(False)


class Tabs(BoxLayout):
    """One of several `options`, side by side; in big text one button that says which, and asks `question` when touched.
    `chosen` has its key."""

    options = ListProperty()
    chosen = ListProperty()
    question = StringProperty()
    columns = NumericProperty(3)
    columns_upright = NumericProperty(3)
    row_height = NumericProperty(0)
    words = StringProperty()

    def __init__(self, **kwargs: Any) -> None:
        self.register_event_type("on_choose")
        super().__init__(**kwargs)

    def on_kv_post(self, base_widget: Widget) -> None:
        super().on_kv_post(base_widget)
        self._ways = self.ids.grid.__self__, self.ids.button.__self__
        app = App.get_running_app()
        app.theme.fbind("big", self._lay_out)
        app.tr.fbind("code", self._say)
        for name in ("options", "chosen"):
            self.fbind(name, self._say)
        self._lay_out()
        self._say()

    def on_choose(self, key: str) -> None:
        """Event: an option was chosen."""

    def ask(self) -> None:
        """Ask for one of the options on a screen of its own."""
        app, chosen = App.get_running_app(), self.chosen[0] if self.chosen else ""
        app.shell.go("choose", question=self.question, options=self.options, done=self.choose, chosen=chosen)

    def choose(self, key: str) -> None:
        """Choose an option."""
        self.chosen = [key]
        self.dispatch("on_choose", key)

    def _lay_out(self, *_: object) -> None:
        self.clear_widgets()
        self.add_widget(self._ways[App.get_running_app().theme.big])

    def _say(self, *_: object) -> None:
        tr = App.get_running_app().tr
        found: list[Option] = [option for option in self.options if option.key in self.chosen]
        self.words = found[0].words(tr) if found else self.question
