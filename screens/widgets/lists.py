"""A paged list of lines with name, note and mark; it needs no dragging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from kivy.app import App
from kivy.clock import Clock
from kivy.input import MotionEvent
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from .buttons import Touch

#: By how many lines a row can become higher where its words need it.
MOST_TALLER = 4
#: Maximum pictures in a row.
MOST_LIKE = 3


@dataclass(frozen=True, repr=False)
class Line:
    """One line. `photo` is a content hash; without it, `icon` is shown. `alarm` marks it as urgent. No repr: it could
    show personal data."""

    key: str
    title: str
    note: str = ""
    mark: str = ""
    icon: str = ""
    photo: str | None = None
    alarm: bool = False


class PageButtons(BoxLayout):
    """Buttons up and down with the page number between; hidden for a single page."""

    page = NumericProperty(0)
    pages = NumericProperty(1)
    low = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        self.register_event_type("on_turn")
        super().__init__(**kwargs)

    def on_turn(self, step: int) -> None:
        """Event: the previous (-1) or next (1) page is requested."""

    def on_touch_down(self, touch: MotionEvent) -> bool:
        return bool(self.pages > 1 and super().on_touch_down(touch))


class LineRow(Touch):
    """A line on the screen; `stacked` if its mark is under its other words, `under` if the list wants that."""

    line = ObjectProperty(None, allownone=True)
    under = BooleanProperty(False)
    stacked = BooleanProperty(False)


class SheetLine(Touch):
    """One line of a sheet that is filled in by touch: a question and its answer."""

    icon = StringProperty()
    question = StringProperty()
    answer = StringProperty()


class LikePhoto(Touch):
    """A touchable photo of an item."""

    card = ObjectProperty(None, allownone=True)


class LikeRow(BoxLayout):
    """Photos of a few items (`cards`, at most MOST_LIKE) side by side, each as wide as in a full row."""

    cards = ListProperty()

    def __init__(self, **kwargs: Any) -> None:
        self.register_event_type("on_choose")
        super().__init__(**kwargs)

    def on_choose(self, item_id: str) -> None:
        """Event: an item was touched."""

    def on_cards(self, *_: object) -> None:
        self.clear_widgets()
        for card in self.cards[:MOST_LIKE]:
            photo = LikePhoto(card=card)
            photo.bind(on_release=lambda photo: self.dispatch("on_choose", photo.card.id))
            self.add_widget(photo)
        for _empty in range(MOST_LIKE - len(self.cards) if self.cards else 0):
            self.add_widget(Widget())


class LineList(BoxLayout):
    """Shows `lines` in `columns`; for an empty list the text `empty` under `empty_art`, and nothing while `lines` is None:
    they are being looked up. `row` is the widget class of a line; with `under` the marks are under the other words."""

    row: ClassVar[type[Touch]] = LineRow

    lines = ListProperty(None, allownone=True)
    empty = StringProperty()
    empty_art = StringProperty("nothing_found.png")
    page = NumericProperty(0)
    pages = NumericProperty(1)
    touchable = BooleanProperty(True)
    shown = BooleanProperty(True)
    columns = NumericProperty(1)
    under = BooleanProperty(False)
    taller = NumericProperty(0)  # lines by which the rows are higher

    def __init__(self, **kwargs: object) -> None:
        self.register_event_type("on_choose")
        self._lay_out = Clock.create_trigger(self._show, -1)
        super().__init__(**kwargs)
        for name in ("lines", "page", "height", "columns", "row_height", "taller", "under"):
            self.fbind(name, lambda *_: self._lay_out())
        self._lay_out()

    def on_choose(self, key: str) -> None:
        """Event: a line was touched."""

    def on_lines(self, *_: object) -> None:
        self.page, self.taller = 0, 0

    def on_width(self, *_: object) -> None:
        self.taller = 0

    def on_row_height(self, *_: object) -> None:
        self.taller = 0

    def give_way(self) -> bool:
        """Make the rows higher: as high as the page has room for, and then a line of small text more, up to three times: in
        big text, where there are more pages then, and in usual text as long as there are not."""
        theme = App.get_running_app().theme
        rows = -(-len(self.lines or ()) // int(self.columns))
        taller = self.row_height + self.taller * 1.33 * theme.small
        most = MOST_TALLER if theme.big or rows * (taller + self.gap) <= self.height + self.gap + 1 else 1
        gave = bool(self.taller < most and self._high() < self.height)
        self.taller += gave
        return gave

    def _high(self) -> float:
        """Return the height of a row, pixels: never more than that of the list. Rows that need more first take what the last
        row of the page leaves."""
        line = 1.33 * App.get_running_app().theme.small
        high = min(self.row_height + max(0, self.taller - 1) * line, max(self.height, 2 * line))
        rows = max(1, int((self.height + self.gap + 1) // (high + self.gap)))
        return float((self.height + self.gap) / rows - self.gap) if self.taller and self.height > high else float(high)

    def turn(self, step: int) -> None:
        """Show the previous or next page."""
        self.page = min(max(0, self.page + step), self.pages - 1)

    def _show(self, *_: object) -> None:
        rows, high = self.ids.rows, self._high()
        fit = max(1, int((self.height + self.gap + 1) // (high + self.gap))) * int(self.columns)
        lines = self.lines or []
        self.pages = max(1, -(-len(lines) // fit))
        self.page = min(self.page, self.pages - 1)
        rows.clear_widgets()
        first = int(self.page) * fit
        for line in lines[first : first + fit]:
            row = self.row(line=line, height=high)
            if self.under:
                row.under = True
            if self.touchable:
                row.bind(on_release=self._touched)
            rows.add_widget(row)

    def _touched(self, row: Any) -> None:
        # rows are removed a frame later than their lines
        if any(line.key == row.line.key for line in self.lines or ()):
            self.dispatch("on_choose", row.line.key)

    row_height = NumericProperty(100)
    gap = NumericProperty(10)
