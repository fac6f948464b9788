"""The page of a thing at a neighbouring centre: what it is like, and where to ask for it."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty

from screens.frame.screen import KioskScreen


class NeighbourItemScreen(KioskScreen):
    """Shows `item`, which nobody can reserve from here."""

    item = ObjectProperty(None, allownone=True)

    def open(self, **values: Any) -> None:
        self.item = values["item"]

    def reset(self) -> None:
        self.item = None
