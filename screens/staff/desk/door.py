"""The staff door: one's own name, then the PIN. A badge shown to the scanner opens it too."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from kiosk.errors import KioskError
from screens.frame.screen import KioskScreen, told_by
from screens.widgets.choices import Option

#: Digits of a PIN.
DIGITS = 6


class DoorScreen(KioskScreen):
    """Takes a PIN of the person chosen. What is wrong is said beside the keys; visitors are never kept from theirs."""

    member = ObjectProperty(None, allownone=True)
    trouble = StringProperty()
    busy = BooleanProperty(False)
    members: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.reset()
        self.app.work(lambda: self.app.services.staff.members(), self._show)

    def _show(self, members: Any) -> None:
        members = sorted(members, key=lambda member: self.app.tr.language.sort_key(member.name))
        self.members = {member.id: member for member in members}
        self.ids.people.options = [Option(member.id, member.name, icon="account") for member in members]
        if len(members) == 1:
            self.choose(members[0].id)

    def choose(self, member_id: str) -> None:
        """It is this person."""
        self.member = self.members[member_id]
        self.ids.people.chosen = [member_id]
        self.ids.entry.text = ""
        self.trouble = ""

    def typed(self, pin: str) -> None:
        """The last digit sends the PIN off."""
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
        self.trouble = self.app.tr.error(error)

    @told_by()
    def other_way(self) -> str:
        """How one comes in without knowing a PIN."""
        app = self.app
        if app.demo_pin:
            return app.tr("Demo PIN: {pin}", pin=app.demo_pin)
        return app.tr._("Or show your badge to the scanner.")

    def reset(self) -> None:
        self.member = None
        self.members = {}
        self.busy = False
        self.trouble = self.ids.entry.text = ""
        self.ids.people.options = []
        self.ids.people.chosen = []
