"""Attendance: anonymous head counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from kiosk import clock
from kiosk.data import new_id, prepared
from kiosk.data.models import Correction, Gathering, Session, Visit
from kiosk.errors import BadValue, EmptyParty, UnknownSession, UnknownVisit, VisitUndone
from kiosk.journal import Journal, Store
from kiosk.privacy.contact import clean_text, refuse_personal_id
from kiosk.services.rights import VISITOR, needs
from kiosk.settings import Settings
from kiosk.vocabulary import GROUPS, groups_of, joined
from kiosk.vocabulary.states import VisitWay

from .gatherings import GatheringService

#: How a visit is counted.
WAYS: tuple[str, ...] = tuple(way for way in VisitWay if way is not VisitWay.IMPORTED)
#: The way of counts imported from earlier years, see `kiosk.services.desk.earlier_years`.
IMPORTED = VisitWay.IMPORTED
#: Upper limit of people in one check-in.
LARGEST_PARTY = 99
#: Upper limits of adults, and of children, in a correction of a session.
LARGEST_SESSION = 9999


#: SQL: whether a visit exists, and whether its session has a row.
_KNOWN = "SELECT EXISTS (SELECT 1 FROM visit WHERE id = ?), EXISTS (SELECT 1 FROM session WHERE id = ?)"


class VisitView(NamedTuple):
    """One check-in. `at` is aware UTC, to the minute; `first_visit` is None and `groups` are empty if not given."""

    id: str
    session_id: str
    at: datetime
    adults: int
    children: int
    first_visit: bool | None
    groups: tuple[str, ...]
    undone: bool


@dataclass(frozen=True)
class Count:
    """Number of check-ins, of people in them, and of first visits."""

    visits: int
    people: int
    first_visits: int


@dataclass(frozen=True)
class SessionTotals:
    """The totals of a session, corrections included; `languages` and `groups` are visits by key. A visit counts in each
    of its groups."""

    session_id: str
    day: date
    names: dict[str, str]
    visits: int
    people: int
    adults: int
    children: int
    first_visits: int
    corrected: bool
    languages: dict[str, int]
    groups: dict[str, int]


class AttendanceService:
    """Check-ins and their totals."""

    def __init__(self, store: Store, settings: Settings, *, gatherings: GatheringService) -> None:
        self._store = store
        self._gatherings = gatherings

    @needs(VISITOR, way={VisitWay.TALLY: "tally"})
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
        way: str = VisitWay.KIOSK,
    ) -> VisitView:
        """Count a party at a session. Idempotent by `visit_id`, whatever the other arguments. `way` is "kiosk", "tally"
        (by staff) or "paper".

        Raises UnknownSession, EmptyParty, BadValue.
        """
        _check_party(adults, children)
        if way not in WAYS:
            raise BadValue(field="way", value=way)
        with self._store.write(now) as journal:
            counted, kept = self._store.db.execute_sql(_KNOWN, (visit_id, session_id)).fetchone()
            if counted:
                return self._view(visit_id)
            if not kept:
                self._gatherings.keep(session_id, journal)
            at = clock.to_minute(now)
            values: dict[str, Any] = {"language": language, "adults": adults, "children": children, "way": way}
            prepared.insert(self._store.db, Visit, id=visit_id, session=session_id, at=at, **values)
            journal.append("visit.checked_in", who, {"visit": visit_id, "session": session_id} | values)
            return VisitView(visit_id, session_id, at, adults, children, None, (), False)

    @needs(VISITOR)
    def amend(
        self,
        *,
        visit_id: str,
        now: datetime,
        adults: int | None = None,
        children: int | None = None,
        first_visit: bool | None = None,
        groups: Collection[str] | None = None,
        who: str = "visitor",
    ) -> VisitView:
        """Change the given fields of a visit; `groups` are all that it belongs to. Raises UnknownVisit, VisitUndone,
        EmptyParty, BadValue."""
        for unknown in set(groups or ()) - set(GROUPS):
            raise BadValue(field="groups", value=unknown)
        group = None if groups is None else joined(set(groups))
        given = {"adults": adults, "children": children, "first_visit": first_visit, "group": group}
        changes = {name: value for name, value in given.items() if value is not None}
        with self._store.write(now) as journal:
            visit = self._view(visit_id)
            if visit.undone:
                raise VisitUndone()
            _check_party(visit.adults if adults is None else adults, visit.children if children is None else children)
            self._change(journal, visit_id, "visit.amended", who, changes)
            return self._view(visit_id)

    @needs(VISITOR)
    def undo(self, *, visit_id: str, now: datetime, who: str = "visitor") -> VisitView:
        """Undo a check-in. Idempotent. Raises UnknownVisit."""
        with self._store.write(now) as journal:
            if not self._view(visit_id).undone:
                self._change(journal, visit_id, "visit.undone", who, {"undone": True})
            return self._view(visit_id)

    def by_id(self, visit_id: str) -> VisitView:
        """Return one check-in as it is now. Raises UnknownVisit."""
        return self._view(visit_id)

    def count(self, session_id: str) -> Count:
        """Return the count of a session so far."""
        sql = """SELECT count(*) + (SELECT coalesce(sum(visits), 0) FROM earlier_count WHERE session = ?1),
                 coalesce(sum(adults + children), 0)
                 + (SELECT coalesce(sum(adults + children), 0) FROM correction WHERE session = ?1)
                 + (SELECT coalesce(sum(adults + children), 0) FROM earlier_count WHERE session = ?1),
                 coalesce(sum(first_visit), 0)
                 + (SELECT coalesce(sum(first_visits), 0) FROM earlier_count WHERE session = ?1)
                 FROM visit WHERE session = ?1 AND undone = 0"""
        [row] = self._store.db.execute_sql(sql, (session_id,)).fetchall()
        return Count(*row)

    def by_minute(self, session_id: str) -> list[tuple[datetime, int]]:
        """Return (minute, people who came in it) of a session, in order."""
        sql = "SELECT at, sum(adults + children) FROM visit WHERE session = ? AND undone = 0 GROUP BY at ORDER BY at"
        return [(clock.parse(at), people) for at, people in self._store.db.execute_sql(sql, (session_id,)).fetchall()]

    def by_way(self, session_id: str) -> dict[str, int]:
        """Return the number of people of a session by way of counting: WAYS and IMPORTED."""
        sql = """SELECT way, sum(adults + children) FROM visit WHERE session = ?1 AND undone = 0 GROUP BY way
                 UNION ALL SELECT ?2, coalesce(sum(adults + children), 0) FROM earlier_count WHERE session = ?1"""
        return dict.fromkeys(WAYS, 0) | dict(self._store.db.execute_sql(sql, (session_id, IMPORTED)).fetchall())

    def last_tally(self, session_id: str) -> str | None:
        """Return the id of the newest visit tallied by staff and not undone."""
        sql = "SELECT id FROM visit WHERE session = ? AND way = 'tally' AND undone = 0 ORDER BY id DESC LIMIT 1"
        row = self._store.db.execute_sql(sql, (session_id,)).fetchone()
        return row[0] if row else None

    @needs("sessions")
    def correct(
        self, *, session_id: str, adults: int, children: int, reason: str, now: datetime, who: str
    ) -> SessionTotals:
        """Set the real attendance of a session: the difference is stored as a correction with its reason.

        Raises UnknownSession, BadValue, BadText and LongText for the reason.
        """
        for field, value in (("adults", adults), ("children", children)):
            if not 0 <= value <= LARGEST_SESSION:
                raise BadValue(field=field, value=value)
        reason = clean_text(reason, limit=200)
        refuse_personal_id(reason)
        with self._store.write(now) as journal:
            self._gatherings.keep(session_id, journal)
            before = self.session_totals(session_id)
            difference = {"adults": adults - before.adults, "children": children - before.children}
            if any(difference.values()):
                correction_id = new_id(now)
                Correction.insert(id=correction_id, session=session_id, at=now, reason=reason, **difference).execute(
                    self._store.db
                )
                payload = {"correction": correction_id, "session": session_id, "reason": reason} | difference
                journal.append("session.corrected", who, payload)
            return self.session_totals(session_id)

    def session_totals(self, session_id: str) -> SessionTotals:
        """Return the totals of one session. Raises UnknownSession for a session without a row."""
        found = (
            Session.select(Session.day, Gathering.names)
            .join(Gathering, on=(Gathering.id == Session.gathering))
            .where(Session.id == session_id)
            .tuples()
            .execute(self._store.db)
        )
        for day, names in found:
            return self._totals(session_id, day, names)
        raise UnknownSession()

    def totals(self, start: date, end: date) -> list[SessionTotals]:
        """Return the totals of sessions from `start` to `end` (local dates, inclusive), earliest first."""
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
        sql = """SELECT sum(visits), sum(adults), sum(children), sum(first) FROM (
                 SELECT count(*) AS visits, coalesce(sum(adults), 0) AS adults, coalesce(sum(children), 0) AS children,
                        coalesce(sum(first_visit), 0) AS first FROM visit WHERE session = ?1 AND undone = 0
                 UNION ALL SELECT visits, adults, children, first_visits FROM earlier_count WHERE session = ?1)"""
        [(visits, adults, children, first)] = db.execute_sql(sql, (session_id,)).fetchall()
        sql = "SELECT coalesce(sum(adults), 0), coalesce(sum(children), 0) FROM correction WHERE session = ?"
        [(more_adults, more_children)] = db.execute_sql(sql, (session_id,)).fetchall()
        adults, children = adults + more_adults, children + more_children
        return SessionTotals(
            session_id,
            day,
            names,
            visits,
            adults + children,
            adults,
            children,
            first,
            bool(more_adults or more_children),
            self._split(session_id, "language"),
            self._by_group(session_id),
        )

    def _split(self, session_id: str, name: str) -> dict[str, int]:
        sql = f"""SELECT said, sum(visits) FROM (
                  SELECT "{name}" AS said, 1 AS visits FROM visit WHERE session = ?1 AND undone = 0
                  UNION ALL SELECT "{name}", visits FROM earlier_count WHERE session = ?1)
                  WHERE said <> '' GROUP BY said ORDER BY said"""
        return dict(self._store.db.execute_sql(sql, (session_id,)).fetchall())

    def _by_group(self, session_id: str) -> dict[str, int]:
        found: Counter[str] = Counter()
        for word, visits in self._split(session_id, "group").items():
            found.update(dict.fromkeys(groups_of(word), visits))
        return dict(found)

    def _change(self, journal: Journal, visit_id: str, kind: str, who: str, changes: dict[str, Any]) -> None:
        if changes:
            Visit.update(**changes).where(Visit.id == visit_id).execute(self._store.db)
            journal.append(kind, who, {"visit": visit_id} | changes)

    def _view(self, visit_id: str) -> VisitView:
        row = prepared.one(self._store.db, Visit, "id", visit_id)
        if row is None:
            raise UnknownVisit()
        return VisitView(
            row.id,
            row.session,
            row.at,
            row.adults,
            row.children,
            row.first_visit,
            groups_of(row.group),
            bool(row.undone),
        )


def _check_party(adults: int, children: int) -> None:
    for field, value in (("adults", adults), ("children", children)):
        if not 0 <= value <= LARGEST_PARTY:
            raise BadValue(field=field, value=value)
    if adults + children == 0:
        raise EmptyParty()
