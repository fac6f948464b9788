"""Volunteers: registration, running shifts, corrections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from kivy.properties import ListProperty, ObjectProperty, StringProperty

from kiosk.documents.content import picture_bytes, volunteer_slip
from kiosk.documents.slip import draw
from kiosk.documents.stub import stub
from kiosk.errors import N_, BadValue
from kiosk.printing.printers import parse_address, send
from kiosk.privacy.contact import clean_name
from kiosk.services.desk.print_queue import PAPER_DOTS
from kiosk.services.staff.volunteers import MACHINE_TOO_LONG, is_forgotten
from kiosk.vocabulary.words import TASKS as TASK_WORDS
from screens.tools.photos import texture_of
from screens.visitor.slip import steps_of
from screens.widgets.choices import Option
from screens.widgets.lists import Line
from screens.words.partners import pick_partner

from .base import StaffScreen

#: Days of shifts shown back.
BACK = 30


TABS = (Option("shifts", N_("Shifts")), Option("volunteers", N_("Volunteers")))


class VolunteersScreen(StaffScreen):
    """Lists running shifts first; forgotten ones are highlighted."""

    lines = ListProperty(None, allownone=True)
    tab = StringProperty("shifts")
    card = ObjectProperty(None, allownone=True)
    slip: Any
    shifts: dict[str, Any]
    listed: dict[str, Any]
    names: dict[str, str]

    def open(self, **values: Any) -> None:
        self.reset()
        self.turn_to("shifts")

    def turn_to(self, tab: str) -> None:
        """Show the shifts or the volunteers."""
        self.tab = tab
        self.ids.tabs.chosen = [tab]
        self.look()

    def on_return(self) -> None:
        self.look()

    def step_back(self) -> bool:
        if self.card is None:
            return False
        self.card = None
        return True

    def look(self, _answer: Any = None) -> None:
        """Reload the list."""
        volunteers, now = self.app.services.volunteers, self.app.now()
        since = now - timedelta(days=BACK)
        if self.tab == "volunteers":
            self.load("sessions", lambda who: volunteers.all(now), self._show_volunteers)
            return
        self.load("sessions", lambda who: volunteers.running() + volunteers.ended_since(since), self._show)

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

    def _show_volunteers(self, listed: Any) -> None:
        tr = self.app.tr
        self.listed = {one.volunteer.id: one for one in listed}
        self.lines = [
            Line(
                one.volunteer.id,
                named(tr, one.volunteer, self.names),
                tr("Last shift: {day}", day=tr.language.short_date(one.last)) if one.last else tr._("No shift yet"),
                tr._("Here now") if one.volunteer.shift else tr.language.quantity(one.hours, "h"),
                icon="account_hard_hat",
            )
            for one in listed
        ]

    def show_names(self) -> None:
        """Show the names while the key is unlocked."""
        app, now = self.app, self.app.now()

        def opened(names: dict[str, str]) -> None:
            self.names = names
            self.when_locked(self._hide_names)
            self.look()

        self.do_unlocked(
            lambda private, who: app.services.volunteers.names(private=private, now=now, who=who),
            opened,
            app.show_error,
        )

    def _hide_names(self) -> None:
        self.names = {}
        if self.app.shell.current == self.name:
            self.look()

    def choose(self, key: str) -> None:
        """Correct a shift, or show a volunteer's card."""
        if self.tab == "volunteers":
            self._make_card(self.listed[key].volunteer)
        else:
            self._correct_shift(self.shifts[key])

    def _correct_shift(self, shift: Any) -> None:
        """Ask for the hours of a shift, the machine hours, and the reason."""
        tr = self.app.tr
        self.ask(
            tr._("How many hours was it really?"),
            lambda text: self._machine(shift, hours_of(text)),
            text=self.app.tr.language.decimal(shift.hours) if shift.hours is not None else "",
            board="WEIGHT",
            check=hours_of,
            most=5,
        )

    def _machine(self, shift: Any, hours: float) -> None:
        ask_machine(self, hours, shift.machine_hours, lambda machine: self._reason(shift, hours, machine))

    def _reason(self, shift: Any, hours: float, machine: float) -> None:
        tr = self.app.tr
        quick = (tr._("Forgot to end the shift"), tr._("Counted on paper"))
        self.ask(
            tr._("Why is this being corrected?"),
            lambda reason: self._correct(shift, hours, machine, reason),
            quick=quick,
        )

    def _correct(self, shift: Any, hours: float, machine: float, reason: str) -> None:
        app, now = self.app, self.app.now()
        self.do(
            "sessions",
            lambda who: app.services.volunteers.correct(
                shift_id=shift.id, hours=hours, machine_hours=machine, reason=reason, now=now, who=who
            ),
            self.look,
        )

    def add(self) -> None:
        """Register a volunteer; the name is sealed at once."""
        self.ask(self.app.tr._("What is the volunteer called?"), self._named, check=clean_name, capitals=True, most=60)

    def _named(self, name: str) -> None:
        pick_partner(self, self.app.tr._("Did a partner send them?"), lambda partner: self._register(name, partner))

    def _register(self, name: str, partner: str | None) -> None:
        app, now = self.app, self.app.now()

        def registered(who: str) -> Any:
            return app.services.volunteers.register(name=name, partner=partner, now=now, who=who)

        self.do("sessions", registered, self._make_card)

    def _make_card(self, volunteer: Any) -> None:
        """Render and show a volunteer's card."""
        app = self.app

        theme = app.theme
        size = round(150 * theme.mm), round(80 * theme.mm)

        def drawn(who: str) -> Any:
            slip = volunteer_slip(volunteer, app.tr.language, app.settings.centre.name)
            return slip, picture_bytes(stub(slip, size, steps_of(theme)))

        def show(answer: Any) -> None:
            self.slip, image = answer
            self.card = texture_of(*image)

        self.do("sessions", drawn, show)

    def print_card(self) -> None:
        """Print the card."""
        app, slip = self.app, self.slip
        address, width = app.settings.printers.receipt, PAPER_DOTS[app.settings.printers.paper_mm]
        self.do(
            "print",
            lambda who: send(parse_address(address), draw(slip, width)),
            lambda answer: app.shell.say(app.tr._("It was printed"), ""),
        )

    def reset(self) -> None:
        self.lines = None
        self.card = None
        self.slip = None
        self.tab = "shifts"
        self.shifts, self.listed, self.names = {}, {}, {}
        self.forget_lock()


def named(tr: Any, volunteer: Any, names: dict[str, str]) -> str:
    """Return a volunteer's number, with the name if it is in `names`."""
    number = tr("Volunteer {number}", number=volunteer.number)
    return "  ·  ".join(filter(None, (number, names.get(volunteer.id, ""))))


def ask_machine(screen: StaffScreen, hours: float, before: float, done: Callable[[float], object]) -> None:
    """Ask for the machine hours of a shift of `hours`; "" is 0."""
    tr = screen.app.tr

    def checked(text: str) -> float:
        machine = hours_of(text or "0")
        if machine > hours:
            raise BadValue(MACHINE_TOO_LONG)
        return machine

    screen.ask(
        tr._("How many of these hours with a machine of their own?"),
        lambda text: done(checked(text)),
        text=tr.language.decimal(before) if before else "",
        board="WEIGHT",
        optional=True,
        check=checked,
        most=5,
    )


def hours_of(text: str) -> float:
    """Parse hours with comma or point. Raises BadValue."""
    try:
        hours = float(text.replace(",", "."))
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= 24:
        raise BadValue(N_("Please type hours between 0 and 24."))
    return hours
