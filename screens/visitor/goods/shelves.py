"""The shelves: categories as pictures, with the number of available items."""

from __future__ import annotations

from typing import Any

from kivy.properties import NumericProperty, StringProperty

from screens.frame.screen import KioskScreen
from screens.widgets.buttons import PictureButton
from screens.words.goods import CATEGORY_WORDS


class CategoryTile(PictureButton):
    """A category as a picture, with its number of items."""

    key = StringProperty("other")
    message = StringProperty()
    count = NumericProperty(0)


class ShelvesScreen(KioskScreen):
    """Opens the photo grid of a category, of everything, or of this week's items."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        ours = self.app.settings.goods.categories
        keys = ("new", *(key for key in CATEGORY_WORDS if key in ours), "all")
        tiles = [CategoryTile(key=key, message=CATEGORY_WORDS[key]) for key in keys]
        for tile in tiles:
            tile.bind(on_release=lambda tile: self.app.shell.go("goods", shelf=tile.key))
        self.ids.tiles.fill(tiles)

    def open(self, **values: Any) -> None:
        day = self.app.local_day(self.app.now())
        self.app.work(lambda: self.app.services.goods.counts(today=day), self._show)

    def on_return(self) -> None:
        self.open()

    def _show(self, counts: dict[str, int]) -> None:
        for tile in self.ids.tiles.buttons:
            tile.count = counts.get(tile.key, 0)
