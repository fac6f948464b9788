"""The facts of one report: the ledger as of a time, month by month, closed months as they were closed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kiosk import clock
from kiosk.journal import Store
from kiosk.vocabulary.states import Move

from .marks import Marks, WrongClock, are_here, by_number, marks_at, within, wrong_clocks
from .model import QUIET, ProgressTracker

#: Kinds that set the day of a session; the last entry holds.
MOVING = ("session.moved", "session.held", "session.restored")


@dataclass(frozen=True)
class Closing:
    """A closed month: `figures` are its totals, `digest` their SHA-256; `marks` the position in the journal, `complete`
    if all entries up to it are here; `shown` the published tables, None if an older program did not store them."""

    month: str
    at: datetime
    who: str
    figures: dict[str, Any]
    digest: str
    marks: Marks
    complete: bool = True
    shown: dict[str, Any] | None = None


class Facts:
    """The ledger from `first` to `last` as of a time. Rows booked after their month was closed are `late`."""

    def __init__(
        self,
        store: Store,
        where: ZoneInfo,
        first: date,
        last: date,
        as_of: datetime,
        work: ProgressTracker,
        *,
        frozen: bool = True,
    ) -> None:
        self._db = store.db
        self.zone, self.first, self.last, self.as_of, self.work = where, first, last, as_of, work
        self.marks = marks_at(self._db, as_of)
        self.closings: dict[str, Closing] = {}
        for closing in self._closings() if frozen else ():
            self.closings.setdefault(closing.month, closing)  # closed on two tablets: the first one holds

    def rows(self, table: str, words: str, numbers: str) -> Iterator[tuple[Any, ...]]:
        """Yield (late, *words, *sums of the numbers), added up within each month of the report; `words` and `numbers`
        are column names with commas between. A month at a time: memory stays small, and each step can be cancelled."""
        months = list(self.months())
        sums = ", ".join(f"sum({name.strip()})" for name in numbers.split(","))
        for at, month in enumerate(months):
            self.work.at(at / len(months))
            closing = self.closings.get(month)
            known, late = within(self.marks), "0"
            if closing:  # use the marks of the closing, whatever is known about clocks since
                known, late = f"({known} OR {within(closing.marks)})", f"NOT {within(closing.marks)}"
            sql = f"""SELECT {late} AS late, {words}, {sums} FROM {table}
                      WHERE day BETWEEN ? AND ? AND {known} GROUP BY late, {words} ORDER BY late, {words}"""
            start = max(self.first.isoformat(), f"{month}-01")
            yield from self._db.execute_sql(sql, (start, min(self.last.isoformat(), f"{month}-31")))
        self.work.at(1)

    def visits(self, words: str, numbers: str) -> Iterator[tuple[Any, ...]]:
        """Yield (late, day, *words, *sums of the numbers) of the visits of each session, on the local date it took
        place; a moved one on its new day. Visits counted in a closed month whose session was moved to another month are
        subtracted there as late."""
        moved = self.moved(self.marks)
        table = "ledger_visit"
        if moved:
            known = ", ".join("'" + which.replace("'", "''") + "'" for which in moved)
            table = f"(SELECT * FROM ledger_visit WHERE substr(session, 1, length(session) - 5) NOT IN ({known}))"
        yield from self.rows(table, f"day, {words}", numbers)
        for closing in (None, *(self.closings[month] for month in self.months() if month in self.closings)):
            then = self.moved(closing.marks) if closing else {}
            for which in moved:
                yield from self._moved_visits(which, moved[which], then.get(which), closing, words, numbers)

    def moved(self, marks: Marks) -> dict[str, tuple[str, str]]:
        """Return the sessions that were ever moved, as of the marks, by gathering:date: local date and local time of
        the start, "" for one moved back."""
        found: dict[str, tuple[str, str]] = {}
        said = [entry for kind in MOVING for entry in self.kept(kind, marks)]
        for _, session in sorted(said, key=lambda entry: entry[0]):
            which, moved_to = f"{session['gathering']}:{session['day']}", session.get("moved_to")
            if moved_to:
                start = clock.parse(session["starts_at"]).astimezone(self.zone)
                found[which] = moved_to, f"{start:%H:%M}"
            elif which in found:
                found[which] = session["day"], ""
        return found

    def _moved_visits(
        self,
        which: str,
        now: tuple[str, str],
        then: tuple[str, str] | None,
        closing: Closing | None,
        words: str,
        numbers: str,
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the visits of a moved session: without a closing those of open months, else those counted in the month
        of the closing."""
        planned = which[-10:]
        today, was = now[0], then[0] if then else planned
        if closing is None:
            shown = [(0, 1, today, self.marks)] if today[:7] not in self.closings else []
        else:
            shown = [(0, 1, was, closing.marks), (1, -1, was, closing.marks)] if was[:7] == closing.month else []
            shown += [(1, 1, today, self.marks)] if today[:7] == closing.month else []
        for late, sign, day, marks in shown:
            if self.first.isoformat() <= day <= self.last.isoformat():
                sums = ", ".join(f"{sign} * sum({name.strip()})" for name in numbers.split(","))
                sql = f"""SELECT {late}, ?, {words}, {sums} FROM ledger_visit WHERE day = ?
                          AND substr(session, 1, length(session) - 5) = ? AND {within(marks)}
                          GROUP BY {words} ORDER BY {words}"""
                yield from self._db.execute_sql(sql, (day, planned, which)).fetchall()

    def during(self, first: date, last: date) -> Facts:
        """Return the facts of another period, as of the same time."""
        other = copy(self)
        other.first, other.last = first, last
        return other

    def as_closed(self, closing: Closing) -> Facts:
        """Return the facts of a closed month as it was closed."""
        first = date.fromisoformat(f"{closing.month}-01")
        other = self.during(first, month_end(first))
        other.marks, other.closings, other.work = closing.marks, {}, QUIET
        return other

    def whole_months(self) -> Iterator[str]:
        """Yield the closed months that are completely in the report."""
        for month in self.months():
            first = date.fromisoformat(f"{month}-01")
            if month in self.closings and self.first <= first and month_end(first) <= self.last:
                yield month

    def shelf(self, by: str = "category") -> dict[str, int]:
        """Return the pieces on the shelf after the last day by category, or by "own" one: taken in, and neither given nor
        withdrawn. Imported goods of earlier years are not included."""
        sql = f"""SELECT {by}, sum(CASE move WHEN '{Move.IN}' THEN pieces ELSE -pieces END) FROM ledger_goods
                  WHERE day <= ? AND move IN ('{Move.IN}', '{Move.GIVEN}', '{Move.WITHDRAWN}') AND {within(self.marks)} GROUP BY {by}"""
        return dict(self._db.execute_sql(sql, (self.last.isoformat(),)).fetchall())

    def months(self) -> Iterator[str]:
        """Yield the months of the report, such as "2026-11"."""
        day = self.first.replace(day=1)
        while day <= self.last:
            yield f"{day:%Y-%m}"
            day = (day + timedelta(days=31)).replace(day=1)

    def weeks(self) -> Iterator[date]:
        """Yield the Monday of every ISO week that has a day of the report."""
        monday = self.first - timedelta(days=self.first.weekday())
        while monday <= self.last:
            yield monday
            monday += timedelta(days=7)

    def kept(self, kind: str, marks: Marks | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (time, payload) of the entries of a kind, earliest first; all of the report, or those within `marks`."""
        inside = within(self.marks if marks is None else marks)
        sql = f"SELECT time, payload FROM ledger_kept WHERE kind = ? AND {inside} ORDER BY time, device, seq"
        for time, payload in self._db.execute_sql(sql, (kind,)).fetchall():
            yield time, json.loads(payload)

    def shift_ends(self) -> dict[str, datetime]:
        """Return the end of each shift in the period, to the minute, as noted now."""
        sql = "SELECT id, ended_at FROM shift WHERE ended_at IS NOT NULL AND started_at BETWEEN ? AND ?"
        # one day more at each end, since these times are in UTC
        days = (self.first - timedelta(days=1), self.last + timedelta(days=2))
        rows = self._db.execute_sql(sql, tuple(day.isoformat() for day in days))
        return {shift: clock.parse(ended) for shift, ended in rows}

    def wrong_clocks(self) -> list[WrongClock]:
        """Return all periods with a wrong tablet clock: it is unknown in which report such entries belong."""
        return wrong_clocks(self._db, self.marks)

    def _closings(self) -> Iterator[Closing]:
        for time, payload in self.kept("month.closed"):
            yield Closing(
                payload["month"],
                clock.parse(time),
                payload["who"],
                payload["figures"],
                payload["digest"],
                by_number(self._db, payload["marks"]),
                are_here(self._db, payload["marks"]),
                payload.get("shown"),
            )


def month_end(day: date) -> date:
    """Return the last day of the month of `day`."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
