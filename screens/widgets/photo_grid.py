"""The shelf: a virtualised photo grid that scrolls through any number of items with the cells that fit the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.effects.dampedscroll import DampedScrollEffect
from kivy.input import MotionEvent
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.stencilview import StencilView
from kivy.uix.widget import Widget

from screens.tools.workers import WorkerJob
from screens.x11.fingers import REST
from screens.x11.touch_panel import moment_of

#: Items in a block of cards, the unit of loading.
BLOCK = 60
#: Blocks of cards kept on each side of the last requested one.
NEAR = 5
#: Cells of the next row that are filled in one frame.
AHEAD = 2
#: Movement below which a touch is a tap, mm (older hands: DOMAIN.md 1.4, tolerate a 3 mm slide).
SLIDE = 3.0
#: Upper limit of a frame's duration in the physics of a fling, seconds.
LATE = 0.05


class Fling(DampedScrollEffect):
    """Deceleration after the finger is lifted. Kivy subtracts friction in proportion to the frame time; after a late
    frame that exceeded the velocity and reversed the direction."""

    def update_velocity(self, dt: float) -> None:
        super().update_velocity(min(dt, LATE))


class ItemCell(BoxLayout):
    """One cell; shows `card`, or a placeholder while it loads. Its `index` on the shelf is -1 while it is unused."""

    card = ObjectProperty(None, allownone=True)
    pressed = BooleanProperty(False)
    index = NumericProperty(-1)
    tight = BooleanProperty(False)
    opening = ListProperty([0, 0, 0, 0])  # the area of the card that the photo hides


class GridView(StencilView, FloatLayout):
    """The scrolling part. Cells are placed once for their row and moved together by one translation."""

    columns = NumericProperty(1)
    cell_height = NumericProperty(1)
    gap = NumericProperty(1)
    shift = NumericProperty(0)
    offset = NumericProperty(0)  # scroll offset from the top, pixels
    longest = NumericProperty(0)  # maximum offset
    tight = BooleanProperty(False)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.ids_shown: Sequence[str] = ()
        self._cards: dict[int, Any] = {}
        self._asked: dict[int, WorkerJob] = {}
        self._generation = 0
        self._cells: dict[int, ItemCell] = {}
        self._spare: list[ItemCell] = []
        self._base_row, self._down = 0, True
        self._touched: tuple[MotionEvent, int, float, float] | None = None
        self._began = 0.0  # time of the touch-down
        self._view = 0  # the shell's view at that time
        self.effect = Fling(target_widget=self, friction=0.06)
        self.effect.bind(scroll=lambda effect, value: self._scrolled(value))
        self.layout_soon = Clock.create_trigger(self._layout, -1)
        self._fill_soon = Clock.create_trigger(self._fill_ahead, 0)
        self._make_soon = Clock.create_trigger(self._make_ready, 0)
        for name in ("size", "pos", "columns", "cell_height", "gap"):
            self.fbind(name, lambda *_: self.layout_soon())
        self.register_event_type("on_choose")

    def on_choose(self, item_id: str) -> None:
        """An item was tapped."""

    # what is shown

    def show(self, ids: Sequence[str], cards: Sequence[Any] = ()) -> None:
        """Show the items `ids` from the top; `cards` are those of the first ones, if loaded already."""
        self._generation += 1
        for job in self._asked.values():
            job.cancel()
        self._asked.clear()
        found = {card.id: card for card in cards}
        self._cards = {index: found[item_id] for index, item_id in enumerate(ids[: len(found)]) if item_id in found}
        self.ids_shown = ids
        for cell in self._cells.values():
            self._put_away(cell)
        self._cells.clear()
        for cell in self._spare:  # spare cells must not keep cards or looks of the previous shelf
            cell.card = None
        self.effect.velocity = 0
        self.offset, self._down = 0, True
        self._layout()

    def grow(self, ids: Sequence[str]) -> None:
        """Show the items `ids`; the position is kept if they only extend the whole blocks shown."""
        shown = list(self.ids_shown)
        if not shown or (len(shown) % BLOCK and len(ids) != len(shown)) or list(ids[: len(shown)]) != shown:
            self.show(ids)
            return
        self.ids_shown = ids
        self._layout()

    @property
    def row_height(self) -> float:
        return float(self.cell_height + self.gap)

    @property
    def rows(self) -> int:
        return -(-len(self.ids_shown) // max(1, int(self.columns)))

    def scroll_to(self, offset: float) -> None:
        """Scroll to `offset` pixels from the top."""
        self.effect.velocity = 0
        self.effect.value = min(max(0.0, offset), self.longest)
        self._scrolled(self.effect.value)

    def reveal(self, index: int) -> None:
        """Scroll as little as needed to show the whole item at `index`."""
        top = index // self.columns * self.row_height
        self.scroll_to(min(max(self.offset, top + self.row_height + self.gap - self.height), top))

    def _layout(self, *_: object) -> None:
        self.longest = max(0.0, self.rows * self.row_height + self.gap - self.height)
        self.effect.min, self.effect.max = 0, self.longest
        self.offset = min(self.offset, self.longest)
        self.effect.value = self.offset
        self._base_row = int(self.offset // self.row_height)
        for index, cell in self._cells.items():
            self._place(cell, index)
        self._scrolled(self.offset)

    def _scrolled(self, value: float) -> None:
        moved = value != self.offset
        if moved:
            self._down = value > self.offset
        self.offset = value
        first, _last = self._rows_seen()
        if abs(first - self._base_row) > 2000:  # keep coordinates small: vertices are single-precision floats
            self._base_row = first
            for index, cell in self._cells.items():
                self._place(cell, index)
        self.shift = round(self.offset - self._base_row * self.row_height)
        seen, ahead = self._wanted()
        for index in [index for index in self._cells if index not in seen and index not in ahead]:
            self._put_away(self._cells.pop(index))
        for index in seen:
            if index not in self._cells:
                self._fill(index)
        if seen:
            (self._fill_soon if moved else self._make_soon)()
            self._need(min(len(self.ids_shown) - 1, seen.stop + 3 * self.columns))

    def _rows_seen(self) -> tuple[int, int]:
        top = max(0.0, self.offset)
        return int(top // self.row_height), int((top + self.height) // self.row_height)

    def _wanted(self) -> tuple[range, range]:
        """Return the visible indexes, and those of the next row."""
        first, last = self._rows_seen()
        ahead = last + 1 if self._down else first - 1
        return self._of_rows(first, last), self._of_rows(ahead, ahead)

    def _of_rows(self, first: int, last: int) -> range:
        return range(max(0, first * self.columns), min(len(self.ids_shown), (last + 1) * self.columns))

    def _fill_ahead(self, *_: object) -> None:
        """Fill the next row a few cells a frame: the whole row at once would delay the frame."""
        missing = [index for index in self._wanted()[1] if index not in self._cells]
        for index in missing[:AHEAD]:
            self._fill(index)
        (self._fill_soon if len(missing) > AHEAD else self._make_soon)()

    def _make_ready(self, *_: object) -> None:
        """Create the cells for all visible places, one a frame, undrawn until they have a card."""
        most = (math.ceil(self.height / self.row_height) + 2) * self.columns
        if len(self._cells) + len(self._spare) < min(most, len(self.ids_shown)):
            self._spare.append(self._new_cell())
            self._make_soon()

    def _fill(self, index: int) -> None:
        cell = self._spare.pop() if self._spare else self._new_cell()
        if cell.parent is None:
            self.add_widget(cell)
        self._cells[index] = cell
        cell.index = index
        self._place(cell, index)
        cell.card = self._card(index)

    def _new_cell(self) -> ItemCell:
        cell = ItemCell(size_hint=(None, None), size=(1, 1), tight=self.tight)
        self.bind(tight=cell.setter("tight"))
        return cell

    def _put_away(self, cell: ItemCell) -> None:
        cell.index, cell.pressed = -1, False  # keep its card: clearing takes as long as filling
        cell.pos = (-10 * self.width - 10000, 0)
        self._spare.append(cell)

    def _place(self, cell: ItemCell, index: int) -> None:
        row, column = divmod(index, self.columns)
        width = (self.width - self.gap * (self.columns + 1)) / self.columns
        cell.size = (round(width), round(self.cell_height))
        cell.pos = (
            round(self.x + self.gap + column * (width + self.gap)),
            round(self.top - self.gap - (row - self._base_row) * self.row_height - self.cell_height),
        )

    # cards

    def _card(self, index: int) -> Any:
        if index not in self._cards:
            self._need(index)
        return self._cards.get(index)

    def _need(self, index: int) -> None:
        block = index // BLOCK
        if index in self._cards or block in self._asked:
            return
        ids = self.ids_shown[block * BLOCK : (block + 1) * BLOCK]
        app = App.get_running_app()
        generation = self._generation

        def arrived(cards: Sequence[Any]) -> None:
            self._asked.pop(block, None)
            if generation != self._generation:
                return
            found = {card.id: card for card in cards}
            near = range((block - NEAR) * BLOCK, (block + NEAR + 1) * BLOCK)
            if len(self._cards) > len(near):  # evict cards far from the position
                self._cards = {index: card for index, card in self._cards.items() if index in near}
            for place, item_id in enumerate(ids):
                self._cards[block * BLOCK + place] = found.get(item_id)
            for at, cell in self._cells.items():
                if at // BLOCK == block:
                    cell.card = self._cards.get(at)

        self._asked[block] = app.work(lambda: app.services.goods.cards(ids=ids), arrived)

    # touches

    def on_touch_down(self, touch: MotionEvent) -> bool:
        if not self.collide_point(*touch.pos) or touch.is_mouse_scrolling:
            if touch.is_mouse_scrolling and self.collide_point(*touch.pos):
                self.scroll_to(self.offset + (80 if touch.button == "scrollup" else -80))
                return True
            return False
        if self._touched is not None and moment_of(touch) - self._began <= REST:
            return True  # one finger at a time (EN 301 549 5.9)
        if self._touched is not None:  # a new touch replaces a resting one
            self._touched[0].ungrab(self)
            self._release(self._touched[1])
        touch.grab(self)
        moving = abs(self.effect.velocity) > 50
        index = -1 if moving else self._at(touch)
        self._touched, self._began = (touch, index, touch.x, touch.y), moment_of(touch)
        self._view = App.get_running_app().shell.view
        if index in self._cells:
            self._cells[index].pressed = True
        self.effect.start(touch.y, moment_of(touch))
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        if touch.grab_current is not self or self._touched is None:
            return False
        _, index, x, y = self._touched
        slack = SLIDE * App.get_running_app().theme.mm
        if index >= 0 and (abs(touch.x - x) > slack or abs(touch.y - y) > slack):
            self._release(index)
            self._touched = (touch, -1, x, y)
        self.effect.update(touch.y, moment_of(touch))
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        if touch.grab_current is not self or self._touched is None:
            return False
        touch.ungrab(self)
        index = self._touched[1]
        self._touched = None
        self._release(index)
        self.effect.stop(touch.y, moment_of(touch))
        app = App.get_running_app()
        here = self._view == app.shell.view and 0 <= index < len(self.ids_shown)
        if here and app.guard.allows(touch, app.theme.mm):
            app.guard.struck(touch)
            self.dispatch("on_choose", self.ids_shown[index])
        return True

    def _release(self, index: int) -> None:
        if index in self._cells:
            self._cells[index].pressed = False

    def _at(self, touch: MotionEvent) -> int:
        for index, cell in self._cells.items():
            if cell.collide_point(touch.x, touch.y - self.shift):
                return index
        return -1


class PhotoGrid(BoxLayout):
    """A `GridView` with paging buttons, for people who cannot swipe (WCAG 2.5.7)."""

    columns = NumericProperty(3)
    rows = NumericProperty(1)  # whole ones on a page
    usual_cell = NumericProperty(100)  # height of a cell that the rows are near to, pixels
    cell_height = NumericProperty(100)
    tight = BooleanProperty(False)

    def __init__(self, **kwargs: object) -> None:
        self.register_event_type("on_choose")
        super().__init__(**kwargs)

    def on_choose(self, item_id: str) -> None:
        """An item was tapped."""

    def show(self, ids: Sequence[str], cards: Sequence[Any] = ()) -> None:
        self.ids.view.show(ids, cards)

    def grow(self, ids: Sequence[str]) -> None:
        self.ids.view.grow(ids)

    def turn(self, pages: float) -> None:
        """Scroll by `pages` of the visible height."""
        view = self.ids.view
        rows = max(1, int(view.height // view.row_height))
        view.scroll_to(view.offset + pages * rows * view.row_height)

    def visible_cells(self) -> list[Widget]:
        """Return the visible cells in order."""
        view = self.ids.view
        return [view._cells[index] for index in view._wanted()[0]]
