"""A volunteer's shift: sign-in with a task, sign-out with hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.errors import KioskError
from kiosk.vocabulary.words import TASKS as TASK_WORDS
from screens.frame.screen import KioskScreen
from screens.widgets.choices import Option

#: The picture of each task.
TASK_ART = {
    "kitchen": "home_check_in.png",
    "goods": "home_goods.png",
    "carrying": "amount_car.png",
    "events": "home_calendar.png",
    "yard": "kind_snow.png",
    "other": "topic_other.png",
}
TASKS = tuple(Option(key, TASK_WORDS[key], art) for key, art in TASK_ART.items())


class ShiftScreen(KioskScreen):
    """Shows `volunteer` by number, without a name."""

    volunteer = ObjectProperty(None, allownone=True)
    heading = StringProperty()
    story = StringProperty()
    running = BooleanProperty(False)
    of_age = BooleanProperty(True)
    busy = BooleanProperty(False)
    #: Maximum machine hours: the length of the shift.
    longest = NumericProperty(0)
    passing = True

    def on_language_changed(self) -> None:
        self._tell()

    def open(self, **values: Any) -> None:
        self.volunteer = values["volunteer"]
        self.of_age = True
        self.busy = False
        self.ids.machine.value = 0
        shift = self.volunteer.shift
        self.longest = 0 if shift is None else (self.app.now() - shift.started_at) // timedelta(minutes=15) / 4
        self._tell()

    def _tell(self) -> None:
        tr, volunteer = self.app.tr, self.volunteer
        if volunteer is None:
            return
        self.running = volunteer.shift is not None
        self.heading = tr("Volunteer {number}", number=volunteer.number)
        if volunteer.shift is not None:
            since = tr.language.at(volunteer.shift.started_at)
            self.story = tr._(TASK_WORDS[volunteer.shift.task]) + "\n" + tr("Since: {time}", time=since)
        else:
            self.story = tr._("What are you doing today?")

    def begin(self, task: str) -> None:
        """Sign in for a task."""
        app, code, now, of_age = self.app, self.volunteer.code, self.app.now(), self.of_age
        if self.busy:
            return
        self.busy = True
        app.work(
            lambda: app.services.volunteers.sign_in(code=code, task=task, of_age=of_age, now=now),
            self._begun,
            self._failed,
        )

    def _begun(self, _volunteer: Any) -> None:
        self._leave(
            self.app.tr._("Your shift has started. Thank you!"), self.app.tr._("Show your code again when you leave.")
        )

    def end(self) -> None:
        """Sign out."""
        app, code, now, machine = self.app, self.volunteer.code, self.app.now(), float(self.ids.machine.value)
        if self.busy:
            return
        self.busy = True
        app.work(
            lambda: app.services.volunteers.sign_out(code=code, machine_hours=machine, now=now),
            self._ended,
            self._failed,
        )

    def _ended(self, shift: Any) -> None:
        tr = self.app.tr
        self._leave(tr._("Thank you for your help!"), tr("Your hours: {hours}", hours=tr.language.decimal(shift.hours)))

    def _leave(self, heading: str, text: str) -> None:
        self.busy = False
        app = self.app
        if app.shell.current == self.name:
            app.shell.home()
            app.shell.say(heading, text, art="thanks.png")

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)

    def reset(self) -> None:
        self.volunteer = None
        self.heading = self.story = ""
        self.running = self.busy = False
