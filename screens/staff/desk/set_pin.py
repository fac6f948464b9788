"""Entry of a new PIN, typed twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.properties import BooleanProperty, StringProperty

from kiosk.errors import N_, KioskError
from kiosk.services.staff.members import check_pin
from screens.frame.screen import KioskScreen

from .door import DIGITS

CHOOSE, AGAIN = N_("Choose a PIN of six digits"), N_("The same PIN again")


class SetPinScreen(KioskScreen):
    """Calls `save(pin)` on a worker, then `done(answer)`. `heading` names the member."""

    heading = StringProperty()
    asked = StringProperty(CHOOSE)
    trouble = StringProperty()
    busy = BooleanProperty(False)
    passing = True
    before_coordinator = True
    for_staff = True
    first: str  # the first entry
    save: Callable[[str], Any]
    done: Callable[[Any], None]
    advice = N_("Do not use a birthday or a pattern. Only you know the PIN; nobody can read it from the tablet.")

    def open(self, **values: Any) -> None:
        self.reset()
        self.heading, self.save, self.done = values["heading"], values["save"], values["done"]

    def typed(self, pin: str) -> None:
        """Handle the first entry, then compare the second."""
        if pin:
            self.trouble = ""
        if len(pin) < DIGITS or self.busy:
            return
        self.ids.entry.text = ""
        if not self.first:
            try:
                self.first = check_pin(pin)
            except KioskError as error:
                self.trouble = self.app.tr.error(error)
                return
            self.asked = AGAIN
        elif pin != self.first:
            self.first, self.asked = "", CHOOSE
            self.trouble = self.app.tr._("The PINs did not match. Please choose again.")
        else:
            self.busy = True
            save = self.save
            self.app.work(lambda: save(pin), self._saved, self._refused)

    def _saved(self, answer: Any) -> None:
        done, here = self.done, self.app.shell.current == self.name
        self.reset()
        if here:
            done(answer)

    def _refused(self, error: KioskError) -> None:
        self.busy = False
        self.first, self.asked = "", CHOOSE
        self.trouble = self.app.tr.error(error)

    def reset(self) -> None:
        self.first = self.heading = self.trouble = self.ids.entry.text = ""
        self.asked = CHOOSE
        self.busy = False
        self.save = lambda pin: None
        self.done = lambda answer: None
