"""Volunteers at the desk: take one on, see who is here, correct a shift."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kivy.properties import ListProperty, ObjectProperty

from kiosk.documents.content import picture_bytes, volunteer_slip
from kiosk.documents.slip import draw
from kiosk.errors import N_, BadValue
from kiosk.printing.printers import parse_address, send
from kiosk.privacy.contact import clean_name
from kiosk.services.desk.print_queue import PAPER_DOTS
from kiosk.services.staff.volunteers import is_forgotten
from kiosk.vocabulary.words import TASKS as TASK_WORDS
from screens.tools.photos import texture_of
from screens.widgets.lists import Line
from screens.words.partners import pick_partner

from .base import StaffScreen

#: How far back shifts are shown, days.
BACK = 30


class VolunteersScreen(StaffScreen):
    """Running shifts first; one that was not signed out of asks for attention."""

    lines = ListProperty()
    card = ObjectProperty(None, allownone=True)
    slip: Any
    shifts: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.card = None
        self.look()

    def on_return(self) -> None:
        self.look()

    def step_back(self) -> bool:
        if self.card is None:
            return False
        self.card = None
        return True

    def look(self, _answer: Any = None) -> None:
        """Read the list again."""
        volunteers, since = self.app.services.volunteers, self.app.now() - timedelta(days=BACK)
        self.do("sessions", lambda who: volunteers.running() + volunteers.ended_since(since), self._show)

    def _show(self, shifts: Any) -> None:
        tr, now = self.app.tr, self.app.now()
        self.shifts = {shift.id: shift for shift in shifts}
        self.lines = [
            Line(
                shift.id,
                tr("Volunteer {number}", number=shift.number) + "  ·  " + tr._(TASK_WORDS[shift.task]),
                f"{tr.language.short_date(shift.started_at)}  {tr.time(shift.started_at)}"
                + ("  ·  " + tr._("corrected") if shift.corrected else ""),
                (tr._("Shift not ended") if is_forgotten(shift, now) else tr._("Here now"))
                if shift.hours is None
                else tr.language.quantity(shift.hours, "h"),
                icon="account_hard_hat",
                alarm=is_forgotten(shift, now),
            )
            for shift in shifts
        ]

    def choose(self, shift_id: str) -> None:
        """Correct the hours of a shift, with a reason."""
        tr, shift = self.app.tr, self.shifts[shift_id]
        self.ask(
            tr._("How many hours was it really?"),
            lambda text: self._reason(shift, hours_of(text)),
            text=self.app.tr.language.decimal(shift.hours) if shift.hours is not None else "",
            board="WEIGHT",
            check=hours_of,
            most=5,
        )

    def _reason(self, shift: Any, hours: float) -> None:
        tr = self.app.tr
        quick = (tr._("Forgot to end the shift"), tr._("Counted on paper"))
        self.ask(tr._("Why is this being corrected?"), lambda reason: self._correct(shift, hours, reason), quick=quick)

    def _correct(self, shift: Any, hours: float, reason: str) -> None:
        app, now = self.app, self.app.now()
        self.do(
            "sessions",
            lambda who: app.services.volunteers.correct(
                shift_id=shift.id, hours=hours, reason=reason, now=now, who=who
            ),
            self.look,
        )

    def add(self) -> None:
        """Take a volunteer on: the name is sealed at once."""
        self.ask(self.app.tr._("What is the volunteer called?"), self._named, check=clean_name, most=60)

    def _named(self, name: str) -> None:
        pick_partner(self, self.app.tr._("Did a partner send them?"), lambda partner: self._register(name, partner))

    def _register(self, name: str, partner: str | None) -> None:
        app, now = self.app, self.app.now()

        def registered(who: str) -> Any:
            volunteer = app.services.volunteers.register(name=name, partner=partner, now=now, who=who)
            slip = volunteer_slip(volunteer, app.tr.language, app.settings.centre.name)
            return slip, picture_bytes(draw(slip, int(150 * app.theme.mm), columns=2))

        def show(answer: Any) -> None:
            self.slip, image = answer
            self.card = texture_of(*image)

        self.do("sessions", registered, show)

    def print_card(self) -> None:
        """Print the card of the new volunteer."""
        app, slip = self.app, self.slip
        address, width = app.settings.printers.receipt, PAPER_DOTS[app.settings.printers.paper_mm]
        self.do(
            "print",
            lambda who: send(parse_address(address), draw(slip, width, colour=False)),
            lambda answer: app.shell.say(app.tr._("It was printed"), ""),
        )

    def reset(self) -> None:
        self.lines = []
        self.card = None
        self.slip = None
        self.shifts = {}


def hours_of(text: str) -> float:
    """Return typed hours, comma or point. Raises BadValue."""
    try:
        hours = float(text.replace(",", "."))
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= 24:
        raise BadValue(N_("Please type hours between 0 and 24."))
    return hours
