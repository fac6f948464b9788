"""Changes to items on the shelves by staff: edit, withdraw, put back, merge duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kiosk import clock
from kiosk.data.models import Item, Photo, Ticket
from kiosk.errors import BadValue, ItemWithdrawn, SameItem
from kiosk.journal import Journal, Store
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import ItemState, TicketState, WithdrawReason

from .categories import known, resolved
from .goods import GoodsService, check_item
from .items import ItemView, settle
from .search import SearchIndex
from .tickets import TicketService

#: Reasons to withdraw an item that was not given away.
REASONS: tuple[str, ...] = tuple(WithdrawReason)
#: Fields of an item that can be edited.
FIELDS = (
    "category",
    "thing",
    "names",
    "size",
    "age_group",
    "condition",
    "place",
    "quantity",
    "kg",
    "together",
    "own_category",
)


class ShelfService:
    """Changes existing items."""

    def __init__(
        self, store: Store, settings: Settings, *, goods: GoodsService, tickets: TicketService, search: SearchIndex
    ) -> None:
        self._store = store
        self._goods, self._tickets, self._search = goods, tickets, search
        self._zone = clock.zone(settings.centre.timezone)

    @needs("goods")
    def edit(
        self, *, item_id: str, now: datetime, who: str, photos: Sequence[str] | None = None, **changes: Any
    ) -> ItemView:
        """Change FIELDS of an item, and its photos if given; `category` may be the id of an own one. The quantity of a lot
        cannot go below the units already claimed. Raises UnknownItem, BadValue."""
        unknown = set(changes) - set(FIELDS)
        if unknown:
            raise TypeError(f"no field of an item: {', '.join(sorted(unknown))}")
        db = self._store.db
        with self._store.write(now) as journal:
            item = self._goods._view(item_id, now)
            row = next(iter(Item.select().where(Item.id == item_id).execute(db)))
            if "category" in changes:
                changes |= self._sorted(row, changes["category"])
            said = {name: changes.get(name, getattr(row, name)) for name in FIELDS}
            check_item(
                said["category"],
                said["thing"],
                said["names"],
                said["age_group"],
                said["condition"],
                said["quantity"],
                said["kg"],
                said["together"],
            )
            self._number_anew(item_id, said["quantity"])
            changed = {name: value for name, value in said.items() if value != getattr(row, name)}
            if changed:
                Item.update(**changed).where(Item.id == item_id).execute(db)
                self._search.index(item_id)
                settle(db, item_id, self._zone)
            if photos is not None and tuple(photos) != item.photos:
                self._set_photos(item_id, photos)
                changed["photos"] = list(photos)
            if changed:
                journal.append("item.edited", who, {"item": item_id} | changed)
            return self._goods._view(item_id, now)

    @needs("goods")
    def withdraw(self, *, item_id: str, reason: str, now: datetime, who: str) -> ItemView:
        """Take an item off the shelf; its live tickets end. Raises UnknownItem, BadValue."""
        if reason not in REASONS:
            raise BadValue(field="reason", value=reason)
        with self._store.write(now) as journal:
            if self._goods._view(item_id, now).state != ItemState.WITHDRAWN:
                self._withdraw(journal, item_id, reason, now, who)
            return self._goods._view(item_id, now)

    @needs("goods")
    def put_back(self, *, item_id: str, now: datetime, who: str) -> ItemView:
        """Put a withdrawn item back; its old tickets stay ended. Raises UnknownItem, and ItemWithdrawn for a merged
        duplicate."""
        db = self._store.db
        with self._store.write(now) as journal:
            item = self._goods._view(item_id, now)
            if item.state == ItemState.WITHDRAWN:
                if item.reason == WithdrawReason.DUPLICATE:
                    raise ItemWithdrawn()
                Item.update(state=ItemState.AVAILABLE, reason=None).where(Item.id == item_id).execute(db)
                settle(db, item_id, self._zone)
                journal.append("item.put_back", who, {"item": item_id})
            return self._goods._view(item_id, now)

    @needs("goods")
    def merge(self, *, item_id: str, into: str, now: datetime, who: str) -> ItemView:
        """Merge a duplicate into the item `into`, which gets its photos; its label then resolves to `into`. A live
        ticket moves there if a unit is free, else it is in conflict.

        Raises UnknownItem, SameItem, ItemWithdrawn.
        """
        if item_id == into:
            raise SameItem()
        db = self._store.db
        with self._store.write(now) as journal:
            item, other = self._goods._view(item_id, now), self._goods._view(into, now)
            if ItemState.WITHDRAWN in (item.state, other.state):
                raise ItemWithdrawn()
            for ticket_id in self._tickets.claims(item_id):
                state = self._tickets.move(ticket_id, into)
                journal.append("ticket.moved", who, {"ticket": ticket_id, "item": into, "state": state})
            photos = list(dict.fromkeys((*other.photos, *item.photos)))
            self._set_photos(into, photos)
            journal.append("item.edited", who, {"item": into, "photos": photos})
            self._withdraw(journal, item_id, WithdrawReason.DUPLICATE, now, who, into)
            Item.update(merged_into=into).where((Item.id == item_id) | (Item.merged_into == item_id)).execute(db)
            settle(db, into, self._zone)
            return self._goods._view(into, now)

    def _withdraw(
        self, journal: Journal, item_id: str, reason: str, now: datetime, who: str, into: str | None = None
    ) -> None:
        self._tickets.end_all(journal, item_id, now, who)
        Item.update(state=ItemState.WITHDRAWN, reason=reason, given_on=None).where(Item.id == item_id).execute(
            self._store.db
        )
        journal.append("item.withdrawn", who, {"item": item_id, "reason": reason, "into": into})

    def _sorted(self, row: Item, key: str) -> dict[str, str | None]:
        """Return the categories of an item that is put into `key`. An own one that is not known here yet stays when the
        category it is a part of does."""
        category, own = resolved(self._store.db, key)
        if own is None and category == row.category and known(self._store.db, row.own_category) is None:
            own = row.own_category
        return {"category": category, "own_category": own}

    def _number_anew(self, item_id: str, quantity: int) -> None:
        """Give claimed units beyond `quantity` the numbers of free ones. Raises BadValue when more are claimed."""
        which = (Ticket.item == item_id) & Ticket.state.in_((TicketState.RESERVED, TicketState.COLLECTED))
        claimed = dict(Ticket.select(Ticket.unit, Ticket.id).where(which).tuples().execute(self._store.db))
        if quantity < len(claimed):
            raise BadValue(field="quantity", value=quantity)
        free = sorted({*range(1, quantity + 1)} - claimed.keys())
        for unit, ticket_id in claimed.items():
            if unit > quantity:
                Ticket.update(unit=free.pop()).where(Ticket.id == ticket_id).execute(self._store.db)

    def _set_photos(self, item_id: str, photos: Sequence[str]) -> None:
        db = self._store.db
        Photo.delete().where(Photo.item == item_id).execute(db)
        for position, photo in enumerate(photos):
            Photo.insert(item=item_id, position=position, hash=photo).execute(db)
