"""Takes a wish: category, thing, age group, size. A matching item is held for whoever has waited longest."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from kiosk.errors import N_, NC_, KioskError
from kiosk.privacy.contact import LONGEST_TEXT, impersonal
from kiosk.services import CategoryView
from kiosk.services.goods.categories import category_name
from screens.frame.screen import KioskScreen
from screens.staff.desk.item_draft import CHILD_SIZES, SIZES
from screens.widgets.choices import Option
from screens.words.desk import categories
from screens.words.goods import AGE_WORDS, AGES


class WishScreen(KioskScreen):
    """A sheet of a few lines; only the category is required, and only fields that apply to it are shown."""

    thing = ObjectProperty(None, allownone=True)
    category = StringProperty()
    own = ObjectProperty(None, allownone=True)
    thing_name = StringProperty()
    age = StringProperty()
    size_wished = StringProperty()
    details = StringProperty()
    busy = BooleanProperty(False)
    _choices: list[CategoryView]
    promise = N_("When one comes in, we reserve it for the person who has waited longest. Your code will tell you.")

    def on_language_changed(self) -> None:
        self._show()

    def open(self, **values: Any) -> None:
        self.reset()
        self._show()
        self.app.work(self.app.services.categories.offered, self._known)

    def _known(self, own: list[CategoryView]) -> None:
        self._choices = own

    def _show(self) -> None:
        tr = self.app.tr
        self.thing_name = tr.name(self.thing.names) if self.thing else ""
        self.ids.kind.answer = category_name(self.own or self.category, tr.language) if self.category else ""
        self.ids.age.answer = tr._(AGE_WORDS[self.age]) if self.age else tr._(NC_("age", "Any"))
        self.ids.size_line.answer = self.size_wished or tr._(NC_("size", "Any"))
        self.ids.more.answer = self.details

    def ask_kind(self) -> None:
        """Ask for the category; without a thing any item of it matches."""
        app, chosen = self.app, self.own.id if self.own else self.category
        question = app.tr._("What kind of thing is it?")
        options = categories(app, self._choices)
        app.shell.go("choose", question=question, options=options, done=self._sorted, chosen=chosen)

    def _sorted(self, key: str) -> None:
        self.thing, self.own = None, next((one for one in self._choices if one.id == key), None)
        self.category = self.own.part_of if self.own else key
        self.age = "baby" if self.category == "baby" else ""
        self.size_wished = ""
        self._show()

    def ask_thing(self) -> None:
        """Ask for the thing from the vocabulary."""
        self.app.shell.go("pick_thing", done=self._named, own=False)

    def _named(self, thing: Any, _names: dict[str, str]) -> None:
        self.own = self.own if self.own and self.own.part_of == thing.category else None
        self.thing, self.category = thing, thing.category
        self.age = "baby" if thing.category == "baby" else ""
        self.size_wished = ""
        self._show()

    def ask_age(self) -> None:
        """Ask for the age group."""
        self.app.shell.go("choose", question=self.app.tr._("For whom?"), options=AGES, done=self._aged, chosen=self.age)

    def _aged(self, age: str) -> None:
        self.age = age
        self._show()

    @property
    def sizes(self) -> tuple[str, ...]:
        """Return the sizes to choose from."""
        return CHILD_SIZES if self.category == "clothes" and self.age == "child" else SIZES.get(self.category, ())

    def ask_size(self) -> None:
        """Ask for the size."""
        options = tuple(Option(size, size) for size in self.sizes)
        if options:
            question = self.app.tr._("What size?")
            self.app.shell.go("choose", question=question, options=options, done=self._sized, chosen=self.size_wished)

    def _sized(self, size: str) -> None:
        self.size_wished = size
        self._show()

    def ask_more(self) -> None:
        """Ask for details as free text."""
        tr = self.app.tr
        self.app.shell.go(
            "ask",
            question=tr._("What should it be like?"),
            done=self._said,
            check=impersonal,
            text=self.details,
            optional=True,
            most=LONGEST_TEXT,
            hint=tr._("For example: a low bed, light wood"),
        )

    def _said(self, text: str) -> None:
        self.details = impersonal(text)
        self._show()

    def leave_it(self) -> None:
        """Save the wish."""
        app, now = self.app, self.app.now()
        if self.busy or not self.category:
            return
        self.busy = True
        thing = self.thing.key if self.thing else None
        category = self.own.id if self.own else self.category
        said = {"category": category, "thing": thing, "size": self.size_wished, "age_group": self.age}
        said |= {"details": self.details}
        made, language = tuple(app.visitor.wishes), app.tr.code
        app.work(
            lambda: app.services.wishes.leave(language=language, now=now, made=made, **said), self._left, self._failed
        )

    def _left(self, wish: Any) -> None:
        self.busy = False
        app = self.app
        if app.shell.current == self.name:
            if wish.id not in app.visitor.wishes:
                app.visitor.wishes.append(wish.id)
            app.visitor.keep(wish.code)
            app.shell.go("wished", wish=wish)

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)

    def reset(self) -> None:
        self.thing = self.own = None
        self._choices = []
        self.category = self.thing_name = self.age = self.size_wished = self.details = ""
        self.busy = False
