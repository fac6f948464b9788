"""The ledger of help: requests and what is sealed of them, pairs, the queue of a day, volunteers' hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from .book import Absent, Book, Fact, Refused, Row
from .centre import BOOKING, BOOKING_DAYS, BOOKING_HOURS, ENDED_KEPT, FOLLOW_UP, KEPT, hours, moment, today

STEPS = ("new", "contacted", "arranged", "done", "closed")
QUEUE_OVER = ("done", "left", "missed")
#: Why a pair ends -> the steps of who asked and of who helped.
ENDINGS = {
    "done": ("done", "done"),
    "no_match": ("contacted", "contacted"),
    "asker_left": ("closed", "contacted"),
    "helper_left": ("contacted", "closed"),
}
#: Days after which a tablet erases what was asked on another one, more than for its own.
OTHERS = 3
#: Numbers of the queue that each tablet gives.
LANE = 100
WINTER = (11, 12, 1, 2, 3)


@dataclass
class Request(Row):
    """`log`: the steps it came to, and when."""

    kind: str
    day: date
    tablet: str
    status: str = ""
    erased: bool = False
    log: list[tuple[datetime, str]] = field(default_factory=list)
    reached: dict[str, date] = field(default_factory=dict)

    def come_to(self, step: str, now: datetime) -> None:
        """Come to a step, or be erased; going back takes the later steps away."""
        self.log = [*self.log, (now, step)]
        self.replay()

    def replay(self) -> None:
        """Bring everything up to what the log says. What was erased stays closed."""
        self.status, self.erased, self.reached = "", False, {}
        for at, step in self.log:
            if step == "erased":
                if not self.reached.keys() & {"done", "closed"}:
                    self.reached["closed"] = today(at)
                self.erased, self.status = True, "closed"
            elif not self.erased and self.status != step:
                self.status = step
                for later in STEPS[STEPS.index(step) + 1 :]:
                    self.reached.pop(later, None)
                self.reached.setdefault(step, today(at))


@dataclass
class Pair(Row):
    service: str
    asker: str
    helper: str
    made: date
    repeat: str
    state: str = "active"
    follow_up: date | None = None
    notes: list[tuple[datetime, int]] = field(default_factory=list)


@dataclass
class Number(Row):
    day: date
    number: int
    made: datetime
    begins: datetime | None = None
    state: str = "waiting"
    called: bool = False


@dataclass
class Shift(Row):
    volunteer: str
    task: str
    of_age: bool
    begun: datetime
    quarters: int | None = None


class Helping(Book):
    """Requests are sealed: the ledger knows which envelopes may be there, not what is in them."""

    def __init__(self) -> None:
        super().__init__()
        #: The tablet, and which hundred of the queue's numbers it gives; None for the only one.
        self.tablet = ""
        self.lane: int | None = None
        self.requests: dict[str, Request] = {}
        #: Every subject whose sealed part may still be on the disk.
        self.sealed: set[str] = set()
        self.erased: set[str] = set()
        self.pairs: dict[str, Pair] = {}
        self.numbers: dict[str, Number] = {}
        self.on_day: dict[date, list[str]] = defaultdict(list)
        self._open_days: set[date] = set()
        self.volunteers: list[str] = []
        self.shifts: dict[str, Shift] = {}

    # requests

    def seal(self, name: str) -> None:
        self.sealed.add(name)
        self.erased.discard(name)

    def unseal(self, name: str) -> None:
        self.sealed.discard(name)
        self.erased.add(name)

    def make_request(self, name: str, kind: str, now: datetime) -> None:
        self.requests[name] = Request(kind, today(now), self.tablet)
        self.requests[name].come_to("new", now)
        self.seal(name)
        self._count_request(name)

    def ask(self, now: datetime, *, request: str, kind: str) -> None:
        self.fresh(self.requests, request)
        self.make_request(request, kind, now)

    def set_step(self, now: datetime, *, request: str, status: str, who: str) -> None:
        row = self.known(self.requests, request)
        self.need(who, "staff")
        if row.erased:
            raise Refused("RequestErased")
        self.step(request, status, now)

    def step(self, name: str, status: str, now: datetime) -> None:
        """Let a request come to a step, unless it is erased: going back takes the later steps away."""
        row = self.requests[name]
        if not row.erased and row.status != status:
            row.come_to(status, now)
            self._count_request(name)

    def erase(self, now: datetime, *, request: str, who: str) -> None:
        self.known(self.requests, request)
        self.need(who, "staff")
        self.erase_request(request, now)

    def erase_request(self, name: str, now: datetime) -> None:
        row = self.requests[name]
        if not row.erased:
            row.come_to("erased", now)
            self.unseal(name)
            self._count_request(name)

    def _count_request(self, name: str) -> None:
        row = self.requests[name]
        self.book(f"request {name}", () if row.kind == "volunteering" else self._steps(row))

    @staticmethod
    def _steps(row: Request) -> Iterator[Fact]:
        yield row.reached["new"], ("asked", row.kind), 1
        answered = [row.reached[step] for step in STEPS[1:4] if step in row.reached]
        if answered:
            yield min(answered), ("contacted", row.kind), 1
        for step in ("arranged", "done"):
            if step in row.reached:
                yield row.reached[step], (step, row.kind), 1
        if "closed" in row.reached and "done" not in row.reached:
            yield row.reached["closed"], ("cancelled", row.kind), 1

    def _forget_requests(self, now: datetime) -> None:
        """Erase what the notice promises to erase; a pair that still meets needs its numbers."""
        paired = {one for pair in self.pairs.values() if pair.state == "active" for one in (pair.asker, pair.helper)}
        for name in sorted(self.sealed & self.requests.keys()):
            row = self.requests[name]
            age = (today(now) - row.day).days - (0 if row.tablet == self.tablet else OTHERS)
            if (row.status in ("done", "closed") and age > ENDED_KEPT) or (name not in paired and age > KEPT):
                self.erase_request(name, now)
        for pair in self.pairs.values():
            if pair.state == "active" and (self.requests[pair.asker].erased or self.requests[pair.helper].erased):
                self._end_pair(pair, "asker_left" if self.requests[pair.asker].erased else "helper_left", now)

    # pairs

    def pair(self, now: datetime, *, pair: str, asker: str, helper: str, repeat: str, who: str) -> None:
        self.fresh(self.pairs, pair)
        one, other = self.known(self.requests, asker), self.known(self.requests, helper)
        self.need(who, "staff")
        known = [row for row in self.pairs.values() if row.state != "undone"]
        judged = any((row.asker, row.helper) == (asker, helper) for row in known)
        busy = any(row.state == "active" and (row.asker == asker or row.helper == helper) for row in known)
        if judged or busy or not {one.status, other.status} <= {"new", "contacted"}:
            raise Refused("PairTaken")
        follow_up = today(now) + timedelta(days=7 if one.kind == "neighbour" else FOLLOW_UP)
        self.pairs[pair] = Pair(one.kind, asker, helper, today(now), repeat, follow_up=follow_up)
        for name in (asker, helper):
            self.step(name, "arranged", now)
        self._count_pair(pair)

    def _active(self, name: str) -> Pair:
        row: Pair = self.known(self.pairs, name)
        if row.state != "active":
            raise Refused("PairEnded")
        return row

    def met(self, now: datetime, *, pair: str, quarters: int, who: str) -> None:
        self.need(who, "staff")
        row = self._active(pair)
        task = row.service == "neighbour"
        row.notes = [*row.notes, (now, quarters)]
        row.follow_up = today(now) + timedelta(days=7 if task else FOLLOW_UP)
        if task and row.repeat == "winter" and row.follow_up.month not in WINTER:
            row.follow_up = date(row.follow_up.year, 11, 1)
        self._count_pair(pair)
        if task and quarters and row.repeat == "once":
            self._end_pair(row, "done", now)

    def part(self, now: datetime, *, pair: str, reason: str, who: str) -> None:
        self.need(who, "staff")
        self._end_pair(self._active(pair), reason, now)

    def _end_pair(self, row: Pair, reason: str, now: datetime) -> None:
        row.state, row.follow_up = "ended", None
        asker, helper = ENDINGS[reason]
        if row.service == "neighbour" and reason == "done":
            helper = "contacted"
        self.step(row.asker, asker, now)
        self.step(row.helper, helper, now)

    def undo_pair(self, now: datetime, *, pair: str, who: str) -> None:
        self.need(who, "staff")
        row = self._active(pair)
        row.state, row.follow_up = "undone", None
        for name in (row.asker, row.helper):
            self.step(name, "contacted", now)
        self._count_pair(pair)

    def _count_pair(self, name: str) -> None:
        row = self.pairs[name]
        facts: list[Fact] = [(row.made, ("paired", row.service), 1)]
        facts += [(today(at), ("quarters", row.service), quarters) for at, quarters in row.notes]
        self.book(f"pair {name}", facts if row.state != "undone" else ())

    # the queue

    def _next(self, day: date) -> int:
        """Return the next number of a day. Of several tablets each has a hundred of its own."""
        given = [self.numbers[name].number for name in self.on_day[day]]
        mine = [number for number in given if self.lane is None or number // LANE == self.lane]
        return 1 + max(mine, default=(self.lane or 0) * LANE)

    def _add_number(self, name: str, row: Number) -> None:
        self.numbers[name] = row
        self.on_day[row.day].append(name)
        self._open_days.add(row.day)
        self._count_number(name)

    def take(self, now: datetime, *, number: str) -> None:
        self.fresh(self.numbers, number)
        self._add_number(number, Number(today(now), self._next(today(now)), now))

    def bookable(self, now: datetime) -> list[datetime]:
        """Return the times that can be booked now, two weeks ahead."""
        found = []
        for ahead in range(14):
            day = today(now) + timedelta(days=ahead)
            rows = [self.numbers[name] for name in self.on_day[day]]
            taken = [row.begins for row in rows if row.state not in ("left", "missed")]
            open_hours = hours(day) if day.weekday() in BOOKING_DAYS else None
            if open_hours is not None:
                begins, last = (moment(day, clock) for clock in BOOKING_HOURS)
                while begins + BOOKING <= last:
                    found += [begins] if begins > now and begins not in taken else []
                    begins += BOOKING
        return found

    def book_time(self, now: datetime, *, number: str, begins: datetime) -> None:
        self.fresh(self.numbers, number)
        if begins not in self.bookable(now):
            raise Refused("SlotTaken")
        self._add_number(number, Number(today(begins), self._next(today(begins)), now, begins))

    def call_next(self, now: datetime, *, who: str) -> None:
        self.need(who, "staff")
        here = [self.numbers[name] for name in self.on_day[today(now)]]
        rows = [row for row in here if row.state == "waiting"]
        due = sorted(
            (row for row in rows if row.begins and row.begins <= now + timedelta(minutes=5)),
            key=lambda row: str(row.begins),
        )
        walk_ins = sorted((row for row in rows if not row.begins), key=lambda row: row.number)
        if not due and not walk_ins:
            raise Refused("NothingWaits")
        for row in here:
            row.state = "done" if row.state == "called" else row.state
        called = [*due, *walk_ins][0]
        called.state, called.called = "called", True
        for name in self.on_day[today(now)]:
            self._count_number(name)

    def move_number(self, now: datetime, *, number: str, state: str, who: str) -> None:
        row = self.known(self.numbers, number)
        if state != "left":
            self.need(who, "staff")
        if row.state in QUEUE_OVER and row.state != state:
            raise Refused("NumberClosed")
        row.state = state
        row.called = (row.called and state != "missed") or state in ("called", "done")
        self._count_number(number)

    def _count_number(self, name: str) -> None:
        row = self.numbers[name]
        facts: list[Fact] = [(row.day, ("queue", "asked"), 1)]
        facts += [(row.day, ("queue", "contacted"), 1)] if row.called else []
        facts += (
            [(row.day, ("queue", "done" if row.state == "done" else "cancelled"), 1)] if row.state in QUEUE_OVER else []
        )
        self.book(f"number {name}", facts)

    def _close_queue(self, now: datetime) -> None:
        for day in sorted(day for day in self._open_days if day < today(now)):
            self._open_days.discard(day)
            for name in self.on_day[day]:
                row = self.numbers[name]
                if row.state not in QUEUE_OVER:
                    row.state = "done" if row.state == "called" else "missed"
                    row.called = row.called and row.state == "done"
                    self._count_number(name)

    # volunteers

    def volunteer(self, now: datetime, *, volunteer: str, who: str) -> None:
        if volunteer in self.volunteers:
            raise Absent
        self.need(who, "staff")
        self.volunteers.append(volunteer)
        self.seal(f"volunteer {volunteer}")

    def _running(self, volunteer: str) -> Shift | None:
        if volunteer not in self.volunteers:
            raise Absent
        return next((row for row in self.shifts.values() if row.volunteer == volunteer and row.quarters is None), None)

    def begin_shift(self, now: datetime, *, shift: str, volunteer: str, task: str, of_age: bool = True) -> None:
        self.fresh(self.shifts, shift)
        if self._running(volunteer) is not None:
            raise Refused("ShiftOpen")
        self.shifts[shift] = Shift(volunteer, task, of_age, now)

    def end_shift(self, now: datetime, *, volunteer: str) -> None:
        row = self._running(volunteer)
        if row is None:
            raise Refused("ShiftClosed")
        row.quarters = min(96, quarters_of(now - row.begun))
        self._count_shifts(row)

    def correct_shift(self, now: datetime, *, shift: str, quarters: int, who: str) -> None:
        row = self.known(self.shifts, shift)
        self.need(who, "staff")
        row.quarters = quarters
        self._count_shifts(row)

    def _count_shifts(self, row: Shift) -> None:
        key = "hours" if row.of_age else "young"
        assert row.quarters is not None
        self.book(f"shift {row.volunteer} {row.begun}", [(today(row.begun), (key, row.task), row.quarters)])


def quarters_of(spent: timedelta) -> int:
    """Return whole quarters of an hour, halves up."""
    return int(spent / timedelta(minutes=15) + 0.5)
