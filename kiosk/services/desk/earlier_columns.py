"""Finds the header row of an imported table, and maps its columns to fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import N_, KioskError
from kiosk.files.tables import EmptyTable, RawTable, read_table
from kiosk.services.goods.cells import holds_number
from kiosk.services.goods.days import is_day
from kiosk.services.goods.search import normalise
from kiosk.vocabulary.states import EarlierKind

#: Kinds of table with their fields: all `NEEDED` ones, and at least one of `COUNTED`.
KINDS: dict[str, tuple[str, ...]] = {
    EarlierKind.ATTENDANCE: (
        "day",
        "gathering",
        "people",
        "adults",
        "children",
        "visits",
        "first_visits",
        "language",
        "group",
    ),
    EarlierKind.GOODS: ("day", "category", "taken_in", "given"),
}
NEEDED: dict[str, tuple[str, ...]] = {EarlierKind.ATTENDANCE: ("day",), EarlierKind.GOODS: ("day", "category")}
COUNTED: dict[str, tuple[str, ...]] = {
    EarlierKind.ATTENDANCE: ("people", "adults"),
    EarlierKind.GOODS: ("taken_in", "given"),
}
#: Names of columns by field, usual names first.
HEADS = {
    "day": "päivämäärä päivä pvm pv date day datum dag дата день kuukausi kk month månad місяць",
    "gathering": "tapahtuma tilaisuus kokoontuminen tapaaminen gathering event meeting evenemang träff sammankomst подія захід "
    "зустріч",
    "people": "henkilöt henkilöä hlö hlöä osallistujat osallistujia kävijät kävijöitä yhteensä people persons participants visitors guests "
    "attendance total personer deltagare besökare totalt люди людей осіб учасники учасників відвідувачі відвідувачів разом "
    "усього всього",
    "adults": "aikuiset aikuisia adults vuxna дорослі дорослих",
    "children": "lapset lapsia children kids barn діти дітей",
    "visits": "käynnit käyntejä visits besök візити візитів відвідування відвідувань",
    "first_visits": "ensikertalaiset ensikertalaisia ensikertaa uudet uusia first new nya nykomlingar вперше нові нових",
    "language": "kieli language språk мова",
    "group": "kohderyhmä ryhmä group grupp målgrupp група",
    "category": "luokka kategoria tavararyhmä tuoteryhmä laji category kind kategori slag категорія вид",
    "taken_in": "tullut tulleet otettu saatu saadut vastaanotettu sisään received in mottaget inkommet прийнято отримано надійшло",
    "given": "annettu annetut luovutettu jaettu lähtenyt ulos given out utdelat givet видано віддано роздано",
}
#: Rows searched for the header: a title and notes may precede it.
MOST_ABOVE = 20
#: Further sheets that are searched for a header, and hidden rows that are named.
MOST_SHEETS, MOST_NAMED = 8, 20
#: A hyphen before a line break of a narrow column, and that of "к-сть".
_HYPHEN = re.compile(r"(?<=\w)-\s+(?=\w)|(?<=\bк)-(?=сть\b)", re.IGNORECASE)
#: Separator of the joined names of a two-row header.
JOIN = " / "


class UnusedColumn(KioskError):
    default = N_("This column is not used: {column}")


class UnreadSheets(KioskError):
    default = N_(
        "Only one sheet of a file is read. These sheets were not read: {sheets}. Save each as a file of its own."
    )


class HiddenRows(KioskError):
    default = N_("The file hides rows, by a filter or by hand. They were read too: {rows}")


class PicturesInside(KioskError):
    default = N_(
        "Pictures inside the table are not read. Save them as files beside it, and write their names in a column."
    )


class UnusedNumbers(KioskError):
    default = N_("The numbers of this column are not counted: {column}")


@dataclass(frozen=True)
class HeadedTable:
    """A table with column names (names of a two-row header are joined, "" for none); `rows` follow the header, with
    their row number in the file; `unread` are the names of further sheets with rows, `hidden` the numbers of hidden rows,
    `pictures` the number of pictures inside. `known` fields have a column; `year` is the one named in the title, the
    sheet or the file, 0 for none or several."""

    name: str
    digest: str
    head: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    unread: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    pictures: int = 0
    known: int = 0
    year: int = 0


@dataclass(frozen=True)
class Guess:
    """The likely kind (of KINDS) of a table, and the column (from 0) of each field that was found."""

    kind: str
    columns: dict[str, int]


class Vocabulary:
    """Names of columns by field, usual names first."""

    def __init__(self, heads: Mapping[str, str]) -> None:
        self._names = {field: tuple(normalise(words).split()) for field, words in heads.items()}

    def match(self, head: Sequence[str], fields: Iterable[str]) -> dict[str, int]:
        """Return the column of each of `fields` that is found; each column is used once."""
        scores = sorted(
            ((self._score(title, field), at, field) for at, title in enumerate(head) for field in fields),
            key=lambda one: (-one[0], one[1]),
        )
        found: dict[str, int] = {}
        for score, at, field in scores:
            if score and field not in found and at not in found.values():
                found[field] = at
        return found

    def _score(self, title: str, field: str) -> int:
        """Return how well a column name matches a field: 3 exact, 2 a whole word, 1 part of a word, 0 none. In a
        two-row header the lower row decides if it matches."""
        lower = title.rpartition(JOIN)[2]
        if lower != title and any(self._plain_score(lower, one) > 1 for one in self._names):
            return self._plain_score(lower, field)
        return self._plain_score(title, field)

    def _plain_score(self, title: str, field: str) -> int:
        title = _HYPHEN.sub("", title)
        words = re.findall(r"\w+", normalise(title).replace("_", " "))
        if normalise(title).strip() in (field, *self._names[field]) or words == field.split("_"):
            return 3
        if set(words) & set(self._names[field]):
            return 2
        return int(any(len(name) > 4 and name in word for name in self._names[field] for word in words))


EARLIER = Vocabulary(HEADS)


def open_table(
    path: Path, encoding: str = "", vocabulary: Vocabulary = EARLIER, kinds: Iterable[Sequence[str]] = ()
) -> HeadedTable:
    """Read a file and find its header; if its sheet has hardly a known name, as instructions have, the sheet that has most.
    Raises as `read_table` and `with_head` do."""
    kinds = tuple(kinds)
    raw = read_table(path, encoding)
    tables = []
    for sheet in ("", *raw.unread[:MOST_SHEETS]):
        with suppress(EmptyTable):
            tables.append(with_head(read_table(path, encoding, sheet) if sheet else raw, vocabulary, kinds))
            if tables[-1].known > 1:
                return tables[-1]
    if not tables:
        raise EmptyTable()
    return max(tables, key=lambda table: table.known)


def with_head(raw: RawTable, vocabulary: Vocabulary = EARLIER, kinds: Iterable[Sequence[str]] = ()) -> HeadedTable:
    """Find the header of one or two rows; `kinds` are the fields of each kind of table. Without a known name it is the
    first row. Raises EmptyTable when no rows follow it."""
    kinds = tuple(kinds) or tuple(KINDS.values())
    best, head, under = 0, raw.rows[0][1], 1
    for depth in (1, 2):  # a two-row header only if it matches more fields
        for at in range(min(MOST_ABOVE, len(raw.rows) - depth)):
            titles = _names(raw, at, depth)
            known = max(len(vocabulary.match(titles, fields)) for fields in kinds)
            if known > best:
                best, head, under = known, titles, at + depth
    if under >= len(raw.rows):
        raise EmptyTable()
    above = (cell for _, row in raw.rows[:under] for cell in row)
    return HeadedTable(
        raw.name,
        raw.digest,
        head,
        raw.rows[under:],
        unread=raw.unread,
        hidden=raw.hidden,
        pictures=raw.pictures,
        known=best,
        year=_year(above) or _year([raw.sheet]) or _year([raw.name]),
    )


def _year(texts: Iterable[str]) -> int:
    """Return the one year that texts name; 0 for none or several."""
    found = {int(year) for text in texts for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)}
    return found.pop() if len(found) == 1 else 0


def _names(raw: RawTable, at: int, depth: int) -> tuple[str, ...]:
    """Return the column names if the header begins at row `at`; empty if these rows are no header."""
    upper, lower = raw.rows[at][1], raw.rows[at + depth - 1][1]
    if any(map(holds_number, (*upper, *lower))):
        return ()
    if depth == 1:
        return upper
    title = sum(map(bool, upper)) < 2
    return () if title else tuple(_joined(upper, lower, column) for column in range(len(upper)))


def _joined(upper: tuple[str, ...], lower: tuple[str, ...], at: int) -> str:
    """Return the joined name of a column; an upper name also covers the unnamed columns to its right."""
    above = at
    while above and not upper[above] and lower[above] and lower[above - 1]:
        above -= 1
    return JOIN.join(dict.fromkeys(title for title in (upper[above], lower[at]) if title))


def guess(table: HeadedTable) -> Guess:
    """Guess kind and columns of a table by its header; a column of dates is the day even without a name."""
    found = {kind: EARLIER.match(table.head, fields) for kind, fields in KINDS.items()}
    kind = max(KINDS, key=lambda kind: (len(found[kind]), kind == EarlierKind.ATTENDANCE))
    columns = found[kind]
    if "day" not in columns:
        free = (at for at in range(len(table.head)) if at not in columns.values() and _are_days(table, at))
        first = next(free, None)
        columns |= {} if first is None else {"day": first}
    return Guess(kind, columns)


def _are_days(table: HeadedTable, at: int) -> bool:
    cells = [row[at] for _, row in table.rows[:20] if row[at]]
    return bool(cells) and sum(map(is_day, cells)) * 2 > len(cells)


def unused(table: HeadedTable, columns: Mapping[str, int], numbers_only: bool = False) -> tuple[KioskError, ...]:
    """Return a notice for the sheets that were not read, for hidden rows, and for every non-empty column that is not in
    `columns`."""
    found: list[KioskError] = [UnreadSheets(sheets=", ".join(table.unread))] if table.unread else []
    if table.hidden:
        more = ", …" if len(table.hidden) > MOST_NAMED else ""
        found.append(HiddenRows(rows=", ".join(map(str, table.hidden[:MOST_NAMED])) + more))
    for at, title in enumerate(table.head):
        cells = [] if at in columns.values() else [row[at] for _, row in table.rows if row[at]]
        if cells and any(map(holds_number, cells)) and numbers_only:
            found.append(UnusedNumbers(column=title or letter(at)))
        elif cells and not numbers_only:
            found.append(UnusedColumn(column=title or letter(at)))
    return tuple(found)


def letter(at: int) -> str:
    """Return the spreadsheet name of column `at` (from 0): "A", "B", … "AA"."""
    return (letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
