"""The photo grid of one shelf, with search in any language and a filter of ages for clothes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.services import Services
from screens.frame.screen import KioskScreen, told_by
from screens.tools.workers import WorkerJob
from screens.widgets.photo_grid import BLOCK
from screens.words.goods import CATEGORY_WORDS


class GoodsScreen(KioskScreen):
    """Shows the items of `shelf`: a category, an `own` one by its id, "new" or "all"."""

    shelf = StringProperty("all")
    message = StringProperty(CATEGORY_WORDS["all"])
    own = ObjectProperty(None, allownone=True)
    text = StringProperty()
    age = StringProperty()
    searching = BooleanProperty(False)
    count = NumericProperty(-1)

    def __init__(self, **kwargs: Any) -> None:
        self._job: WorkerJob | None = None
        self._elsewhere: frozenset[str] = frozenset()
        self._find_soon = Clock.create_trigger(self._find)
        super().__init__(**kwargs)

    def open(self, **values: Any) -> None:
        self.shelf = values["shelf"]
        self.own, self.message = values.get("own"), CATEGORY_WORDS.get(self.shelf, "")
        self.searching = values.get("searching", False)
        self.age = ""
        self.ids.ages.chosen = []
        self.ids.entry.text = ""
        self.count = -1
        self.ids.grid.show(())
        self._find()

    def on_return(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """Repeat the query and keep the scroll position."""
        view = self.ids.grid.ids.view
        self._find(keep=view.offset)

    def typed(self, text: str) -> None:
        """Handle a change of the search text."""
        self.text = text
        self._find_soon()

    def choose_age(self, key: str) -> None:
        """Filter by the age group `key`; a second touch clears the filter."""
        self.age = "" if self.age == key else key
        self.ids.ages.chosen = [self.age] if self.age else []
        self._find()

    def _find(self, _seconds: float = 0, keep: float = 0) -> None:
        if self._job:
            self._job.cancel()
        app = self.app
        query = {
            "text": self.text,
            "category": self.shelf if self.shelf not in ("new", "all") else None,
            "age_group": self.age or None,
            "new_only": self.shelf == "new",
            "today": app.local_day(app.now()),
        }
        services = app.services
        goods = services.goods

        def page() -> tuple[list[str], list[Any]]:
            ids = goods.find(**query, most=BLOCK)
            return ids, goods.cards(ids)

        def first(found: tuple[list[str], list[Any]]) -> None:
            self.ids.grid.show(*found)
            self._job = app.work(lambda: self._ids(services, query), whole)

        def whole(ids: Sequence[str]) -> None:
            self._job = None
            self.count = len(ids)
            self.ids.grid.grow(ids)
            if keep:
                self.ids.grid.ids.view.scroll_to(keep)

        if keep:
            self._job = app.work(lambda: self._ids(services, query), whole)
        else:  # show the first results at once; the complete query may take longer
            self._job = app.work(page, first)

    def _ids(self, services: Services, query: dict[str, Any]) -> list[str]:
        """Return ids of this centre's items, then of neighbouring centres'."""
        elsewhere = services.neighbour_goods.find(**query)
        self._elsewhere = frozenset(elsewhere)
        return list(services.goods.find(**query)) + elsewhere

    def choose(self, item_id: str) -> None:
        """Open the page of `item_id`."""
        services, shell = self.app.services, self.app.shell
        page = "elsewhere" if item_id in self._elsewhere else "item"
        look = services.neighbour_goods.item if page == "elsewhere" else services.goods.item

        def found(item: Any) -> None:
            if shell.current == self.name:
                shell.go(page, item=item)

        self.app.work(lambda: look(item_id), found)

    @told_by("message", "own")
    def title(self) -> str:
        """The name of the shelf."""
        tr = self.app.tr
        return str(tr.name(self.own.names) if self.own else tr._(self.message))

    @told_by("text")
    def nothing_here(self) -> str:
        """Text of an empty shelf."""
        if self.text:
            return self.app.tr._("Nothing like that is here today")
        return self.app.tr._("This shelf is empty at the moment")

    def reset(self) -> None:
        self._find_soon.cancel()
        if self._job:
            self._job.cancel()
        self.ids.entry.text = ""
        self.text = self.age = ""
        self.ids.ages.chosen = []
        self.searching = False
        self.ids.grid.show(())
