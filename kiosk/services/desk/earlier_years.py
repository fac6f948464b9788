"""The years before the kiosk: attendance and goods counted on paper, brought in from a table.

A plan is made first, which says what would be added and what is wrong with each row; then all of it is added in one
transaction. A row that is there already is known by its id, so bringing the same in again adds nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from kiosk import clock
from kiosk.data import new_id
from kiosk.data.models import EarlierCount, EarlierGoods, Gathering, Session, Visit
from kiosk.errors import N_, BadValue, KioskError
from kiosk.journal import Journal, Store
from kiosk.privacy.contact import clean_name
from kiosk.services.goods.cells import (
    NoCount,
    NoDay,
    category_of,
    count_of,
    day_of,
    group_of,
    is_day,
    is_total,
    language_of,
)
from kiosk.services.goods.search import normalise
from kiosk.services.programme.attendance import LARGEST_SESSION
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import EarlierKind

from .earlier_columns import COUNTED, KINDS, NEEDED, HeadedTable, unused

#: Rows in one journal entry.
BATCH = 500
#: No count is older than this, and no row counts more pieces.
OLDEST, MOST_PIECES = date(1990, 1, 1), 100_000

Progress = Callable[[int, int], None]


class NoColumn(KioskError):
    default = N_("First choose which column has the date and which have the numbers.")


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


class TotalRow(KioskError):
    default = N_("This row adds up the others. It is left out.")


class NoteRow(KioskError):
    default = N_("This row has a text and no numbers. It is left out.")


@dataclass(frozen=True)
class CountRow:
    """A session, or the part of it with a language or in a group, as it was counted."""

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


@dataclass(frozen=True)
class RowError:
    """What is wrong with the row `row` of the file."""

    row: int
    error: KioskError


@dataclass(frozen=True)
class Plan:
    """What bringing a table in comes to: `rows` are new, `known` there already, `gatherings` new ones by key. `left_out`
    are rows that count nothing, `notices` is what else a person should know of the table."""

    kind: str
    source: str
    rows: tuple[CountRow | GoodsRow, ...]
    known: int
    errors: tuple[RowError, ...]
    gatherings: Mapping[str, str]
    left_out: tuple[RowError, ...] = ()
    notices: tuple[KioskError, ...] = ()

    @property
    def people(self) -> int:
        """The people in the new rows."""
        return sum(row.adults + row.children for row in self.rows if isinstance(row, CountRow))

    @property
    def pieces(self) -> tuple[int, int]:
        """The pieces taken in and given in the new rows."""
        goods = [row for row in self.rows if isinstance(row, GoodsRow)]
        return sum(row.taken_in for row in goods), sum(row.given for row in goods)


class EarlierYearsService:
    """Brings in what was counted before the kiosk."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._language = store, settings.centre.default_language
        self._zone = clock.zone(settings.centre.timezone)

    def gatherings(self) -> dict[str, dict[str, str]]:
        """Return the names of every gathering there is or was, by its key."""
        return {row.id: row.names for row in Gathering.select().order_by(Gathering.id).execute(self._store.db)}

    def plan(
        self,
        *,
        table: HeadedTable,
        kind: str,
        columns: Mapping[str, int],
        now: datetime,
        gathering: str = "",
        progress: Progress = lambda done, of: None,
    ) -> Plan:
        """Return what bringing `table` in would do; nothing is changed. Rows that name no gathering are of
        `gathering`. What `progress` raises ends it. Raises NoColumn, BadValue."""
        _check_columns(table, kind, columns)
        with self._store.read():
            reader = _Counts(self, gathering) if kind == EarlierKind.ATTENDANCE else _Goods(self._store)
            rows = _Rows(table, kind, columns)
            today, errors, left_out = clock.local_date(now, self._zone), [], []
            for done, (number, cells) in enumerate(table.rows, 1):
                try:
                    said = rows.read(cells)
                    day = day_of(said["day"])
                    if not OLDEST <= day <= today:
                        raise NoDay(said["day"])
                    reader.take(day, said)
                except (TotalRow, NoteRow) as error:
                    left_out.append(RowError(number, error))
                except KioskError as error:
                    errors.append(RowError(number, error))
                if done % 100 == 0 or done == len(table.rows):
                    progress(done, len(table.rows))
        return Plan(
            kind,
            table.digest,
            tuple(reader.rows.values()),
            reader.known,
            tuple(errors),
            reader.gatherings,
            tuple(left_out),
            unused(table, columns, numbers_only=True),
        )

    @needs("reports")
    def bring_in(self, *, plan: Plan, now: datetime, who: str) -> int:
        """Add the new rows of a plan, all or none, and return how many were added: fewer than planned when some came
        in meanwhile."""
        model: Any = EarlierCount if plan.kind == EarlierKind.ATTENDANCE else EarlierGoods
        db = self._store.db
        with self._store.write(now) as journal:
            there = {row_id for (row_id,) in model.select(model.id).tuples().execute(db)}
            rows = [row for row in plan.rows if row.id not in there]
            counts = [row for row in rows if isinstance(row, CountRow)]
            self._keep_gatherings(plan, counts, journal)
            sessions = self._keep_sessions(counts)
            fields = [name for name in model._meta.columns if name != "source"]
            for at in range(0, len(rows), BATCH):
                batch = [asdict(row) for row in rows[at : at + BATCH]]
                kept = [{name: row[name] for name in fields} | {"source": plan.source} for row in batch]
                model.insert_many(kept).execute(db)
                said = [
                    row | sessions.get(row.get("session", ""), {}) | {"day": row["day"].isoformat()} for row in batch
                ]
                payload = {plan.kind: new_id(now), "source": plan.source, "rows": said}
                journal.append(f"{plan.kind}.imported", who, payload)
        return len(rows)

    def _keep_gatherings(self, plan: Plan, rows: list[CountRow], journal: Journal) -> None:
        known = self.gatherings()
        for key in sorted({row.gathering for row in rows} - set(known)):
            since = min(row.day for row in rows if row.gathering == key)
            values: dict[str, Any] = {
                "names": {self._language: plan.gatherings[key]},
                "rule": "FREQ=YEARLY;COUNT=1",
                "since": since,
                "start": "12:00",
                "end": "13:00",
                "place": "",
                "art": "",
                "cancelled": [],
                "extra": [],
                "active": 0,
                "seats": 0,
                "partner": "",
                "languages": [],
            }
            Gathering.insert(id=key, **values).execute(self._store.db)
            journal.append("gathering.set", "import", {"gathering": key} | values | {"since": since.isoformat()})

    def _keep_sessions(self, rows: list[CountRow]) -> dict[str, dict[str, str]]:
        """Make the sessions that are not there; returns start, end and place of all in `rows`, as the journal says them."""
        db = self._store.db
        known = {row.id: row for row in Gathering.select().execute(db)}
        there = {session_id for (session_id,) in Session.select(Session.id).tuples().execute(db)}
        found: dict[str, dict[str, str]] = {}
        for row in rows:
            if row.session in found:
                continue
            gathering = known[row.gathering]
            start, end = time.fromisoformat(gathering.start), time.fromisoformat(gathering.end)
            starts_at, ends_at = clock.local_span(row.day, start, end, self._zone)
            if row.session not in there:
                Session.insert(
                    id=row.session,
                    gathering=row.gathering,
                    day=row.day,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    place=gathering.place,
                ).execute(db)
            found[row.session] = {
                "starts_at": clock.utc_text(starts_at),
                "ends_at": clock.utc_text(ends_at),
                "place": gathering.place,
            }
        return found


def _check_columns(table: HeadedTable, kind: str, columns: Mapping[str, int]) -> None:
    if kind not in KINDS or set(columns) - set(KINDS[kind]):
        raise BadValue(field="kind", value=kind)
    for field, at in columns.items():
        if not 0 <= at < len(table.head):
            raise BadValue(field=field, value=at)
    if not all(field in columns for field in NEEDED[kind]) or not any(field in columns for field in COUNTED[kind]):
        raise NoColumn()


class _Rows:
    """Says what stands in each row. A day that is said once for several rows is filled down; a row that adds others up, or
    is a note, is left out."""

    #: Fields that are words; what else is said of a day is a number.
    _WORDS = ("gathering", "language", "group", "category")

    def __init__(self, table: HeadedTable, kind: str, columns: Mapping[str, int]) -> None:
        self._columns = columns
        self._numbers = [field for field in columns if field != "day" and field not in self._WORDS]
        self._day = ""
        self._sums: Counter[str] = Counter()

    def read(self, cells: tuple[str, ...]) -> dict[str, str]:
        """Return the cells of a row by field. Raises TotalRow, NoteRow."""
        said = {field: cells[at] for field, at in self._columns.items()}
        words = [said[field] for field in self._WORDS if field in said]
        if is_total((said["day"], *words)) or is_total(cell for cell in cells if not is_day(cell)):
            raise TotalRow()
        if not is_day(said["day"]) and not any(said[field] for field in self._numbers):
            raise NoteRow()
        if not said["day"]:
            if not any(words) and self._adds_up(said):
                raise TotalRow()
            said["day"] = self._day if any(words) else ""
        self._day = said["day"]
        self._sums.update({field: _plain_count(said[field]) for field in self._numbers})
        return said

    def _adds_up(self, said: Mapping[str, str]) -> bool:
        counts = {field: _plain_count(said[field]) for field in self._numbers if said[field]}
        return any(counts.values()) and all(self._sums[field] == count for field, count in counts.items())


def _plain_count(text: str) -> int:
    try:
        return count_of(text, MOST_PIECES * 1000) or 0
    except KioskError:
        return 0


class _Counts:
    """Reads rows of attendance."""

    def __init__(self, earlier: EarlierYearsService, gathering: str) -> None:
        db = earlier._store.db
        self.rows: dict[str, CountRow | GoodsRow] = {}
        self.known, self._gathering = 0, gathering
        self.gatherings: dict[str, str] = {}
        self._starts = dict(Gathering.select(Gathering.id, Gathering.start).tuples().execute(db))
        self._by_name: dict[str, str] = {}
        for key, names in earlier.gatherings().items():
            for name in (key, *names.values()):
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
        """Read one row. Raises KioskError for what is wrong with it."""
        adults, children = _party(said)
        people = adults + children
        visits = count_of(said.get("visits", ""), LARGEST_SESSION)
        first = count_of(said.get("first_visits", ""), LARGEST_SESSION) or 0
        visits = people if visits is None else visits
        if visits > people or first > visits:
            raise TooManyVisits()
        language, group = language_of(said.get("language", "")), group_of(said.get("group", ""))
        gathering, start = self._resolve(said.get("gathering", ""))
        session = f"{gathering}:{day.isoformat()}:{start.replace(':', '')}"
        if session in self._counted:
            raise CountedHere()
        row_id = _id(session, language, group)
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
        """Return the key of a gathering and when it starts; one that is not known gets a key of its own."""
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


class _Goods:
    """Reads rows of goods."""

    def __init__(self, store: Store) -> None:
        self.rows: dict[str, CountRow | GoodsRow] = {}
        self.known = 0
        self.gatherings: dict[str, str] = {}
        self._equal: Counter[tuple[object, ...]] = Counter()
        self._there = {row_id for (row_id,) in EarlierGoods.select(EarlierGoods.id).tuples().execute(store.db)}

    def take(self, day: date, said: Mapping[str, str]) -> None:
        """Read one row. Raises KioskError for what is wrong with it. A list has equal rows: the second of a file is
        another one, and the same as the second of a file that was brought in before."""
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
    """Return adults and children of a row; people of whom nothing is said are adults, as at check-in."""
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
