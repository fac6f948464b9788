"""Announced donations: accept, decline with a reason, take in."""

from __future__ import annotations

from functools import partial
from typing import Any

from kivy.properties import ListProperty

from kiosk.codes.codes import display
from kiosk.services.goods.categories import category_name
from kiosk.vocabulary.states import DonationState
from screens.visitor.donate.announce import AMOUNTS
from screens.widgets.choices import Option
from screens.widgets.lists import Line
from screens.words.desk import DECLINE_REASONS, DONATION_STATES
from screens.words.partners import pick_partner

from .base import StaffScreen

AMOUNT_WORDS = {option.key: option.message for option in AMOUNTS}


class DonationsScreen(StaffScreen):
    """Lists donations, oldest first. A scanned slip opens its donation."""

    lines = ListProperty(None, allownone=True)
    donations: dict[str, Any]
    partners: dict[str, str]

    def open(self, **values: Any) -> None:
        self.look()
        if values.get("donation") is not None:
            self.offer(values["donation"])

    def on_return(self) -> None:
        self.look()

    def look(self, _answer: Any = None) -> None:
        """Reload the list."""
        services = self.app.services
        self.load("goods", lambda who: (services.donations.open(), services.partners.all(retired=True)), self._show)

    def _show(self, found: Any) -> None:
        donations, partners = found
        self.partners = {partner.id: partner.name for partner in partners}
        self.donations = {donation.id: donation for donation in donations}
        self.lines = [
            Line(
                donation.id,
                self._what(donation),
                "  ·  ".join(filter(None, (display(donation.code), self._amount(donation), self._giver(donation)))),
                self._state(donation),
                icon="van_utility" if donation.fetch else "gift_outline",
                alarm=donation.state == DonationState.ANNOUNCED and donation.fetch,
            )
            for donation in donations
        ]

    def _what(self, donation: Any) -> str:
        tr = self.app.tr
        return str(tr.language.listed(category_name(one, tr.language) for one in donation.chosen))

    def _amount(self, donation: Any) -> str:
        count = f" ({donation.pieces})" if donation.pieces and donation.amount != "one" else ""
        return str(self.app.tr._(AMOUNT_WORDS[donation.amount])) + count

    def _state(self, donation: Any) -> str:
        """Return the state as text, with the number of things taken in, if any."""
        tr = self.app.tr
        if donation.came and donation.pieces:
            return str(tr("{came} of {count} in", came=donation.came, count=donation.pieces))
        if donation.came:
            return str(tr("{came} in", came=donation.came))
        return str(tr._(DONATION_STATES[donation.state]))

    def _giver(self, donation: Any) -> str:
        return self.partners.get(donation.partner or "", "")

    def choose(self, donation_id: str) -> None:
        self.offer(self.donations[donation_id])

    def offer(self, donation: Any) -> None:
        """Offer the actions on `donation`."""
        tr = self.app.tr
        states = dict.fromkeys((tr._(DONATION_STATES[donation.state]), self._state(donation)))
        text = "  ·  ".join((self._amount(donation), *states))
        choices: list[Any] = []
        if donation.is_open:
            words = tr._("Take in more") if donation.came else tr._("Take in now")
            choices.append((words, lambda: self._take_in(donation), True))
        if donation.state == DonationState.ANNOUNCED:
            choices.append((tr._("Accept"), lambda: self._decide(donation, DonationState.ACCEPTED), False))
        if donation.state == DonationState.ACCEPTED:
            choices.append((tr._("All of it is in"), lambda: self._decide(donation, DonationState.TAKEN_IN), False))
        if donation.is_open:
            words = tr._("Decline the rest") if donation.came else tr._("Decline")
            choices.append((words, lambda: self._decline(donation), False))
        if self.app.settings.services.partners:
            choices.append((tr._("From a partner"), lambda: self._ask_partner(donation), False))
        if donation.request:
            choices.append((tr._("Contact details"), lambda: self._contact(donation), False))
        choices.append((tr._("Close"), lambda: None, not choices))
        self.app.shell.say(self._what(donation), text, choices)

    def _take_in(self, donation: Any) -> None:
        shell = self.app.shell
        shell.leave(lambda: shell.go("take_in", donation=donation))  # the sheet may have input for another item

    def _ask_partner(self, donation: Any) -> None:
        app, now = self.app, self.app.now()

        def give(partner: str | None) -> None:
            self.do(
                "goods",
                lambda who: app.services.donations.give(donation_id=donation.id, partner=partner, now=now, who=who),
                self.look,
            )

        pick_partner(self, app.tr._("Which partner is it from?"), give)

    def _decline(self, donation: Any) -> None:
        tr = self.app.tr

        def offer(own: Any) -> None:
            options = [
                *DECLINE_REASONS,
                *(Option(one.id, tr.name(one.names), icon="map_marker_outline") for one in own),
            ]
            decline = partial(self._decide, donation, DonationState.DECLINED)
            self.pick(tr._("Why is it declined?"), options, decline)

        self.do("goods", lambda who: self.app.services.reasons.offered(), offer)

    def _decide(self, donation: Any, state: str, reason: str | None = None) -> None:
        app, now = self.app, self.app.now()
        self.do(
            "goods",
            lambda who: app.services.donations.decide(
                donation_id=donation.id, state=state, reason=reason, now=now, who=who
            ),
            self.look,
        )

    def _contact(self, donation: Any) -> None:
        app, request_id = self.app, donation.request
        self.do(
            "requests",
            lambda who: app.services.help.by_id(request_id),
            lambda request: app.shell.go("request", request=request),
        )

    def reset(self) -> None:
        self.lines = None
        self.donations = {}
        self.partners = {}
