"""The shelves: categories as pictures, each with how many free things it has."""

from __future__ import annotations

from typing import Any

from kivy.factory import Factory
from kivy.properties import DictProperty

from screens.base import KioskScreen

from .words import CATEGORY_WORDS


class Shelves(KioskScreen):
    """Leads to the photo grid of one category, of everything, or of what came this week."""

    counts = DictProperty()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for key in ("new", *(key for key in CATEGORY_WORDS if key not in ("new", "all")), "all"):
            tile = Factory.CategoryTile(key=key, message=CATEGORY_WORDS[key])
            tile.bind(on_release=lambda tile: self.app.shell.go("goods", shelf=tile.key))
            self.ids.tiles.add_widget(tile)

    def open(self, **values: Any) -> None:
        day = self.app.local_day(self.app.now())
        self.app.work(lambda: self.app.services.goods.counts(today=day), self._show)

    def returned(self) -> None:
        self.open()

    def _show(self, counts: dict[str, int]) -> None:
        for tile in self.ids.tiles.children:
            tile.count = counts.get(tile.key, 0)
