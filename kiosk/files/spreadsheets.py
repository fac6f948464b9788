"""Parses one spreadsheet (XLSX, XLS, XLSB, ODS) in a separate process with limits on memory and time.

A hostile spreadsheet can make its parser use any amount of memory. So `kiosk.files.tables` runs this file as a
program: the spreadsheet on standard input, and on standard output a line of JSON for every non-empty row,
`[number, [cell, ...]]`; then one with `{"sheet": its name, "unread": names of the other sheets that have rows,
"hidden": numbers of hidden rows}`. Its argument is the name of the sheet, "" to choose one. Exit codes: 0 well, TOO_LARGE, PROTECTED, UNREADABLE. It
imports nothing of the kiosk, so that the process is small.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

TOO_LARGE, PROTECTED, UNREADABLE = 3, 4, 5
#: Limits of the process: bytes of address space, seconds of CPU.
MEMORY, SECONDS = 160 * 1024 * 1024, 30
#: Characters of a cell, columns of a row.
LONGEST_CELL, MOST_COLUMNS = 200, 60
#: Rows looked at for the names of other sheets.
LISTED = 40
#: The text of a cell whose formula has no stored result, or an error such as #REF!.
NO_RESULT = "=?"
#: The namespace of tables in OpenDocument 1.2.
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
#: A row of XLSX that is hidden, by hand or by a filter.
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\shidden="(?:1|true)")[^>]*\sr="(\d+)"')
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
        text = "".join(map(_visible, text))
    return " ".join(text.split())[:LONGEST_CELL]


def _visible(sign: str) -> str:
    """Return a character; "" for soft hyphens, bidirectional overrides and other signs without width, but the joiners
    of emoji and of Persian stay; a space for control characters and lone surrogates."""
    category = unicodedata.category(sign)
    if category == "Cf" and sign not in "\u200c\u200d":
        return ""
    return " " if category in ("Cc", "Cs", "Co", "Cn") else sign


def _rows(data: bytes, wanted: str) -> Any:
    """Yield (row number from 1, cells) of the sheet `wanted`; else of the first visible sheet with several rows that does
    not list the others, as Numbers writes one; else of the first non-empty one. Cells merged downwards are filled in,
    except numbers, which would be counted twice. Last come the names of the visible non-empty sheets that were not read,
    and the numbers of hidden rows."""
    from python_calamine import SheetVisibleEnum, load_workbook

    book = load_workbook(io.BytesIO(data))
    visible = [about.name for about in book.sheets_metadata if about.visible == SheetVisibleEnum.Visible]
    full = {name: height for name in visible or book.sheet_names if (height := book.get_sheet_by_name(name).height)}
    if not full:
        yield {"sheet": "", "unread": [], "hidden": []}
        return
    tables = [name for name, height in full.items() if height > 1 and not _lists(book.get_sheet_by_name(name), full)]
    sheet = book.get_sheet_by_name(wanted if wanted in full else next(iter([*tables, *full])))
    top, left = sheet.start or (0, 0)
    spans, hidden, empty = _of_ods(data, sheet.name) or _of_xlsx(data, sheet.name)
    merged: dict[tuple[int, int], int] = {}
    for (first, at), (last, _) in sheet.merged_cell_ranges or spans:
        merged |= {(row, at): first for row in range(first + 1, min(last, first + 1000) + 1)}
    heads: dict[tuple[int, int], str] = {}
    tops = {(first, at) for (_row, at), first in merged.items()}
    unseen = []
    for number, values in enumerate(sheet.iter_rows(), top):
        cells = [""] * left + [cell_text(value) for value in values[: MOST_COLUMNS - left]]
        for at, text in enumerate(cells):
            if (number, at) in tops and isinstance(values[at - left], (str, date)):
                heads[number, at] = text
            if not text:
                cells[at] = heads.get((merged.get((number, at), -1), at), NO_RESULT if (number, at) in empty else "")
        if any(cells):
            unseen += [number + 1] if number in hidden else []
            yield number + 1, cells
    others = [cell_text(name) for name in full if name != sheet.name]
    yield {"sheet": cell_text(sheet.name), "unread": others, "hidden": unseen}


def _lists(sheet: Any, names: Iterable[str]) -> bool:
    """Return whether the first rows of a sheet name all the others."""
    others = set(names) - {sheet.name}
    return bool(others) and others <= {cell for row in sheet.to_python(nrows=LISTED) for cell in row}


#: The vertically merged cells of a sheet as ((first row, column), (last row, column)), its hidden rows, and its cells
#: without a result: (row, column). All from 0.
_About = tuple[list[tuple[tuple[int, int], tuple[int, int]]], set[int], set[tuple[int, int]]]


def _of_ods(data: bytes, name: str) -> _About | None:
    """Return what calamine does not tell of an ODS sheet; None for other formats."""
    if data[:2] != b"PK":
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "content.xml" not in archive.namelist():
            return None
        with archive.open("content.xml") as content:
            return _about(content, name)


def _about(content: Any, name: str) -> _About:
    spans, hidden, row, inside = [], set[int](), 0, False
    for event, element in ElementTree.iterparse(content, events=("start", "end")):
        if element.tag == _TABLE + "table":
            inside = event == "start" and element.get(_TABLE + "name") == name
        elif inside and event == "end" and element.tag == _TABLE + "table-row":
            at, after = 0, row + _whole(element, "number-rows-repeated")
            for cell in element:
                if (height := _whole(cell, "number-rows-spanned")) > 1:
                    spans.append(((row, at), (row + height - 1, at)))
                at += _whole(cell, "number-columns-repeated")
            if element.get(_TABLE + "visibility") in ("collapse", "filter"):
                hidden.update(range(row, min(after, row + 1000)))
            row = after
            element.clear()
    return spans, hidden, set()


def _whole(element: ElementTree.Element, name: str) -> int:
    text = element.get(_TABLE + name, "1")
    return int(text) if text.isdecimal() else 1


def _of_xlsx(data: bytes, name: str) -> _About:
    """Return what calamine does not tell of an XLSX sheet: its hidden rows, and its cells with a formula and no stored
    result, which whoever made the file never calculated. Other formats lack this information."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            xml = archive.read(_part(archive, name))
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, KeyError, ElementTree.ParseError):
        return [], set(), set()
    hidden = {int(number) - 1 for number in _HIDDEN_ROW.findall(xml)}
    return [], hidden, {_place((match[1] or match[2]).decode()) for match in _FORMULA.finditer(xml)}


def _part(archive: zipfile.ZipFile, name: str) -> str:
    """Return the part of XLSX with a sheet: sheets that were moved keep the numbers of their parts."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    [sheet] = [one for one in book.iter() if one.tag.endswith("}sheet") and one.get("name") == name]
    target = next(targets[value] for key, value in sheet.attrib.items() if key.endswith("}id"))
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


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
        for row in _rows(sys.stdin.buffer.read(), sys.argv[1]):
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
