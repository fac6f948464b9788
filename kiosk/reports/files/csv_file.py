"""A report as CSV that Finnish Excel opens by a double click: semicolons, decimal commas, UTF-8 with its mark."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal

from kiosk.reports.model import Cell, Column, Hidden, Report
from kiosk.reports.wording import PLACES, Say

#: A cell that begins so would be run as a formula, or opened as another cell (CSV injection, OWASP).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def to_bytes(report: Report) -> bytes:
    """Return the report as CSV: its head, then one table after the other with an empty line between."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    say = Say(report.language, report.timezone)
    rows.writerow([harmless(report.title)])
    rows.writerow([harmless(report.centre)])
    rows.writerows([harmless(label), harmless(text)] for label, text in report.head)
    for table in report.tables:
        rows.writerow([])
        rows.writerow([harmless(table.title)])
        rows.writerow([harmless(column.title) for column in table.columns])
        for row in (*table.rows, *([table.total] if table.total else [])):
            rows.writerow([_cell(cell, column, say) for cell, column in zip(row, table.columns, strict=True)])
        if table.note:
            rows.writerow([harmless(table.note)])
    rows.writerow([])
    rows.writerows([harmless(note)] for note in report.notes)
    return out.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _cell(cell: Cell, column: Column, say: Say) -> str:
    if isinstance(cell, bool | int):
        return str(int(cell))
    if isinstance(cell, Decimal):
        return f"{cell:.{PLACES.get(column.type, 2)}f}".replace(".", ",")
    if isinstance(cell, datetime):
        return say.language.time(cell)
    if isinstance(cell, date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    if isinstance(cell, Hidden):
        return str(cell.value)
    return harmless(cell or "")
