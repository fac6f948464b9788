"""The coordinator's view of appointments: days and weeks ahead, attendance, rescheduling."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import peewee

from kiosk import clock
from kiosk.data.models import QueueNumber
from kiosk.errors import BadValue, CentreClosed, NumberClosed, PastTime, SlotTaken
from kiosk.journal import Journal, Store
from kiosk.services.programme.opening_hours import OpeningHoursService
from kiosk.services.rights import SYSTEM, needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import QueueState

from .guidance import BLOCK, ENDED, GuidanceService, QueueView

#: Longest period of one query, days.
LONGEST = 62
#: States shown in a day's list: all except cancelled.
SHOWN = tuple(state for state in QueueState if state != QueueState.LEFT)


class AppointmentService:
    """Reads queue numbers of any day, and changes appointments."""

    def __init__(
        self, store: Store, settings: Settings, *, guidance: GuidanceService, opening: OpeningHoursService
    ) -> None:
        self._store, self._guidance, self._opening = store, guidance, opening
        self._each = timedelta(minutes=settings.guidance.minutes)
        self._zone = clock.zone(settings.centre.timezone)

    def on(self, day: date, now: datetime) -> list[QueueView]:
        """Return walk-ins and appointments of local `day`, in the order of their turn, finished ones last."""
        found = self._read(QueueNumber.day == day, now)
        order = {one.id: place for place, one in enumerate(self._guidance.today(now))}
        return sorted(found, key=lambda one: (order.get(one.id, len(order)), one.starts_at or one.made_at))

    def between(self, first: date, last: date, now: datetime) -> list[QueueView]:
        """Return the appointments from local day `first` to `last`, earliest first. Raises BadValue."""
        if not timedelta(0) <= last - first <= timedelta(days=LONGEST):
            raise BadValue(field="days", value=(last - first).days)
        booked = QueueNumber.day.between(first, last) & QueueNumber.starts_at.is_null(False)
        return sorted(self._read(booked, now), key=lambda one: (one.starts_at or one.made_at, one.id))

    @needs("requests")
    def note(self, *, queue_id: str, came: bool, now: datetime, who: str) -> QueueView:
        """Note whether the person came. Idempotent; the opposite value corrects it. Raises UnknownCode, NumberClosed
        for a cancelled number."""
        state = QueueState.DONE if came else QueueState.MISSED
        with self._store.write(now) as journal:
            before = self._guidance.by_id(queue_id, now)
            if before.state == QueueState.LEFT:
                raise NumberClosed()
            if self._stored(queue_id) != state:
                self._end(journal, queue_id, state, now, who)
            return self._guidance.by_id(queue_id, now)

    @needs("requests")
    def change_time(self, *, queue_id: str, starts_at: datetime, now: datetime, who: str) -> QueueView:
        """Reschedule an appointment, also a missed one. The code stays; another day gives that day's next number.
        Raises UnknownCode, NumberClosed, PastTime, CentreClosed, SlotTaken."""
        day = clock.local_date(starts_at, self._zone)
        with self._store.write(now) as journal:
            before = self._guidance.by_id(queue_id, now)
            if before.starts_at is None or before.state in (QueueState.DONE, QueueState.LEFT):
                raise NumberClosed()
            if starts_at <= now:
                raise PastTime()
            if self._opening.hours_on(day) is None:
                raise CentreClosed()
            if self._is_taken(starts_at, besides=queue_id):
                raise SlotTaken()
            said = {"day": day, "number": self._number(queue_id, day), "starts_at": starts_at}
            QueueNumber.update(state=QueueState.WAITING, called_at=None, ended_at=None, **said).where(
                QueueNumber.id == queue_id
            ).execute(self._store.db)
            told = {"day": day.isoformat(), "number": said["number"], "starts_at": clock.utc_text(starts_at)}
            journal.append("queue.moved", who, {"queue": queue_id} | told)
            return self._guidance.by_id(queue_id, now)

    @needs(SYSTEM)
    def settle(self, now: datetime) -> int:
        """Close the open numbers of earlier days: those not called are missed. Returns how many."""
        today = clock.local_date(now, self._zone)
        which = QueueNumber.state.not_in(ENDED) & (QueueNumber.day < today)
        rows = list(QueueNumber.select(QueueNumber.id, QueueNumber.state).where(which).execute(self._store.db))
        if rows:
            with self._store.write(now) as journal:
                for row in rows:
                    self._end(
                        journal,
                        row.id,
                        QueueState.DONE if row.state == QueueState.CALLED else QueueState.MISSED,
                        now,
                        "clock",
                    )
        return len(rows)

    def _end(self, journal: Journal, queue_id: str, state: str, now: datetime, who: str) -> None:
        QueueNumber.update(state=state, ended_at=now).where(QueueNumber.id == queue_id).execute(self._store.db)
        journal.append(f"queue.{state}", who, {"queue": queue_id})

    def _read(self, which: peewee.Expression, now: datetime) -> list[QueueView]:
        rows = QueueNumber.select().where(which, QueueNumber.state.in_(SHOWN)).order_by(QueueNumber.number)
        return self._guidance.views(list(rows.execute(self._store.db)), now)

    def _stored(self, queue_id: str) -> str:
        """Return the stored state; a number of an earlier day may not be closed yet."""
        [row] = QueueNumber.select(QueueNumber.state).where(QueueNumber.id == queue_id).execute(self._store.db)
        return str(row.state)

    def _number(self, queue_id: str, day: date) -> int:
        [row] = (
            QueueNumber.select(QueueNumber.day, QueueNumber.number)
            .where(QueueNumber.id == queue_id)
            .execute(self._store.db)
        )
        if row.day == day:
            return int(row.number)
        return self._store.next_in_lane("queue_number", "day = ?", (day.isoformat(),), BLOCK)

    def _is_taken(self, starts_at: datetime, *, besides: str) -> bool:
        near = (QueueNumber.starts_at > starts_at - self._each) & (QueueNumber.starts_at < starts_at + self._each)
        which = near & (QueueNumber.id != besides) & QueueNumber.state.not_in(ENDED)
        return bool(QueueNumber.select().where(which).exists(self._store.db))
