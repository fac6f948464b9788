"""One of several, full screen: used by every screen that asks for a category, a condition, a reason, a role."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty, NumericProperty, StringProperty

from screens.base import KioskScreen


class Choose(KioskScreen):
    """Shows `question` over `options`; a touch goes back and calls `done(key)`."""

    question = StringProperty()
    options = ListProperty()
    columns = NumericProperty(3)

    def open(self, **values: Any) -> None:
        self.question, self.done = values["question"], values["done"]
        self.options = values["options"]
        self.columns = 5 if len(self.options) > 8 else 3 if len(self.options) > 4 else max(2, len(self.options))
        self.ids.grid.chosen = [values["chosen"]] if values.get("chosen") else []

    def chosen(self, key: str) -> None:
        """Take the answer back to who asked."""
        done = self.done
        self.app.shell.back()
        done(key)

    def wipe(self) -> None:
        self.options, self.question = [], ""
        self.done = lambda key: None
