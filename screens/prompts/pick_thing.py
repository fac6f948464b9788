"""Asks for a thing: one tap in the vocabulary names it in every language; a free name is possible."""

from __future__ import annotations

from typing import Any

from kivy.clock import Clock
from kivy.properties import ListProperty, StringProperty

from kiosk.errors import KioskError
from kiosk.privacy.contact import clean_name
from kiosk.services.goods.naming import suggest
from screens.frame.screen import KioskScreen
from screens.widgets.lists import Line

#: Debounce of typing before the list is updated, seconds.
PAUSE = 0.1
#: Key of the line for the typed name.
OWN = "own"


class PickThingScreen(KioskScreen):
    """Calls `done(thing, names)`: a Thing of the vocabulary, or None and the typed name in the screen's language, if
    `own` names are allowed."""

    lines = ListProperty(None, allownone=True)
    text = StringProperty()
    trouble = StringProperty()
    found: dict[str, Any]

    def __init__(self, **kwargs: Any) -> None:
        self._find_soon = Clock.create_trigger(self._find, PAUSE)
        super().__init__(**kwargs)

    def open(self, **values: Any) -> None:
        self.reset()
        self.done, self.own = values["done"], values.get("own", True)
        self._find()

    def typed(self, text: str) -> None:
        self.text = text
        self.trouble = ""
        self._find_soon()

    def _find(self, _seconds: float = 0) -> None:
        tr = self.app.tr
        found = suggest(self.text, order=lambda thing: tr.language.sort_key(tr.name(thing.names)))
        self.found = {thing.key: thing for thing in found}
        lines = []
        for thing in self.found.values():
            others = [name for code, name in thing.names.items() if code != tr.code and code in ("fi", "uk", "en")]
            lines.append(Line(thing.key, tr.name(thing.names), "  ·  ".join(others), icon="tag_outline"))
        if self.text.strip() and self.own:
            lines.append(Line(OWN, self.text.strip(), tr._("Use this name, in this language only"), icon="pencil"))
        self.lines = lines

    def choose(self, key: str) -> None:
        """Go back and pass on the thing."""
        if key == OWN:
            try:
                names = {self.app.tr.code: clean_name(self.text)}
            except KioskError as error:
                self.trouble = self.app.tr.error(error)
                return
            self._leave(None, names)
        else:
            self._leave(self.found[key], {})

    def _leave(self, thing: Any, names: dict[str, str]) -> None:
        done = self.done
        self.app.shell.back()
        done(thing, names)

    def reset(self) -> None:
        self._find_soon.cancel()
        self.text = self.trouble = self.ids.entry.text = ""
        self.lines = []
        self.found = {}
        self.own = True
        self.done = lambda thing, names: None
