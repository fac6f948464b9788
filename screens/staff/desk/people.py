"""Members of staff: add, new PIN, badge, remove."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty, ObjectProperty

from kiosk.documents.content import badge_slip, picture_bytes
from kiosk.documents.slip import draw
from kiosk.documents.stub import stub
from kiosk.errors import KioskError
from kiosk.language.translation import Language
from kiosk.printing.printers import parse_address, send
from kiosk.privacy.contact import clean_name
from kiosk.services.desk.print_queue import PAPER_DOTS
from screens.tools.photos import texture_of
from screens.visitor.slip import steps_of
from screens.widgets.lists import Line
from screens.words.desk import ROLE_WORDS, ROLES

from .base import StaffScreen


class PeopleScreen(StaffScreen):
    """A list; a touch offers the actions on a member. A new badge is shown once, to be printed or photographed."""

    lines = ListProperty(None, allownone=True)
    badge = ObjectProperty(None, allownone=True)
    slip: Any
    members: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.badge = None
        self.look()

    def on_return(self) -> None:
        self.look()

    def step_back(self) -> bool:
        if self.badge is None:
            return False
        self.badge = None
        return True

    def look(self) -> None:
        """Reload the list."""
        self.load("people", lambda who: self.app.services.staff.members(), self._show)

    def _show(self, members: Any) -> None:
        tr = self.app.tr
        self.members = {member.id: member for member in members}
        self.lines = [
            Line(
                member.id,
                member.name,
                tr._(ROLE_WORDS[member.role]),
                tr._("Needs a new PIN") if member.needs_pin else tr._("Has a badge") if member.has_badge else "",
                icon="account_circle_outline",
            )
            for member in members
        ]

    def touched(self, member_id: str) -> None:
        """Offer the actions on a member."""
        tr, member = self.app.tr, self.members[member_id]
        choices = [
            (tr._("New badge"), lambda: self._new_badge(member), True),
            (tr._("New PIN"), lambda: self._new_pin(member), False),
            (tr._("Remove"), lambda: self._ask_to_remove(member), False),
            (tr._("Close"), lambda: None, False),
        ]
        if member.has_badge:
            choices.insert(2, (tr._("Badge is lost"), lambda: self._revoke_badge(member), False))
        self.app.shell.say(member.name, tr._(ROLE_WORDS[member.role]), choices)

    def add(self) -> None:
        """Ask for name, role and PIN."""
        member = self.app.member
        if member is None or not member.may("people"):
            self.app.staff_work("people", lambda who: None, lambda answer: None)  # shows who has the right
            return
        self.ask(
            self.app.tr._("What is the new person called?"), self._add_name, check=clean_name, capitals=True, most=40
        )

    def _add_name(self, name: str) -> None:
        self.pick(self.app.tr._("What may they do?"), ROLES, lambda role: self._add_pin(name, role))

    def _add_pin(self, name: str, role: str) -> None:
        app, who, language = self.app, self.member.who, self.app.tr.code
        app.shell.go(
            "set_pin",
            heading=name,
            save=lambda pin: app.services.staff.add(
                name=name, role=role, pin=pin, language=language, now=app.now(), who=who
            ),
            done=lambda member: app.shell.back(),
        )

    def _new_pin(self, member: Any) -> None:
        app, who = self.app, self.member.who
        app.shell.go(
            "set_pin",
            heading=member.name,
            save=lambda pin: app.services.staff.set_pin(member_id=member.id, pin=pin, now=app.now(), who=who),
            done=lambda member: app.shell.back(),
        )

    def _new_badge(self, member: Any) -> None:
        app, now = self.app, self.app.now()
        language = Language(member.language, timezone=app.settings.centre.timezone)

        theme = app.theme
        size = round(150 * theme.mm), round(80 * theme.mm)

        def made(who: str) -> Any:
            code = app.services.staff.new_badge(member_id=member.id, now=now, who=who)
            slip = badge_slip(member, code, language, app.settings.centre.name)
            return slip, picture_bytes(stub(slip, size, steps_of(theme)))

        def show(answer: Any) -> None:
            self.slip, image = answer
            self.badge = texture_of(*image)
            self.look()

        self.do("people", made, show, self._failed)

    def print_badge(self) -> None:
        """Print the badge, bypassing the queue: its code must not be stored."""
        app = self.app
        address, width = app.settings.printers.receipt, PAPER_DOTS[app.settings.printers.paper_mm]
        slip = self.slip

        def work(who: str) -> None:
            send(parse_address(address), draw(slip, width))

        self.do("people", work, lambda answer: app.shell.say(app.tr._("It was printed"), ""), self._failed)

    def _revoke_badge(self, member: Any) -> None:
        app, now = self.app, self.app.now()
        self.do(
            "people",
            lambda who: app.services.staff.revoke_badge(member_id=member.id, now=now, who=who),
            lambda answer: self.look(),
            self._failed,
        )

    def _ask_to_remove(self, member: Any) -> None:
        tr = self.app.tr
        self.app.shell.say(
            tr("Remove: {name}", name=member.name),
            tr._("PIN and badge are no longer valid. The log still shows what this person has done."),
            [(tr._("No, keep"), lambda: None, True), (tr._("Yes, remove"), lambda: self._remove(member), False)],
        )

    def _remove(self, member: Any) -> None:
        app, now = self.app, self.app.now()

        def removed(_answer: Any) -> None:
            if self.member.id == member.id:
                app.end_session()
            else:
                self.look()

        self.do(
            "people",
            lambda who: app.services.staff.revoke(member_id=member.id, now=now, who=who),
            removed,
            self._failed,
        )

    def _failed(self, error: KioskError) -> None:
        self.app.show_error(error)

    def reset(self) -> None:
        self.lines = None
        self.badge = None
        self.slip = None
        self.members = {}
