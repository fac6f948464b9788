"""Asks for one of several options, full screen: a category, a condition, a reason, a role."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty

from screens.frame.screen import KioskScreen
from screens.widgets.choices import evenly


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
        self.columns, self.columns_upright = columns_of(len(self.options), any(one.art for one in self.options))
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


def columns_of(count: int, pictured: bool) -> tuple[int, int]:
    """Return the columns of `count` options on a wide screen and on one that stands upright."""
    if pictured and count > 10:
        return evenly(count), 4 if count > 12 else 3
    return 4 if count > 10 else 5 if count > 8 else 3 if count > 4 else max(2, count), 2
