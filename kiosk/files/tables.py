"""Reads imported tables: CSV in the usual encodings and separators, and XLSX. The content is untrusted."""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from kiosk.errors import N_, KioskError

SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx")
#: Upper limits: bytes of the file; unpacked bytes and parts of an XLSX (a zip); rows, columns, characters of a cell.
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 20 * 1024 * 1024, 200 * 1024 * 1024, 500
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 50_000, 60, 200
#: The highest compression ratio of a part of an XLSX; more is taken for a zip bomb.
DENSEST = 300
#: Separators of CSV cells, in order of preference when they are equally frequent.
DELIMITERS = ";\t,"
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class BadSheet(KioskError):
    default = N_("This file cannot be read as a table.")


class OldExcel(BadSheet):
    default = N_("This is a file of an old Excel. Please save it there as .xlsx or .csv.")


class LargeSheet(BadSheet):
    default = N_("This file is too large: a table may have {rows} rows and {megabytes} MB.")

    def __init__(self) -> None:
        super().__init__(rows=MOST_ROWS, megabytes=MOST_BYTES // 1024 // 1024)


class EmptySheet(BadSheet):
    default = N_("There are no rows in this file.")


class GoneSheet(BadSheet):
    default = N_("The file could not be read. Is the stick still plugged in?")


@dataclass(frozen=True)
class TableSheet:
    """A table as texts: dates are "2024-11-05", numbers "12" or "12.5". `rows` have their number in the file; `digest` is
    the SHA-256 of the file in hex."""

    name: str
    digest: str
    head: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(path: Path) -> TableSheet:
    """Read the file `path`; its first row that is not empty names the columns. Raises BadSheet and its kinds."""
    try:
        if not path.is_file():
            raise GoneSheet()
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise GoneSheet() from error
    return parse_sheet(data, path.name)


def parse_sheet(data: bytes, name: str) -> TableSheet:
    """Return the table in the bytes of a file. Raises BadSheet and its kinds."""
    if len(data) > MOST_BYTES:
        raise LargeSheet()
    if data.startswith(_OLD_EXCEL):
        raise OldExcel()
    rows = _full(_xlsx(data) if data.startswith(_ZIP) else _csv(data))
    if len(rows) > MOST_ROWS + 1:
        raise LargeSheet()
    if len(rows) < 2:
        raise EmptySheet()
    width = max(len(row) for _, row in rows)
    padded = [(number, row + ("",) * (width - len(row))) for number, row in rows]
    return TableSheet(name, hashlib.sha256(data).hexdigest(), padded[0][1], tuple(padded[1:]))


def _full(rows: Iterable[tuple[int, list[str]]]) -> list[tuple[int, tuple[str, ...]]]:
    """Return non-empty rows without trailing empty cells; one more than allowed shows that there are too many."""
    found = ((number, tuple(row[: _length(row)])) for number, row in rows)
    return list(islice(((number, row) for number, row in found if row), MOST_ROWS + 2))


def _length(row: list[str]) -> int:
    return max((at + 1 for at, cell in enumerate(row[:MOST_COLUMNS]) if cell), default=0)


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(data)
    if "\0" in text:
        raise BadSheet()
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    reader, number = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1
    try:
        for row in reader:
            yield number, [_cell(cell) for cell in row[:MOST_COLUMNS]]
            number = reader.line_num + 1
    except csv.Error as error:
        raise BadSheet() from error


def _decoded(data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet()


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    import openpyxl  # imported here: it takes 0.1 s

    _refuse_bomb(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), book.worksheets[0])
        sheet.reset_dimensions()  # the declared size is untrusted
        # Rows after so many empty ones are ignored.
        rows = sheet.iter_rows(max_row=MOST_ROWS * 2, max_col=MOST_COLUMNS, values_only=True)
        for number, row in enumerate(rows, 1):
            yield number, [_cell(value) for value in row[:MOST_COLUMNS]]
    except Exception as error:  # openpyxl raises many kinds of errors for a damaged file
        raise BadSheet() from error


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError) as error:
        raise BadSheet() from error
    dense = any(part.file_size > 1024 * 1024 and part.file_size > DENSEST * part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED or dense:
        raise LargeSheet()


def _cell(value: Any) -> str:
    """Return a cell as one line of NFC text: dates as ISO 8601, whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value) if abs(value) < 1e15 else value
    text = unicodedata.normalize("NFC", str(value)[: LONGEST_CELL * 4])
    return " ".join("".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text).split())[
        :LONGEST_CELL
    ]
