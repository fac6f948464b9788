"""Confirmation of a sign-up: the code and the next step."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from kiosk.errors import N_
from kiosk.vocabulary.states import SlipKind
from screens.frame.screen import told_by
from screens.visitor.slip import SlipScreen


class HelpSavedScreen(SlipScreen):
    """Shows the request's code as QR code and text."""

    kind = SlipKind.REQUEST
    request = ObjectProperty(None, allownone=True)
    reach = StringProperty()
    back = False
    about_code = N_(
        "Take a photo of the code or write it down. "
        "You can use it to ask how your request is going, or to have everything deleted."
    )

    def open(self, **values: Any) -> None:
        self.request, self.reach = values["request"], values["reach"]
        self.show_code(self.request)

    @told_by("reach")
    def next_step(self) -> str:
        """Text about the next step."""
        if self.reach == "phone":
            return self.app.tr._("We will contact you within a week.")
        return self.app.tr._("Come to the desk with this code, for example at the next coffee event.")

    def reset(self) -> None:
        super().reset()
        self.request = None
        self.reach = ""
