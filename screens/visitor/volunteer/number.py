"""Entry of a volunteer's number, without the card."""

from __future__ import annotations

from typing import Any

from kivy.properties import StringProperty

from kiosk.errors import KioskError
from screens.frame.screen import KioskScreen


class VolunteerNumberScreen(KioskScreen):
    """Opens the volunteer's shift; an unknown number is an error beside the field."""

    trouble = StringProperty()

    def open(self, **values: Any) -> None:
        self.reset()

    def find(self) -> None:
        """Look up the number."""
        app, text = self.app, self.ids.entry.text
        app.work(lambda: app.services.volunteers.by_number(text), self._found, self._refused)

    def _found(self, volunteer: Any) -> None:
        if self.app.shell.current == self.name:
            self.app.shell.go("shift", volunteer=volunteer)

    def _refused(self, error: KioskError) -> None:
        self.trouble = self.app.tr.error(error)

    def reset(self) -> None:
        self.trouble = ""
        self.ids.entry.text = ""
