"""Thank you, and what happens next."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty

from screens.frame.screen import KioskScreen

from .party import undo_check_in


class ThanksScreen(KioskScreen):
    """The end of a check-in. It can still be undone here."""

    visit = ObjectProperty(None, allownone=True)
    session = ObjectProperty(None, allownone=True)
    back = False

    def open(self, **values: Any) -> None:
        self.visit, self.session = values["visit"], values["session"]
        self.ids.undo.offer()

    def undo(self) -> None:
        """Take the check-in back."""
        undo_check_in(self.app, self.visit)

    def reset(self) -> None:
        self.visit = self.session = None
        self.ids.undo.withdraw()
