"""The centre's own categories of things."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from kiosk.services.goods.categories import category_name
from screens.widgets.lists import Line

from .base import StaffScreen


class CategoriesScreen(StaffScreen):
    """Lists the own categories, those in use first, in the order of the shelves."""

    lines = ListProperty(None, allownone=True)
    categories: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.reset()
        self.look()

    def on_return(self) -> None:
        self.look()

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._list()

    def look(self) -> None:
        """Reload the list."""
        self.do("goods", lambda who: self.app.services.categories.all(), self._show)

    def _show(self, categories: Any) -> None:
        self.categories = {category.id: category for category in categories}
        self._list()

    def _list(self) -> None:
        tr = self.app.tr
        self.lines = [
            Line(
                category.id,
                tr.name(category.names),
                tr("Counted in: {category}", category=category_name(category.part_of, tr.language)),
                "" if category.active else tr._("Not in use"),
                icon="" if category.photo else "shape_outline",
                photo=category.photo,
            )
            for category in self.categories.values()
        ]

    def choose(self, category_id: str) -> None:
        self.app.shell.go("category", category=self.categories[category_id])

    def reset(self) -> None:
        self.lines = None
        self.categories = {}
