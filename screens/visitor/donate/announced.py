"""The announcement is saved: its code, and what became of gifts this month."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty

from screens.visitor.slip import SlipScreen


class DonationAnnouncedScreen(SlipScreen):
    """Shows the donation's code as QR and letters."""

    kind = "donation"
    donation = ObjectProperty(None, allownone=True)
    gifts = ObjectProperty(None, allownone=True)
    back = False

    def open(self, **values: Any) -> None:
        self.donation, self.gifts = values["donation"], values["gifts"]
        self.show_code(self.donation.code)

    def take_back(self) -> None:
        """Nothing is brought after all."""
        app, donation, now = self.app, self.donation, self.app.now()

        def cancelled(_donation: Any) -> None:
            app.shell.home()
            app.shell.say(app.tr._("This announcement is no longer active."), "")

        app.work(
            lambda: app.services.donations.decide(donation_id=donation.id, state="cancelled", now=now, who="visitor"),
            cancelled,
        )

    def reset(self) -> None:
        super().reset()
        self.donation = self.gifts = None
