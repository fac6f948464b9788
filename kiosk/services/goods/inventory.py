"""The inventory: search of all items by word, code, number or place, labelled or not, and stock counts.

A count has a start time: an item on the shelves that was not seen since then is missing. So several people, also on
several tablets, can count at once, and a power cut loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from kiosk import clock
from kiosk.codes.codes import Code
from kiosk.data import new_id
from kiosk.data.models import Item, StockCount
from kiosk.errors import BadValue
from kiosk.journal import Store
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary import things
from kiosk.vocabulary.states import ItemState, TicketState, WishState

from .goods import GoodsService
from .items import ItemView, mark_labelled
from .search import SearchIndex, normalise
from .wishes import FITS

#: Upper limit of a list; a search with more results shows the first.
MOST = 500
#: Default age in days of the filter "old".
OLD_DAYS = 60
_HERE = f"item.state IN ('{ItemState.AVAILABLE}', '{ItemState.RESERVED}')"
#: SQL condition of each filter, with named parameters.
FILTERS = {
    "": _HERE,
    "free": f"item.state = '{ItemState.AVAILABLE}'",
    "reserved": f"item.state = '{ItemState.RESERVED}'",
    "no_photo": f"{_HERE} AND NOT EXISTS (SELECT 1 FROM photo WHERE photo.item = item.id)",
    "no_label": f"{_HERE} AND labelled = 0",
    "old": f"{_HERE} AND arrived_on <= :old",
    "wished": f"""{_HERE} AND EXISTS (
        SELECT 1 FROM wish LEFT JOIN ticket ON ticket.id = wish.ticket
        WHERE wish.state = '{WishState.HELD}' AND ticket.item = item.id
        OR wish.state = '{WishState.OPEN}' AND item.state = '{ItemState.AVAILABLE}' AND {FITS})""",
    "unseen": f"{_HERE} AND (seen_at IS NULL OR seen_at < :begun)",
    "gone": f"NOT {_HERE}",
}


@dataclass(frozen=True)
class StockView:
    """An item in an inventory list. `left` of `quantity` are available; `state` as in `ItemCard`; `labelled`: its label
    was printed or scanned."""

    id: str
    label_code: Code
    names: dict[str, str]
    category: str
    size: str
    place: str
    quantity: int
    left: int
    state: str
    photo: str | None
    labelled: bool
    arrived_on: date


@dataclass(frozen=True)
class CountView:
    """A count of the stock: how many entries on the shelves were `seen` of `total`. Times are aware UTC."""

    id: str
    begun_at: datetime
    ended_at: datetime | None
    seen: int
    total: int


class InventoryService:
    """Searches, lists and counts the stock."""

    def __init__(self, store: Store, settings: Settings, *, goods: GoodsService, search: SearchIndex) -> None:
        self._store, self._goods, self._search = store, goods, search
        self._zone = clock.zone(settings.centre.timezone)

    def find(self, *, now: datetime, text: str = "", wanted: str = "", days: int = OLD_DAYS) -> list[str]:
        """Return the ids of items that match the filter `wanted` (of FILTERS; "old": older than `days`) and `text`: a
        label code or part of it, the centre's own number, a place, or words in any language. Matches of codes and
        places come first, then the newest. Raises BadValue for an unknown filter."""
        if wanted not in FILTERS:
            raise BadValue(field="wanted", value=wanted)
        old = clock.local_date(now, self._zone) - timedelta(days=days)
        with self._store.read():
            count = self._last()
            begun = clock.utc_text(count.begun_at) if count else ""
            sql = f"""SELECT id, label_code, number, place FROM item WHERE {FILTERS[wanted]}
                      ORDER BY arrived_on DESC, id DESC"""
            rows = self._store.db.execute_sql(sql, {"old": old.isoformat(), "begun": begun}).fetchall()
            if not text.strip():
                return [row[0] for row in rows]
            named = _named(rows, text)
            through = {row[0] for row in rows}
            words = self._gone(text) if wanted == "gone" else chain(*self._search.find(text, (), None, None))
            return list(dict.fromkeys((*named, *(one for one in words if one in through))))

    def _gone(self, text: str) -> Iterable[str]:
        """Return items off the shelves in which every word of `text` occurs as part of a word; none for a text of signs
        alone."""
        words = normalise(text).split()
        if not words:
            return []
        where = " AND ".join("instr(words, ?) > 0" for _ in words)
        return [row[0] for row in self._store.db.execute_sql(f"SELECT item FROM item_text WHERE {where}", words)]

    def lines(self, ids: Sequence[str]) -> list[StockView]:
        """Return the list entries of the first MOST of `ids`, in that order."""
        ids = ids[:MOST]
        sql = f"""SELECT item.id, label_code, thing, names, category, size, place, quantity, item.state, labelled,
                  arrived_on, hash, (SELECT count(*) FROM ticket WHERE ticket.item = item.id
                  AND ticket.state IN ('{TicketState.RESERVED}', '{TicketState.COLLECTED}')) FROM item
                  LEFT JOIN photo ON photo.item = item.id AND position = 0
                  WHERE item.id IN ({",".join("?" * len(ids))})"""
        rows = {row[0]: _stock_view(row) for row in self._store.db.execute_sql(sql, ids).fetchall()}
        return [rows[item_id] for item_id in ids if item_id in rows]

    @needs("print")
    def labelled(self, *, item_ids: Sequence[str], now: datetime, who: str) -> None:
        """Note that labels of these items were printed."""
        with self._store.write(now) as journal:
            for item_id in item_ids:
                mark_labelled(self._store.db, journal, item_id, who)

    # counting

    def count(self) -> CountView | None:
        """Return the running count, else the last one, None if there was none."""
        with self._store.read():
            return self._view(self._last())

    @needs("goods")
    def begin(self, *, now: datetime, who: str) -> CountView:
        """Begin a count; a running one continues."""
        with self._store.write(now) as journal:
            row = self._last()
            if row is None or row.ended_at is not None:
                count_id = new_id(now)
                StockCount.insert(id=count_id, begun_at=now).execute(self._store.db)
                journal.append("stock.begun", who, {"stock": count_id})
            return self._sure()

    @needs("goods")
    def end(self, *, now: datetime, who: str) -> CountView | None:
        """End the running count; missing items stay listed until the next count."""
        with self._store.write(now) as journal:
            running = StockCount.select(StockCount.id).where(StockCount.ended_at.is_null()).order_by(StockCount.id)
            for (count_id,) in list(running.tuples().execute(self._store.db)):
                StockCount.update(ended_at=now).where(StockCount.id == count_id).execute(self._store.db)
                journal.append("stock.ended", who, {"stock": count_id})
            return self._view(self._last())

    @needs("hand_over")
    def see(self, *, item_id: str, now: datetime, who: str, scanned: bool) -> ItemView:
        """Note that an item was seen, and is labelled if it was `scanned`. Returns the item; one off the shelves is
        noted too, and staff decide. Raises UnknownItem."""
        with self._store.write(now) as journal:
            item = self._goods._view(item_id, now)
            labelled = {"labelled": True} if scanned else {}
            Item.update(seen_at=now, **labelled).where(Item.id == item_id).execute(self._store.db)
            journal.append("item.seen", who, {"item": item_id} | labelled)
            return item

    def _last(self) -> StockCount | None:
        """Return the earliest running count, else the last one: two tablets may have begun one each."""
        running = StockCount.select().order_by(StockCount.ended_at.is_null().desc(), StockCount.begun_at)
        found = list(running.execute(self._store.db))
        return next((row for row in found if row.ended_at is None), found[-1] if found else None)

    def _sure(self) -> CountView:
        view = self._view(self._last())
        assert view is not None
        return view

    def _view(self, row: StockCount | None) -> CountView | None:
        if row is None:
            return None
        sql = f"SELECT count(*), coalesce(sum(seen_at >= ?), 0) FROM item WHERE {_HERE}"
        [(total, seen)] = self._store.db.execute_sql(sql, (clock.utc_text(row.begun_at),)).fetchall()
        return CountView(row.id, row.begun_at, row.ended_at, seen, total)


def _named(rows: Iterable[tuple[str, str, str | None, str]], text: str) -> list[str]:
    """Return items whose code, own number or place equals `text` or starts with it, exact matches first."""
    said, bare = normalise(text.strip()), normalise(text).replace("-", "").replace(" ", "")
    found: list[tuple[bool, str]] = []
    for item_id, label, number, place in rows:
        whole = {normalise(label), normalise(number or ""), normalise(place)}
        if bare in whole or said in whole:
            found.append((False, item_id))
        elif (len(bare) > 2 and bare in normalise(label)) or said in normalise(place).split():
            found.append((True, item_id))
    return [item_id for _, item_id in sorted(found, key=lambda one: one[0])]


def _stock_view(row: tuple[Any, ...]) -> StockView:
    item_id, label, thing, names, category, size, place, quantity, state, labelled, arrived, photo, claimed = row
    known = things().get(thing or "")
    shown = json.loads(names) if names else (known.names if known else {})
    return StockView(
        item_id,
        Code(label),
        shown,
        category,
        size,
        place,
        quantity,
        quantity - claimed,
        state,
        photo,
        bool(labelled),
        date.fromisoformat(arrived),
    )
