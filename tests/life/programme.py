"""The ledger of gatherings: which take place, who came, who has a seat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from .book import Fact, Refused, Row
from .centre import BY_KEY, CLOSED, SERIES, hours, is_holiday, moment
from .helping import Helping


@dataclass(frozen=True)
class Session:
    name: str
    key: str
    day: date
    begins: datetime
    ends: datetime


@dataclass
class Visit(Row):
    session: str
    adults: int
    children: int
    first: bool = False
    undone: bool = False


@dataclass
class Seat(Row):
    session: str
    people: int
    state: str


class Programme(Helping):
    """Sessions are named gathering:planned day; the open house is one on a day without any other."""

    def __init__(self) -> None:
        super().__init__()
        self.decided: dict[str, tuple[str, date, time, time]] = {}
        self.opened: set[str] = set()
        self.visits: dict[str, Visit] = {}
        self.by_session: dict[str, list[str]] = {}
        self.corrected: dict[str, list[int]] = {}
        self.seats: dict[str, Seat] = {}
        #: Counts of the years before, by session: visits, people, first visits.
        self.earlier: dict[str, tuple[int, int, int]] = {}

    @staticmethod
    def is_closed(day: date) -> bool:
        return (day.month, day.day) in CLOSED

    # the plan

    def session(self, name: str) -> Session | None:
        """Return a session that takes place, None for any other."""
        key, planned = split(name)
        if key == "open_house":
            return next((one for one in self.open_house(planned) if one.name == name), None)
        series, (kind, day, start, end) = BY_KEY[key], self.decided.get(name, ("", planned, time(), time()))
        if kind != "moved":
            start, end = series.start, series.end
        holds = kind == "moved" or (
            kind != "cancelled"
            and (name in self.opened or (series.falls_on(planned) and (kind == "held" or not is_holiday(planned))))
        )
        return Session(name, key, day, moment(day, start), moment(day, end)) if holds else None

    def sessions_on(self, day: date) -> list[Session]:
        """Return what takes place on a day, earliest first."""
        planned = {f"{series.key}:{day}" for series in SERIES if series.falls_on(day)}
        moved = {name for name, (_, to, _, _) in self.decided.items() if to == day}
        found = [one for one in map(self.session, planned | moved) if one is not None and one.day == day]
        return sorted(found, key=lambda one: (one.begins, one.name))

    def open_house(self, day: date) -> list[Session]:
        open_hours = hours(day)
        if open_hours is None:
            return []
        begins, ends = (moment(day, clock) for clock in open_hours)
        if any(one.begins < ends and one.ends > begins for one in self.sessions_on(day)):
            return []
        return [Session(f"open_house:{day}", "open_house", day, begins, ends)]

    def _decide(self, now: datetime, session: str, who: str, kind: str, day: date, start: time, end: time) -> None:
        self.need(who, "staff")
        key, planned = split(session)
        if kind == "moved" and moment(day, end) <= now:
            raise Refused("PastTime")
        if key not in BY_KEY or not BY_KEY[key].falls_on(planned):
            raise Refused("UnknownSession")
        self.decided[session] = (kind, day, start, end)
        self._recount(session)

    def call_off(self, now: datetime, *, session: str, who: str) -> None:
        self._decide(now, session, who, "cancelled", split(session)[1], time(), time())

    def hold(self, now: datetime, *, session: str, who: str) -> None:
        self._decide(now, session, who, "held", split(session)[1], time(), time())

    def move(self, now: datetime, *, session: str, day: date, start: time, end: time, who: str) -> None:
        self._decide(now, session, who, "moved", day, start, end)

    def take_back(self, now: datetime, *, session: str, who: str) -> None:
        self.need(who, "staff")
        self.decided.pop(session, None)
        self._recount(session)

    def day_of(self, session: str) -> date:
        """Return the day that visits of a session count on."""
        kind, day, _, _ = self.decided.get(session, ("", split(session)[1], time(), time()))
        return day if kind == "moved" else split(session)[1]

    # visits

    def _open(self, session: str) -> None:
        if session not in self.opened and self.session(session) is None:
            raise Refused("UnknownSession")
        self.opened.add(session)

    def check_in(
        self,
        now: datetime,
        *,
        visit: str,
        session: str,
        adults: int,
        children: int = 0,
        language: str = "fi",
        way: str = "kiosk",
    ) -> None:
        if adults + children == 0:
            raise Refused("EmptyParty")
        if visit in self.visits:
            return
        self._open(session)
        self.visits[visit] = Visit(session, adults, children)
        self.by_session.setdefault(session, []).append(visit)
        self._recount(session)

    def amend(
        self,
        now: datetime,
        *,
        visit: str,
        children: int | None = None,
        first: bool | None = None,
        group: str | None = None,
    ) -> None:
        row = self.known(self.visits, visit)
        if row.undone:
            raise Refused("VisitUndone")
        if children is not None and row.adults + children == 0:
            raise Refused("EmptyParty")
        row.children = row.children if children is None else children
        row.first = row.first if first is None else first
        self._recount(row.session)

    def undo(self, now: datetime, *, visit: str) -> None:
        self.known(self.visits, visit).undone = True
        self._recount(self.visits[visit].session)

    def heads(self, session: str) -> list[int]:
        """Return visits, adults, children and first visits of a session, corrections included."""
        rows = [self.visits[name] for name in self.by_session.get(session, ()) if not self.visits[name].undone]
        more = self.corrected.get(session, [0, 0])
        adults, children = (sum(getattr(row, what) for row in rows) for what in ("adults", "children"))
        return [len(rows), adults + more[0], children + more[1], sum(row.first for row in rows)]

    def correct(self, now: datetime, *, session: str, adults: int, children: int, who: str) -> None:
        self.need(who, "staff")
        self._open(session)
        heads, more = self.heads(session), self.corrected.setdefault(session, [0, 0])
        more[0], more[1] = more[0] + adults - heads[1], more[1] + children - heads[2]
        self._recount(session)

    def import_visits(self, now: datetime, *, rows: tuple[tuple[str, int, int, int], ...], who: str) -> None:
        """Bring in a list of an earlier year's coffee: day, people, children of them, first visits. What is known already, and
        what was counted here, stays as it is."""
        self.need(who, "coordinator")
        for day, people, _, first in rows:
            session = f"coffee:{day}"
            if session not in self.earlier and not any(
                not self.visits[one].undone for one in self.by_session.get(session, ())
            ):
                self.earlier[session] = people, people, first
                self._count_earlier(session)

    def _count_earlier(self, session: str) -> None:
        numbers = dict(zip(("visits", "people", "first"), self.earlier[session], strict=True))
        self.book(f"earlier {session}", self._dated(session, numbers))

    def _recount(self, session: str) -> None:
        visits, adults, children, first = self.heads(session)
        numbers = {"visits": visits, "people": adults + children, "first": first}
        self.book(f"session {session}", self._dated(session, numbers))

    def _dated(self, session: str, numbers: dict[str, int]) -> list[Fact]:
        return [(self.day_of(session), (name, session), number) for name, number in numbers.items()]

    # seats

    def seats_left(self, session: str) -> int | None:
        """Return the free seats; None where no seats are needed."""
        most = BY_KEY[split(session)[0]].seats
        taken = [
            row.people for row in self.seats.values() if row.session == session and row.state in ("booked", "arrived")
        ]
        return max(0, most - sum(taken)) if most else None

    def _queue(self, session: str) -> list[Seat]:
        return [row for row in self.seats.values() if row.session == session and row.state == "waiting"]

    def seat(self, now: datetime, *, seat: str, session: str, people: int) -> None:
        self.fresh(self.seats, seat)
        found = self.session(session)
        if found is None or found.ends <= now:
            raise Refused("SeatsClosed")
        left = self.seats_left(session)
        fits = left is None or (left >= people and not self._queue(session))
        self.seats[seat] = Seat(session, people, "booked" if fits else "waiting")

    def cancel_seat(self, now: datetime, *, seat: str) -> None:
        row = self.known(self.seats, seat)
        if row.state in ("booked", "waiting"):
            row.state = "cancelled"
            self._move_up(row.session, now)

    def _move_up(self, session: str, now: datetime) -> None:
        """Give free seats to who has waited longest: nobody overtakes, and nobody gets a seat of what is over."""
        found = self.session(session)
        if found is None or found.ends <= now:
            return
        for row in self._queue(session):
            left = self.seats_left(session)
            if left is not None and left < row.people:
                return
            row.state = "booked"

    def _move_all_up(self, now: datetime) -> None:
        """Give the seats that have come free in any other way: on another tablet, or when a session takes place again."""
        for session in {row.session: None for row in self.seats.values() if row.state == "waiting"}:
            self._move_up(session, now)

    def arrive(self, now: datetime, *, seat: str) -> None:
        row = self.known(self.seats, seat)
        if self.session(row.session) is None or row.state == "cancelled":
            raise Refused("SeatsClosed")
        self.check_in(now, visit=f"seat {seat}", session=row.session, adults=row.people)
        row.state = "arrived"


def split(session: str) -> tuple[str, date]:
    """Return gathering and planned day of a session's name."""
    key, _, day = session.partition(":")
    return key, date.fromisoformat(day)
