"""Home: a few large choices, those that the centre offers."""

from __future__ import annotations

from typing import Any

from kivy.properties import StringProperty

from kiosk.errors import N_
from screens.frame.screen import KioskScreen
from screens.widgets.buttons import PictureButton

#: What is there only when the settings say so: setting, screen, picture, words.
OFFERED = (
    ("guidance", "guidance", "home_queue.png", N_("Talk to the coordinator")),
    ("calendar", "calendar", "home_calendar.png", N_("Coming events")),
    ("donations", "donate", "home_bring.png", N_("I want to donate something")),
    ("volunteers", "volunteer", "home_volunteer.png", N_("I am here to volunteer")),
)


class Way(PictureButton):
    """A choice that leads to `screen`."""

    message = StringProperty()
    screen = StringProperty()


class HomeScreen(KioskScreen):
    """What one can do here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for service, screen, art, message in OFFERED:
            if getattr(self.app.settings.services, service):
                way = Way(art=art, message=message, screen=screen)
                way.bind(on_release=lambda way: self.app.shell.go(way.screen))
                self.ids.ways.add_widget(way)

    def message(self, language: str) -> str:
        """Return what the centre tells everyone, in `language` or in its own."""
        settings = self.app.settings
        return str(settings.message.get(language) or settings.message.get(settings.centre.default_language, ""))
