"""Rows of tables from the years before the kiosk: parsing, and the errors of a row."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kiosk.data.models import EarlierCount, EarlierGoods, Gathering, Visit
from kiosk.errors import N_, BadValue, KioskError
from kiosk.journal import Store
from kiosk.privacy.contact import clean_name
from kiosk.services.goods.cells import (
    TOTALS,
    NoCount,
    TotalRow,
    category_of,
    count_of,
    groups_in,
    is_total,
    language_of,
)
from kiosk.services.goods.days import day_first, day_of, is_day, is_month_first, is_period, with_year
from kiosk.services.goods.search import normalise
from kiosk.services.programme.attendance import LARGEST_SESSION

from .earlier_columns import HeadedTable

#: Upper limit of the pieces in a row.
MOST_PIECES = 100_000


class NotTheSum(KioskError):
    default = N_("Adults plus children do not add up to the people in this row.")


class TooManyVisits(KioskError):
    default = N_("This row has more visits, or first visits, than people.")


class CountedHere(KioskError):
    default = N_("This session has already been counted on the kiosk. Correct it under “Past sessions”.")


class CountedOtherwise(KioskError):
    default = N_("This session has already been imported with other numbers. Correct it under “Past sessions”.")


class TotalAndParts(KioskError):
    default = N_("The total of this session and a part of it would be counted twice.")


class NoGathering(KioskError):
    default = N_("Choose which event it was.")


class NoteRow(KioskError):
    default = N_("This row has a text and no numbers. It is left out.")


@dataclass(frozen=True)
class CountRow:
    """The count of a session, or of its part in one language or of the same groups."""

    id: str
    session: str
    gathering: str
    day: date
    visits: int
    adults: int
    children: int
    first_visits: int
    language: str
    group: str


@dataclass(frozen=True)
class GoodsRow:
    """Pieces of a category taken in and given on a day."""

    id: str
    day: date
    category: str
    taken_in: int
    given: int


class SameRow(KioskError):
    default = N_("This row says the same as one above it. It is counted once.")


class RowCells:
    """Parses the cells of each row. A date that stands once for several rows is filled down; total rows and notes are
    left out."""

    #: Text fields; all other fields but the day are numbers.
    _WORDS = ("gathering", "language", "group", "category")

    def __init__(self, table: HeadedTable, kind: str, columns: Mapping[str, int]) -> None:
        self._columns, self._head, self._kind = columns, table.head, kind
        days = [cells[columns["day"]] for _, cells in table.rows]
        self._month_first = is_month_first(days)
        self._year, self._before, self._since = table.year, date.min, Counter[str]()
        self._numbers = [field for field in columns if field != "day" and field not in self._WORDS]
        self._day = ""
        self._sums: Counter[str] = Counter()

    def read(self, cells: tuple[str, ...]) -> dict[str, str]:
        """Return the cells of a row by field; the day has its year. Raises TotalRow, NoteRow."""
        said = {field: cells[at] for field, at in self._columns.items()}
        said["day"] = self._whole_day(said["day"])
        words = [said[field] for field in self._WORDS if field in said]
        if is_total((said["day"], *words)) or is_total(cell for cell in cells if not is_day(cell)):
            raise TotalRow()
        if cells == self._head or (not is_day(said["day"]) and not any(said[field] for field in self._numbers)):
            raise NoteRow()
        if self._is_sum_of_period(said):
            self._since.clear()
            raise TotalRow()
        if not said["day"]:
            if not any(words) and self._adds_up(said):
                raise TotalRow()
            said["day"] = self._day if any(words) else ""
        self._day = said["day"]
        for sums in (self._sums, self._since):
            sums.update({field: _plain_count(said[field]) for field in self._numbers})
        return said

    def _whole_day(self, text: str) -> str:
        """Return a day with its year, that of the day before it or of the title, and before its month."""
        text = day_first(text) if self._month_first else text
        text = with_year(text, self._before.year if self._before != date.min else self._year)
        if is_day(text):
            self._before = day_of(text)
        return text

    def _is_sum_of_period(self, said: Mapping[str, str]) -> bool:
        """Return whether a row adds up days above it, all or since the last such row, under the name of a period."""
        if not said["day"] or is_day(said["day"]) or not is_period(said["day"]) or self._before == date.min:
            return False
        named = any(word in TOTALS for word in re.findall(r"\w+", normalise(said["day"])))
        return named or self._adds_up(said) or self._adds_up(said, self._since)

    def _adds_up(self, said: Mapping[str, str], sums: Counter[str] | None = None) -> bool:
        sums = self._sums if sums is None else sums
        counts = {field: _plain_count(said[field]) for field in self._numbers if said[field]}
        return any(counts.values()) and all(sums[field] == count for field, count in counts.items())


def _plain_count(text: str) -> int:
    try:
        return count_of(text, MOST_PIECES * 1000) or 0
    except KioskError:
        return 0


class CountReader:
    """Parses rows of attendance."""

    def __init__(self, store: Store, names: Mapping[str, Mapping[str, str]], gathering: str) -> None:
        """`names` are those of each gathering by key; rows without a name belong to `gathering`. Raises BadValue."""
        db = store.db
        self.rows: dict[str, CountRow | GoodsRow] = {}
        self._seen: dict[str, tuple[int, int, int, int]] = {}
        self.known, self._gathering = 0, gathering
        self.gatherings: dict[str, str] = {}
        self._starts = dict(Gathering.select(Gathering.id, Gathering.start).tuples().execute(db))
        self._by_name: dict[str, str] = {}
        for key, its_names in names.items():
            for name in (key, *its_names.values()):
                self._by_name.setdefault(normalise(name), key)
        if gathering and gathering not in self._starts:
            raise BadValue(field="gathering", value=gathering)
        counted = Visit.select(Visit.session).where(Visit.undone == 0).distinct().tuples().execute(db)
        self._counted = {session_id for (session_id,) in counted}
        self._there = {row.id: _numbers(row) for row in EarlierCount.select().execute(db)}
        self._parts: dict[str, tuple[bool, bool]] = {}
        for row in EarlierCount.select().execute(db):
            self._parts[row.session] = (bool(row.language), bool(row.group))

    def take(self, day: date, said: Mapping[str, str]) -> None:
        """Parse one row. Raises KioskError for an invalid one."""
        adults, children = _party(said)
        people = adults + children
        visits = count_of(said.get("visits", ""), LARGEST_SESSION)
        first = count_of(said.get("first_visits", ""), LARGEST_SESSION) or 0
        visits = people if visits is None else visits
        if visits > people or first > visits:
            raise TooManyVisits()
        language, group = language_of(said.get("language", "")), groups_in(said.get("group", ""))
        gathering, start = self._resolve(said.get("gathering", ""))
        session = f"{gathering}:{day.isoformat()}:{start.replace(':', '')}"
        if session in self._counted:
            raise CountedHere()
        row_id = _id(session, language, group)
        if row_id in self._seen and self._seen[row_id] == (visits, adults, children, first):
            raise SameRow()
        self._seen.setdefault(row_id, (visits, adults, children, first))
        row = CountRow(row_id, session, gathering, day, visits, adults, children, first, language, group)
        before = self._there.get(row_id) or (_numbers(self.rows[row_id]) if row_id in self.rows else None)
        if before is not None:
            if before != _numbers(row):
                raise CountedOtherwise()
            self.known += 1
            return
        if self._parts.setdefault(session, (bool(language), bool(group))) != (bool(language), bool(group)):
            raise TotalAndParts()
        self.rows[row_id] = row

    def _resolve(self, name: str) -> tuple[str, str]:
        """Return the key of a gathering and its start; an unknown one gets a new key."""
        if not name.strip():
            if not self._gathering:
                raise NoGathering()
            return self._gathering, self._starts[self._gathering]
        plain = normalise(name)
        if plain not in self._by_name:
            key = "earlier-" + _id(plain)[:8]
            self.gatherings[key], self._starts[key] = clean_name(name), "12:00"
            self._by_name[plain] = key
        key = self._by_name[plain]
        return key, self._starts[key]


class GoodsReader:
    """Parses rows of goods."""

    def __init__(self, store: Store) -> None:
        self.rows: dict[str, CountRow | GoodsRow] = {}
        self.known = 0
        self.gatherings: dict[str, str] = {}
        self._equal: Counter[tuple[object, ...]] = Counter()
        self._there = {row_id for (row_id,) in EarlierGoods.select(EarlierGoods.id).tuples().execute(store.db)}

    def take(self, day: date, said: Mapping[str, str]) -> None:
        """Parse one row. Raises KioskError for an invalid one. Equal rows are counted: the second in a file is another
        entry, and equals the second in a file imported before."""
        taken_in, given = (count_of(said.get(field, ""), MOST_PIECES) or 0 for field in ("taken_in", "given"))
        if not taken_in and not given:
            raise NoCount(said.get("taken_in") or said.get("given") or "")
        values = (day, category_of(said["category"]), taken_in, given)
        self._equal[values] += 1
        row_id = _id(*values, self._equal[values])
        if row_id in self._there:
            self.known += 1
        else:
            self.rows[row_id] = GoodsRow(row_id, *values)


def _party(said: Mapping[str, str]) -> tuple[int, int]:
    """Return the adults and children of a row; people without an age count as adults, as at check-in."""
    counts = [count_of(said.get(field, ""), LARGEST_SESSION) for field in ("people", "adults", "children")]
    people, adults, children = counts
    if people is None and adults is None and children is None:
        raise NoCount("")
    if people is None:
        return adults or 0, children or 0
    if adults is None:
        adults = people - (children or 0)
    children = people - adults if children is None else children
    if adults < 0 or children < 0 or adults + children != people:
        raise NotTheSum()
    return adults, children


def _numbers(row: Any) -> tuple[int, int, int, int]:
    return row.visits, row.adults, row.children, row.first_visits


def _id(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:32]
