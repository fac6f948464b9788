"""Staff login: name, then PIN; or a badge shown to the scanner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from kiosk.errors import DoorShut, KioskError
from kiosk.services.staff.members import PinEnded
from kiosk.vocabulary.states import Role
from screens.frame.screen import KioskScreen, told_by
from screens.widgets.choices import Option

from .base import LONGEST_SECRET

#: Digits of a PIN.
DIGITS = 6


class DoorScreen(KioskScreen):
    """Takes the PIN of the chosen member. Errors are shown beside the keys; a lock-out does not affect visitors."""

    member = ObjectProperty(None, allownone=True)
    trouble = StringProperty()
    busy = BooleanProperty(False)
    shut = BooleanProperty(False)
    for_staff = True
    members: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.reset()
        self.shown = values.get("member", "")
        if "note" in values:
            self.trouble = self.app.tr.error(values["note"])
        self.app.work(lambda: self.app.services.staff.members(), self.latest(self._show))

    def _show(self, members: Any) -> None:
        members = sorted(members, key=lambda member: self.app.tr.language.sort_key(member.name))
        self.members = {member.id: member for member in members}
        self.ids.people.options = [Option(member.id, member.name, icon="account") for member in members]
        if self.shown in self.members:
            note = self.trouble
            self.choose(self.shown)
            self.trouble = note
        elif len(members) == 1:
            self.choose(members[0].id)

    def choose(self, member_id: str) -> None:
        """Choose the member."""
        self.member = self.members[member_id]
        self.ids.people.chosen = [member_id]
        self.ids.entry.text = ""
        self.trouble = ""
        if self.member.needs_pin:
            self._renew()

    def _renew(self) -> None:
        """Handle a revoked PIN: a coordinator sets a new one with the passphrase, others at the desk."""
        app, member = self.app, self.member
        self.member = None
        if member.role != Role.COORDINATOR:
            self.trouble = app.tr._(PinEnded.default)
            return
        app.shell.go("set_pin", heading=member.name, save=lambda pin: pin, done=lambda pin: self._confirm(member, pin))

    def _confirm(self, member: Any, pin: str) -> None:
        """Ask for the passphrase, which a coordinator's new PIN requires."""
        app, keyring = self.app, self.app.services.keyring
        self._ask_secret(
            lambda text: keyring.renew_pin(member_id=member.id, pin=pin, secret=text, now=app.now()),
            lambda text: app.shell.go("door", member=member.id),
        )

    def typed(self, pin: str) -> None:
        """Check the PIN once all digits are typed."""
        if pin:
            self.trouble = ""
        if len(pin) < DIGITS or self.busy or self.member is None:
            return
        self.busy = True
        app, member, now = self.app, self.member, self.app.now()
        app.work(lambda: app.services.staff.enter(member_id=member.id, pin=pin, now=now), self._entered, self._refused)

    def _entered(self, member: Any) -> None:
        self.busy = False
        if self.app.shell.current == self.name:
            self.app.enter_desk(member)

    def _refused(self, error: KioskError) -> None:
        self.busy = False
        self.ids.entry.text = ""
        self.trouble, self.shut = self.app.tr.error(error), isinstance(error, DoorShut)

    def ask_passphrase(self) -> None:
        """End the lock-out with the coordinator's passphrase."""
        keyring, now = self.app.services.keyring, self.app.now()
        self._ask_secret(lambda text: keyring.end_waits(secret=text, now=now), lambda text: self.open())

    def _ask_secret(self, check: Callable[[str], Any], done: Callable[[str], None]) -> None:
        app = self.app
        app.shell.go(
            "ask",
            question=app.tr._("The coordinator’s passphrase"),
            done=done,
            masked=True,
            most=LONGEST_SECRET,
            hint=app.tr._("Five words, or the 24 words of the recovery sheet"),
            paper_key=True,
            check=check,
        )

    @told_by()
    def other_way(self) -> str:
        """Text about the other ways to log in."""
        app = self.app
        if app.demo_pin:
            return app.tr("Demo PIN: {pin}", pin=app.demo_pin)
        return app.tr._("Or show your badge to the scanner.")

    def reset(self) -> None:
        self.member = None
        self.members = {}
        self.shown = ""
        self.busy = self.shut = False
        self.trouble = self.ids.entry.text = ""
        self.ids.people.options = []
        self.ids.people.chosen = []
