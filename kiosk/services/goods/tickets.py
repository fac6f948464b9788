"""Tickets: at most one live claim on each unit, enforced by a constraint of the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import peewee

from kiosk import clock
from kiosk.codes.codes import Code, Kind, new_code
from kiosk.data import new_id, prepared
from kiosk.data.models import Ticket
from kiosk.errors import (
    BadValue,
    HandedOverAlready,
    ItemTaken,
    ItemWithdrawn,
    SetTogether,
    TicketClosed,
    TicketLimit,
    UnknownCode,
    UnknownItem,
)
from kiosk.journal import Journal, Store
from kiosk.language.translation import Language
from kiosk.services.programme.opening_hours import OpeningHoursService
from kiosk.services.rights import SYSTEM, VISITOR, needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import ItemState, TicketState

from .goods import GoodsService
from .items import MOST_PIECES, ItemCard, settle

#: Short numbers of a day are shared out between tablets in blocks of this size.
BLOCK = 100


@dataclass(frozen=True)
class TicketView:
    """A claim. `state` is "reserved", "collected", "expired", "cancelled" or "conflicted"; `deadline` and `ended_at`
    (end of the reservation) are aware UTC. `given_twice`: handed over although another ticket had the unit already;
    `pieces`: the units it is for, those in another state excluded; `number`: a short one of its day, to be remembered
    and spoken, 0 for none: only the code gives the thing."""

    id: str
    code: Code
    item: ItemCard
    state: str
    deadline: datetime
    language: str
    provisional: bool
    ended_at: datetime | None = None
    given_twice: bool = False
    pieces: int = 1
    number: int = 0

    def named(self, language: Language) -> str:
        """Return the name of the thing, with the number of several pieces."""
        name = language.name(self.item.names)
        return f"{self.pieces} × {name}" if self.pieces > 1 else name


class TicketService:
    """Reserves, cancels, hands over and expires."""

    def __init__(self, store: Store, settings: Settings, *, opening: OpeningHoursService, goods: GoodsService) -> None:
        self._store = store
        self._limit = settings.tickets.limit
        self._opening, self._goods = opening, goods
        self._zone = clock.zone(settings.centre.timezone)
        #: Reserves a unit at the hub: True reserved, False taken by another ticket, None no answer.
        self.arbiter: Callable[[str, str], bool | None] | None = None

    @needs(VISITOR)
    def reserve(
        self, *, item_id: str, language: str, now: datetime, held: Sequence[str], pieces: int = 1
    ) -> TicketView:
        """Reserve `pieces` units on one ticket until the end of the next opening day: all of them or none. `held` are
        the ticket ids of this visitor; the settings limit how many of them may be live.

        Raises UnknownItem, TicketLimit, ItemTaken, SetTogether, BadValue.
        """
        ids = _ids(pieces, now)
        provisional = any([self._is_provisional(ticket_id, item_id) for ticket_id in ids])  # asks for each of them
        try:
            with self._store.write(now) as journal:
                self._expire(journal, now)
                if len(held) >= self._limit and self._count_live(held) >= self._limit:
                    raise TicketLimit(limit=self._limit)
                deadline = self._opening.deadline(now)
                ticket = self._claim(ids, item_id, TicketState.RESERVED, language, now, deadline, provisional)
                said = {"item": item_id, "language": language, "provisional": provisional, "number": ticket.number}
                for ticket_id in ids:
                    claim = {"ticket": ticket_id, "bundle": _bundle(ticket_id, ids)}
                    journal.append("ticket.reserved", "visitor", said | claim | {"deadline": clock.utc_text(deadline)})
                return ticket
        except peewee.IntegrityError as error:
            raise ItemTaken() from error

    @needs(VISITOR)
    def by_code(self, code: Code, now: datetime) -> TicketView:
        """Return the ticket with this code, as typed or scanned. Raises UnknownCode."""
        self.expire_due(now)
        with self._store.read():
            return self._view("code", code)

    def by_id(self, ticket_id: str) -> TicketView:
        """Return the ticket with this id. Raises UnknownCode."""
        with self._store.read():
            return self._view("id", ticket_id)

    def live(self, item_id: str) -> list[TicketView]:
        """Return the live tickets of an item, first to expire first."""
        live = Ticket.select(Ticket.id).where(Ticket.item == item_id, Ticket.state == TicketState.RESERVED)
        found = live.where(Ticket.bundle.is_null()).order_by(Ticket.deadline).tuples().execute(self._store.db)
        return [self._view("id", ticket_id) for (ticket_id,) in list(found)]

    def waiting(self, until: datetime | None = None) -> list[TicketView]:
        """Return the tickets to hand over, or only those that expire by `until`; first to expire first."""
        which = Ticket.select(Ticket.id).where(Ticket.state == TicketState.RESERVED, Ticket.bundle.is_null())
        if until is not None:
            which = which.where(Ticket.deadline <= until)
        with self._store.read():
            found = which.order_by(Ticket.deadline, Ticket.id).tuples().execute(self._store.db)
            return [self._view("id", ticket_id) for (ticket_id,) in list(found)]

    def in_conflict(self) -> list[TicketView]:
        """Return the tickets that lost their unit to another one, longest waiting first, for staff to resolve."""
        which = (
            Ticket.select(Ticket.id)
            .where(Ticket.state == TicketState.CONFLICTED)
            .order_by(Ticket.created_at, Ticket.id)
        )
        with self._store.read():
            found = which.tuples().execute(self._store.db)
            return [self._view("id", ticket_id) for (ticket_id,) in list(found)]

    @needs(VISITOR)
    def cancel(self, *, code: Code, now: datetime, who: str = "visitor") -> TicketView:
        """Cancel a reservation, or end a conflict. Idempotent. Raises UnknownCode, TicketClosed."""
        return self._end(code, TicketState.CANCELLED, now, who)

    @needs("hand_over")
    def hand_over(self, *, code: Code, now: datetime, who: str) -> TicketView:
        """Note the hand-over. Raises UnknownCode, TicketClosed, HandedOverAlready."""
        return self._end(code, TicketState.COLLECTED, now, who)

    @needs("hand_over")
    def undo_hand_over(self, *, code: Code, now: datetime, who: str) -> TicketView:
        """Undo a hand-over: the unit is reserved again, for another day if the ticket has expired. Without a hand-over
        nothing changes. Raises UnknownCode, ItemWithdrawn."""
        return self._again(code, now, who, "ticket.hand_over_undone", (TicketState.COLLECTED,))

    @needs("hand_over")
    def reactivate(self, *, code: Code, now: datetime, who: str) -> TicketView:
        """Reactivate an expired, cancelled or conflicted ticket if a unit is free. Raises UnknownCode,
        HandedOverAlready, ItemTaken."""
        ended = (TicketState.EXPIRED, TicketState.CANCELLED, TicketState.CONFLICTED)
        return self._again(code, now, who, "ticket.reactivated", ended)

    @needs("hand_over")
    def give(self, *, item_id: str, language: str, now: datetime, who: str, pieces: int = 1) -> TicketView:
        """Hand over `pieces` units without an earlier ticket: all of them or none. Raises UnknownItem, ItemTaken,
        BadValue."""
        ids = _ids(pieces, now)
        with self._store.write(now) as journal:
            self._expire(journal, now)
            ticket = self._claim(ids, item_id, TicketState.COLLECTED, language, now, now)
            for ticket_id in ids:
                said = {"item": item_id, "language": language, "bundle": _bundle(ticket_id, ids)}
                journal.append("ticket.given", who, {"ticket": ticket_id} | said)
            return ticket

    @needs(SYSTEM)
    def expire_due(self, now: datetime) -> int:
        """Expire every reservation whose deadline has passed; returns how many."""
        due = Ticket.select().where(Ticket.state == TicketState.RESERVED, Ticket.deadline <= now).exists(self._store.db)
        if not due:
            return 0
        with self._store.write(now) as journal:
            return self._expire(journal, now)

    def hold(
        self, journal: Journal, item_id: str, language: str, now: datetime, until: datetime, pieces: int = 1
    ) -> str:
        """Reserve units until `until` for a wish, inside the caller's transaction; returns the id of the ticket. Raises
        UnknownItem, ItemTaken."""
        ids, provisional = _ids(pieces, now), self._store.joined
        ticket = self._claim(ids, item_id, TicketState.RESERVED, language, now, until, provisional)
        said = {"item": item_id, "language": language, "provisional": provisional, "deadline": clock.utc_text(until)}
        said |= {"number": ticket.number}
        for ticket_id in ids:
            journal.append("ticket.held", "clock", said | {"ticket": ticket_id, "bundle": _bundle(ticket_id, ids)})
        return ids[0]

    def _is_provisional(self, ticket_id: str, item_id: str) -> bool:
        """Reserve at the hub, if there is one; returns whether it gave no answer. Raises ItemTaken when another ticket
        has the unit."""
        if not self._store.joined:
            return False
        kept = self.arbiter(ticket_id, item_id) if self.arbiter is not None else None
        if kept is False:
            raise ItemTaken()
        return kept is None

    def _count_live(self, ids: Sequence[str]) -> int:
        marks = ",".join("?" * len(ids))
        sql = f"SELECT count(*) FROM ticket WHERE id IN ({marks}) AND state = '{TicketState.RESERVED}'"
        return int(self._store.db.execute_sql(sql, tuple(ids)).fetchone()[0])

    def _claim(
        self,
        ids: Sequence[str],
        item_id: str,
        state: str,
        language: str,
        now: datetime,
        deadline: datetime,
        provisional: bool = False,
    ) -> TicketView:
        """Write a ticket for as many free units as there are `ids`. Raises UnknownItem, ItemTaken."""
        codes, ended_at = [new_code(Kind.TICKET) for _ in ids], None if state == TicketState.RESERVED else now
        number = self._next_number(now) if state == TicketState.RESERVED else 0
        for ticket_id, code, unit in zip(ids, codes, self._free_units(item_id, len(ids), anew=True), strict=True):
            prepared.insert(
                self._store.db,
                Ticket,
                id=ticket_id,
                code=code,
                item=item_id,
                unit=unit,
                state=state,
                language=language,
                created_at=now,
                deadline=deadline,
                ended_at=ended_at,
                provisional=provisional,
                bundle=_bundle(ticket_id, ids),
                number=number,
            )
        self._settle(item_id)
        [item] = self._goods.cards([item_id])
        claimed = (ids[0], codes[0], item, state, deadline, language, provisional, ended_at)
        return TicketView(*claimed, pieces=len(ids), number=number)

    def _next_number(self, now: datetime) -> int:
        """Return the next short number of the local day."""
        midnight = clock.local_to_utc(clock.local_date(now, self._zone), time(), self._zone)
        return self._store.next_in_lane("ticket", "created_at >= ?", (clock.utc_text(midnight),), BLOCK)

    def _end(self, code: Code, state: str, now: datetime, who: str) -> TicketView:
        with self._store.write(now) as journal:
            self._expire(journal, now)
            ticket = self._view("code", code)
            if ticket.state == TicketState.COLLECTED:
                raise HandedOverAlready()
            if ticket.state == state:
                return ticket
            ends_conflict = ticket.state == TicketState.CONFLICTED and state == TicketState.CANCELLED
            if ticket.state != TicketState.RESERVED and not ends_conflict:
                raise TicketClosed()
            conflicts = (TicketState.CONFLICTED,) if state == TicketState.CANCELLED else ()
            for ticket_id, item_id in self._all_of(ticket, (TicketState.RESERVED, *conflicts)):
                self._change(journal, ticket_id, item_id, state, now, who)
            return self._view("id", ticket.id)

    def _all_of(self, ticket: TicketView, states: Sequence[str]) -> list[tuple[str, str]]:
        """Return (id, item) of a ticket and of its further pieces in `states`."""
        others = Ticket.select(Ticket.id, Ticket.item).where(Ticket.bundle == ticket.id, Ticket.state.in_(states))
        return [(ticket.id, ticket.item.id), *others.order_by(Ticket.id).tuples().execute(self._store.db)]

    def _again(self, code: Code, now: datetime, who: str, kind: str, states: tuple[str, ...]) -> TicketView:
        try:
            with self._store.write(now) as journal:
                self._expire(journal, now)
                ticket = self._view("code", code)
                if ticket.state == TicketState.RESERVED:
                    return ticket
                if ticket.state not in states:
                    raise HandedOverAlready() if ticket.state == TicketState.COLLECTED else TicketClosed()
                if ticket.item.state == ItemState.WITHDRAWN:
                    raise ItemWithdrawn()
                deadline = self._opening.deadline(now) if ticket.deadline <= now else ticket.deadline
                for ticket_id, item_id in self._all_of(ticket, (ticket.state,)):
                    self._reopen(ticket_id, item_id, deadline, claim=ticket.state != TicketState.COLLECTED)
                    said = {"ticket": ticket_id, "item": item_id, "deadline": clock.utc_text(deadline)}
                    journal.append(kind, who, said)
                return self._view("id", ticket.id)
        except peewee.IntegrityError as error:
            raise ItemTaken() from error

    def _reopen(self, ticket_id: str, item_id: str, deadline: datetime, *, claim: bool) -> None:
        """Reserve a unit again, with `claim` a free one: its own may be taken by now. Raises ItemTaken."""
        changes: dict[str, Any] = {"state": TicketState.RESERVED, "ended_at": None, "given_twice": False}
        if claim:
            changes["provisional"] = False  # as every tablet says of a reactivated ticket
            [changes["unit"]] = self._free_units(item_id, 1)
        Ticket.update(deadline=deadline, **changes).where(Ticket.id == ticket_id).execute(self._store.db)
        self._settle(item_id)

    def _expire(self, journal: Journal, now: datetime) -> int:
        sql = f"SELECT id, item FROM ticket WHERE state = '{TicketState.RESERVED}' AND deadline <= ?"
        due = self._store.db.execute_sql(sql, (clock.utc_text(now),)).fetchall()
        for ticket_id, item_id in due:
            self._change(journal, ticket_id, item_id, TicketState.EXPIRED, now, "clock")
        return len(due)

    def end_all(self, journal: Journal, item_id: str, now: datetime, who: str) -> int:
        """End every live ticket of an item that is withdrawn, inside the caller's transaction; returns how many."""
        ids = self.claims(item_id)
        for ticket_id in ids:
            self._change(journal, ticket_id, item_id, TicketState.CANCELLED, now, who)
        return len(ids)

    def claims(self, item_id: str) -> list[str]:
        """Return the ids of the live tickets of an item, those of further pieces included."""
        live = Ticket.select(Ticket.id).where(Ticket.item == item_id, Ticket.state == TicketState.RESERVED)
        return [ticket_id for (ticket_id,) in list(live.order_by(Ticket.id).tuples().execute(self._store.db))]

    def move(self, ticket_id: str, item_id: str) -> str:
        """Move a live ticket to another item, inside the caller's transaction; returns its new state: "conflicted" if
        no unit is free."""
        try:
            [unit] = self._free_units(item_id, 1)
            changes = {"item": item_id, "unit": unit, "state": TicketState.RESERVED}
        except ItemTaken:
            changes = {"item": item_id, "state": TicketState.CONFLICTED}
        Ticket.update(**changes).where(Ticket.id == ticket_id).execute(self._store.db)
        return str(changes["state"])

    def _change(self, journal: Journal, ticket_id: str, item_id: str, state: str, now: datetime, who: str) -> None:
        Ticket.update(state=state, ended_at=now).where(Ticket.id == ticket_id).execute(self._store.db)
        self._settle(item_id)
        journal.append(f"ticket.{state}", who, {"ticket": ticket_id, "item": item_id})

    def _settle(self, item_id: str) -> None:
        settle(self._store.db, item_id, self._zone)

    def _free_units(self, item_id: str, count: int, *, anew: bool = False) -> list[int]:
        """Return free units; with `anew` of a set only all. Raises UnknownItem, ItemTaken, SetTogether."""
        sql = f"""SELECT quantity, item.state, together, unit FROM item
                  LEFT JOIN ticket ON item = item.id
                       AND ticket.state IN ('{TicketState.RESERVED}', '{TicketState.COLLECTED}') WHERE item.id = ?"""
        found = self._store.db.execute_sql(sql, (item_id,)).fetchall()
        if not found:
            raise UnknownItem()
        quantity, state, together, _ = found[0]
        if anew and together and count != quantity:
            raise SetTogether()
        free = sorted({*range(1, quantity + 1)} - {row[-1] for row in found})
        if len(free) < count or state == ItemState.WITHDRAWN:
            raise ItemTaken()
        return free[:count]

    def _view(self, field: str, value: str) -> TicketView:
        row = prepared.one(self._store.db, Ticket, field, value)
        if row is None:
            raise UnknownCode()
        [item] = self._goods.cards([row.item])
        return TicketView(
            row.id,
            row.code,
            item,
            row.state,
            row.deadline,
            row.language,
            bool(row.provisional),
            row.ended_at,
            bool(row.given_twice),
            self._pieces(row),
            row.number,
        )

    def _pieces(self, row: Any) -> int:
        sql = "SELECT 1 + count(*) FROM ticket WHERE bundle = ? AND state = ?"
        return int(self._store.db.execute_sql(sql, (row.id, row.state)).fetchone()[0])


def _ids(pieces: int, now: datetime) -> list[str]:
    """Return new ticket ids. Raises BadValue for a number of pieces outside 1 to MOST_PIECES."""
    if not 1 <= pieces <= MOST_PIECES:
        raise BadValue(field="pieces", value=pieces)
    return [new_id(now) for _ in range(pieces)]


def _bundle(ticket_id: str, ids: Sequence[str]) -> str | None:
    """Return the id of the first piece for the others, None for the first."""
    return None if ticket_id == ids[0] else ids[0]
