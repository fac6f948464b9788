"""Goods of neighbouring centres: shown with the centre's name; a visitor asks for them there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.data.models import NeighbourItem
from kiosk.errors import UnknownItem
from kiosk.journal import Store
from kiosk.settings import Settings
from kiosk.vocabulary import things
from kiosk.vocabulary.states import ItemState

from .items import ItemCard
from .search import words_of


@dataclass(frozen=True)
class NeighbourItemView:
    """An item of the neighbouring `centre`. `photo` is a content hash."""

    id: str
    centre: str
    names: dict[str, str]
    category: str
    size: str
    age_group: str
    condition: str
    photo: str | None


class NeighbourGoodsService:
    """Reads neighbours' items; none while this centre does not show them."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._db, self._shown, self._new_days = store.db, settings.goods.neighbours, settings.goods.new_days

    def find(
        self,
        *,
        today: date,
        text: str = "",
        category: str | None = None,
        age_group: str | None = None,
        new_only: bool = False,
    ) -> list[str]:
        """Return the ids of available items of neighbouring centres, newest first; every word of `text` is a prefix of
        a word of the names."""
        if not self._shown:
            return []
        query = NeighbourItem.select().order_by(NeighbourItem.arrived_on.desc(), NeighbourItem.id.desc())
        for column, value in ((NeighbourItem.category, category), (NeighbourItem.age_group, age_group)):
            if value:
                query = query.where(column == value)
        if new_only:
            query = query.where(NeighbourItem.arrived_on > today - timedelta(days=self._new_days))
        asked = words_of([text])
        return [row.id for row in query.execute(self._db) if _named(row, asked)]

    def cards(self, ids: Sequence[str], today: date) -> dict[str, ItemCard]:
        """Return the cards of those `ids` that are neighbours' items."""
        since = today - timedelta(days=self._new_days)
        rows = NeighbourItem.select().where(NeighbourItem.id.in_(list(ids))).execute(self._db)
        return {
            row.id: ItemCard(
                row.id,
                _names(row),
                row.category,
                row.size,
                row.photo,
                ItemState.AVAILABLE,
                row.arrived_on > since,
                row.centre,
            )
            for row in rows
        }

    def item(self, item_id: str) -> NeighbourItemView:
        """Return a neighbour's item with all known details. Raises UnknownItem."""
        row = next(iter(NeighbourItem.select().where(NeighbourItem.id == item_id).execute(self._db)), None)
        if row is None or not self._shown:
            raise UnknownItem()
        return NeighbourItemView(
            row.id, row.centre, _names(row), row.category, row.size, row.age_group, row.condition, row.photo
        )


def _names(row: NeighbourItem) -> dict[str, str]:
    known = things().get(row.thing or "")
    return dict(row.names or (known.names if known else {}))


def _named(row: NeighbourItem, asked: set[str]) -> bool:
    known = things().get(row.thing or "")
    words = words_of([*(row.names or {}).values(), *(known.words if known else ())])
    return all(any(word.startswith(begin) for word in words) for begin in asked)
