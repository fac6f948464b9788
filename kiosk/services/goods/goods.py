"""Goods: take in, browse, show one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from kiosk import clock
from kiosk.codes.codes import Code, Kind, code_from_number
from kiosk.data import new_id
from kiosk.data.models import Item, Photo
from kiosk.errors import BadValue, LabelTaken, UnknownCode, UnknownItem
from kiosk.journal import Store
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary import CATEGORIES, things
from kiosk.vocabulary.states import ItemState, TicketState

from .categories import IN_USE, resolved
from .categories import known as known_category
from .items import MOST_PIECES, ItemCard, ItemView, card
from .neighbour_goods import NeighbourGoodsService
from .search import SearchIndex

AGE_GROUPS = ("", "adult", "child", "baby")
CONDITIONS = ("new", "good", "worn", "needs_repair")
#: States shown on the shelves, in this order.
SHOWN = (ItemState.AVAILABLE, ItemState.RESERVED, ItemState.GIVEN)
#: Days for which a given-away item is still shown.
GIVEN_SHOWN_DAYS = 7
LARGEST_LOT = 1000
#: Counter of label codes.
COUNTER = "last_label"


class GoodsService:
    """Items on the shelves."""

    def __init__(
        self, store: Store, settings: Settings, *, search: SearchIndex, neighbour_goods: NeighbourGoodsService
    ) -> None:
        self._store = store
        self._new_days = settings.goods.new_days
        self._zone = clock.zone(settings.centre.timezone)
        self._search, self._neighbour_goods = search, neighbour_goods

    @needs("goods")
    def add(
        self,
        *,
        now: datetime,
        who: str,
        category: str,
        thing: str | None = None,
        names: dict[str, str] | None = None,
        size: str = "",
        age_group: str = "",
        condition: str = "good",
        place: str = "",
        quantity: int = 1,
        kg: float | None = None,
        photos: Sequence[str] = (),
        number: str | None = None,
        donation: str | None = None,
        arrived_on: date | None = None,
        mark: str = "",
        together: bool = False,
    ) -> ItemView:
        """Take an item in and assign the next label code. `kg` is the weight of the whole lot, `mark` the fingerprint
        of an imported row; `together`: a set, given only as a whole; `category` may be the id of an own one. Raises
        BadValue, and LabelTaken when `number` is in use."""
        category, own = resolved(self._store.db, category)
        check_item(category, thing, names, age_group, condition, quantity, kg, together)
        item_id, db = new_id(now), self._store.db
        with self._store.write(now) as journal:
            if number and Item.select().where(Item.number == number).exists(db):
                raise LabelTaken(label=number)
            values: dict[str, Any] = {
                "label_code": self._next_label(),
                "thing": thing,
                "names": names or None,
                "category": category,
                "size": size,
                "age_group": age_group,
                "condition": condition,
                "place": place,
                "quantity": quantity,
                "kg": kg,
                "arrived_on": arrived_on or clock.local_date(now, self._zone),
                "number": number or None,
                "donation": donation,
                "together": together,
                "own_category": own,
            }
            Item.insert(id=item_id, state=ItemState.AVAILABLE, seen_at=now, **values).execute(db)
            for position, photo in enumerate(photos):
                Photo.insert(item=item_id, position=position, hash=photo).execute(db)
            self._search.index(item_id)
            payload = values | {"item": item_id, "arrived_on": values["arrived_on"].isoformat(), "photos": list(photos)}
            journal.append("item.added", who, payload | ({"mark": mark} if mark else {}))
            return self._view(item_id, now)

    def marks(self) -> Counter[str]:
        """Return how many items were imported by each mark, those gone since included."""
        sql = """SELECT json_extract(payload, '$.mark') FROM journal
                 WHERE kind = 'item.added' AND json_extract(payload, '$.mark') IS NOT NULL"""
        return Counter(mark for (mark,) in self._store.db.execute_sql(sql))

    def has_number(self, number: str) -> bool:
        """Return whether some item has the centre's own `number`."""
        return bool(Item.select().where(Item.number == number).exists(self._store.db))

    def by_label(self, code: Code, now: datetime | None = None) -> ItemView:
        """Return the item with this label code; that of a merged duplicate returns the item it was merged into. Raises
        UnknownCode."""
        rows = Item.select(Item.id, Item.merged_into).where(Item.label_code == code).tuples()
        found = next(iter(rows.execute(self._store.db)), None)
        if found is None:
            raise UnknownCode()
        return self.item(found[1] or found[0], now)

    def like(self, item_id: str, today: date, n: int = 3) -> list[ItemCard]:
        """Return up to `n` available items of the same kind of thing, else of the same own category, else of the same
        category."""
        sql = f"""SELECT other.id FROM item JOIN item AS other ON other.category = item.category AND other.id <> item.id
                 WHERE item.id = ? AND other.state = '{ItemState.AVAILABLE}'
                 ORDER BY other.thing IS NOT item.thing, other.own_category IS NOT item.own_category, other.age_group <> item.age_group, other.size <> item.size,
                          other.arrived_on DESC, other.id DESC LIMIT ?"""
        return self.cards([row[0] for row in self._store.db.execute_sql(sql, (item_id, n)).fetchall()])

    def find(
        self,
        *,
        today: date,
        text: str = "",
        category: str | None = None,
        age_group: str | None = None,
        new_only: bool = False,
        free_only: bool = False,
        most: int | None = None,
    ) -> list[str]:
        """Return up to `most` ids of items on the shelves: available, then reserved, then recently given away, each
        newest first. With `text`, best match first, without those given away. `category` may be the id of an own one; what
        stands in an own one is not on the shelf of the category it is a part of, but is found there by `text`."""
        since = today - timedelta(days=self._new_days) if new_only else None
        with self._store.read():
            if text.strip():
                return self._search_for(text, category, age_group, since, free_only, most)
            found: list[str] = []
            for state in SHOWN[:1] if free_only else SHOWN:
                given_since = today - timedelta(days=GIVEN_SHOWN_DAYS) if state == ItemState.GIVEN else None
                limits = (
                    (_on_shelf(category), category),
                    ("age_group = ?", age_group),
                    ("arrived_on > ?", since),
                    ("given_on >= ?", given_since),
                )
                chosen = [(condition, str(value)) for condition, value in limits if value]
                where = " AND ".join(["state = ?", *(condition for condition, _ in chosen)])
                sql = f"SELECT id FROM item WHERE {where} ORDER BY arrived_on DESC, id DESC LIMIT ?"
                values = [state, *(value for _, value in chosen), -1 if most is None else most - len(found)]
                found += [item_id for (item_id,) in self._store.db.execute_sql(sql, values)]
            return found

    def _search_for(
        self,
        text: str,
        category: str | None,
        age_group: str | None,
        since: date | None,
        free_only: bool,
        most: int | None,
    ) -> list[str]:
        sql = f"SELECT id FROM item WHERE state = '{ItemState.RESERVED}'"
        reserved = {item_id for (item_id,) in self._store.db.execute_sql(sql)}
        enough = None if most is None else most + len(reserved)
        found: list[str] = []
        for items in self._search.find(text, (category, age_group), since, enough):
            found += [item_id for item_id in items if item_id not in reserved]
            if most is not None and len(found) >= most:
                return found[:most]
            if not free_only:
                found += [item_id for item_id in items if item_id in reserved]
        return found[:most]

    def cards(self, ids: Sequence[str], now: datetime | None = None) -> list[ItemCard]:
        """Return the cards of `ids`, in that order; unknown ids are skipped."""
        if not ids:
            return []
        marks = ",".join("?" * len(ids))
        sql = f"""SELECT item.id, thing, names, category, size, state, arrived_on, hash FROM item
                  LEFT JOIN photo ON photo.item = item.id AND photo.position = 0 WHERE item.id IN ({marks})"""
        today = clock.local_date(now or clock.utc_now(), self._zone)
        since = (today - timedelta(days=self._new_days)).isoformat()
        rows = {row[0]: card(row, since) for row in self._store.db.execute_sql(sql, list(ids))}
        if len(rows) < len(ids):
            rows |= self._neighbour_goods.cards([item_id for item_id in ids if item_id not in rows], today)
        return [rows[item_id] for item_id in ids if item_id in rows]

    def item(self, item_id: str, now: datetime | None = None) -> ItemView:
        """Return an item with all its details. Raises UnknownItem."""
        with self._store.read():
            return self._view(item_id, now or clock.utc_now())

    def counts(self, *, today: date) -> dict[str, int]:
        """Return the number of available items by category, by own category in use, and under "new" and "all"."""
        db = self._store.db
        sql = f"SELECT category, count(*) FROM item WHERE state = '{ItemState.AVAILABLE}' GROUP BY category"
        found = dict.fromkeys(CATEGORIES, 0) | dict(db.execute_sql(sql).fetchall())
        whole = sum(found.values())
        sql = f"""SELECT own_category, category, count(*) FROM item WHERE own_category IN ({IN_USE})
                  AND state = '{ItemState.AVAILABLE}' GROUP BY own_category, category"""
        for own, category, count in db.execute_sql(sql).fetchall():
            found |= {own: found.get(own, 0) + count, category: found[category] - count}
        since = (today - timedelta(days=self._new_days)).isoformat()
        sql = f"SELECT count(*) FROM item WHERE state = '{ItemState.AVAILABLE}' AND arrived_on > ?"
        [(new,)] = db.execute_sql(sql, (since,)).fetchall()
        return found | {"new": new, "all": whole}

    def newest(self, n: int, now: datetime | None = None) -> list[ItemCard]:
        """Return the `n` newest available items with a picture."""
        sql = f"""SELECT id FROM item WHERE state = '{ItemState.AVAILABLE}'
                 AND EXISTS (SELECT 1 FROM photo WHERE photo.item = item.id) ORDER BY arrived_on DESC, id DESC LIMIT ?"""
        return self.cards([item_id for (item_id,) in self._store.db.execute_sql(sql, (n,)).fetchall()], now)

    def _next_label(self) -> str:
        return code_from_number(Kind.ITEM, self._store.next_code_number(COUNTER))

    def _view(self, item_id: str, now: datetime) -> ItemView:
        db = self._store.db
        row = next(iter(Item.select().where(Item.id == item_id).execute(db)), None)
        if row is None:
            raise UnknownItem()
        photos = Photo.select(Photo.hash).where(Photo.item == item_id).order_by(Photo.position).tuples().execute(db)
        sql = f"""SELECT count(*), min(CASE state WHEN '{TicketState.RESERVED}' THEN deadline END) FROM ticket
                 WHERE item = ? AND state IN ('{TicketState.RESERVED}', '{TicketState.COLLECTED}')"""
        [(claimed, deadline)] = db.execute_sql(sql, (item_id,)).fetchall()
        since = clock.local_date(now, self._zone) - timedelta(days=self._new_days)
        known = things().get(row.thing or "")
        return ItemView(
            id=row.id,
            label_code=row.label_code,
            thing=row.thing,
            names=row.names or (known.names if known else {}),
            category=row.category,
            size=row.size,
            age_group=row.age_group,
            condition=row.condition,
            place=row.place,
            quantity=row.quantity,
            left=row.quantity - claimed,
            kg=row.kg,
            arrived_on=row.arrived_on,
            state=row.state,
            photos=tuple(photo for (photo,) in photos),
            deadline=clock.parse(deadline) if deadline else None,
            is_new=row.arrived_on > since,
            reason=row.reason,
            together=bool(row.together),
            own=known_category(db, row.own_category),
        )


def _on_shelf(category: str | None) -> str:
    """Return the SQL condition "the item stands on the shelf of" a category, or of an own one by its id."""
    if category not in CATEGORIES:
        return "own_category = ?"
    return f"category = ? AND (own_category IS NULL OR own_category NOT IN ({IN_USE}))"


def check_item(
    category: str,
    thing: str | None,
    names: dict[str, str] | None,
    age_group: str,
    condition: str,
    quantity: int,
    kg: float | None,
    together: bool,
) -> None:
    """Raise BadValue for invalid values of an item."""
    rules = (
        ("category", category, category in CATEGORIES),
        ("thing", thing, thing in things() if thing else bool(names)),
        ("age_group", age_group, age_group in AGE_GROUPS),
        ("condition", condition, condition in CONDITIONS),
        ("quantity", quantity, 1 <= quantity <= LARGEST_LOT),
        ("kg", kg, kg is None or 0 < kg < 10_000),
        ("quantity", quantity, not together or quantity <= MOST_PIECES),
    )
    for field, value, holds in rules:
        if not holds:
            raise BadValue(field=field, value=value)
