"""The first start: somebody becomes the coordinator before visitors use the screen. There is no PIN from the factory."""

from __future__ import annotations

from typing import Any

from kivy.properties import StringProperty

from kiosk.errors import KioskError
from kiosk.privacy.contact import clean_name
from screens.base import KioskScreen


class First(KioskScreen):
    """Asks for a name; the PIN follows on its own screen."""

    trouble = StringProperty()
    back = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(bar=False, **kwargs)

    def go_on(self) -> None:
        """Take the name and ask for the PIN."""
        app = self.app
        try:
            name = clean_name(self.ids.entry.text)
        except KioskError as error:
            self.trouble = app.tr.error(error)
            return
        language = app.tr.code
        app.shell.go(
            "set_pin",
            heading=name,
            save=lambda pin: app.services.staff.add_first(name=name, pin=pin, now=app.now(), language=language),
            done=app.come_in,
        )

    def wipe(self) -> None:
        self.trouble = self.ids.entry.text = ""
        self.ids.keyboard.reset()
