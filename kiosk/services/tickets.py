"""Tickets: one live claim on each thing, kept by a constraint of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import peewee

from kiosk import clock
from kiosk.codes.codes import Kind, new_code, parse
from kiosk.data import Journal, Store, new_id
from kiosk.data.models import Item, Ticket
from kiosk.errors import ItemTaken, TicketClosed, TicketLimit, UnknownCode, UnknownItem
from kiosk.settings import Settings

from .goods import Goods
from .items import ItemCard, settle
from .opening import Opening


@dataclass(frozen=True)
class TicketView:
    """A claim. `state` is "reserved", "collected", "expired", "cancelled" or "conflicted"; `deadline` aware UTC."""

    id: str
    code: str
    item: ItemCard
    state: str
    deadline: datetime
    language: str
    provisional: bool


class Tickets:
    """Reserving, giving back, handing over, running out."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._limit = settings.tickets.limit
        self._opening = Opening(store, settings)
        self._goods = Goods(store, settings)
        self._zone = clock.zone(settings.centre.timezone)

    def reserve(self, *, item_id: str, language: str, now: datetime, held: Sequence[str]) -> TicketView:
        """Take a ticket for one unit of the item, until the next opening day closes. `held` are the ticket ids of this
        visitor; no more of them may be live than the settings allow.

        Raises UnknownItem, TicketLimit, ItemTaken.
        """
        db = self._store.db
        try:
            with self._store.write(now) as journal:
                self._expire(journal, now)
                live = Ticket.select().where(Ticket.id.in_(list(held)), Ticket.state == "reserved").count(db)
                if live >= self._limit:
                    raise TicketLimit(limit=self._limit)
                ticket_id = new_id(now)
                Ticket.insert(
                    id=ticket_id,
                    code=new_code(Kind.TICKET),
                    item=item_id,
                    unit=self._free_unit(item_id),
                    state="reserved",
                    language=language,
                    created_at=now,
                    deadline=self._opening.deadline(now),
                ).execute(db)
                self._settle(item_id, now)
                journal.append(
                    "ticket.reserved", "visitor", {"ticket": ticket_id, "item": item_id, "language": language}
                )
                return self._view(Ticket.id == ticket_id)
        except peewee.IntegrityError as error:
            raise ItemTaken() from error

    def by_code(self, code: str, now: datetime) -> TicketView:
        """Return the ticket with this code, as typed or scanned. Raises BadCode, UnknownCode."""
        parsed = parse(code)
        if parsed.kind is not Kind.TICKET:
            raise UnknownCode()
        self.expire_due(now)
        with self._store.read():
            return self._view(Ticket.code == parsed.text)

    def cancel(self, *, code: str, now: datetime, who: str = "visitor") -> TicketView:
        """Give a reservation back; given back already is the same. Raises BadCode, UnknownCode, TicketClosed."""
        return self._end(code, "cancelled", now, who)

    def hand_over(self, *, code: str, now: datetime, who: str) -> TicketView:
        """Note that the thing was handed over. Raises BadCode, UnknownCode, TicketClosed."""
        return self._end(code, "collected", now, who)

    def expire_due(self, now: datetime) -> int:
        """Free every reservation whose deadline has passed; returns how many."""
        due = Ticket.select().where(Ticket.state == "reserved", Ticket.deadline <= now).exists(self._store.db)
        if not due:
            return 0
        with self._store.write(now) as journal:
            return self._expire(journal, now)

    def _end(self, code: str, state: str, now: datetime, who: str) -> TicketView:
        parsed = parse(code)
        with self._store.write(now) as journal:
            self._expire(journal, now)
            ticket = self._view(Ticket.code == parsed.text)
            if ticket.state == state:
                return ticket
            if ticket.state != "reserved":
                raise TicketClosed()
            self._change(journal, ticket.id, ticket.item.id, state, now, who)
            return self._view(Ticket.id == ticket.id)

    def _expire(self, journal: Journal, now: datetime) -> int:
        due = list(
            Ticket.select(Ticket.id, Ticket.item)
            .where(Ticket.state == "reserved", Ticket.deadline <= now)
            .tuples()
            .execute(self._store.db)
        )
        for ticket_id, item_id in due:
            self._change(journal, ticket_id, item_id, "expired", now, "clock")
        return len(due)

    def _change(self, journal: Journal, ticket_id: str, item_id: str, state: str, now: datetime, who: str) -> None:
        Ticket.update(state=state).where(Ticket.id == ticket_id).execute(self._store.db)
        self._settle(item_id, now)
        journal.append(f"ticket.{state}", who, {"ticket": ticket_id, "item": item_id})

    def _settle(self, item_id: str, now: datetime) -> None:
        settle(self._store.db, item_id, clock.local_date(now, self._zone))

    def _free_unit(self, item_id: str) -> int:
        db = self._store.db
        row = next(iter(Item.select(Item.quantity, Item.state).where(Item.id == item_id).tuples().execute(db)), None)
        if row is None:
            raise UnknownItem()
        quantity, state = row
        claims = Ticket.select(Ticket.unit).where(Ticket.item == item_id, Ticket.state.in_(("reserved", "collected")))
        taken = {unit for (unit,) in claims.tuples().execute(db)}
        unit = next((unit for unit in range(1, quantity + 1) if unit not in taken), None)
        if unit is None or state == "withdrawn":
            raise ItemTaken()
        return unit

    def _view(self, which: peewee.Expression) -> TicketView:
        row = next(iter(Ticket.select().where(which).execute(self._store.db)), None)
        if row is None:
            raise UnknownCode()
        [item] = self._goods.cards([row.item])
        return TicketView(row.id, row.code, item, row.state, row.deadline, row.language, bool(row.provisional))
