"""One partner: name, kind, consent to be thanked, the sealed contact, and what they took part in."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty

from kiosk.privacy.contact import clean_name
from screens.desk.base import DeskScreen
from screens.help.sign_up import plain_words

from .partners import counts
from .words import KIND_WORDS, KINDS


class Partner(DeskScreen):
    """Every answer is kept at once when it is touched."""

    partner = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.app.tr.bind(code=lambda *_: self._tell())

    def open(self, **values: Any) -> None:
        self._show(values["partner"])

    def _show(self, partner: Any) -> None:
        self.partner = partner
        self._tell()

    def _tell(self) -> None:
        tr, partner, ids = self.app.tr, self.partner, self.ids
        if partner is None:
            return
        ids.kind.answer = tr._(KIND_WORDS[partner.kind])
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
        self.ask(question, lambda name: self._change(name=name), text=self.partner.name, check=clean_name, most=60)

    def ask_kind(self) -> None:
        question = self.app.tr._("What kind of partner?")
        self.pick(question, KINDS, lambda kind: self._change(kind=kind), self.partner.kind)

    def turn_thanks(self) -> None:
        """Note that they agreed to be thanked, or that they no longer do."""
        self._change(thanked=self.partner.thanked_on is None)

    def turn_active(self) -> None:
        """Retire, or take up again."""
        self._change(active=not self.partner.active)

    def ask_contact(self) -> None:
        """Ask whom to call; it is sealed at once and replaces what was there."""
        tr = self.app.tr

        def named(name: str) -> None:
            self.ask(
                tr._("Phone or e-mail?"), lambda reach: self._seal(name, reach), optional=True, check=checked, most=80
            )

        def checked(text: str) -> None:
            if text:
                plain_words(text)

        self.ask(tr._("Who is the contact?"), named, optional=True, check=checked, most=60)

    def _seal(self, name: str, reach: str) -> None:
        app, partner, now = self.app, self.partner, self.app.now()
        details = {key: plain_words(text) for key, text in (("name", name), ("contact", reach)) if text}
        self.do(
            "partners",
            lambda who: app.services.partners.set_contact(partner_id=partner.id, details=details, now=now, who=who),
            self._show,
        )

    def open_contact(self) -> None:
        """Open it with the coordinator's key, where every opening is noted."""
        app, request_id = self.app, self.partner.request
        self.do(
            "personal",
            lambda who: app.services.help.by_id(request_id),
            lambda request: app.shell.go("request", request=request),
        )

    def wipe(self) -> None:
        self.partner = None
        for line in (self.ids.kind, self.ids.thanked, self.ids.contact, self.ids.counts):
            line.answer = ""
