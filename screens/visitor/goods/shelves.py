"""The shelves: categories as pictures, with the number of available items."""

from __future__ import annotations

from typing import Any

from kivy.properties import NumericProperty, ObjectProperty, StringProperty

from kiosk.services import CategoryView
from kiosk.services.goods.categories import in_order
from screens.frame.screen import KioskScreen
from screens.widgets.buttons import PictureButton
from screens.widgets.choices import evenly
from screens.words.goods import CATEGORY_WORDS


class CategoryTile(PictureButton):
    """A category as a picture, with its number of items."""

    key = StringProperty("other")
    message = StringProperty()
    own = ObjectProperty(None, allownone=True)
    count = NumericProperty(0)


class ShelvesScreen(KioskScreen):
    """Opens the photo grid of a category, of everything, or of this week's items."""

    own: list[CategoryView]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._place([])

    def open(self, **values: Any) -> None:
        day, services = self.app.local_day(self.app.now()), self.app.services
        self.app.work(
            lambda: (services.goods.counts(today=day), services.categories.offered()), self.latest(self._show)
        )

    def on_return(self) -> None:
        self.open()

    def _show(self, found: tuple[dict[str, int], list[CategoryView]]) -> None:
        counts, own = found
        if own != self.own:
            self._place(own)
        for tile in self.ids.tiles.buttons:
            tile.count = counts.get(tile.key, 0)

    def _place(self, own: list[CategoryView]) -> None:
        """Lay out the tiles of the centre's categories with its `own` ones."""
        self.own = own
        ours, tiles = self.app.settings.goods.categories, []
        for one in ("new", *in_order(ours, own), "all"):
            if isinstance(one, str):
                tile = CategoryTile(key=one, message=CATEGORY_WORDS[one])
            else:
                tile = CategoryTile(key=one.id, own=one)
            tile.bind(on_release=lambda tile: self.app.shell.go("goods", shelf=tile.key, own=tile.own))
            tiles.append(tile)
        grid = self.ids.tiles
        grid.columns, grid.columns_upright = evenly(len(tiles)), 4 if len(tiles) > 18 else 3
        grid.fill(tiles)
