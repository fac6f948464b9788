"""Views of items for the screens, and the only function that decides an item's state."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import peewee

from kiosk import clock
from kiosk.codes.codes import Code
from kiosk.data.models import Item
from kiosk.journal import Journal
from kiosk.vocabulary import things
from kiosk.vocabulary.states import ItemState, TicketState

from .categories import CategoryView

#: Upper limit of pieces on one ticket, and of pieces of a set.
MOST_PIECES = 20


@dataclass(frozen=True)
class ItemCard:
    """A card in the browse grid. `photo` is a content hash; `state` "available", "reserved", "given" or "withdrawn";
    `centre` the neighbouring centre that has it, "" for this one."""

    id: str
    names: dict[str, str]
    category: str
    size: str
    photo: str | None
    state: str
    is_new: bool
    centre: str = ""


@dataclass(frozen=True)
class ItemView:
    """An item with all details. `kg` is the weight of the whole lot, kilograms; `left` the unclaimed units of
    `quantity`; `deadline` (aware UTC) when the first live ticket expires; `reason` why it was withdrawn;
    `together`: a set, given only as a whole; `own`: the centre's own category that it is in, or None."""

    id: str
    label_code: Code
    thing: str | None
    names: dict[str, str]
    category: str
    size: str
    age_group: str
    condition: str
    place: str
    quantity: int
    left: int
    kg: float | None
    arrived_on: date
    state: str
    photos: tuple[str, ...]
    deadline: datetime | None
    is_new: bool
    reason: str | None = None
    together: bool = False
    own: CategoryView | None = None

    @property
    def most(self) -> int:
        """The most pieces that one ticket can be for now."""
        free = 0 if self.state == ItemState.WITHDRAWN else self.left
        return free if self.together else min(free, MOST_PIECES)

    @property
    def least(self) -> int:
        """The fewest pieces that one ticket can be for: all of a set."""
        return self.quantity if self.together else 1


def card(row: tuple[Any, ...], since: str) -> ItemCard:
    """Return the card of a row (id, thing, names, category, size, state, arrived_on, photo); new after day `since`."""
    item_id, thing, names, category, size, state, arrived_on, photo = row
    known = things().get(thing or "")
    shown = json.loads(names) if names else (known.names if known else {})
    return ItemCard(item_id, shown, category, size, photo, state, arrived_on > since)


def mark_labelled(db: peewee.SqliteDatabase, journal: Journal, item_id: str, who: str) -> None:
    """Note once that an item is labelled. Runs inside the caller's transaction."""
    bare = Item.update(labelled=True).where(Item.id == item_id, Item.labelled == 0)
    if bare.execute(db):
        journal.append("item.labelled", who, {"item": item_id, "labelled": True})


def _state_of(quantity: int, collected: int, reserved: int) -> ItemState:
    if collected >= quantity:
        return ItemState.GIVEN
    return ItemState.RESERVED if collected + reserved >= quantity else ItemState.AVAILABLE


def settle(db: peewee.SqliteDatabase, item_id: str, zone: ZoneInfo) -> str:
    """Set the state of an item from its tickets and return it; one of which all was given has the local date of the last
    hand-over. Runs inside the transaction that changed a ticket."""
    sql = f"""SELECT quantity, state,
                     (SELECT max(ended_at) FROM ticket WHERE item = item_.id AND state = '{TicketState.COLLECTED}'),
                     (SELECT count(*) FROM ticket WHERE item = item_.id AND state = '{TicketState.COLLECTED}'),
                     (SELECT count(*) FROM ticket WHERE item = item_.id AND state = '{TicketState.RESERVED}')
              FROM item AS item_ WHERE id = ?"""
    [(quantity, old, last, collected, reserved)] = db.execute_sql(sql, (item_id,)).fetchall()
    if old == ItemState.WITHDRAWN:
        return str(old)
    state = _state_of(quantity, collected, reserved)
    given_on = clock.local_date(clock.parse(last), zone).isoformat() if state == ItemState.GIVEN else None
    if state != old:
        db.execute_sql("UPDATE item SET state = ?, given_on = ? WHERE id = ?", (state, given_on, item_id))
    return state
