"""A person, please: when staff are here, how the centre is reached, and a bell that calls them now."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, StringProperty

from kiosk.documents.contact import contact
from kiosk.errors import N_
from screens.frame.screen import KioskScreen


class ContactScreen(KioskScreen):
    """Shows how the centre is reached. `is_open`: staff may be here now."""

    numbers = StringProperty(
        N_("Numbers are called while staff are here. While they are away, your number waits until the end of the day.")
    )
    hours = StringProperty()
    address = StringProperty()
    phone = StringProperty()
    is_open = BooleanProperty(False)

    def open(self, **values: Any) -> None:
        self.is_open = self.app.services.opening.is_open(self.app.now())
        self._say()

    def on_language_changed(self) -> None:
        self._say()

    def _say(self) -> None:
        self.hours, self.address, self.phone = contact(self.app.settings, self.app.tr.language)

    def ring(self) -> None:
        """Call staff: a bell now, and a note on the desk of every tablet."""
        app, now, language = self.app, self.app.now(), self.app.tr.code
        app.work(lambda: app.services.bell.ring(language=language, now=now), app.visitor.during(self._rung))

    def _rung(self, _ring: Any) -> None:
        app, tr = self.app, self.app.tr
        app.chime()
        here = tr._("Somebody will come as soon as they can. Please wait here.")
        gone = tr._("The centre is closed now, and perhaps nobody hears it. Please come when it is open.")
        app.shell.say(tr._("Staff were called"), here if self.is_open else gone, art="service_guidance.png")
