"""One partner: name, kind, consent to public thanks, sealed contact, totals."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty

from kiosk.privacy.contact import clean_name
from kiosk.services import new_id
from kiosk.vocabulary.words import PARTNERS
from screens.frame.screen import told_by
from screens.staff.desk.base import StaffScreen
from screens.visitor.help.sign_up import plain_words
from screens.words.partners import KINDS

from .partners import counts


class PartnerScreen(StaffScreen):
    """Every change is saved at once."""

    partner = ObjectProperty(None, allownone=True)

    def on_language_changed(self) -> None:
        self._tell()

    def open(self, **values: Any) -> None:
        self.forget_lock()
        self._show(values["partner"])

    def _show(self, partner: Any) -> None:
        self.partner = partner
        self._tell()

    def _tell(self) -> None:
        tr, partner, ids = self.app.tr, self.partner, self.ids
        if partner is None:
            return
        ids.kind.answer = tr._(PARTNERS[partner.kind])
        since = tr.language.full_date(partner.thanked_on) if partner.thanked_on else ""
        ids.thanked.answer = tr("Yes, since {date}", date=since) if since else tr._("No")
        ids.contact.answer = tr._("Sealed") if partner.request else ""
        ids.counts.answer = counts(tr, partner)

    def _change(self, **said: Any) -> None:
        app, partner, now = self.app, self.partner, self.app.now()
        self.do(
            "partners",
            lambda who: app.services.partners.change(partner_id=partner.id, now=now, who=who, **said),
            self._show,
        )

    def ask_name(self) -> None:
        question = self.app.tr._("What is the partner called?")
        self.ask(
            question,
            lambda name: self._change(name=name),
            text=self.partner.name,
            check=clean_name,
            capitals=True,
            most=60,
        )

    def ask_kind(self) -> None:
        question = self.app.tr._("What kind of partner?")
        self.pick(question, KINDS, lambda kind: self._change(kind=kind), self.partner.kind)

    def turn_thanks(self) -> None:
        """Toggle the consent to public thanks."""
        self._change(thanked=self.partner.thanked_on is None)

    def turn_active(self) -> None:
        """Toggle between active and retired."""
        self._change(active=not self.partner.active)

    def take_in(self) -> None:
        """Announce a donation of theirs and take it in at once."""
        app, partner, now = self.app, self.partner, self.app.now()
        language = app.settings.centre.default_language
        self.do(
            "goods",
            lambda who: app.services.donations.announce(
                donation_id=new_id(now),
                categories=["other"],
                amount="few",
                language=language,
                partner=partner.id,
                now=now,
                who=who,
            ),
            lambda donation: app.shell.go("take_in", donation=donation),
        )

    def ask_contact(self) -> None:
        """Ask for the contact person; it is sealed at once and replaces the previous one."""
        tr = self.app.tr

        def named(name: str) -> None:
            self.ask(
                tr._("Phone or e-mail?"), lambda reach: self._seal(name, reach), optional=True, check=checked, most=80
            )

        def checked(text: str) -> None:
            if text:
                plain_words(text)

        self.ask(tr._("Who is the contact?"), named, optional=True, capitals=True, check=checked, most=60)

    def _seal(self, name: str, reach: str) -> None:
        app, partner, now = self.app, self.partner, self.app.now()
        details = {key: plain_words(text) for key, text in (("name", name), ("contact", reach)) if text}
        self.do(
            "partners",
            lambda who: app.services.partners.set_contact(partner_id=partner.id, details=details, now=now, who=who),
            self._show,
        )

    def open_contact(self) -> None:
        """Show the contact while the coordinator's key is unlocked; the access is journalled."""
        app, request_id, now = self.app, self.partner.request, self.app.now()
        self.do_unlocked(
            lambda private, who: app.services.help.open(request_id=request_id, private=private, now=now, who=who),
            self._opened,
            app.show_error,
        )

    def _opened(self, details: dict[str, str]) -> None:
        self.ids.contact.answer = "  ·  ".join(details[key] for key in ("name", "contact") if key in details)
        self.when_locked(self._tell)

    @told_by("partner")
    def turn_words(self) -> str:
        """Label of the button to retire or reactivate."""
        tr = self.app.tr
        if self.partner is None:
            return ""
        return tr._("End the partnership") if self.partner.active else tr._("Make a partner again")

    def reset(self) -> None:
        self.forget_lock()
        self.partner = None
        for line in (self.ids.kind, self.ids.thanked, self.ids.contact, self.ids.counts):
            line.answer = ""
