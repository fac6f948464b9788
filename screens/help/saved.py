"""The sign-up is saved: the code, and what happens next."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from screens.slips import SlipScreen


class Saved(SlipScreen):
    """Shows the request's code as QR and letters."""

    kind = "request"
    request = ObjectProperty(None, allownone=True)
    reach = StringProperty()
    back = False

    def open(self, **values: Any) -> None:
        self.request, self.reach = values["request"], values["reach"]
        self.show_code(self.request.code)

    def wipe(self) -> None:
        super().wipe()
        self.request = None
        self.reach = ""
