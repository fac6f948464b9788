"""A table of a report, a page at a time with buttons; its total stays in sight."""

from __future__ import annotations

from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.core.text import Label as Text
from kivy.factory import Factory
from kivy.input import MotionEvent
from kivy.properties import NumericProperty, ObjectProperty
from kivy.uix.boxlayout import BoxLayout

#: Types of columns that begin at the left.
LEFT = ("text", "date")
#: The smallest that a table is written for all its columns to be in sight, as a part of the wanted size.
SMALLEST = 0.45
HEAD, PLAIN, TOTAL = range(3)


class PageButtons(BoxLayout):
    """Up and down, with the page between; nothing where one page is all."""

    page = NumericProperty(0)
    pages = NumericProperty(1)

    def __init__(self, **kwargs: Any) -> None:
        self.register_event_type("on_turn")
        super().__init__(**kwargs)

    def on_turn(self, step: int) -> None:
        """The page before (-1) or after (1) is wanted."""

    def on_touch_down(self, touch: MotionEvent) -> bool:
        return bool(self.pages > 1 and super().on_touch_down(touch))


class TableRow(BoxLayout):
    """One row: cells as words. `kind` is HEAD, PLAIN or TOTAL."""

    kind = NumericProperty(PLAIN)


class TableView(BoxLayout):
    """Shows `table`, a `kiosk.reports.Table`; `say` writes a cell of a column."""

    table = ObjectProperty(None, allownone=True)
    say = ObjectProperty(None, allownone=True)
    page = NumericProperty(0)
    pages = NumericProperty(1)
    row_height = NumericProperty(60)

    def __init__(self, **kwargs: Any) -> None:
        self._lay_out = Clock.create_trigger(self._show, -1)
        super().__init__(**kwargs)
        for name in ("table", "page", "size", "row_height"):
            self.fbind(name, self._lay_out)

    def on_table(self, *_: object) -> None:
        self.page = 0

    def turn(self, step: int) -> None:
        """Show the rows before or after."""
        self.page = min(max(0, self.page + step), self.pages - 1)

    def _show(self, *_: object) -> None:
        rows, table = self.ids.rows, self.table
        rows.clear_widgets()
        if table is None:
            return
        fit = max(1, int(self.height / self.row_height - 1.6) - (table.total is not None))
        self.pages = max(1, -(-len(table.rows) // fit))
        self.page = min(self.page, self.pages - 1)
        first = int(self.page) * fit
        said = [(PLAIN, self._said(cells)) for cells in table.rows[first : first + fit]]
        if table.total is not None:
            said.append((TOTAL, self._said(table.total)))
        size, widths = self._measure([texts for _, texts in said])
        rows.add_widget(self._row(HEAD, [column.title for column in table.columns], size, widths))
        for kind, texts in said:
            rows.add_widget(self._row(kind, texts, size, widths))

    def _said(self, cells: Any) -> list[str]:
        return [self.say(cell, column) for cell, column in zip(cells, self.table.columns, strict=True)]

    def _measure(self, rows: list[list[str]]) -> tuple[float, list[float]]:
        """Return the one size of text with which all columns are in sight, and what each takes of the width."""
        theme = App.get_running_app().theme
        pen = Text(font_size=theme.body, font_name="Body", bold=True)
        widths = []
        for at, column in enumerate(self.table.columns):
            texts = [*column.title.split(), *(row[at] for row in rows)]
            widths.append(max(pen.get_extents(text)[0] for text in [*texts, "0"]))
        gaps = 2.2 * theme.mm * (len(widths) + 1)
        room = self.ids.rows.width - gaps
        return theme.body * max(SMALLEST, min(1.0, room / sum(widths) * 0.97)), widths

    def _row(self, kind: int, texts: list[str], size: float, widths: list[float]) -> TableRow:
        row = TableRow(kind=kind, height=self.row_height * (1.6 if kind == HEAD else 1))
        for text, width, column in zip(texts, widths, self.table.columns, strict=True):
            row.add_widget(
                Factory.Words(
                    text=text, bold=kind != PLAIN, halign="left" if column.type in LEFT else "right", size_wanted=size,
                    size_hint_x=width,
                )
            )  # fmt: skip
        return row
