"""The sign-up is saved: the code, and what happens next."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from kiosk.codes.codes import display
from kiosk.codes.symbols import qr
from kiosk.papers import picture_bytes
from screens.base import KioskScreen
from screens.photos import texture_of


class Saved(KioskScreen):
    """Shows the request's code as QR and letters."""

    request = ObjectProperty(None, allownone=True)
    reach = StringProperty()
    texture = ObjectProperty(None, allownone=True)
    code_text = StringProperty()
    back = False

    def open(self, **values: Any) -> None:
        self.request, self.reach = values["request"], values["reach"]
        self.code_text = display(self.request.code)
        self.texture = None
        code, side = self.request.code, int(46 * self.app.theme.mm)
        self.app.work(lambda: symbol(code, side), lambda image: self._show(code, image))

    def _show(self, code: str, image: tuple[int, int, bytes, str]) -> None:
        if self.request is not None and self.request.code == code:
            self.texture = texture_of(*image)

    def wipe(self) -> None:
        self.request = self.texture = None
        self.code_text = self.reach = ""


def symbol(code: str, side: int) -> tuple[int, int, bytes, str]:
    """Draw the QR code of `code`, at most `side` pixels wide with whole modules."""
    image = qr(code, scale=1)
    return picture_bytes(qr(code, scale=max(1, side // image.width)))
