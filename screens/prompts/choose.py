"""Asks for one of several options, full screen: a category, a condition, a reason, a role."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty

from screens.frame.screen import KioskScreen


class ChooseScreen(KioskScreen):
    """Shows `question` over `options`; a touch goes back and calls `done(key)`. With `several`, "All right" calls
    `done(keys)` with all chosen ones."""

    question = StringProperty()
    options = ListProperty()
    columns = NumericProperty(3)
    columns_upright = NumericProperty(2)
    several = BooleanProperty(False)

    def open(self, **values: Any) -> None:
        self.question, self.done = values["question"], values["done"]
        self.options = values["options"]
        pictured = len(self.options) > 10 and bool(self.options[0].art)
        self.columns_upright = 3 if pictured else 2
        self.columns = (
            6
            if pictured
            else 4
            if len(self.options) > 10
            else 5
            if len(self.options) > 8
            else 3
            if len(self.options) > 4
            else max(2, len(self.options))
        )
        self.several = values.get("several", False)
        chosen = values.get("chosen") or []
        self.ids.grid.chosen = list(chosen) if self.several else [chosen] if chosen else []

    def chosen(self, key: str) -> None:
        """Handle a touched option."""
        if not self.several:
            self._leave(key)

    def gathered(self) -> None:
        """Confirm all chosen options."""
        self._leave(list(self.ids.grid.chosen))

    def _leave(self, key: Any) -> None:
        """Go back and pass on the answer."""
        done = self.done
        self.app.shell.back()
        done(key)

    def reset(self) -> None:
        self.options, self.question = [], ""
        self.done = lambda key: None
