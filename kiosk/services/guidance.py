"""Guidance by number: a slip without a name, the coordinator calls the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import peewee

from kiosk import clock
from kiosk.codes.codes import Kind, code_from_number, parse
from kiosk.data import Store, new_id
from kiosk.data.models import QueueNumber
from kiosk.errors import BadValue, NothingWaits, NumberClosed, UnknownCode
from kiosk.i18n import LANGUAGES
from kiosk.settings import Settings

TOPICS = ("housing", "health", "school", "work", "papers", "benefits", "finnish", "other")
#: Counter of queue codes.
COUNTER = "last_queue_code"
#: Numbers of a day are shared out between tablets in blocks of this size.
BLOCK = 100
#: Minutes for one person, until enough of today's are known.
USUAL = 15
#: How many finished conversations of today make a better guess than USUAL.
ENOUGH = 3


@dataclass(frozen=True)
class QueueView:
    """A number. `ahead` is how many are called before it, `minutes` a guess of how long that takes; times aware UTC."""

    id: str
    code: str
    number: int
    topic: str
    language: str
    interpreter: bool
    state: str
    made_at: datetime
    called_at: datetime | None
    ahead: int
    minutes: int


class Guidance:
    """The queue of one day; yesterday's numbers are of no use today."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._zone = clock.zone(settings.centre.timezone)

    def take(self, *, topic: str, language: str, interpreter: bool, now: datetime) -> QueueView:
        """Take the next number of today. Raises BadValue."""
        if topic not in TOPICS:
            raise BadValue(field="topic", value=topic)
        if language not in (*LANGUAGES, "ru", "other"):
            raise BadValue(field="language", value=language)
        db, day = self._store.db, clock.local_date(now, self._zone)
        with self._store.write(now) as journal:
            counter = self._store.next_code_number(COUNTER)
            queue_id = new_id(now)
            number = self._store.next_in_lane("queue_number", "day = ?", (day.isoformat(),), BLOCK)
            said = {"topic": topic, "language": language, "interpreter": interpreter}
            QueueNumber.insert(
                id=queue_id, code=code_from_number(Kind.QUEUE, counter), day=day, number=number, state="waiting",
                made_at=now, **said,
            ).execute(db)  # fmt: skip
            payload = {"queue": queue_id, "number": number, "day": day.isoformat()} | said
            journal.append("queue.taken", "visitor", payload)
            return self._get(QueueNumber.id == queue_id)

    def by_code(self, code: str) -> QueueView:
        """Return the number on a slip. Raises BadCode, UnknownCode."""
        parsed = parse(code)
        if parsed.kind is not Kind.QUEUE:
            raise UnknownCode()
        return self._get(QueueNumber.code == parsed.text)

    def today(self, now: datetime) -> list[QueueView]:
        """Return who waits or is being served today: called first, then waiting, then skipped."""
        day = clock.local_date(now, self._zone)
        which = (QueueNumber.day == day) & QueueNumber.state.in_(("waiting", "called", "skipped"))
        rows = list(QueueNumber.select().where(which).execute(self._store.db))
        order = {"called": 0, "waiting": 1, "skipped": 2}
        return [self._view(row) for row in sorted(rows, key=lambda row: (order[row.state], row.number))]

    def serving(self, now: datetime) -> QueueView | None:
        """Return the number called last and not finished, for the board."""
        called = [one for one in self.today(now) if one.state == "called"]
        return max(called, key=lambda one: one.called_at or one.made_at, default=None)

    def call_next(self, *, now: datetime, who: str) -> QueueView:
        """Call who waits longest; whoever was being served is finished by that. Raises NothingWaits."""
        with self._store.write(now) as journal:
            waiting = [one for one in self.today(now) if one.state == "waiting"]
            if not waiting:
                raise NothingWaits()
            for one in self.today(now):
                if one.state == "called":
                    self._change(one.id, "done", now)
                    journal.append("queue.done", who, {"queue": one.id})
            self._change(waiting[0].id, "called", now)
            journal.append("queue.called", who, {"queue": waiting[0].id, "number": waiting[0].number})
            return self._get(QueueNumber.id == waiting[0].id)

    def move(self, *, queue_id: str, state: str, now: datetime, who: str) -> QueueView:
        """Put a number aside ("skipped": not there), back ("waiting"), on again ("called"), or end it ("done", or
        "left" by the visitor). Raises UnknownCode, NumberClosed, BadValue."""
        if state not in ("waiting", "called", "done", "skipped", "left"):
            raise BadValue(field="state", value=state)
        with self._store.write(now) as journal:
            before = self._get(QueueNumber.id == queue_id)
            if before.state in ("done", "left") and before.state != state:
                raise NumberClosed()
            if before.state != state:
                self._change(queue_id, state, now)
                journal.append(f"queue.{state}", who, {"queue": queue_id})
            return self._get(QueueNumber.id == queue_id)

    def _change(self, queue_id: str, state: str, now: datetime) -> None:
        times = {"called": {"called_at": now}, "done": {"ended_at": now}, "left": {"ended_at": now}}.get(state, {})
        QueueNumber.update(state=state, **times).where(QueueNumber.id == queue_id).execute(self._store.db)

    def _get(self, which: peewee.Expression) -> QueueView:
        for row in QueueNumber.select().where(which).execute(self._store.db):
            return self._view(row)
        raise UnknownCode()

    def _view(self, row: QueueNumber) -> QueueView:
        sql = "SELECT count(*) FROM queue_number WHERE day = ? AND state = 'waiting' AND number < ?"
        [(ahead,)] = self._store.db.execute_sql(sql, (row.day.isoformat(), row.number)).fetchall()
        return QueueView(
            row.id, row.code, row.number, row.topic, row.language, bool(row.interpreter), row.state, row.made_at,
            row.called_at, ahead, round((ahead + 1) * self._each(row.day.isoformat())),
        )  # fmt: skip

    def _each(self, day: str) -> float:
        """Return the minutes one conversation takes today."""
        sql = "SELECT called_at, ended_at FROM queue_number WHERE day = ? AND state = 'done' AND called_at IS NOT NULL"
        spent = [
            (clock.parse(end) - clock.parse(start)) / timedelta(minutes=1)
            for start, end in self._store.db.execute_sql(sql, (day,)).fetchall()
            if end
        ]
        return sum(spent) / len(spent) if len(spent) >= ENOUGH else USUAL
