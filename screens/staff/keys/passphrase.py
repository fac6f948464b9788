"""The coordinator's five words, to be written on a card."""

from __future__ import annotations

from typing import Any

from kiosk.errors import N_

from .base import NewKeyScreen


class PassphraseScreen(NewKeyScreen):
    """Shows them large; then they must be typed once from the card."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = N_("Write these five words on a card")
        self.note = N_("They are shown only once. Keep the card where only the coordinator can find it.")

    def check(self) -> None:
        """Ask for all of them."""
        self._check(self.app.tr._("Now type the five words from your card"), self.secret)
