"""A ticket by its code: typed on a keypad that has only the letters of codes."""

from __future__ import annotations

from typing import Any

from kivy.properties import StringProperty

from kiosk.errors import KioskError
from screens.base import KioskScreen


class EnterCode(KioskScreen):
    """Finds the ticket whose code was typed; a wrong code says so beside the field."""

    trouble = StringProperty()

    def open(self, **values: Any) -> None:
        self.wipe()

    def find(self) -> None:
        """Look the code up."""
        app, code, now = self.app, self.ids.entry.text, self.app.now()
        app.work(
            lambda: app.services.tickets.by_code(code, now),
            lambda ticket: app.shell.current == self.name and app.shell.go("ticket", ticket=ticket),
            self._refused,
        )

    def _refused(self, error: KioskError) -> None:
        self.trouble = self.app.tr.error(error)

    def wipe(self) -> None:
        self.trouble = ""
        self.ids.entry.text = ""
