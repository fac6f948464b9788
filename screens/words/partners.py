"""Texts of partners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.errors import N_
from kiosk.vocabulary.states import PartnerKind
from kiosk.vocabulary.words import PARTNERS
from screens.widgets.choices import Option

KIND_ICONS: dict[str, str] = {
    PartnerKind.COMPANY: "store_outline",
    PartnerKind.ASSOCIATION: "account_group_outline",
    PartnerKind.SCHOOL: "school_outline",
    PartnerKind.MUNICIPALITY: "city_variant_outline",
}
KINDS = tuple(Option(key, words, icon=KIND_ICONS[key]) for key, words in PARTNERS.items())
#: Key of the option "no partner".
NOBODY = Option("", N_("No partner"), icon="close_circle_outline")


def pick_partner(screen: Any, question: str, done: Callable[[str | None], None]) -> None:
    """Ask for a partner or none; calls `done(partner_id)` with None for none. Without any partners nothing is asked."""
    app = screen.app

    def found(partners: Any) -> None:
        if partners:
            options = (NOBODY, *(Option(partner.id, partner.name) for partner in partners))
            screen.pick(question, options, lambda key: done(key or None))
        else:
            done(None)

    screen.do("partners", lambda who: app.services.partners.all() if app.settings.services.partners else [], found)
