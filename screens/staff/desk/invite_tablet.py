"""The invitation of the next tablet, as a QR code and as text to type."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from kiosk.codes.symbols import qr
from kiosk.documents.content import picture_bytes
from kiosk.errors import N_, KioskError
from kiosk.hub.short_invitation import typed_text
from screens.tools.photos import texture_of

from .base import StaffScreen
from .tablets import NEXT

#: Pixels of a module; the screen has fewer, so that it fills its card.
SCALE = 16
ADVICE = N_(
    "On the other tablet, open the staff area and touch “Scan a code”. Hold this code in front of its camera or scanner, or type "
    "the letters. The invitation works once, until tomorrow."
)


class InviteTabletScreen(StaffScreen):
    """Each opening is a new invitation, good once and for a day."""

    texture = ObjectProperty(None, allownone=True)
    title = StringProperty()
    typed = StringProperty()
    trouble = StringProperty()

    def open(self, **values: Any) -> None:
        self.reset()
        app = self.app
        centre, name = app.settings.centre.name, app.tr._(NEXT)

        def invite(who: str) -> Any:
            tablet, text = app.background.hosting.invite(centre=centre, name=name)
            return tablet, text, picture_bytes(qr(text, SCALE).convert("RGB"))

        self.do("people", invite, self._show, self._failed)

    def _show(self, found: Any) -> None:
        tablet, text, picture = found
        self.title = self.app.tr("Invitation for: {tablet}", tablet=tablet)
        self.typed, self.texture = typed_text(text), texture_of(*picture)

    def _failed(self, error: KioskError) -> None:
        self.trouble = self.app.tr.error(error)

    def reset(self) -> None:
        self.texture = None
        self.title = self.typed = self.trouble = ""
