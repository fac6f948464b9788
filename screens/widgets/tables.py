"""A paged table of a report; its total row is always visible."""

from __future__ import annotations

from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.core.text import Label as Text
from kivy.factory import Factory
from kivy.properties import NumericProperty, ObjectProperty
from kivy.uix.boxlayout import BoxLayout

from .words import lines_of

#: Types of columns that are aligned left.
LEFT = ("text", "date")
HEAD, PLAIN, TOTAL = range(3)
#: What a word of a head may be smaller than the lowest step for more columns on a page.
NARROW = 0.9
#: Rows that are measured for the column widths; longer cells in later rows shrink.
SAMPLE = 60


class TableRow(BoxLayout):
    """One row of formatted cells. `kind` is HEAD, PLAIN or TOTAL."""

    kind = NumericProperty(PLAIN)


class TableView(BoxLayout):
    """Shows `table`, a `kiosk.reports.Table`; `say` formats a cell of a column. Columns that do not fit at the size of
    small text are on further pages, after the rows, beside the first column again."""

    table = ObjectProperty(None, allownone=True)
    say = ObjectProperty(None, allownone=True)
    page = NumericProperty(0)
    pages = NumericProperty(1)
    row_height = NumericProperty(60)

    def __init__(self, **kwargs: Any) -> None:
        self._lay_out = Clock.create_trigger(self._show, -1)
        self._widths: list[float] = []
        super().__init__(**kwargs)
        for name in ("table", "page", "size", "row_height"):
            self.fbind(name, self._lay_out)

    def on_table(self, *_: object) -> None:
        self.page = 0

    def turn(self, step: int) -> None:
        """Show the previous or next page."""
        self.page = min(max(0, self.page + step), self.pages - 1)

    def _show(self, *_: object) -> None:
        rows, table = self.ids.rows, self.table
        rows.clear_widgets()
        if table is None:
            return
        groups, titles = self._groups(), [column.title for column in table.columns]
        heads = [self._row(HEAD, titles, shown) for shown in groups]
        room = self.height - max(head.height for head in heads)  # the pages of all columns have as many rows
        fit = max(1, int(room / self.row_height) - (table.total is not None))
        downwards = max(1, -(-len(table.rows) // fit))
        self.pages = downwards * len(groups)
        self.page = min(self.page, self.pages - 1)
        across, down = divmod(int(self.page), downwards)
        shown = groups[across]
        rows.add_widget(heads[across])
        for cells in table.rows[down * fit : (down + 1) * fit]:
            rows.add_widget(self._row(PLAIN, self._said(cells), shown))
        if table.total is not None:
            rows.add_widget(self._row(TOTAL, self._said(table.total), shown))

    def _said(self, cells: Any) -> list[str]:
        return [self.say(cell, column) for cell, column in zip(cells, self.table.columns, strict=True)]

    def _groups(self) -> list[list[int]]:
        """Return the groups of columns (from 0) that are shown together; also measures the column widths."""
        theme, table = App.get_running_app().theme, self.table
        pen, narrow = (Text(font_size=size * theme.small, font_name="Body", bold=True) for size in (1, NARROW))
        said = [self._said(cells) for cells in (*table.rows[:SAMPLE], *([table.total] if table.total else []))]
        self._widths = []
        for at, column in enumerate(table.columns):
            longest = max((row[at] for row in said), key=len, default="")
            words = max(column.title.split(), key=len, default="")
            widest = max(pen.get_extents(longest)[0], narrow.get_extents(words)[0], pen.get_extents("0")[0])
            self._widths.append(widest * 1.03 + 1.4 * theme.mm)
        groups, room = [[0]], self.ids.rows.width - 2 * theme.mm
        for at, width in enumerate(self._widths[1:], 1):
            if len(groups[-1]) > 1 and sum(self._widths[one] for one in groups[-1]) + width > room:
                groups.append([0])
            groups[-1].append(at)
        return groups

    def _lines(self, text: str, width: float, size: float) -> int:
        """Return the lines of a cell; a word that is wider shrinks, in a line of its own."""
        return lines_of(text, width, ("Body", True, size)) or len(text.split())

    def _row(self, kind: int, texts: list[str], shown: list[int]) -> TableRow:
        theme = App.get_running_app().theme
        spare = self.ids.rows.width / sum(self._widths[at] for at in shown)
        size = theme.body if theme.small * spare * 0.95 >= theme.body else theme.small
        lines = max(self._lines(texts[at], self._widths[at] * spare * 0.9, size) for at in shown)
        row = TableRow(kind=kind, height=max(self.row_height, (max(1, lines) if kind == HEAD else 1) * 1.4 * size))
        for at in shown:
            left = self.table.columns[at].type in LEFT
            row.add_widget(
                Factory.Words(
                    text=texts[at],
                    bold=kind != PLAIN,
                    halign="left" if left else "right",
                    size_wanted=size,
                    size_hint_x=self._widths[at],
                )
            )
        return row
