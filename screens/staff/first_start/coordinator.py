"""Step: the first coordinator. There is no default PIN."""

from __future__ import annotations

from typing import Any

from kiosk.errors import N_, KioskError
from kiosk.privacy.contact import clean_name

from .step import SetupStepScreen


class SetupCoordinatorScreen(SetupStepScreen):
    """Asks for the name; the PIN follows on `SetPinScreen`."""

    key = "coordinator"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = N_("Who is the coordinator here? A first name is enough.")
        self.note = N_("This person signs in with a PIN. After that visitors can use the kiosk.")

    def take(self) -> None:
        """Check the name and ask for the PIN."""
        app = self.app
        try:
            name = clean_name(self.ids.entry.text)
        except KioskError as error:
            self.trouble = app.tr.error(error)
            return
        language = app.tr.code

        def made(member: Any) -> None:
            app.first_start.look()
            app.enter_desk(member)

        app.shell.go(
            "set_pin",
            heading=name,
            save=lambda pin: app.services.staff.add_first(name=name, pin=pin, now=app.now(), language=language),
            done=made,
        )

    def reset(self) -> None:
        super().reset()
        self.ids.entry.text = ""
        self.ids.keyboard.reset()
