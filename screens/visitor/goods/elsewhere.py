"""The page of an item at a neighbouring centre: details, and where to ask for it."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty

from kiosk.errors import N_
from screens.frame.screen import KioskScreen, told_by
from screens.words.goods import age_words


class NeighbourItemScreen(KioskScreen):
    """Shows `item`, which cannot be reserved from here."""

    item = ObjectProperty(None, allownone=True)
    ask_there = N_(
        "It cannot be reserved here. First ask there whether it is still available. "
        "Ask at our desk if you would like help with the call."
    )

    def open(self, **values: Any) -> None:
        self.item = values["item"]

    @told_by("item")
    def age(self) -> str:
        """Text of the age group."""
        return age_words(self.app.tr, self.item)

    def reset(self) -> None:
        self.item = None
