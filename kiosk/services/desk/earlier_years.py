"""Import of attendance and goods counted on paper in earlier years, from a table.

A plan is made first: the rows to add, and the errors by row. Then all rows are added in one transaction. Row ids are
derived from the content, so importing the same table again adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from peewee import chunked

from kiosk import clock
from kiosk.data import new_id
from kiosk.data.models import EarlierCount, EarlierGoods, Gathering, Session, canonical_json
from kiosk.errors import N_, BadValue, KioskError
from kiosk.journal import Journal, Store
from kiosk.services.goods.cells import TotalRow
from kiosk.services.goods.days import NoDay, day_of, first_of_month, months_in
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import EarlierKind

from .earlier_columns import COUNTED, KINDS, NEEDED, HeadedTable, unused
from .earlier_rows import CountReader, CountRow, GoodsReader, GoodsRow, NoteRow, RowCells, SameRow

#: Upper limit of the rows in one journal entry, characters: the hub refuses a payload of more than 65,536.
MOST_SAID = 60_000
#: Earliest day of a count.
OLDEST = date(1990, 1, 1)

Progress = Callable[[int, int], None]


class NoColumn(KioskError):
    default = N_("First choose which column has the date and which have the numbers.")


class SpreadOut(NoColumn):
    default = N_(
        "This table has a column for each day or month. Write a row for each day, with the date in one column."
    )


@dataclass(frozen=True)
class RowError:
    """The error of row `row` of the file."""

    row: int
    error: KioskError


@dataclass(frozen=True)
class Plan:
    """The plan of an import: `rows` are new, `known` counts those imported before, `gatherings` are new ones by key;
    `left_out` are rows without a count, `notices` further remarks for the person."""

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
    """Imports counts of earlier years."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._language = store, settings.centre.default_language
        self._zone = clock.zone(settings.centre.timezone)

    def gatherings(self) -> dict[str, dict[str, str]]:
        """Return the names of every present and past gathering, by key."""
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
        """Plan the import of `table`; changes nothing. Rows without a gathering belong to `gathering`. An exception
        from `progress` ends the planning. Raises NoColumn, BadValue."""
        _check_columns(table, kind, columns)
        with self._store.read():
            reader = self._reader(kind, gathering)
            rows = RowCells(table, kind, columns)
            today, errors, left_out = clock.local_date(now, self._zone), [], []
            for done, (number, cells) in enumerate(table.rows, 1):
                try:
                    said = rows.read(cells)
                    month = first_of_month(said["day"]) if kind == EarlierKind.GOODS else None
                    day = month or day_of(said["day"])
                    if not OLDEST <= day <= today:
                        raise NoDay(said["day"])
                    reader.take(day, said)
                except (TotalRow, NoteRow, SameRow) as error:
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

    def _reader(self, kind: str, gathering: str) -> CountReader | GoodsReader:
        if kind == EarlierKind.GOODS:
            return GoodsReader(self._store)
        return CountReader(self._store, self.gatherings(), gathering)

    @needs("reports")
    def bring_in(self, *, plan: Plan, now: datetime, who: str) -> int:
        """Add the new rows of a plan in one transaction and return how many: fewer than planned if some were added
        meanwhile."""
        model: Any = EarlierCount if plan.kind == EarlierKind.ATTENDANCE else EarlierGoods
        db = self._store.db
        with self._store.write(now) as journal:
            there = {row_id for (row_id,) in model.select(model.id).tuples().execute(db)}
            rows = [row for row in plan.rows if row.id not in there]
            counts = [row for row in rows if isinstance(row, CountRow)]
            self._keep_gatherings(plan, counts, journal)
            sessions = self._keep_sessions(counts)
            fields = [name for name in model._meta.columns if name != "source"]
            for some in chunked(map(asdict, rows), 500):
                kept = [{name: row[name] for name in fields} | {"source": plan.source} for row in some]
                model.insert_many(kept).execute(db)
            said = (
                row | sessions.get(row.get("session", ""), {}) | {"day": row["day"].isoformat()}
                for row in map(asdict, rows)
            )
            for batch in _batches(said):
                payload = {plan.kind: new_id(now), "source": plan.source, "rows": batch}
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
                "about": {},
                "more_partners": [],
            }
            Gathering.insert(id=key, **values).execute(self._store.db)
            journal.append("gathering.set", "import", {"gathering": key} | values | {"since": since.isoformat()})

    def _keep_sessions(self, rows: list[CountRow]) -> dict[str, dict[str, str]]:
        """Create missing sessions; returns start, end and place of all in `rows`, as in the journal."""
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
        heads = (table.head, *(cells for _, cells in table.rows[:3]))
        raise SpreadOut() if any(months_in(cells) > 1 for cells in heads) else NoColumn()


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows in lists that fit in one journal entry."""
    batch: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        more = len(canonical_json(row)) + 1
        if batch and size + more > MOST_SAID:
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += more
    if batch:
        yield batch
