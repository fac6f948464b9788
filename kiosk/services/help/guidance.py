"""Guidance by queue number: an anonymous slip, called in turn by the coordinator, or a booked time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import peewee

from kiosk import clock
from kiosk.codes.codes import Code, Kind, code_from_number, new_code
from kiosk.data import new_id
from kiosk.data.models import QueueNumber
from kiosk.errors import BadValue, NothingWaits, NumberClosed, SlotTaken, UnknownCode
from kiosk.journal import Store
from kiosk.language.translation import LANGUAGES
from kiosk.services.programme.opening_hours import OpeningHoursService
from kiosk.services.rights import VISITOR, needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import QueueState

from .requests import HelpRequestService

TOPICS = ("housing", "health", "school", "work", "papers", "benefits", "finnish", "other")
#: Final states of a number.
ENDED = (QueueState.DONE, QueueState.LEFT, QueueState.MISSED)
#: Counter of queue codes.
COUNTER = "last_queue_code"
#: Numbers of a day are shared out between tablets in blocks of this size.
BLOCK = 100
#: Minutes before a booked time from which it can be called.
EARLY = 5
#: Estimated minutes per person until enough of today's are known.
USUAL = 15
#: Finished conversations of today that are needed to replace USUAL.
ENOUGH = 3


@dataclass(frozen=True)
class QueueView:
    """A queue number. `starts_at` is the booked time, None for a walk-in; `ahead` how many are called before it,
    `minutes` the estimated wait; times are aware UTC, `day` is the local day; `contact` is the id of a sealed phone
    number, or None."""

    id: str
    code: Code
    number: int
    topic: str
    language: str
    interpreter: bool
    state: str
    made_at: datetime
    called_at: datetime | None
    starts_at: datetime | None
    ahead: int
    minutes: int
    day: date
    contact: str | None = None

    def waited(self, now: datetime) -> int:
        """Return the minutes waited until now or until the call; for a booking, from the booked time."""
        since = self.starts_at or self.made_at
        until = self.called_at if self.called_at and self.state != QueueState.WAITING else now
        return max(0, round((until - since) / timedelta(minutes=1)))


@dataclass(frozen=True)
class Served:
    """Finished conversations of a day, and the average wait in minutes."""

    count: int
    minutes: int


class GuidanceService:
    """The queue of a day, whose numbers end with it, and bookable times."""

    def __init__(
        self, store: Store, settings: Settings, *, opening: OpeningHoursService, help: HelpRequestService
    ) -> None:
        self._store, self._rules, self._opening, self._help = store, settings.guidance, opening, help
        self._zone = clock.zone(settings.centre.timezone)

    @needs(VISITOR)
    def take(self, *, topic: str, language: str, interpreter: bool, now: datetime) -> QueueView:
        """Take the next number of today. Raises BadValue."""
        with self._store.write(now):
            counter = self._store.next_code_number(COUNTER)
            said = {"topic": topic, "language": language, "interpreter": interpreter}
            return self._add(said, clock.local_date(now, self._zone), code_from_number(Kind.QUEUE, counter), None, now)

    @needs(VISITOR)
    def book(self, *, starts_at: datetime, topic: str, language: str, interpreter: bool, now: datetime) -> QueueView:
        """Book a free time. Raises SlotTaken, BadValue."""
        with self._store.write(now):
            if starts_at not in self.free(now):
                raise SlotTaken()
            said = {"topic": topic, "language": language, "interpreter": interpreter}
            day = clock.local_date(starts_at, self._zone)
            return self._add(said, day, new_code(Kind.APPOINTMENT), starts_at, now)

    def free(self, now: datetime) -> list[datetime]:
        """Return the bookable times (aware UTC): during opening hours and not taken."""
        each = timedelta(minutes=self._rules.minutes)
        which = (QueueNumber.starts_at > now - each) & QueueNumber.state.not_in((QueueState.LEFT, QueueState.MISSED))
        rows = QueueNumber.select(QueueNumber.starts_at).where(which).tuples().execute(self._store.db)
        booked = [starts_at for (starts_at,) in rows]
        return [one for one in self._slots(now) if one > now and not any(abs(one - other) < each for other in booked)]

    def by_id(self, number_id: str, now: datetime) -> QueueView:
        """Return the number with this id. Raises UnknownCode."""
        return self._get(QueueNumber.id == number_id, now)

    def by_code(self, code: Code, now: datetime) -> QueueView:
        """Return the number on a slip. Raises UnknownCode."""
        return self._get(QueueNumber.code == code, now)

    def today(self, now: datetime) -> list[QueueView]:
        """Return today's open numbers: called, then waiting in the order of their turn, then skipped."""
        rows = self._rows(
            clock.local_date(now, self._zone), (QueueState.CALLED, QueueState.WAITING, QueueState.SKIPPED)
        )
        return self.views(sorted(rows, key=lambda row: _turn(row, now)), now)

    def served(self, now: datetime) -> Served:
        """Return today's finished conversations."""
        over = self.views(self._rows(clock.local_date(now, self._zone), (QueueState.DONE,)), now)
        waits = [one.waited(now) for one in over]
        return Served(len(over), round(sum(waits) / len(waits)) if waits else 0)

    def serving(self, now: datetime) -> QueueView | None:
        """Return the number called last and not finished, which the welcome screen shows."""
        called = [one for one in self.today(now) if one.state == QueueState.CALLED]
        return max(called, key=lambda one: one.called_at or one.made_at, default=None)

    @needs("requests")
    def call_next(self, *, now: datetime, who: str, queue_id: str = "") -> QueueView:
        """Call the next number, or `queue_id` out of turn; the one being served is finished. Raises NothingWaits,
        NumberClosed, UnknownCode."""
        with self._store.write(now) as journal:
            today = self.today(now)
            soon = now + timedelta(minutes=EARLY)
            due = [
                one.id
                for one in today
                if one.state == QueueState.WAITING and (one.starts_at is None or one.starts_at <= soon)
            ]
            if not queue_id and not due:
                raise NothingWaits()
            called = self._get(QueueNumber.id == (queue_id or due[0]), now)
            if called.state in ENDED:
                raise NumberClosed()
            for one in today:
                if one.state == QueueState.CALLED and one.id != called.id:
                    self._change(one.id, QueueState.DONE, now)
                    journal.append("queue.done", who, {"queue": one.id})
            self._change(called.id, QueueState.CALLED, now)
            journal.append("queue.called", who, {"queue": called.id, "number": called.number})
            return self._get(QueueNumber.id == called.id, now)

    @needs("requests", state={QueueState.LEFT: VISITOR})
    def move(self, *, queue_id: str, state: str, now: datetime, who: str) -> QueueView:
        """Set the state of a number: "skipped" (absent), "waiting", "called", "done", or "left" (by the visitor).
        Raises UnknownCode, NumberClosed, BadValue."""
        if state not in tuple(QueueState):
            raise BadValue(field="state", value=state)
        with self._store.write(now) as journal:
            before = self._get(QueueNumber.id == queue_id, now)
            if before.state in ENDED and before.state != state:
                raise NumberClosed()
            if before.state != state:
                self._change(queue_id, state, now)
                journal.append(f"queue.{state}", who, {"queue": queue_id})
            forgotten = before.contact if state == QueueState.LEFT and who == "visitor" else None
            self._help.end(journal, forgotten, who=who)
        if forgotten:
            self._store.forget_deleted()
        return self._get(QueueNumber.id == queue_id, now)

    def _change(self, queue_id: str, state: str, now: datetime) -> None:
        times = {"called_at": now} if state == QueueState.CALLED else {"ended_at": now} if state in ENDED else {}
        QueueNumber.update(state=state, **times).where(QueueNumber.id == queue_id).execute(self._store.db)

    def _add(self, said: dict[str, Any], day: date, code: Code, starts_at: datetime | None, now: datetime) -> QueueView:
        if said["topic"] not in TOPICS:
            raise BadValue(field="topic", value=said["topic"])
        if said["language"] not in (*LANGUAGES, "ru", "other"):
            raise BadValue(field="language", value=said["language"])
        with self._store.write(now) as journal:
            queue_id = new_id(now)
            number = self._store.next_in_lane("queue_number", "day = ?", (day.isoformat(),), BLOCK)
            QueueNumber.insert(
                id=queue_id,
                code=code,
                day=day,
                number=number,
                state=QueueState.WAITING,
                made_at=now,
                starts_at=starts_at,
                **said,
            ).execute(self._store.db)
            payload = {"queue": queue_id, "number": number, "day": day.isoformat()} | said
            journal.append(
                "queue.taken", "visitor", payload | ({"starts_at": clock.utc_text(starts_at)} if starts_at else {})
            )
            return self._get(QueueNumber.id == queue_id, now)

    def _slots(self, now: datetime) -> Iterator[datetime]:
        """Yield every slot of the coming weeks, free or taken."""
        today, (opens, closes) = clock.local_date(now, self._zone), self._rules.hours
        each = timedelta(minutes=self._rules.minutes)
        for ahead in range(7 * self._rules.weeks):
            day = today + timedelta(days=ahead)
            open_hours = self._opening.hours_on(day) if day.weekday() in self._rules.days else None
            if open_hours:
                times = max(opens, open_hours[0]), min(closes, open_hours[1])
                start, end = (clock.local_to_utc(day, at, self._zone) for at in times)
                while start + each <= end:
                    yield start
                    start += each

    def _rows(self, day: date, states: tuple[str, ...]) -> list[QueueNumber]:
        which = (QueueNumber.day == day) & QueueNumber.state.in_(states)
        return list(QueueNumber.select().where(which).execute(self._store.db))

    def _get(self, which: peewee.Expression, now: datetime) -> QueueView:
        for view in self.views(list(QueueNumber.select().where(which).execute(self._store.db)), now):
            return view
        raise UnknownCode()

    def views(self, rows: list[QueueNumber], now: datetime) -> list[QueueView]:
        """Return the views of `rows` at `now`."""
        today, found = clock.local_date(now, self._zone), []
        waiting = {
            day: [_turn(one, now) for one in self._rows(day, (QueueState.WAITING,))]
            for day in {row.day for row in rows}
        }
        each = {day: self._each(day.isoformat()) for day in waiting}
        for row in rows:
            ahead = sum(turn < _turn(row, now) for turn in waiting[row.day])
            said = (row.topic, row.language, bool(row.interpreter), state_on(row, today))
            times = (row.made_at, row.called_at, row.starts_at)
            minutes = round((ahead + 1) * each[row.day])
            found.append(QueueView(row.id, row.code, row.number, *said, *times, ahead, minutes, row.day, row.contact))
        return found

    def _each(self, day: str) -> float:
        """Return the estimated minutes of a conversation on `day`."""
        sql = f"""SELECT called_at, ended_at FROM queue_number
                  WHERE day = ? AND state = '{QueueState.DONE}' AND called_at IS NOT NULL"""
        spent = [
            (clock.parse(end) - clock.parse(start)) / timedelta(minutes=1)
            for start, end in self._store.db.execute_sql(sql, (day,)).fetchall()
            if end
        ]
        return sum(spent) / len(spent) if len(spent) >= ENOUGH else USUAL


def state_on(row: QueueNumber, today: date) -> str:
    """Return the state of a number on `today`: one not called on its day is missed."""
    if row.day < today and row.state not in ENDED:
        return QueueState.DONE if row.state == QueueState.CALLED else QueueState.MISSED
    return QueueState(row.state)


def _turn(row: QueueNumber, now: datetime) -> tuple[int, datetime | int]:
    """Return the sort key of the queue: being served, due bookings, walk-ins, later bookings, skipped."""
    if row.state != QueueState.WAITING:
        return (0 if row.state == QueueState.CALLED else 4), row.number
    if row.starts_at is None:
        return 2, row.number
    return (1 if row.starts_at <= now + timedelta(minutes=EARLY) else 3), row.starts_at
