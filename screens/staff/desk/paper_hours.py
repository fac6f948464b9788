"""Entry of a paper list of hours: day, task and start once, then each volunteer's hours, saved together."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from kivy.properties import BooleanProperty, DictProperty, ListProperty, ObjectProperty, StringProperty

from kiosk.errors import KioskError
from kiosk.services import new_id
from kiosk.services.staff.volunteers import PaperShift
from kiosk.vocabulary.words import TASKS as TASK_WORDS
from screens.frame.screen import told_by
from screens.visitor.volunteer.shift import TASKS
from screens.widgets.lists import Line

from .base import StaffScreen
from .volunteers import ask_machine, hours_of, named


class PaperHoursScreen(StaffScreen):
    """One row for each volunteer. Nothing is stored before Save; leaving with unsaved rows asks for confirmation."""

    day = ObjectProperty(None, allownone=True)
    start = StringProperty("10:00")
    task = StringProperty("other")
    of_age = BooleanProperty(True)
    machine = BooleanProperty(False)
    busy = BooleanProperty(False)
    lines = ListProperty(None, allownone=True)
    rows = DictProperty()
    volunteers: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.reset()
        self.day = self.app.local_day(self.app.now())
        now = self.app.now()
        self.load("sessions", lambda who: self.app.services.volunteers.all(now), self._known)

    def _known(self, listed: Any) -> None:
        self.volunteers = {one.volunteer.id: one.volunteer for one in listed}
        self._show()

    def _show(self) -> None:
        tr = self.app.tr
        self.lines = [
            Line(key, named(tr, volunteer, {}), self._note(key), self._mark(key), icon="account_hard_hat")
            for key, volunteer in self.volunteers.items()
        ]

    def _note(self, key: str) -> str:
        tr, row = self.app.tr, self.rows.get(key)
        if row is None:
            return ""
        machine = tr("machine {hours}", hours=tr.language.quantity(row.machine_hours, "h")) if row.machine_hours else ""
        age = "" if row.of_age else tr._("under 15")
        day = tr.language.short_date(row.day) + "  " + tr.time(row.start)
        return "  ·  ".join(filter(None, (tr._(TASK_WORDS[row.task]), day, machine, age)))

    def _mark(self, key: str) -> str:
        row = self.rows.get(key)
        return self.app.tr.language.quantity(row.hours, "h") if row else ""

    # defaults of further rows

    def ask_day(self) -> None:
        self.app.shell.go("pick_day", question=self.app.tr._("Which day?"), day=self.day, done=self._set_day)

    def _set_day(self, day: date) -> None:
        self.day = day

    def ask_start(self) -> None:
        question = self.app.tr._("At what time does it begin?")
        self.app.shell.go("pick_time", question=question, time=self.start, done=self._set_start)

    def _set_start(self, start: str) -> None:
        self.start = start

    def ask_task(self) -> None:
        self.pick(self.app.tr._("What was done?"), TASKS, self._set_task, self.task)

    def _set_task(self, task: str) -> None:
        self.task = task

    # rows

    def choose(self, key: str) -> None:
        """Ask for the hours of a volunteer; an empty text removes the row."""
        row = self.rows.get(key)
        self.ask(
            named(self.app.tr, self.volunteers[key], {}) + ": " + self.app.tr._("how many hours?"),
            lambda text: self._hours(key, text),
            text=self.app.tr.language.decimal(row.hours) if row else "",
            board="WEIGHT",
            optional=True,
            check=lambda text: hours_of(text or "0"),
            most=5,
        )

    def _hours(self, key: str, text: str) -> None:
        hours = hours_of(text or "0")
        if not hours:
            self.rows = {other: row for other, row in self.rows.items() if other != key}
            self._show()
        elif self.machine:
            ask_machine(self, hours, 0, lambda machine: self._keep(key, hours, machine))
        else:
            self._keep(key, hours, 0)

    def _keep(self, key: str, hours: float, machine: float) -> None:
        start = time.fromisoformat(self.start)
        row = PaperShift(new_id(self.app.now()), key, self.task, self.of_age, self.day, start, hours, machine)
        self.rows = dict(self.rows) | {key: row}
        self._show()

    def save(self) -> None:
        """Save the whole list."""
        if self.busy or not self.rows:
            return
        self.busy = True
        volunteers, rows, now = self.app.services.volunteers, list(self.rows.values()), self.app.now()
        self.do("sessions", lambda who: volunteers.note_paper(rows=rows, now=now, who=who), self._saved, self._failed)

    def _saved(self, count: int) -> None:
        tr = self.app.tr
        self.busy = False
        self.rows = {}
        self.app.shell.back()
        self.app.shell.say(tr.n("{count} shift was saved", "{count} shifts were saved", count).format(count=count), "")

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)

    def step_back(self) -> bool:
        if not self.rows:
            return False
        tr = self.app.tr
        self.app.shell.say(
            tr._("Leave without saving?"),
            tr._("The hours on this list are not saved yet."),
            [(tr._("No, stay here"), lambda: None, True), (tr._("Yes, leave"), self._leave, False)],
        )
        return True

    def _leave(self) -> None:
        self.rows = {}
        self.app.shell.back()

    @told_by("day")
    def day_words(self) -> str:
        """Text of the day of further rows."""
        return str(self.app.tr.language.short_date(self.day)) if self.day else ""

    @told_by("start")
    def start_words(self) -> str:
        """Text of their start."""
        return str(self.app.tr.language.clock(self.start))

    @told_by("task")
    def task_words(self) -> str:
        """Text of their task."""
        return str(self.app.tr._(TASK_WORDS[self.task]))

    @told_by("rows")
    def save_words(self) -> str:
        """Label of the button."""
        tr, count = self.app.tr, len(self.rows)
        return str(tr.n("Save {count} shift", "Save {count} shifts", count).format(count=count))

    def reset(self) -> None:
        self.lines = None
        self.rows = {}
        self.volunteers = {}
        self.start, self.task = "10:00", "other"
        self.of_age, self.machine, self.busy = True, False, False
