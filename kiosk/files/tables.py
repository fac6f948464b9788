"""Reads imported tables: CSV in the usual encodings and separators, and spreadsheets (XLSX, ODS, XLS). The content is
untrusted; reading a file takes at most 200 MB of memory, including the process that parses a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.errors import N_, KioskError

from . import spreadsheets
from .encodings import DoubtfulEncoding, encoding_of
from .spreadsheets import MOST_COLUMNS, cell_text

SUFFIXES = (".csv", ".txt", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
#: Upper limits: bytes; unpacked bytes and parts of a zip (XLSX, ODS); rows; non-empty cells.
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 20 * 1024 * 1024, 200 * 1024 * 1024, 500
MOST_ROWS, MOST_CELLS = 50_000, 500_000
#: Characters of a CSV row.
LONGEST_ROW = 500_000
#: The highest compression ratio of a zip part; more is taken for a zip bomb.
DENSEST = 300
#: Separators of CSV cells, in order of preference, and the number of lines examined.
DELIMITERS, LOOKED_AT = ";\t,|", 30
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WEB_PAGE = re.compile(rb"\s*<(!doctype html|html|table|head|meta|\?xml|\?mso)", re.IGNORECASE)
#: Seconds until the process that parses a spreadsheet is killed.
PATIENCE = 60


class BadTable(KioskError):
    default = N_("This file cannot be read as a table. Save it as .xlsx, .ods or .csv.")


class WebPage(BadTable):
    default = N_("This is a web page under the name of a table. Open it in a spreadsheet program and save it as .xlsx.")


class ProtectedTable(BadTable):
    default = N_("This table is protected by a password. Save it without one.")


class LargeTable(BadTable):
    default = N_("This file is too large: a table may have {rows} rows and {megabytes} MB.")

    def __init__(self) -> None:
        super().__init__(rows=MOST_ROWS, megabytes=MOST_BYTES // 1024 // 1024)


class EmptyTable(BadTable):
    default = N_("There are no rows in this file.")


class GoneTable(BadTable):
    default = N_("The file could not be read. Is the USB stick still plugged in?")


class OpenQuote(BadTable):
    """A quotation mark opens a cell and is not closed before the cell ends; the rows below it would be part of the cell."""

    default = N_(
        "In row {row}, a quotation mark is missing or one too many. Correct that row and choose the file again."
    )


@dataclass(frozen=True)
class RawTable:
    """The content of a table as texts: dates are "2024-11-05", numbers "12" or "12.5"; a formula without a
    stored result is NO_RESULT; `unread` are the names of further sheets with rows. `rows` are the non-empty rows with their number in the file, from 1, all of the same
    width, `hidden` the numbers of those that the file hides; `digest` is the SHA-256 of the file in hex; `pictures`
    is the number of pictures in it, `sheet` the name of the sheet that was read, "" for a text."""

    name: str
    digest: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    unread: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    pictures: int = 0
    sheet: str = ""


def read_table(path: Path, encoding: str = "", sheet: str = "") -> RawTable:
    """Read the file `path`, a text in `encoding`, or its `sheet`, if that is given. Raises DoubtfulEncoding, BadTable and its kinds."""
    try:
        data = read_file(path, MOST_BYTES + 1)
    except OSError as error:
        raise GoneTable() from error
    return parse_table(data, path.name, encoding, sheet)


def read_file(path: Path, most: int) -> bytes:
    """Return up to `most` bytes of a regular file; a device or a pipe is refused without blocking. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise FileNotFoundError(f"{path.name} is no plain file")
        return file.read(most)


def parse_table(data: bytes, name: str, encoding: str = "", sheet: str = "") -> RawTable:
    """Return the table in the bytes of a file; see `read_table`."""
    if len(data) > MOST_BYTES:
        raise LargeTable()
    if _WEB_PAGE.match(data[:1024].removeprefix(b"\xef\xbb\xbf")):
        raise WebPage()
    about: dict[str, Any] = {"sheet": "", "unread": [], "hidden": []}
    rows = _full(_spreadsheet(data, sheet, about) if data.startswith((_ZIP, _OLE)) else _csv(data, encoding))
    if not rows:
        raise EmptyTable()
    width = max(len(row) for _, row in rows)
    padded = tuple((number, row + ("",) * (width - len(row))) for number, row in rows)
    return RawTable(
        name,
        hashlib.sha256(data).hexdigest(),
        padded,
        unread=tuple(about["unread"]),
        hidden=tuple(about["hidden"]),
        pictures=_pictures(data) if data.startswith(_ZIP) else 0,
        sheet=about["sheet"],
    )


def _full(rows: Iterable[tuple[int, list[str]]]) -> list[tuple[int, tuple[str, ...]]]:
    """Return the non-empty rows without trailing empty cells. Raises LargeTable."""
    found: list[tuple[int, tuple[str, ...]]] = []
    cells = 0
    for number, row in rows:
        length = max((at + 1 for at, cell in enumerate(row) if cell), default=0)
        cells += length
        if length:
            found.append((number, tuple(sys.intern(cell) for cell in row[:length])))
        if len(found) > MOST_ROWS + 1 or cells > MOST_CELLS:
            raise LargeTable()
    return found


def _csv(data: bytes, encoding: str) -> Iterator[tuple[int, list[str]]]:
    encoding = encoding or _encoding(data)
    delimiter, skipped = _delimiter(data, encoding)
    # Streamed: the decoded text would take up to four bytes a character.
    text = io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline="")
    try:
        for _ in range(skipped):
            text.readline()
        lines = _Lines(text)
        reader, number = csv.reader(lines, delimiter=delimiter), skipped + 1
        for row in reader:
            lines.check(delimiter, number)
            yield number, [cell_text(cell) for cell in row[:MOST_COLUMNS]]
            number = skipped + reader.line_num + 1
    except (csv.Error, UnicodeError) as error:
        raise BadTable() from error


class _Lines:
    """The lines of a text, and those of the present row: at most LONGEST_ROW characters. Raises BadTable, LargeTable."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text, self._row, self._read, self._torn = text, list[str](), 0, False

    def check(self, delimiter: str, number: int) -> None:
        """End the row `number`. Raises OpenQuote if it has several lines and its quotation marks do not match."""
        lines, self._row, self._read = self._row, [], 0
        if len(lines) > 1 or self._torn:
            try:
                next(csv.reader(lines, delimiter=delimiter, strict=True))
            except csv.Error:
                raise OpenQuote(row=number) from None

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_ROW + 1)
        self._read += len(line)
        if self._read > LONGEST_ROW:
            raise LargeTable()
        if "\0" in line:
            raise BadTable()
        if not line:
            self._torn = bool(self._row)
            raise StopIteration
        self._row.append(line)
        return line


def _encoding(data: bytes) -> str:
    try:
        return encoding_of(data)
    except DoubtfulEncoding as error:
        if not error.choices:
            raise BadTable() from None
        raise


def _delimiter(data: bytes, encoding: str) -> tuple[str, int]:
    """Return the separator, and the number of lines before the table: a first line "sep=;" names the separator."""
    start = data[: 1 << 16]
    text = start[: len(start) // 4 * 4].decode(encoding, errors="ignore").lstrip("\ufeff")
    lines = [line for line in re.split(r"\r\n|\r|\n", text)[:LOOKED_AT] if line.strip()]
    named = re.fullmatch(r'"?sep=(.|\\t)"?[;,\t|]*', lines[0].strip(" ")) if lines else None
    if named:
        return named[1].replace("\\t", "\t"), 1
    counts = {sign: sum(sign in line for line in lines) for sign in DELIMITERS}
    if lines and "," not in lines[0] and not re.search(r",(?! )", "".join(lines)):
        counts[","] = 0  # the commas of texts
    best = max(DELIMITERS, key=lambda sign: counts[sign])
    return best if counts[best] * 2 >= len(lines) else DELIMITERS[0], 0  # else one column whose texts have commas


def _spreadsheet(data: bytes, sheet: str, about: dict[str, Any]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of `sheet`; at the end `about` has the names of the sheets that were not read, and the hidden rows."""
    if data.startswith(_ZIP):
        _refuse_bomb(data)
    try:
        done = subprocess.run(
            [sys.executable, "-I", spreadsheets.__file__, sheet],
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise LargeTable() from None
    if done.returncode == spreadsheets.PROTECTED:
        raise ProtectedTable()
    if done.returncode == spreadsheets.UNREADABLE:
        raise BadTable()
    if done.returncode:  # over its limit of memory or time
        raise LargeTable()
    *rows, last = io.BytesIO(done.stdout)
    about |= json.loads(last)
    for line in rows:
        number, cells = json.loads(line)
        yield number, cells


def _pictures(data: bytes) -> int:
    """Return the number of pictures in a spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(name.startswith(("xl/media/", "Pictures/")) for name in archive.namelist())


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError) as error:
        raise BadTable() from error
    dense = any(part.file_size > 1024 * 1024 and part.file_size > DENSEST * part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED or dense:
        raise LargeTable()
