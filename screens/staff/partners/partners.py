"""All partners with totals, retired ones last."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from kiosk.vocabulary.words import PARTNERS
from screens.staff.desk.base import StaffScreen
from screens.widgets.lists import Line
from screens.words.partners import KIND_ICONS, add_partner


class PartnersScreen(StaffScreen):
    """Lists partners; a touch opens one."""

    lines = ListProperty(None, allownone=True)
    partners: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.look()

    def on_return(self) -> None:
        self.look()

    def look(self, _answer: Any = None) -> None:
        """Reload the register."""
        self.load("partners", lambda who: self.app.services.partners.all(retired=True), self._show)

    def _show(self, found: Any) -> None:
        tr = self.app.tr
        self.partners = {partner.id: partner for partner in found}
        self.lines = [
            Line(
                partner.id,
                partner.name,
                "  ·  ".join(filter(None, (tr._(PARTNERS[partner.kind]), counts(tr, partner)))),
                (tr._("Thanked") if partner.thanked_on else "") if partner.active else tr._("No longer a partner"),
                icon=KIND_ICONS[partner.kind],
            )
            for partner in found
        ]

    def choose(self, partner_id: str) -> None:
        self.app.shell.go("partner", partner=self.partners[partner_id])

    def add(self) -> None:
        """Add a partner and open it."""
        add_partner(self, lambda partner: self.app.shell.go("partner", partner=partner))

    def reset(self) -> None:
        self.lines = None
        self.partners = {}


def counts(tr: Any, partner: Any) -> str:
    """Return a partner's totals as text, without zeros."""
    said = (
        (partner.gatherings, tr.n("{count} event", "{count} events", partner.gatherings)),
        (partner.donations, tr.n("{count} donation", "{count} donations", partner.donations)),
        (partner.pieces, tr.n("{count} thing", "{count} things", partner.pieces)),
        (partner.volunteers, tr.n("{count} volunteer", "{count} volunteers", partner.volunteers)),
    )
    words = [text.format(count=count) for count, text in said if count]
    return "  ·  ".join([*words, *([tr.language.quantity(partner.hours, "h")] if partner.hours else [])])
