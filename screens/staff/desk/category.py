"""One category of the centre's own: its names, its picture, what it is counted in, and where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty

from kiosk.errors import N_, KioskError
from kiosk.language.translation import LANGUAGES
from kiosk.services import CategoryView
from kiosk.services.goods.categories import LONGEST_NAME, PICTURES, category_name, check_name, in_order
from kiosk.vocabulary.words import CATEGORIES as NAMES
from screens.frame.screen import told_by
from screens.visitor.help import pairing
from screens.widgets.choices import Option
from screens.widgets.lists import Line
from screens.words.desk import CATEGORIES

from .base import StaffScreen

#: What each drawn picture is of.
PICTURE_WORDS: dict[str, str] = {
    "own_bicycles": N_("Bicycles"),
    "own_winter": N_("Skates and winter sports"),
    "own_tools": N_("Tools"),
    "own_pets": N_("For pets"),
    "own_sewing": N_("Sewing"),
    **{f"category_{key}": name for key, name in NAMES.items()},
    **{f"interest_{option.key}": option.message for option in pairing.INTERESTS},
}
DRAWN = tuple(Option(name, PICTURE_WORDS[name], f"{name}.png") for name in PICTURES)
EMPTY = CategoryView("", {}, "", "", None, 0, True)


class CategoryScreen(StaffScreen):
    """A sheet; the name in the centre's language and what it is counted in are required. The latter is chosen once."""

    category = ObjectProperty(EMPTY, rebind=True)
    lines = ListProperty(None, allownone=True)
    busy = BooleanProperty(False)
    begun: CategoryView = EMPTY
    around: tuple[Any, ...] = ()

    @property
    def unsaved(self) -> bool:  # type: ignore[override]
        """Whether something was changed that is not saved."""
        return bool(self.category != self.begun) and not self.busy

    def open(self, **values: Any) -> None:
        self.reset()
        self.category = self.begun = values.get("category") or EMPTY
        self.look()

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._list()

    def look(self) -> None:
        """Look up what stands around it."""
        self.load("goods", lambda who: self.app.services.categories.offered(), self._show)

    def _show(self, offered: list[CategoryView]) -> None:
        self.around = tuple(in_order(self.app.settings.goods.categories, offered))
        self._list()

    def _list(self) -> None:
        tr, category = self.app.tr, self.category
        self.lines = [
            Line(code, category.names.get(code, "") or "–", tr._("Name"), LANGUAGES[code], icon="translate")
            for code in self.app.settings.centre.own_first
        ]

    @told_by("category")
    def ready(self) -> bool:
        """Whether it can be saved."""
        return bool(self.category.names.get(self.app.settings.centre.default_language)) and bool(self.category.part_of)

    @told_by("category")
    def counted(self) -> str:
        """Name of the category that it is counted in."""
        return category_name(self.category.part_of, self.app.tr.language) if self.category.part_of else ""

    @told_by("category")
    def drawing(self) -> str:
        """The file of the drawn picture."""
        return f"{self.category.drawing}.png" if self.category.art or self.category.part_of else ""

    def change(self, **changes: Any) -> None:
        """Change the sheet."""
        self.category = replace(self.category, **changes)
        self._list()

    def choose(self, code: str) -> None:
        """Ask for the name in a language."""

        def written(text: str) -> None:
            names = {key: name for key, name in self.category.names.items() if key != code}
            name = check_name(text)
            self.change(names=names | ({code: name} if name else {}))

        self.ask(
            f"{self.app.tr._('Name')}  ·  {LANGUAGES[code]}",
            written,
            check=check_name,
            text=self.category.names.get(code, ""),
            optional=True,
            most=LONGEST_NAME,
        )

    def ask_art(self) -> None:
        """Ask for a drawn picture."""
        question = self.app.tr._("Which picture?")
        self.pick(question, DRAWN, lambda art: self.change(art=art, photo=None), self.category.art)

    def ask_photo(self) -> None:
        """Ask for a photo instead."""
        self.app.shell.go("pick_photo", done=lambda photo: self.change(photo=photo))

    def ask_part(self) -> None:
        """Ask what it is counted in, or say that this stays."""
        tr = self.app.tr
        if self.category.id:
            told = tr._("What it is counted in stays, so that reports of all years say the same.")
            self.app.shell.say(tr._("Counted in"), told)
            return
        question = tr._("In which category do reports count it?")
        self.pick(question, CATEGORIES, lambda key: self.change(part_of=key), self.category.part_of)

    def turn(self) -> None:
        """Use the category, or stop using it."""
        self.change(active=not self.category.active)

    def move(self, later: bool) -> None:
        """Move it by one place on the shelves, at once."""
        services, now, category_id = self.app.services.categories, self.app.now(), self.category.id

        def moved(found: Any) -> None:
            category, offered = found
            self.begun = replace(self.begun, place=category.place)
            self.category = replace(self.category, place=category.place)
            self._show(offered)

        self.do(
            "goods",
            lambda who: (
                services.move(category_id=category_id, later=later, now=now, who=who),
                services.offered(),
            ),
            moved,
        )

    @told_by("category", "lines")
    def where(self) -> str:
        """Text of where it stands on the shelves; "" for a new one, or one that is not in use."""
        tr, ids = self.app.tr, [one if isinstance(one, str) else one.id for one in self.around]
        if not self.begun.id or self.begun.id not in ids:
            return ""
        at, names = ids.index(self.begun.id), [category_name(one, tr.language) for one in self.around]
        if at == 0:
            return str(tr("First, before: {category}", category=names[1])) if names[1:] else ""
        return str(tr("On the shelves after: {category}", category=names[at - 1]))

    def save(self) -> None:
        """Save the category and return to the list."""
        if self.busy or not self.ready:
            return
        self.busy = True
        categories, category, now = self.app.services.categories, self.category, self.app.now()
        said: dict[str, Any] = {"names": category.names, "photo": category.photo, "now": now}
        said["art"] = category.drawing
        if category.id:
            said |= {"category_id": category.id, "active": category.active}
            self.do("goods", lambda who: categories.change(who=who, **said), self._saved, self._failed)
        else:
            said["part_of"] = category.part_of
            self.do("goods", lambda who: categories.add(who=who, **said), self._saved, self._failed)

    def _saved(self, _category: Any) -> None:
        self.reset()
        self.app.shell.back()

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)

    def reset(self) -> None:
        self.lines = None
        self.around = ()
        self.category = self.begun = EMPTY
        self.busy = False
