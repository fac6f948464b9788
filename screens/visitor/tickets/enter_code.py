"""A ticket, a wish or any other slip by its code: typed on a keypad that has only the letters of codes."""

from __future__ import annotations

from typing import Any

from kivy.properties import StringProperty

from kiosk.errors import KioskError
from screens.frame.screen import KioskScreen


class EnterCodeScreen(KioskScreen):
    """Finds what the code typed is of; a wrong code says so beside the field."""

    trouble = StringProperty()

    def open(self, **values: Any) -> None:
        self.reset()

    def find(self) -> None:
        """Look the code up, whatever it is of."""
        self.app.scanner_input.typed(self.ids.entry.text, self._refused)

    def _refused(self, error: KioskError) -> None:
        self.trouble = self.app.tr.error(error)

    def reset(self) -> None:
        self.trouble = ""
        self.ids.entry.text = ""
