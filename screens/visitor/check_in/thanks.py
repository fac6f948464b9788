"""Thank you, and what happens next."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty

from kiosk.errors import N_
from screens.frame.screen import KioskScreen

from .party import undo_check_in


class ThanksScreen(KioskScreen):
    """The end of a check-in. It can still be undone here."""

    visit = ObjectProperty(None, allownone=True)
    session = ObjectProperty(None, allownone=True)
    back = False
    what_now = N_(
        "Coffee is on the table. Take a seat, or look at the things. "
        "The coordinator is here and will help you when it is your turn."
    )

    def open(self, **values: Any) -> None:
        self.visit, self.session = values["visit"], values["session"]
        self.ids.undo.offer()

    def undo(self) -> None:
        """Take the check-in back."""
        undo_check_in(self.app, self.visit)

    def reset(self) -> None:
        self.visit = self.session = None
        self.ids.undo.withdraw()
