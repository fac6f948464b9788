"""A grid of large buttons that gives way to their words: fewer columns, then pages."""

from __future__ import annotations

from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.properties import NumericProperty
from kivy.uix.gridlayout import GridLayout

from . import kin
from .buttons import TextButton, Touch
from .words import Words, widest

#: More columns than any grid has.
MANY = 99


class MoreButton(TextButton):
    """The last place of a page: turns to the next, and from the last to the first."""

    kin = "option"


class PagedGrid(GridLayout):
    """Shows the buttons of `fill` in as many columns as wanted, or fewer if a word does not fit at the lowest step of the
    type scale. What does not fit in rows of `least_row` pixels is on further pages."""

    columns = NumericProperty(3)
    columns_upright = NumericProperty(2)
    page = NumericProperty(0)
    pages = NumericProperty(1)
    least_row = NumericProperty(0)
    #: Height of a row, pixels, where the grid is as high as its rows and has no pages; 0: it fills its box.
    row_height = NumericProperty(0)

    def __init__(self, **kwargs: Any) -> None:
        self.buttons: list[Touch] = []
        self._most = MANY  # columns
        self._more: MoreButton | None = None
        self._arrange = Clock.create_trigger(self._arrange_now, -1)
        super().__init__(cols=1, **kwargs)
        app = App.get_running_app()
        app.tr.bind(code=self._look_changed)  # bound methods: Kivy holds them weakly
        app.theme.bind(body=self._look_changed)
        for name in ("height", "page"):
            self.fbind(name, self._arrange)
        for name in ("width", "columns", "columns_upright", "row_height", "least_row"):
            self.fbind(name, self._look_changed)

    def fill(self, buttons: list[Touch]) -> None:
        """Show `buttons`, from the first page."""
        self.buttons, self.page = buttons, 0
        self.clear_widgets()
        for button in buttons:
            self.add_widget(button)
        self.cols = self._wanted()
        self._look_changed()

    def turn(self) -> None:
        """Show the next page, after the last the first."""
        self.page = (self.page + 1) % self.pages

    def give_way(self) -> bool:
        """Take a column less."""
        gave = self.cols > 1
        if gave:
            self._most = self.cols - 1
            self._arrange()
        return bool(gave)

    def _look_changed(self, *_: object) -> None:
        self._most = MANY
        self._arrange()

    def _wanted(self) -> int:
        return max(1, int(self.columns_upright if App.get_running_app().theme.portrait else self.columns))

    def _arrange_now(self, *_: object) -> None:
        theme, count = App.get_running_app().theme, len(self.buttons)
        longest = max((widest(button.text, theme.small) for button in self.buttons), default=0)
        margin = max((2 * button.padding[0] for button in self.buttons), default=0)
        across, down = self.spacing
        fit = int((self.width + across) // (longest + margin + across + 1))
        self.cols = max(1, min(self._wanted(), fit, self._most))
        rows = -(-count // self.cols)
        if self.row_height:
            self.height = max(0, rows * (self.row_height + down) - down)
        else:
            rows = max(1, int((self.height + down + 1) // (self.least_row + down)))
        self._show(count if count <= rows * self.cols else max(1, rows * self.cols - 1))
        self.room(self.width / self.cols - across - longest - margin)

    def room(self, spare: float) -> None:
        """Called with the pixels that are left beside the longest word."""

    def _show(self, fit: int) -> None:
        """Show the present page of at most `fit` buttons."""
        self.pages = max(1, -(-len(self.buttons) // fit)) if fit else 1
        page = int(min(self.page, self.pages - 1))
        shown = self.buttons[page * fit : (page + 1) * fit]
        if self.pages > 1:
            shown = [*shown, self._more_button()]
        if shown == self.children[::-1]:
            return
        self.clear_widgets()
        for button in shown:
            self.add_widget(button)
            for words in button.walk(restrict=True):
                if isinstance(words, Words):
                    kin.ask(words)

    def _more_button(self) -> MoreButton:
        if self._more is None:
            self._more = MoreButton()
            self._more.bind(on_release=lambda button: self.turn())
        return self._more
