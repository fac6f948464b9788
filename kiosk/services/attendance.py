"""Attendance: who came is never asked, only how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kiosk import clock
from kiosk.data import Journal, Store
from kiosk.data.models import Gathering, Session, Visit
from kiosk.errors import BadValue, EmptyParty, UnknownVisit, VisitUndone
from kiosk.settings import Settings

from .gatherings import Gatherings

#: The target groups that may be named (DOMAIN.md section 0).
GROUPS = ("family", "older", "young", "ukrainian", "other")
#: The largest party one check-in counts.
LARGEST_PARTY = 99


@dataclass(frozen=True)
class VisitView:
    """One check-in. `at` is to the minute (aware UTC); `first_visit` and `group` are None when not said."""

    id: str
    session_id: str
    at: datetime
    adults: int
    children: int
    first_visit: bool | None
    group: str | None
    undone: bool


@dataclass(frozen=True)
class Count:
    """Check-ins, the people in them, and how many said it is their first time."""

    visits: int
    people: int
    first_visits: int


@dataclass(frozen=True)
class SessionTotals:
    """What one session counted; `languages` and `groups` are visits by key."""

    session_id: str
    day: date
    names: dict[str, str]
    visits: int
    people: int
    adults: int
    children: int
    first_visits: int
    languages: dict[str, int]
    groups: dict[str, int]


class Attendance:
    """Check-ins and what they add up to."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._gatherings = Gatherings(store, settings)

    def check_in(
        self,
        *,
        visit_id: str,
        session_id: str,
        language: str,
        now: datetime,
        adults: int = 1,
        children: int = 0,
        who: str = "visitor",
    ) -> VisitView:
        """Count a party at a session. The same `visit_id` again is the same visit, whatever else is given.

        Raises UnknownSession, EmptyParty, BadValue.
        """
        _check_party(adults, children)
        with self._store.write(now) as journal:
            if not Visit.select().where(Visit.id == visit_id).exists(self._store.db):
                self._gatherings.keep(session_id, journal)
                at = clock.to_minute(now)
                values: dict[str, Any] = {"language": language, "adults": adults, "children": children}
                Visit.insert(id=visit_id, session=session_id, at=at, **values).execute(self._store.db)
                journal.append("visit.checked_in", who, {"visit": visit_id, "session": session_id} | values)
            return self._view(visit_id)

    def amend(
        self,
        *,
        visit_id: str,
        now: datetime,
        adults: int | None = None,
        children: int | None = None,
        first_visit: bool | None = None,
        group: str | None = None,
        who: str = "visitor",
    ) -> VisitView:
        """Change what is given of a visit. Raises UnknownVisit, VisitUndone, EmptyParty, BadValue."""
        if group is not None and group not in GROUPS:
            raise BadValue(field="group", value=group)
        given = {"adults": adults, "children": children, "first_visit": first_visit, "group": group}
        changes = {name: value for name, value in given.items() if value is not None}
        with self._store.write(now) as journal:
            visit = self._view(visit_id)
            if visit.undone:
                raise VisitUndone()
            _check_party(visit.adults if adults is None else adults, visit.children if children is None else children)
            self._change(journal, visit_id, "visit.amended", who, changes)
            return self._view(visit_id)

    def undo(self, *, visit_id: str, now: datetime, who: str = "visitor") -> VisitView:
        """Take a check-in back; again is the same. Raises UnknownVisit."""
        with self._store.write(now) as journal:
            if not self._view(visit_id).undone:
                self._change(journal, visit_id, "visit.undone", who, {"undone": True})
            return self._view(visit_id)

    def count(self, session_id: str) -> Count:
        """Return what a session counted so far."""
        sql = """SELECT count(*), coalesce(sum(adults + children), 0), coalesce(sum(first_visit), 0)
                 FROM visit WHERE session = ? AND undone = 0"""
        [row] = self._store.db.execute_sql(sql, (session_id,)).fetchall()
        return Count(*row)

    def totals(self, start: date, end: date) -> list[SessionTotals]:
        """Return every session counted from `start` to `end` (both local dates, inclusive), earliest first."""
        db = self._store.db
        with self._store.read():
            sessions = list(
                Session.select(Session.id, Session.day, Gathering.names)
                .join(Gathering, on=(Gathering.id == Session.gathering))
                .where(Session.day.between(start, end))
                .order_by(Session.starts_at, Session.id)
                .tuples()
                .execute(db)
            )
            return [self._totals(session_id, day, names) for session_id, day, names in sessions]

    def _totals(self, session_id: str, day: date, names: dict[str, str]) -> SessionTotals:
        db = self._store.db
        sql = """SELECT count(*), coalesce(sum(adults), 0), coalesce(sum(children), 0), coalesce(sum(first_visit), 0)
                 FROM visit WHERE session = ? AND undone = 0"""
        [(visits, adults, children, first)] = db.execute_sql(sql, (session_id,)).fetchall()
        split = {
            name: dict(
                db.execute_sql(
                    f'SELECT "{name}", count(*) FROM visit WHERE session = ? AND undone = 0 AND "{name}" IS NOT NULL '
                    f'GROUP BY "{name}" ORDER BY "{name}"',
                    (session_id,),
                ).fetchall()
            )
            for name in ("language", "group")
        }
        return SessionTotals(
            session_id,
            day,
            names,
            visits,
            adults + children,
            adults,
            children,
            first,
            split["language"],
            split["group"],
        )

    def _change(self, journal: Journal, visit_id: str, kind: str, who: str, changes: dict[str, Any]) -> None:
        if changes:
            Visit.update(**changes).where(Visit.id == visit_id).execute(self._store.db)
            journal.append(kind, who, {"visit": visit_id} | changes)

    def _view(self, visit_id: str) -> VisitView:
        row = next(iter(Visit.select().where(Visit.id == visit_id).execute(self._store.db)), None)
        if row is None:
            raise UnknownVisit()
        return VisitView(
            row.id, row.session, row.at, row.adults, row.children, row.first_visit, row.group, bool(row.undone)
        )


def _check_party(adults: int, children: int) -> None:
    for field, value in (("adults", adults), ("children", children)):
        if not 0 <= value <= LARGEST_PARTY:
            raise BadValue(field=field, value=value)
    if adults + children == 0:
        raise EmptyParty()
