"""Step: the name of the centre."""

from __future__ import annotations

from typing import Any

from kiosk.errors import N_, KioskError

from .step import SetupStepScreen


class SetupNameScreen(SetupStepScreen):
    """Asks for the name; the present one is in the field."""

    key = "name"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = N_("What is this place called?")
        self.note = N_("The name appears on the welcome screen and on every slip.")

    def open(self, **values: Any) -> None:
        self.ids.entry.text = self.app.settings.centre.name

    def take(self) -> None:
        """Save the typed name."""
        name = " ".join(self.ids.entry.text.split())
        try:
            self.app.services.preferences.check("centre.name", name)
        except KioskError as error:
            self.trouble = self.app.tr.error(error)
            return
        if name == self.app.settings.centre.name:
            self.go_on()
        else:
            self.keep({"centre.name": name})

    def reset(self) -> None:
        super().reset()
        self.ids.keyboard.reset()
