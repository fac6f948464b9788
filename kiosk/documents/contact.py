"""How the centre is reached: opening hours, address, telephone, as the settings say."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.errors import N_
from kiosk.language.translation import Language
from kiosk.settings import Settings


class Contact(NamedTuple):
    """Lines of text; "" for what the settings do not say."""

    hours: str
    address: str
    phone: str

    @property
    def line(self) -> str:
        """All of it in one line."""
        return "  ·  ".join(filter(None, self))


def contact(settings: Settings, language: Language) -> Contact:
    """Return how the centre is reached, in a language."""
    hours = language.week_hours(settings.opening)
    said = language.text(N_("Open {hours}")).format(hours=hours) if hours else ""
    return Contact(said, settings.centre.address, settings.centre.phone)
