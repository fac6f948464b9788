"""Texts of partners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.errors import N_
from kiosk.privacy.contact import clean_name
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
#: Key of the option "a partner that is not in the register".
NEW = "new"


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


def pick_partners(screen: Any, question: str, chosen: list[str], done: Callable[[list[Any]], None]) -> None:
    """Ask for any number of partners, those of the ids `chosen` marked; calls `done(partners)` in the order of choice.
    Who may edit the register adds one on the spot."""
    may_add = screen.member.may("partners")

    def found(partners: list[Any]) -> None:
        known = {partner.id: partner for partner in partners}
        options = [Option(NEW, N_("New partner"), icon="plus")] if may_add else []
        options += [Option(partner.id, partner.name, icon=KIND_ICONS[partner.kind]) for partner in partners]

        def picked(keys: list[str]) -> None:
            theirs = [known[key] for key in keys if key in known]
            if NEW in keys:
                add_partner(screen, lambda partner: done([*theirs, partner]))
            else:
                done(theirs)

        screen.pick(question, options, picked, chosen, several=True)

    screen.do("events", lambda who: screen.app.services.partners.all(), found)


def add_partner(screen: Any, done: Callable[[Any], object]) -> None:
    """Ask for name and kind of a partner and add it; calls `done(partner)`."""
    app, tr = screen.app, screen.app.tr

    def add(name: str, kind: str) -> None:
        now = app.now()
        screen.do("partners", lambda who: app.services.partners.add(name=name, kind=kind, now=now, who=who), done)

    def named(name: str) -> None:
        screen.pick(tr._("What kind of partner?"), KINDS, lambda kind: add(name, kind))

    screen.ask(tr._("What is the partner called?"), named, check=clean_name, capitals=True, most=60)
