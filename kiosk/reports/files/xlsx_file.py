"""A report as an Excel workbook: typed numbers and dates, one sheet for each table, and native charts."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from textwrap import shorten, wrap
from typing import Any
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook

from kiosk.errors import N_
from kiosk.reports.model import Cell, Chart, Column, Hidden, Report, Table
from kiosk.reports.wording import Say

#: Excel's number formats by the type of the column, in its own form: a comma groups thousands, by a space in Finnish.
NUMBER_FORMATS = {
    "whole": "#,##0",
    "kg": "#,##0.0",
    "hours": "#,##0.00",
    "money": '#,##0.00\\ "€"',
    "percent": "0.0",
    "days": "0.0",
    "date": "d.m.yyyy",
    "clock": "h:mm",
}
_CHARTS = {"bars": "column", "shares": "bar", "lines": "line"}
#: Rows that a chart covers beside its numbers, and its width and height, pixels.
CHART_ROWS, CHART_SIZE = 21, {"width": 760, "height": 400}
#: Columns of words and of whole sentences, letters; how wide a sheet may be on paper that stands, letters.
NAMES, TEXT, UPRIGHT = 26, 80, 100
#: The height of a line of text and of a row somebody signs in, points. Not every program works out the height by itself.
LINE_PT, SIGN_PT = 15, 24
#: Longest name of a sheet in Excel, characters.
LONGEST_NAME = 31
RIVER = "#1C5B82"


class _Book:
    """A workbook while it is written."""

    def __init__(self, report: Report) -> None:
        self.report, self.out = report, io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = Workbook(self.out, options)
        # The same report must give the same bytes: the time is that of the data.
        self.book.set_properties({"title": report.title, "company": report.centre, "created": _naive(report.as_of)})
        self.bold = self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.title = self.book.add_format({"bold": True, "font_size": 16})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.line = self.book.add_format({"bottom": 4})  # kept for writing
        self.formats = {
            (type_, total): self.book.add_format(
                {"num_format": form, "indent": int(type_ == "text")} | ({"bold": True, "top": 1} if total else {})
            )
            for type_, form in (NUMBER_FORMATS | {"text": "@", "sign": "@"}).items()
            for total in (False, True)
        }
        self.names: set[str] = set()

    def sheet(self, title: str) -> Any:
        """Return a new sheet named after `title`, as far as Excel allows: 31 characters, none of []:*?/\\, unique; too
        long a title loses whole words. It prints on A4, one page wide, with the project and the page number in the
        footer."""
        known = name = self._name(title, LONGEST_NAME)
        for number in range(2, 99):
            if known.casefold() not in self.names:
                break
            known = f"{self._name(title, LONGEST_NAME - 3)} {number}"
        self.names.add(known.casefold())
        sheet = self.book.add_worksheet(known or name)
        sheet.set_paper(9)
        sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        project = self.report.project
        left = f"{project.number}  {project.name}" if project else self.report.centre
        text = f"{left}  ·  {self.report.title}".replace("&", "&&")
        # Excel allows 255 characters in the footer, codes of fields included,
        # and the digits of a font size must not touch the number of the project
        sheet.set_footer(f"&L&8 {text[:200]}&R&8 &P/&N")
        return sheet

    def _name(self, title: str, most: int) -> str:
        words = re.sub(r"[\[\]:*?/\\\s]+", " ", title).strip("' ")
        return shorten(words, most, placeholder=" …").strip("' ") if " " in words[:most] else words[:most] or "-"

    def front(self, say: Say) -> None:
        """Write the header of the report."""
        sheet = self.sheet(self.report.title)
        sheet.set_column(0, 0, NAMES)
        sheet.set_column(1, 1, TEXT)
        sheet.write_string(0, 0, self.report.title, self.title)
        lines = [(say.text(N_("Centre")), self.report.centre), *self.report.head]
        notes = [("", note) for note in self.report.notes]
        for at, (label, text) in enumerate([*lines, ("", ""), *notes], 2):
            sheet.write_string(at, 0, label, self.wrapped)
            sheet.write_string(at, 1, text, self.wrapped)
            sheet.set_row(at, LINE_PT * max(_lines(label, NAMES), _lines(text, TEXT)))

    def table(self, table: Table) -> None:
        """Write a table on a sheet of its own."""
        sheet = self.sheet(table.title)
        sheet.write_string(0, 0, table.title, self.title)
        sheet.freeze_panes(3, 0)
        sheet.repeat_rows(0, 2)
        widths = [_width(table, at) for at in range(len(table.columns))]
        if sum(widths) > UPRIGHT:
            sheet.set_landscape()
        for at, column in enumerate(table.columns):
            sheet.write_string(2, at, column.title, self.bold)
            sheet.set_column(at, at, widths[at])
        heads = zip(table.columns, widths, strict=True)
        sheet.set_row(2, LINE_PT * max(_lines(column.title, width) for column, width in heads))
        if any(column.type == "sign" for column in table.columns):
            for line in range(3, len(table.rows) + 3):
                sheet.set_row(line, SIGN_PT)
        for line, row in enumerate((*table.rows, *([table.total] if table.total else [])), 3):
            for at, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                self._write(sheet, line, at, cell, column, total=table.total is not None and row is table.total)
        if table.note:
            sheet.write_string(len(table.rows) + 5, 0, table.note)

    def _write(self, sheet: Any, line: int, at: int, cell: Cell, column: Column, *, total: bool) -> None:
        form = self.formats[column.type, total]
        if column.type == "sign" and not total:
            form = self.line if cell is None else self.formats["text", False]
        if cell is None:
            sheet.write_blank(line, at, None, form)
        elif isinstance(cell, Hidden):
            sheet.write_string(line, at, str(cell.value), form)
        elif isinstance(cell, datetime):
            sheet.write_datetime(line, at, _naive(cell.astimezone(ZoneInfo(self.report.timezone))), form)
        elif isinstance(cell, date):
            sheet.write_datetime(line, at, datetime(cell.year, cell.month, cell.day), form)
        elif isinstance(cell, int | Decimal):
            sheet.write_number(line, at, float(cell), form)
        else:
            sheet.write_string(line, at, cell, form)

    def chart(self, chart: Chart, title: str) -> None:
        """Write a chart on a sheet of its own, beside its numbers; it prints on one page in every program."""
        sheet = self.sheet(title)
        sheet.fit_to_pages(1, 1)
        if len(chart.labels) < CHART_ROWS:
            sheet.set_landscape()
        sheet.set_column(0, 0, NAMES)
        sheet.write_string(0, 0, chart.title, self.bold)
        for at, series in enumerate(chart.series, 1):
            sheet.write_string(0, at, series.title, self.bold)
            for line, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(line, at, value)
        for line, label in enumerate(chart.labels, 1):
            sheet.write_string(line, 0, label)
        sheet.insert_chart(0, len(chart.series) + 2, self._drawn(sheet.get_name(), chart))

    def _drawn(self, sheet: str, chart: Chart) -> Any:
        made = self.book.add_chart({"type": _CHARTS[chart.kind]})
        last = len(chart.labels)
        for at, _series in enumerate(chart.series, 1):
            look = {"fill": {"color": RIVER}, "gap": 60} if len(chart.series) == 1 and chart.kind != "lines" else {}
            made.add_series(
                {
                    "name": [sheet, 0, at],
                    "categories": [sheet, 1, 0, last, 0],
                    "values": [sheet, 1, at, last, at],
                    "data_labels": {"value": chart.kind == "shares"},
                }
                | look
            )
        made.set_title({"name": chart.title})
        made.set_x_axis({"reverse": chart.kind == "shares"})  # horizontal bars: the first one is on top
        made.set_y_axis({"name": chart.unit})
        if len(chart.series) == 1:
            made.set_legend({"none": True})
        made.set_size(CHART_SIZE)
        return made


def to_bytes(report: Report) -> bytes:
    """Return the report as an .xlsx file."""
    say = Say(report.language, report.timezone)
    book = _Book(report)
    book.front(say)
    for number, chart in enumerate(report.charts, 1):
        title = say.text(N_("Charts"))
        book.chart(chart, f"{title} {number}" if len(report.charts) > 1 else title)
    for table in report.tables:
        book.table(table)
    book.book.close()
    return book.out.getvalue()


def _naive(moment: datetime) -> datetime:
    """Return a time without its zone, as Excel stores it."""
    return moment.replace(tzinfo=None)


def _width(table: Table, at: int) -> int:
    """Return the width of a column, characters: by its words up to a limit, or wide enough for handwriting."""
    column = table.columns[at]
    if column.type == "sign":
        return NAMES
    texts = [str(row[at]) for row in table.rows[:200] if isinstance(row[at], str)]
    return min(44, max(11, *map(len, [*column.title.split(), *texts])) + 1)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; widths count digits, and some characters are wider."""
    return max(1, len(wrap(text, max(1, int(width / 1.15)))))
