"""Confirmation of a donation: its code, and this month's donations."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty

from kiosk.services.desk.slip_lines import donation_told
from kiosk.vocabulary.states import DonationState, SlipKind
from screens.frame.screen import told_by
from screens.visitor.slip import SlipScreen


class DonationAnnouncedScreen(SlipScreen):
    """Shows the donation's code as QR code and text."""

    kind = SlipKind.DONATION
    donation = ObjectProperty(None, allownone=True)
    gifts = ObjectProperty(None, allownone=True)
    back = False

    def open(self, **values: Any) -> None:
        self.donation, self.gifts = values["donation"], values["gifts"]
        self.show_code(self.donation)

    def take_back(self) -> None:
        """Cancel the donation."""
        app, donation, now = self.app, self.donation, self.app.now()

        def cancelled(_donation: Any) -> None:
            app.shell.home()
            app.shell.say(app.tr._("This announcement is no longer active."), "")

        app.work(
            lambda: app.services.donations.decide(
                donation_id=donation.id, state=DonationState.CANCELLED, now=now, who="visitor"
            ),
            cancelled,
        )

    @told_by("donation")
    def next_step(self) -> str:
        """Text about the next step."""
        return donation_told(self.donation, self.app.tr.language)[-1] if self.donation is not None else ""

    @told_by("gifts")
    def came(self) -> str:
        """Text with the things received this month."""
        tr, came = self.app.tr, self.gifts.came if self.gifts else 0
        if not came:
            return tr._("You are the first donor this month.")
        return tr.n("This month {count} thing came in.", "This month {count} things came in.", came).format(count=came)

    @told_by("gifts")
    def found_homes(self) -> str:
        """Text with the pieces given away this month."""
        tr, given = self.app.tr, self.gifts.given if self.gifts else 0
        words = tr.n("This month {count} thing found a new home.", "This month {count} things found a new home.", given)
        return words.format(count=given) if given else ""

    def reset(self) -> None:
        super().reset()
        self.donation = self.gifts = None
