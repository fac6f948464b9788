"""Seats at gatherings: booked anonymously, by code; with a waiting list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import peewee

from kiosk.codes.codes import Code, Kind, new_code
from kiosk.data import new_id
from kiosk.data.models import Gathering, Seat
from kiosk.errors import BadValue, SeatsClosed, UnknownCode, UnknownSession
from kiosk.journal import Journal, Store
from kiosk.services.help.requests import HelpRequestService
from kiosk.services.rights import SYSTEM, VISITOR, needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import SeatState

from .attendance import AttendanceService
from .gatherings import GatheringService, SessionView, split_id

#: Upper limit of people in one booking.
LARGEST = 12
#: A session is moved to at most so long after the day it was planned for.
MOVED = timedelta(days=31)


@dataclass(frozen=True)
class SeatView:
    """A booking. `state` is "booked", "waiting", "cancelled" or "arrived"; `before` counts bookings ahead in the
    waiting list; `session` is None when it no longer takes place, and `was` then describes it; `contact` is the id of a
    sealed phone number, or None."""

    id: str
    code: Code
    session_id: str
    session: SessionView | None
    people: int
    state: str
    before: int
    was: SessionView | None = None
    contact: str | None = None

    @property
    def place(self) -> int:
        """The place on the waiting list, 0 with a seat."""
        return self.before + 1 if self.state == SeatState.WAITING else 0


@dataclass(frozen=True)
class DoorSeat:
    """A booking on the list for the door; `place` is its place on the waiting list, 0 with a seat."""

    code: Code
    people: int
    language: str
    state: str
    place: int


@dataclass(frozen=True)
class SeatCount:
    """People with a seat, and people waiting; `left` is None for a session without a seat limit."""

    booked: int
    waiting: int
    left: int | None


class SeatService:
    """Books, queues, promotes, cancels and checks in."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        gatherings: GatheringService,
        attendance: AttendanceService,
        help: HelpRequestService,
    ) -> None:
        self._store, self._help = store, help
        self._gatherings, self._attendance = gatherings, attendance

    @needs(VISITOR)
    def book(self, *, session_id: str, people: int, language: str, now: datetime) -> SeatView:
        """Book seats, or join the waiting list if there are too few. Raises SeatsClosed, BadValue."""
        if not 1 <= people <= LARGEST:
            raise BadValue(field="people", value=people)
        session = self._session(session_id)
        if session is None or session.ends_at <= now:
            raise SeatsClosed()
        with self._store.write(now) as journal:
            left = self.count(session).left
            # Strict order: a small later booking does not overtake the waiting list.
            fits = left is None or (left >= people and not self._waiting(session_id))
            seat_id = new_id(now)
            said = {
                "session": session_id,
                "people": people,
                "language": language,
                "state": SeatState.BOOKED if fits else SeatState.WAITING,
            }
            Seat.insert(id=seat_id, code=new_code(Kind.SEAT), made_at=now, **said).execute(self._store.db)
            journal.append("seat.taken", "visitor", {"seat": seat_id} | said)
            return self._get(Seat.id == seat_id)

    def by_id(self, seat_id: str) -> SeatView:
        """Return the seat with this id. Raises UnknownCode."""
        return self._get(Seat.id == seat_id)

    def by_code(self, code: Code) -> SeatView:
        """Return the booking with this code. Raises UnknownCode."""
        return self._get(Seat.code == code)

    @needs(VISITOR)
    def cancel(self, *, code: Code, now: datetime, who: str = "visitor") -> SeatView:
        """Cancel a booking and promote the waiting list. Idempotent. Raises UnknownCode."""
        with self._store.write(now) as journal:
            seat = self._get(Seat.code == code)
            if seat.state in (SeatState.BOOKED, SeatState.WAITING):
                self._change(journal, seat.id, SeatState.CANCELLED, who)
                self._help.end(journal, seat.contact, who=who)
                self._move_up(journal, seat.session_id, now)
        if seat.contact:
            self._store.forget_deleted()
        return self._get(Seat.id == seat.id)

    @needs(VISITOR)
    def arrive(self, *, code: Code, now: datetime, who: str = "visitor", counted: bool = False) -> SeatView:
        """Check in the people of a booking, unless they are `counted` already. Idempotent. Raises SeatsClosed,
        UnknownCode."""
        with self._store.write(now) as journal:
            seat = self._get(Seat.code == code)
            if seat.session is None or seat.state == SeatState.CANCELLED:
                raise SeatsClosed()
            if not counted:
                self._check_in(seat, now, who)
            if seat.state != SeatState.ARRIVED:
                self._change(journal, seat.id, SeatState.ARRIVED, who)
                self._help.end(journal, seat.contact, who=who)
        if seat.contact:
            self._store.forget_deleted()
        return self._get(Seat.id == seat.id)

    def _check_in(self, seat: SeatView, now: datetime, who: str) -> None:
        """Check in with the booking's id as visit id, so repeated scans count once."""
        language = self._store.db.execute_sql("SELECT language FROM seat WHERE id = ?", (seat.id,)).fetchone()[0]
        self._attendance.check_in(
            visit_id=seat.id, session_id=seat.session_id, language=language, adults=seat.people, now=now, who=who
        )

    def count(self, session: SessionView) -> SeatCount:
        """Return the seat count of a session."""
        sql = "SELECT state, sum(people) FROM seat WHERE session = ? GROUP BY state"
        people = dict(self._store.db.execute_sql(sql, (session.id,)).fetchall())
        booked = people.get(SeatState.BOOKED, 0) + people.get(SeatState.ARRIVED, 0)
        left = max(0, session.seats - booked) if session.seats else None
        return SeatCount(booked, people.get(SeatState.WAITING, 0), left)

    def at_door(self, session_id: str) -> list[DoorSeat]:
        """Return the bookings of a session in the order in which they were made, the waiting list last."""
        sql = """SELECT code, people, language, state FROM seat WHERE session = ? AND state <> ?
                 ORDER BY state = ?, made_at, id"""
        waiting, found = SeatState.WAITING, list[DoorSeat]()
        for code, people, language, state in self._store.db.execute_sql(
            sql, (session_id, SeatState.CANCELLED, waiting)
        ):
            place = sum(one.place > 0 for one in found) + 1 if state == waiting else 0
            found.append(DoorSeat(Code(code), people, language, state, place))
        return found

    def held_from(self, gathering_id: str, day: date) -> int:
        """Return how many people have seats or wait at sessions of a gathering from local `day` on."""
        which = Seat.session.startswith(f"{gathering_id}:") & Seat.state.in_((SeatState.BOOKED, SeatState.WAITING))
        rows = Seat.select(Seat.session, Seat.people).where(which).tuples().execute(self._store.db)
        return sum(people for session_id, people in rows if split_id(session_id)[1] >= day)

    @needs(SYSTEM)
    def settle(self, now: datetime, gathering_id: str = "") -> int:
        """Promote the waiting lists of a gathering, or of all: seats also come free when more are set, on another tablet,
        and when a session takes place again. Returns how many got a seat."""
        sessions = self._waited_for(now, gathering_id)
        if not sessions:
            return 0
        with self._store.write(now) as journal:
            return sum(self._move_up(journal, session_id, now) for session_id in sessions)

    def _waited_for(self, now: datetime, gathering_id: str) -> list[str]:
        """Return the ids of the sessions, planned for a month ago or later, that have a waiting list."""
        which = Gathering.id == gathering_id if gathering_id else Gathering.seats > 0
        found: list[str] = []
        for (one,) in list(Gathering.select(Gathering.id).where(which).tuples().execute(self._store.db)):
            since = f"{one}:{(now - MOVED).date().isoformat()}"
            here = (Seat.session > since) & (Seat.session < f"{one}:~") & (Seat.state == SeatState.WAITING)
            found += [
                session
                for (session,) in Seat.select(Seat.session).where(here).distinct().tuples().execute(self._store.db)
            ]
        return found

    def _move_up(self, journal: Journal, session_id: str, now: datetime) -> int:
        """Assign free seats of a session that is not over to the waiting list in strict order; returns to how many."""
        session, moved = self._session(session_id), 0
        if session is None or session.ends_at <= now:
            return 0
        for seat_id, people in self._waiting(session_id):
            left = self.count(session).left
            if left is not None and left < people:
                break
            self._change(journal, seat_id, SeatState.BOOKED, "clock")
            moved += 1
        return moved

    def _waiting(self, session_id: str) -> list[tuple[str, int]]:
        sql = f"SELECT id, people FROM seat WHERE session = ? AND state = '{SeatState.WAITING}' ORDER BY made_at, id"
        return list(self._store.db.execute_sql(sql, (session_id,)).fetchall())

    def _change(self, journal: Journal, seat_id: str, state: str, who: str) -> None:
        Seat.update(state=state).where(Seat.id == seat_id).execute(self._store.db)
        journal.append(f"seat.{state}", who, {"seat": seat_id})

    def _session(self, session_id: str) -> SessionView | None:
        try:
            return self._gatherings.session(session_id)
        except UnknownSession:
            return None

    def _get(self, which: peewee.Expression) -> SeatView:
        for row in Seat.select().where(which).execute(self._store.db):
            waiting = [seat_id for seat_id, _ in self._waiting(row.session)]
            before = waiting.index(row.id) if row.id in waiting else 0
            session = self._session(row.session)
            was = None if session else self._gatherings.named(row.session)
            return SeatView(row.id, row.code, row.session, session, row.people, row.state, before, was, row.contact)
        raise UnknownCode()
