"""Whom to call: the phone numbers left with wishes, seats and appointments, and what their owners must be told.

A number is the sealed request `contact` of its row. The list is computed from the rows and the journal; only the calls that
were made are stored. A number is erased as soon as nothing is left to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from kiosk import clock
from kiosk.codes.codes import Code, Kind
from kiosk.data import new_id
from kiosk.data.models import CallMade, QueueNumber, Request, Seat, Wish
from kiosk.errors import NothingToTell, UnknownCode, UnknownSession
from kiosk.journal import Store
from kiosk.journal.entries import COUNTS, SUBJECT
from kiosk.services.goods.wishes import WishService
from kiosk.services.programme.gatherings import GatheringService, SessionView, split_id
from kiosk.services.rights import SYSTEM, VISITOR, needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import CallReason, QueueState, RequestKind, SeatState, SessionState, WishState

from .pairs import PairService, PairView
from .requests import HelpRequestService

#: For how long after a call was ticked off its number is kept, so that the tick can be undone.
UNDO = timedelta(hours=1)


class Matter(NamedTuple):
    """What a number may be left with: its name in the journal, its table, and the states in which it still waits."""

    thing: str
    model: Any
    live: tuple[str, ...]


MATTERS = {
    Kind.WISH: Matter("wish", Wish, (WishState.OPEN, WishState.HELD)),
    Kind.SEAT: Matter("seat", Seat, (SeatState.BOOKED, SeatState.WAITING)),
    Kind.APPOINTMENT: Matter("queue", QueueNumber, (QueueState.WAITING, QueueState.CALLED, QueueState.SKIPPED)),
}


@dataclass(frozen=True)
class CallView:
    """A call to make. `requests` are the sealed requests with the numbers, `names` those of the thing or the gathering,
    `starts_at` the time of the session or the appointment, `day` that of a follow-up; `made_at` is None until it was
    made."""

    id: str
    reason: str
    code: Code
    requests: tuple[str, ...]
    names: dict[str, str] = field(default_factory=dict)
    starts_at: datetime | None = None
    day: date | None = None
    pair: PairView | None = None
    made_at: datetime | None = None


class CallService:
    """Takes numbers, lists the calls, ticks them off, erases numbers."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        help: HelpRequestService,
        wishes: WishService,
        gatherings: GatheringService,
        pairs: PairService,
    ) -> None:
        self._store, self._help, self._wishes, self._gatherings, self._pairs = store, help, wishes, gatherings, pairs
        self._zone = clock.zone(settings.centre.timezone)
        self._keep = timedelta(days=settings.help.call_days)
        self._notice = settings.help.notice_version

    @needs(VISITOR)
    def leave_number(self, *, code: Code, phone: str, language: str, now: datetime) -> None:
        """Seal a phone number for the wish, the seats or the appointment with this code; it replaces an earlier one.
        Raises UnknownCode, NothingToTell, NoRecipients."""
        matter = MATTERS.get(code.kind)
        if matter is None:
            raise UnknownCode()
        with self._store.write(now) as journal:
            row = self._row(matter, code)
            if row.state not in matter.live:
                raise NothingToTell()
            sealed = self._help.sign_up(
                request_id=new_id(now),
                service=RequestKind.CALL,
                language=language,
                details={"phone": phone},
                now=now,
                notice_version=self._notice,
            )
            self._help.end(journal, row.contact, who="visitor")
            matter.model.update(contact=sealed.id).where(matter.model.id == row.id).execute(self._store.db)
            journal.append(f"{matter.thing}.contact", "visitor", {matter.thing: row.id, "contact": sealed.id})
        if row.contact:
            self._store.forget_deleted()

    def due(self, now: datetime) -> list[CallView]:
        """Return the calls to make, most urgent first: in the order of CallReason, then by time."""
        every = [*self._numbers(now), *self._follow_ups(now)]
        order = tuple(CallReason)
        return sorted(
            (call for call in every if call.made_at is None), key=lambda call: (order.index(call.reason), call.id)
        )

    def count(self, now: datetime) -> int:
        """Return how many numbers are to be called; follow-ups of pairs are not counted."""
        return sum(call.made_at is None for call in self._numbers(now))

    @needs("personal")
    def read(self, *, private: bytes, now: datetime, who: str) -> dict[str, dict[str, Any]]:
        """Return what is sealed for the calls due, by request: phone, language, name. The access is journalled. Raises
        BadKey."""
        requests = sorted({request for call in self.due(now) for request in call.requests})
        return self._help.open_these(request_ids=requests, private=private, now=now, who=who)

    @needs("requests")
    def tick(self, *, call_id: str, made: bool = True, now: datetime, who: str) -> None:
        """Note that somebody was told, or take that back. Idempotent."""
        with self._store.write(now) as journal:
            if (self._made().get(call_id) is not None) != made:
                CallMade.replace(id=call_id, made_at=now if made else None).execute(self._store.db)
                journal.append("call.made" if made else "call.undone", who, {"call": call_id})

    @needs(SYSTEM)
    def settle(self, now: datetime) -> int:
        """Erase the numbers whose owners have nothing left to be told; returns how many."""
        over = self._help.on_schedule(self._over(now), now)
        if not over:
            return 0
        with self._store.write(now) as journal:
            self._help.end(journal, *over, who="clock")
        self._store.forget_deleted()
        return len(over)

    def _over(self, now: datetime) -> list[str]:
        """Return the numbers to erase: nothing is waited for, and every call was made or is too late."""
        needed = {
            request
            for call in self._numbers(now)
            if call.made_at is None or now - call.made_at < UNDO
            for request in call.requests
        }
        today = clock.local_date(now, self._zone)
        return [
            row.contact
            for matter in MATTERS.values()
            for row in self._with_number(matter)
            if not (
                self._waits(matter, row, now) or (row.contact in needed and self._last_day(row) + self._keep >= today)
            )
        ]

    def _waits(self, matter: Matter, row: Any, now: datetime) -> bool:
        if row.state not in matter.live:
            return False
        if matter.model is QueueNumber:
            return bool(row.day >= clock.local_date(now, self._zone))
        if matter.model is Seat:
            session = self._session(row)
            return session is not None and session.ends_at > now
        return True

    def _last_day(self, row: Any) -> date:
        """Return the local day of the session or the appointment; a wish has none, and its number goes with it."""
        if isinstance(row, Wish):
            return date.min
        return row.day if isinstance(row, QueueNumber) else split_id(row.session)[1]

    # the list

    def _numbers(self, now: datetime) -> Iterator[CallView]:
        """Yield the calls of the numbers left, made ones too."""
        made = self._made()
        finders: tuple[Callable[[Any], Iterator[CallView]], ...] = (self._of_wish, self._of_seat, self._of_time)
        for matter, calls in zip(MATTERS.values(), finders, strict=True):
            for row in self._with_number(matter):
                for call in calls(row):
                    yield CallView(**(vars(call) | {"made_at": made.get(call.id)}))

    def _of_wish(self, row: Wish) -> Iterator[CallView]:
        if row.state == WishState.HELD and self._since("wish", row, "wish.held"):
            ticket = self._wishes.by_id(row.id).ticket
            if ticket is not None:
                yield _call(CallReason.WISH_HERE, row, ticket.id, names=ticket.item.names)

    def _of_seat(self, row: Seat) -> Iterator[CallView]:
        if row.state not in (SeatState.BOOKED, SeatState.WAITING):
            return
        session = self._session(row)
        if session is None:
            was = self._gatherings.named(row.session)
            told = {"names": was.names, "starts_at": was.starts_at} if was else {}
            yield _call(CallReason.SESSION_CANCELLED, row, "", **told)
            return
        about = {"names": session.names, "starts_at": session.starts_at}
        if self._has_moved(row, session):
            yield _call(CallReason.SESSION_MOVED, row, clock.utc_text(session.starts_at), **about)
        if row.state == SeatState.BOOKED and self._since("seat", row, "seat.booked"):
            yield _call(CallReason.SEAT_FREE, row, "", **about)

    def _has_moved(self, row: Seat, session: SessionView) -> bool:
        if self._since("seat", row, "seat.followed"):
            return True
        return session.state == SessionState.MOVED and self._since("seat", row, "session.moved", of=session.id)

    def _of_time(self, row: QueueNumber) -> Iterator[CallView]:
        about = {"starts_at": row.starts_at}
        if row.state == QueueState.LEFT:
            yield _call(CallReason.TIME_CANCELLED, row, "", **about)
        elif row.state == QueueState.WAITING and self._since("queue", row, "queue.moved"):
            yield _call(CallReason.TIME_MOVED, row, clock.utc_text(row.starts_at), **about)

    def _follow_ups(self, now: datetime) -> Iterator[CallView]:
        for pair in self._pairs.due(now):
            requests = tuple(one.id for one in (pair.asker, pair.helper) if not one.erased)
            yield CallView(pair.id, CallReason.FOLLOW_UP, pair.asker.code, requests, day=pair.follow_up, pair=pair)

    # the rows

    def _row(self, matter: Matter, code: Code) -> Any:
        for row in matter.model.select().where(matter.model.code == code).execute(self._store.db):
            return row
        raise UnknownCode()

    def _with_number(self, matter: Matter) -> list[Any]:
        """Return the rows with a number that is not erased."""
        kept = Request.select(Request.id).where(Request.service == RequestKind.CALL, Request.erased == 0)
        rows = matter.model.select().where(matter.model.contact.in_(kept)).order_by(matter.model.id)
        return list(rows.execute(self._store.db))

    def _session(self, row: Seat) -> SessionView | None:
        try:
            return self._gatherings.session(row.session)
        except UnknownSession:
            return None

    def _since(self, thing: str, row: Any, kind: str, of: str = "") -> bool:
        """Return whether such an entry about the row (or about `of`) is newer than its number."""
        sql = f"""SELECT 1 FROM journal WHERE kind = ?1 AND {SUBJECT} = ?2 AND {COUNTS} AND id > (
                      SELECT max(id) FROM journal WHERE kind = ?3 AND {SUBJECT} = ?4)"""
        values = (kind, of or row.id, f"{thing}.contact", row.id)
        return self._store.db.execute_sql(sql, values).fetchone() is not None

    def _made(self) -> dict[str, datetime]:
        rows = CallMade.select(CallMade.id, CallMade.made_at).where(CallMade.made_at.is_null(False))
        return dict(rows.tuples().execute(self._store.db))


def _call(reason: str, row: Any, about: str, **told: Any) -> CallView:
    """Return the call of a row; `about` tells one occurrence from the next, such as the new time."""
    return CallView(f"{reason}:{row.id}:{about}", reason, row.code, (row.contact,), **told)
