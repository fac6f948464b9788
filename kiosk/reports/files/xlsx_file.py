"""A report as an Excel workbook: real numbers and dates, a sheet a table, and Excel's own charts."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook

from kiosk.errors import N_
from kiosk.reports.model import Cell, Chart, Column, Hidden, Report, Table
from kiosk.reports.wording import Say

#: Excel's number formats by the type of the column.
NUMBER_FORMATS = {
    "whole": "# ##0", "kg": "# ##0.0", "hours": "# ##0.00", "money": "# ##0.00 €", "percent": "0.0", "days": "0.0",
    "date": "d.m.yyyy", "clock": "h:mm",
}  # fmt: skip
_CHARTS = {"bars": "column", "shares": "bar", "lines": "line"}
#: Rows a chart takes on its sheet, and how wide and high it is, pixels.
CHART_ROWS, CHART_SIZE = 21, {"width": 760, "height": 400}
RIVER = "#1C5B82"


class _Book:
    """One workbook while it is written."""

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
        self.formats = {
            (type_, total): self.book.add_format({"num_format": form} | ({"bold": True, "top": 1} if total else {}))
            for type_, form in (NUMBER_FORMATS | {"text": "@", "sign": "@"}).items()
            for total in (False, True)
        }
        self.names: set[str] = set()

    def sheet(self, title: str) -> Any:
        """Return a new sheet called by `title`, as far as Excel allows: 31 letters, none of []:*?/\\, no name twice."""
        name = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:28] or "-"
        known = name
        for number in range(2, 99):
            if known.casefold() not in self.names:
                break
            known = f"{name} {number}"
        self.names.add(known.casefold())
        return self.book.add_worksheet(known)

    def front(self, say: Say) -> None:
        """Write what the report is about."""
        sheet = self.sheet(self.report.title)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 80)
        sheet.write_string(0, 0, self.report.title, self.title)
        lines = [(say.text(N_("Centre")), self.report.centre), *self.report.head]
        for at, (label, text) in enumerate(lines, 2):
            sheet.write_string(at, 0, label, self.wrapped)
            sheet.write_string(at, 1, text, self.wrapped)
        for at, note in enumerate(self.report.notes, len(lines) + 3):
            sheet.write_string(at, 1, note, self.wrapped)

    def table(self, table: Table) -> None:
        """Write a table on a sheet of its own."""
        sheet = self.sheet(table.title)
        sheet.write_string(0, 0, table.title, self.title)
        sheet.freeze_panes(3, 0)
        for at, column in enumerate(table.columns):
            sheet.write_string(2, at, column.title, self.bold)
            texts = [str(row[at]) for row in table.rows[:200] if isinstance(row[at], str)]
            sheet.set_column(
                at, at, 22 if column.type == "sign" else min(44, max(11, *map(len, [column.title, *texts])) + 1)
            )
        for line, row in enumerate((*table.rows, *([table.total] if table.total else [])), 3):
            for at, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                self._write(sheet, line, at, cell, column, total=table.total is not None and row is table.total)
        if table.note:
            sheet.write_string(len(table.rows) + 5, 0, table.note)

    def _write(self, sheet: Any, line: int, at: int, cell: Cell, column: Column, *, total: bool) -> None:
        form = self.formats[column.type, total]
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

    def charts(self, charts: tuple[Chart, ...], title: str) -> None:
        """Write the charts, each beside the numbers it shows."""
        sheet = self.sheet(title)
        sheet.set_column(0, 0, 26)
        for number, chart in enumerate(charts):
            top = number * max(CHART_ROWS, len(chart.labels) + 3)
            sheet.write_string(top, 0, chart.title, self.bold)
            for at, series in enumerate(chart.series, 1):
                sheet.write_string(top, at, series.title, self.bold)
                for line, value in enumerate(series.values, top + 1):
                    if value is not None:
                        sheet.write_number(line, at, value)
            for line, label in enumerate(chart.labels, top + 1):
                sheet.write_string(line, 0, label)
            sheet.insert_chart(top, len(chart.series) + 2, self._chart(sheet.get_name(), chart, top))

    def _chart(self, sheet: str, chart: Chart, top: int) -> Any:
        made = self.book.add_chart({"type": _CHARTS[chart.kind]})
        last = top + len(chart.labels)
        for at, _series in enumerate(chart.series, 1):
            look = {"fill": {"color": RIVER}, "gap": 60} if len(chart.series) == 1 and chart.kind != "lines" else {}
            made.add_series(
                {"name": [sheet, top, at], "categories": [sheet, top + 1, 0, last, 0],
                 "values": [sheet, top + 1, at, last, at], "data_labels": {"value": chart.kind == "shares"}} | look
            )  # fmt: skip
        made.set_title({"name": chart.title})
        made.set_x_axis({"reverse": chart.kind == "shares"})  # of bars that lie the first is on top
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
    if report.charts:
        book.charts(report.charts, say.text(N_("Charts")))
    for table in report.tables:
        book.table(table)
    book.book.close()
    return book.out.getvalue()


def _naive(moment: datetime) -> datetime:
    """Return a time as Excel knows it, without a zone."""
    return moment.replace(tzinfo=None)
