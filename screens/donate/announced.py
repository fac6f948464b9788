"""The announcement is saved: its code, and what became of gifts this month."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from kiosk.codes.codes import display
from screens.base import KioskScreen
from screens.help.saved import symbol
from screens.photos import texture_of


class Announced(KioskScreen):
    """Shows the donation's code as QR and letters."""

    donation = ObjectProperty(None, allownone=True)
    gifts = ObjectProperty(None, allownone=True)
    texture = ObjectProperty(None, allownone=True)
    code_text = StringProperty()
    back = False

    def open(self, **values: Any) -> None:
        self.donation, self.gifts = values["donation"], values["gifts"]
        self.code_text = display(self.donation.code)
        self.texture = None
        code, side = self.donation.code, int(46 * self.app.theme.mm)
        self.app.work(lambda: symbol(code, side), lambda image: self._show(code, image))

    def _show(self, code: str, image: tuple[int, int, bytes, str]) -> None:
        if self.donation is not None and self.donation.code == code:
            self.texture = texture_of(*image)

    def wipe(self) -> None:
        self.donation = self.gifts = self.texture = None
        self.code_text = ""
