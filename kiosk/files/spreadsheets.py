"""Parses one spreadsheet (XLSX, XLS, XLSB, ODS) in a separate process with limits on memory and time.

A hostile spreadsheet can make its parser use any amount of memory. So `kiosk.files.tables` runs this file as a
program: the spreadsheet on standard input, and on standard output a line of JSON for every non-empty row,
`[number, [cell, ...]]`; then one with the names of the other sheets that have rows. Exit codes: 0 well, TOO_LARGE, PROTECTED, UNREADABLE. It imports nothing of the
kiosk, so that the process is small.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

TOO_LARGE, PROTECTED, UNREADABLE = 3, 4, 5
#: Limits of the process: bytes of address space, seconds of CPU.
MEMORY, SECONDS = 160 * 1024 * 1024, 30
#: Characters of a cell, columns of a row.
LONGEST_CELL, MOST_COLUMNS = 200, 60
#: The text of a cell whose formula has no stored result, or an error such as #REF!.
NO_RESULT = "=?"
#: The namespace of tables in OpenDocument 1.2.
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
#: A cell of XLSX with a formula and no value, or with an error; its reference is in the first group or the second.
_FORMULA = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,2}\d{1,7})"(?:\s[^<>]*)?>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
    rb'|<(?:\w+:)?c r="([A-Z]{1,2}\d{1,7})"[^<>]*\st="e"'
)


def cell_text(value: Any) -> str:
    """Return a cell as one line of text without control characters: dates as "2024-11-05", numbers as "12" or "12.5"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value) if abs(value) < 1e15 else value
    text = str(value)[: LONGEST_CELL * 4]
    if not text.isascii() or not text.isprintable():
        text = unicodedata.normalize("NFC", text)
        # Remove control characters, lone surrogates and bidirectional overrides; keep the joiners of emoji and of
        # Persian.
        text = "".join(sign if sign in "\u200c\u200d" or unicodedata.category(sign)[0] != "C" else " " for sign in text)
    return " ".join(text.split())[:LONGEST_CELL]


def _rows(data: bytes) -> Any:
    """Yield (row number from 1, cells) of the first visible sheet with several rows, else of the first non-empty one; cells
    merged downwards are filled in, except numbers, which would be counted twice. Last come the names of the visible
    non-empty sheets that were not read."""
    from python_calamine import SheetVisibleEnum, load_workbook

    book = load_workbook(io.BytesIO(data))
    visible = [about.name for about in book.sheets_metadata if about.visible == SheetVisibleEnum.Visible]
    names = visible or book.sheet_names
    full = {name: height for name in names if (height := book.get_sheet_by_name(name).height)}
    if not full:
        yield []
        return
    sheet = book.get_sheet_by_name(next((name for name, height in full.items() if height > 1), next(iter(full))))
    top, left = sheet.start or (0, 0)
    merged: dict[tuple[int, int], int] = {}
    for (first, at), (last, _) in sheet.merged_cell_ranges or _merges_of_ods(data, sheet.name):
        merged |= {(row, at): first for row in range(first + 1, min(last, first + 1000) + 1)}
    empty = _without_result(data, names.index(sheet.name) if sheet.name in names else 0)
    heads: dict[tuple[int, int], str] = {}
    tops = {(first, at) for (_row, at), first in merged.items()}
    for number, values in enumerate(sheet.iter_rows(), top):
        cells = [""] * left + [cell_text(value) for value in values[: MOST_COLUMNS - left]]
        for at, text in enumerate(cells):
            if (number, at) in tops and isinstance(values[at - left], (str, date)):
                heads[number, at] = text
            if not text:
                cells[at] = heads.get((merged.get((number, at), -1), at), NO_RESULT if (number, at) in empty else "")
        if any(cells):
            yield number + 1, cells
    yield [cell_text(name) for name in full if name != sheet.name]


def _merges_of_ods(data: bytes, name: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the vertically merged cells of an ODS sheet as ((first row, column), (last row, column)) from 0; none for
    other formats. calamine reports merged cells only for Excel formats."""
    if data[:2] != b"PK":
        return []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "content.xml" not in archive.namelist():
            return []
        with archive.open("content.xml") as content:
            return list(_spans(content, name))


def _spans(content: Any, name: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    row, inside = 0, False
    for event, element in ElementTree.iterparse(content, events=("start", "end")):
        if element.tag == _TABLE + "table":
            inside = event == "start" and element.get(_TABLE + "name") == name
        elif inside and event == "end" and element.tag == _TABLE + "table-row":
            at = 0
            for cell in element:
                if (height := _whole(cell, "number-rows-spanned")) > 1:
                    yield (row, at), (row + height - 1, at)
                at += _whole(cell, "number-columns-repeated")
            row += _whole(element, "number-rows-repeated")
            element.clear()


def _whole(element: ElementTree.Element, name: str) -> int:
    text = element.get(_TABLE + name, "1")
    return int(text) if text.isdecimal() else 1


def _without_result(data: bytes, at: int) -> set[tuple[int, int]]:
    """Return the cells (row, column, from 0) of XLSX that have a formula and no stored result: whoever made the file
    never calculated it. Other formats lack this information."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = sorted(name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
            found = [archive.read(part) for part in parts[at : at + 1]]
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return set()
    return {_place((match[1] or match[2]).decode()) for xml in found for match in _FORMULA.finditer(xml)}


def _place(reference: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def main() -> int:
    """Read standard input, write the rows; return the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import PasswordError

    try:
        for row in _rows(sys.stdin.buffer.read()):
            sys.stdout.write(json.dumps(row) + "\n")
        sys.stdout.flush()
    except MemoryError:
        return TOO_LARGE
    except PasswordError:
        return PROTECTED
    except BrokenPipeError:  # enough was read
        return TOO_LARGE
    except BaseException:  # the parser raises many kinds of errors; a Rust panic is no Exception
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
