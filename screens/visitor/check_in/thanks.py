"""Thanks after a check-in."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from kiosk.errors import N_
from kiosk.vocabulary import OPEN_HOUSE
from screens.frame.screen import KioskScreen

from .party import undo_check_in


class ThanksScreen(KioskScreen):
    """The end of a check-in. It can still be undone here."""

    visit = ObjectProperty(None, allownone=True)
    session = ObjectProperty(None, allownone=True)
    back = False
    what_now = StringProperty()
    at_event = N_(
        "Coffee is on the table. Take a seat, or look at the things. "
        "The coordinator is here and will help you when it is your turn."
    )

    for_goods = N_("Look around: everything is free. If you need anything, please ask at the desk.")

    def open(self, **values: Any) -> None:
        self.visit, self.session = values["visit"], values["session"]
        self.what_now = self.for_goods if self.session.gathering_id == OPEN_HOUSE else self.at_event
        self.ids.undo.offer()

    def undo(self) -> None:
        """Undo the check-in."""
        undo_check_in(self.app, self.visit)

    def reset(self) -> None:
        self.visit = self.session = None
        self.ids.undo.withdraw()
