"""CSV that Finnish Excel opens with a double click: semicolons, decimal commas, UTF-8 with a byte order mark.

Excel and LibreOffice convert cells by their appearance. Cells that would be converted are written differently: a time
with a colon ("13.05" would be a day in May), a month with its year in brackets, other texts that look like dates, or
would lose leading zeros, with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale

from kiosk.reports.model import Cell, Column, Hidden, Report
from kiosk.reports.wording import PLACES, Say

#: Texts that a spreadsheet converts to a date, or to a number without leading zeros.
_LOOKS_OTHERWISE = re.compile(r"0\d+|\d{1,4}[/.-]\d{1,4}")
_MONTH = re.compile(r"([^\W\d_]+)\.? (\d{4})")
#: Start of a cell that is executed as a formula (CSV injection, OWASP), also after spaces, and in full width (＝).
DANGEROUS = ("=", "+", "-", "@", "|", "%")
#: Unicode categories of line breaks and invisible characters.
_NOT_IN_A_LINE = ("Cc", "Cf", "Zl", "Zp")


def to_bytes(report: Report) -> bytes:
    """Return the report as CSV: its header, then the tables, separated by empty lines."""
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
    """Return a text on one line that no spreadsheet converts to a formula, a date or a number."""
    line = "".join(" " if unicodedata.category(sign) in _NOT_IN_A_LINE else sign for sign in text)
    first = unicodedata.normalize("NFKC", line.strip())[:1]
    return f"'{line}" if (first in DANGEROUS and first) or _LOOKS_OTHERWISE.fullmatch(line) else line


def _cell(cell: Cell, column: Column, say: Say) -> str:
    if isinstance(cell, bool | int):
        return str(int(cell))
    if isinstance(cell, Decimal):
        return f"{cell:.{PLACES.get(column.type, 2)}f}".replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell.astimezone(ZoneInfo(say.zone)):%H:%M}"
    if isinstance(cell, date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    if isinstance(cell, Hidden):
        return str(cell.value)
    return harmless(_month(cell or "", say))


def _month(text: str, say: Say) -> str:
    """Return "Marraskuu (2026)" for "Marraskuu 2026", which a spreadsheet converts to 1 November."""
    match = _MONTH.fullmatch(text)
    if match is None or match[1].casefold() not in _month_names(say.language.locale):
        return text
    return f"{match[1]} ({match[2]})"


@cache
def _month_names(locale: Locale) -> frozenset[str]:
    forms = (
        locale.months[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated")
    )
    return frozenset(name.casefold().rstrip(".") for form in forms for name in form.values())
