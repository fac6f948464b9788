"""Entry of a slip's code on a keypad that has only the characters of codes."""

from __future__ import annotations

from typing import Any

from kivy.properties import StringProperty

from kiosk.errors import KioskError
from screens.frame.screen import KioskScreen


class EnterCodeScreen(KioskScreen):
    """Looks up the typed code; an error is shown beside the field."""

    trouble = StringProperty()

    def open(self, **values: Any) -> None:
        self.reset()

    def find(self) -> None:
        """Look up the code, of any kind."""
        self.app.scanner_input.typed(self.ids.entry.text, self._refused)

    def _refused(self, error: KioskError) -> None:
        self.trouble = self.app.tr.error(error)

    def reset(self) -> None:
        self.trouble = ""
        self.ids.entry.text = ""
