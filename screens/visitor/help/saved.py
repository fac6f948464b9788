"""The sign-up is saved: the code, and what happens next."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from screens.visitor.slip import SlipScreen


class HelpSavedScreen(SlipScreen):
    """Shows the request's code as QR and letters."""

    kind = "request"
    request = ObjectProperty(None, allownone=True)
    reach = StringProperty()
    back = False

    def open(self, **values: Any) -> None:
        self.request, self.reach = values["request"], values["reach"]
        self.show_code(self.request.code)

    def reset(self) -> None:
        super().reset()
        self.request = None
        self.reach = ""
