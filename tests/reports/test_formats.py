"""Every format of every report has the same figures, hidden ones among them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from kiosk.journal import Store
from kiosk.reports import KINDS, Column, Hidden, Report
from kiosk.reports.files import to_bytes
from kiosk.reports.wording import PLACES
from kiosk.services import Services
from kiosk.settings import load
from tests.reports.year import END, YEAR, day_of, write_year


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    store = Store.create(tmp_path_factory.mktemp("formats") / "data", now=day_of(date(YEAR, 1, 1), 5))
    yield write_year(store, load(None), 7)
    store.close()


@pytest.mark.parametrize("project", [None, "2"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_format_has_the_same_figures(services: Services, kind: str, project: str | None) -> None:
    first, last = date(YEAR, 1, 1), date(YEAR, 12, 31)
    report = services.reports.build(kind=kind, first=first, last=last, as_of=END, language="fi", project=project)
    told = [
        [_plain(cell, column) for cell, column in zip(row, table.columns, strict=True) if _is_figure(cell, column)]
        for table in report.tables
        for row in (*table.rows, *([table.total] if table.total else []))
    ]
    assert _of_json(report) == told
    assert _of_csv(report) == told
    assert _of_xlsx(report) == told


def _is_figure(cell: Any, column: Column) -> bool:
    return isinstance(cell, Hidden | int | Decimal) or (isinstance(cell, str) and column.type == "whole")


def _plain(cell: Any, column: Column) -> str:
    if isinstance(cell, Hidden):
        return str(cell.value)
    return cell if isinstance(cell, str) else f"{cell:.{PLACES.get(column.type, 0)}f}"


def _figures(report: Report, rows: list[list[Any]], read: Any) -> list[list[str]]:
    """Return the figures of rows that were read back, in the order of the report."""
    wanted = [(table, row) for table in report.tables for row in (*table.rows, *([table.total] if table.total else []))]
    return [
        [read(back[at], table.columns[at]) for at, cell in enumerate(row) if _is_figure(cell, table.columns[at])]
        for (table, row), back in zip(wanted, rows, strict=True)
    ]


def _number(value: Any, column: Column) -> str:
    return value if isinstance(value, str) else f"{Decimal(str(value)):.{PLACES.get(column.type, 0)}f}"


def _of_json(report: Report) -> list[list[str]]:
    said = json.loads(to_bytes(report, "json"))
    rows = [row for table in said["tables"] for row in (*table["rows"], *([table["total"]] if table["total"] else []))]
    return _figures(report, rows, _number)


def _of_csv(report: Report) -> list[list[str]]:
    lines = list(csv.reader(io.StringIO(to_bytes(report, "csv").decode("utf-8-sig")), delimiter=";"))
    rows, at = [], 0
    for table in report.tables:
        head = [column.title for column in table.columns]
        at = next(number for number in range(at, len(lines)) if lines[number] == head) + 1
        count = len(table.rows) + bool(table.total)
        rows += lines[at : at + count]
        at += count
    return _figures(report, rows, lambda text, column: text.lstrip("'").replace(",", ".") if "–" not in text else text)


def _of_xlsx(report: Report) -> list[list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(to_bytes(report, "xlsx")))
    sheets = book.worksheets[-len(report.tables) :]
    rows: list[list[Any]] = []
    for table, sheet in zip(report.tables, sheets, strict=True):
        head = [column.title for column in table.columns]
        values = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=len(head))]
        at = values.index(head) + 1
        rows += values[at : at + len(table.rows) + bool(table.total)]
    return _figures(report, rows, _number)
