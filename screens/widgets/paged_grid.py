"""A grid of large buttons that gives way to their words: a lower step for all, fewer columns, then pages."""

from __future__ import annotations

from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.properties import NumericProperty
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from . import kin
from .buttons import PictureButton, TextButton, Touch
from .tiling import Cells, Tiling, tile
from .words import Words, height_of, hidden_screen

#: Least heights of the picture of a button, mm, that tried first first: usual text, which has no further page as long as all
#: words fit, and big text, which has pages rather than small pictures.
PICTURES = ((14.0, 7.9, 0.0), (14.0, 12.0))
#: Heights of a picture that are worth a lower step of all words, mm, that tried first first.
LARGE = (22.0, 18.0)
#: Size of a sign over its words, mm.
TALL_SIGN = 16.0


class MoreButton(TextButton):
    """The last place of a page: turns to the next, and from the last to the first."""

    kin = "option"
    page = NumericProperty(0)
    pages = NumericProperty(1)


class PagedGrid(GridLayout):
    """Shows the buttons of `fill` in as many columns as wanted, or as their words and pictures allow (`tiling.py`). What
    does not fit in rows of `least_row` pixels is on further pages."""

    columns = NumericProperty(3)
    columns_upright = NumericProperty(2)
    page = NumericProperty(0)
    pages = NumericProperty(1)
    least_row = NumericProperty(0)
    #: Height of a row, pixels, where the grid is as high as its rows and has no pages; 0: it fills its box.
    row_height = NumericProperty(0)

    def __init__(self, **kwargs: Any) -> None:
        self.buttons: list[Touch] = []
        self._more: MoreButton | None = None
        self._arrange = Clock.create_trigger(self._arrange_now, -1)
        super().__init__(cols=1, **kwargs)
        app = App.get_running_app()
        app.tr.bind(code=self._look_changed)  # bound methods: Kivy holds them weakly
        app.theme.bind(body=self._look_changed)
        for name in ("size", "page", "columns", "columns_upright", "row_height", "least_row"):
            self.fbind(name, self._arrange)

    def fill(self, buttons: list[Touch]) -> None:
        """Show `buttons`, from the first page."""
        self.buttons, self.page = buttons, 0
        self.clear_widgets()
        for button in buttons:
            for name in ("text", "note"):
                if hasattr(button, name):
                    button.fbind(name, self._arrange)
            self.add_widget(button)
        self.cols = max(1, min(self._wanted(), len(buttons)))
        self._arrange()

    def turn(self) -> None:
        """Show the next page, after the last the first."""
        self.page = (self.page + 1) % self.pages

    def _look_changed(self, *_: object) -> None:
        self._arrange()

    def _wanted(self) -> int:
        return max(1, int(self.columns_upright if App.get_running_app().theme.portrait else self.columns))

    def _arrange_now(self, *_: object) -> None:
        hidden = hidden_screen(self)
        if hidden:
            hidden.fbind("hidden", self._shown)
        elif not self.buttons:
            if self.row_height:
                self.height = 0
        elif self.width > 1 and (self.height > 1 or self.row_height):
            theme = App.get_running_app().theme
            steps = [step for step in theme.steps if step <= theme.label + 0.01]
            self._lay_out(tile(self._cells(), self._wanted(), steps, self._measure))

    def _shown(self, screen: Widget, _hidden: bool) -> None:
        screen.funbind("hidden", self._shown)
        self._arrange()

    def _cells(self) -> Cells:
        theme, first = App.get_running_app().theme, self.buttons[0]
        left, over, right, under = first.padding
        pictured = all(isinstance(one, PictureButton) and one.art for one in self.buttons)
        iconed = all(getattr(one, "option", None) and one.option.icon for one in self.buttons)
        return Cells(
            count=len(self.buttons),
            width=self.width,
            height=self.height,
            gap=self.spacing[0],
            least_row=self.least_row,
            row=self.row_height,
            sides=left + right if pictured else 5 * theme.mm,
            ends=over + under,
            between=1.5 * theme.mm if pictured else 2 * theme.mm,
            pictures=[least * theme.mm for least in PICTURES[theme.big]] if pictured else (),
            large=[least * theme.mm for least in LARGE],
            sign=1.2 * theme.heading if hasattr(first, "signs") else 0,
            tall_sign=TALL_SIGN * theme.mm if iconed else 0,
        )

    def _measure(self, step: float, width: float) -> tuple[float, float]:
        """Return the heights of the highest words at `step` and of the highest note in `width`, pixels."""
        small = App.get_running_app().theme.small
        words = max(height_of(one.text, width, ("Body", True, step)) for one in self.buttons)
        notes = (getattr(one, "note", "") for one in self.buttons)
        return words, max((height_of(note, width, ("Body", False, small)) for note in notes if note), default=0)

    def _lay_out(self, found: Tiling) -> None:
        self.cols = found.columns
        if self.row_height:
            self.height = max(0, found.rows * (self.row_height + self.spacing[1]) - self.spacing[1])
        for button in self.buttons:
            button.tiling = found
        count = len(self.buttons)
        self._show(count if count <= found.places else max(1, found.places - 1))

    def _show(self, fit: int) -> None:
        """Show the present page of at most `fit` buttons."""
        self.pages = max(1, -(-len(self.buttons) // fit))
        page = int(min(self.page, self.pages - 1))
        shown = self.buttons[page * fit : (page + 1) * fit]
        if self.pages > 1:
            shown = [*shown, self._more_button(page)]
        if shown == self.children[::-1]:
            return
        self.clear_widgets()
        for button in shown:
            self.add_widget(button)
            for words in button.walk(restrict=True):
                if isinstance(words, Words):
                    kin.ask(words)

    def _more_button(self, page: int) -> MoreButton:
        if self._more is None:
            self._more = MoreButton()
            self._more.bind(on_release=lambda button: self.turn())
        self._more.page, self._more.pages = page, self.pages
        return self._more
