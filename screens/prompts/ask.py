"""Asks for a text, full screen with the keyboard: a size, a place, a reason, a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty

from kiosk.errors import KioskError
from screens.frame.screen import KioskScreen
from screens.widgets.choices import Option


class AskScreen(KioskScreen):
    """Asks `question` and calls `done(text)` after going back; an error of `check` is shown beside the field, and the
    screen stays. `capitals`: it is a name; `language`: of the keyboard, if not the reader's. `quick` are answers to touch instead of typing; OK then confirms them. With `paper_key` a recovery
    key may be scanned. A `masked` text, or such a key, is passed to `check` only and then overwritten in memory."""

    question = StringProperty()
    hint = StringProperty()
    trouble = StringProperty()
    board = StringProperty()
    capitals = BooleanProperty(False)
    language = StringProperty()
    masked = BooleanProperty(False)
    optional = BooleanProperty(False)
    busy = BooleanProperty(False)
    most = NumericProperty(60)
    before_coordinator = True
    quick = ListProperty()
    _checking: Any = None
    paper_key: bool

    def open(self, **values: Any) -> None:
        self.reset()
        self.question, self.done = values["question"], values["done"]
        self.hint, self.board = values.get("hint", ""), values.get("board", "")
        self.capitals, self.language = values.get("capitals", False), values.get("language", "")
        self.masked, self.optional = values.get("masked", False), values.get("optional", False)
        self.for_staff = self.masked  # visitors are asked for no secret
        self.most = values.get("most", 60)
        self.quick = [Option(text, text) for text in values.get("quick", ())][:5]
        self.check: Callable[[str], Any] | None = values.get("check")
        self.paper_key = values.get("paper_key", False)
        self.ids.entry.secret = self.masked or self.paper_key
        self.ids.entry.text = values.get("text", "")

    def go_on(self) -> None:
        """Confirm the typed text."""
        text = self.ids.entry.text.strip()
        if self.busy or (not text and not self.optional):
            return
        if self.check is None:
            self._leave(text)
            return
        check = self.check
        self.busy = True
        self._checking = self.app.work(lambda: check(text), lambda answer: self._leave(text), self._refused)

    def choose(self, text: str) -> None:
        """Put a quick answer into the field, where it can be edited."""
        self.ids.entry.text = text

    def paper_key_scanned(self, digits: str) -> bool:
        if self.paper_key:
            self.choose(digits)
            self.go_on()
        return self.paper_key

    def _leave(self, text: str) -> None:
        if self.app.shell.current != self.name:
            return
        done = self.done
        self.busy = False
        self.app.shell.back()
        self.ids.entry.text = ""
        done(text)

    def _refused(self, error: KioskError) -> None:
        self.busy = False
        self.trouble = self.app.tr.error(error)

    def reset(self) -> None:
        self.question = self.hint = self.trouble = self.board = self.language = ""
        self.busy = self.capitals = False
        self.quick = []
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None
        self.ids.entry.text = ""
        self.ids.keyboard.reset()
        self.check = None
        self.paper_key = False
        self.done = lambda text: None
