"""The centre's own categories of things."""

from __future__ import annotations

from kiosk.services import CategoryView
from kiosk.services.goods.categories import category_name
from screens.widgets.lists import Line

from .own_list import OwnListScreen


class CategoriesScreen(OwnListScreen):
    """Lists the own categories, those in use first, in the order of the shelves."""

    def find(self) -> list[CategoryView]:
        return self.app.services.categories.all()

    def line_of(self, one: CategoryView) -> Line:
        tr = self.app.tr
        return Line(
            one.id,
            tr.name(one.names),
            tr("Counted in: {category}", category=category_name(one.part_of, tr.language)),
            "" if one.active else tr._("Not in use"),
            icon="" if one.photo else "shape_outline",
            photo=one.photo,
        )

    def choose(self, category_id: str) -> None:
        self.app.shell.go("category", category=self.kept[category_id])
