"""The coordinator's queue and appointments: today's in order of turn, other days, and whole weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty

from kiosk.documents.day_list import DayRow
from kiosk.errors import N_, NC_
from kiosk.language.translation import LANGUAGES, Language
from kiosk.vocabulary.states import QueueState
from screens.frame.screen import told_by
from screens.visitor.guidance.take import TOPICS
from screens.visitor.help.sign_up import SPOKEN
from screens.widgets.lists import Line
from screens.words.desk import QUEUE_STATES

from .appointment import AppointmentScreen

TOPIC_WORDS = {option.key: option.message for option in TOPICS}
LANGUAGE_WORDS = {option.key: option.message for option in SPOKEN}
#: Actions on a number of today, by its state.
TODAY_ACTS = {
    QueueState.CALLED: (
        (N_("End the conversation"), QueueState.DONE),
        (N_("Not here: put aside"), QueueState.SKIPPED),
        (N_("Back to the queue"), QueueState.WAITING),
    ),
    QueueState.WAITING: (
        (N_("Call now"), QueueState.CALLED),
        (NC_("button", "Put aside"), QueueState.SKIPPED),
        (N_("The person has left"), QueueState.LEFT),
    ),
    QueueState.SKIPPED: (
        (N_("Back to the queue"), QueueState.WAITING),
        (N_("Call now"), QueueState.CALLED),
        (N_("The person has left"), QueueState.LEFT),
    ),
}

Acts = list[tuple[str, Callable[[], object]]]


class QueueScreen(AppointmentScreen):
    """Shows waiting numbers with topic and language. A called number is shown on the welcome screen and spoken. `day`
    is shown, or its `week`; `found` is a scanned slip."""

    day = ObjectProperty(None, allownone=True)
    week = BooleanProperty(False)
    is_today = BooleanProperty(True)
    lines = ListProperty(None, allownone=True)
    day_name = StringProperty()
    summary = StringProperty()
    serving = ObjectProperty(None, allownone=True)
    serving_text = StringProperty()
    numbers: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.reset()
        found = values.get("found")
        self._wanted = found.queue.id if found else ""
        self._turn_to(found.queue.day if found else self._today())

    def on_return(self) -> None:
        self.look()

    def on_language_changed(self) -> None:
        if self.day is not None and self.app.shell.current == self.name:
            self.look()

    # navigation

    def turn(self, step: int) -> None:
        """Show the previous (-1) or next (1) day or week."""
        self._turn_to(self.day + timedelta(days=7 * step if self.week else step))

    def show_today(self) -> None:
        self.week = False
        self._turn_to(self._today())

    def show_week(self) -> None:
        """Toggle between week and day."""
        self.week = not self.week
        self._turn_to(self.day)

    def ask_day(self) -> None:
        self.app.shell.go("pick_day", question=self.app.tr._("Which day?"), day=self.day, done=self._turn_to)

    def _turn_to(self, day: date) -> None:
        self.day = day
        self.look()

    def look(self, _answer: Any = None) -> None:
        """Reload the numbers."""
        now, services = self.app.now(), self.app.services
        self.is_today = not self.week and self.day == self._today()
        day, monday = self.day, self.day - timedelta(days=self.day.weekday())

        def read(who: str) -> Any:
            found = services.appointments
            shown = found.between(monday, monday + timedelta(days=6), now) if self.week else found.on(day, now)
            return shown, services.guidance.serving(now), services.guidance.served(now)

        self.load("requests", read, self._show)

    def _show(self, answer: Any) -> None:
        tr, now = self.app.tr, self.app.now()
        shown, self.serving, served = answer
        self.numbers = {number.id: number for number in shown}
        self.serving_text = self._about(self.serving) if self.serving else ""
        self.lines = [self._line(number, now) for number in shown]
        self.day_name = tr.language.week(self.day.isocalendar().week) if self.week else tr.language.full_date(self.day)
        self.summary = self._sum_up_today(served) if self.is_today else self._sum_up(shown)
        if self._wanted in self.numbers:
            self.choose(self._wanted)
        self._wanted = ""

    def _sum_up_today(self, served: Any) -> str:
        tr = self.app.tr
        words = tr.n("{count} conversation today", "{count} conversations today", served.count)
        wait = tr.n("{count} minute of waiting", "{count} minutes of waiting", served.minutes)
        return "  ·  ".join((words.format(count=served.count), wait.format(count=served.minutes)))

    def _sum_up(self, shown: list[Any]) -> str:
        tr, helped = self.app.tr, sum(number.interpreter for number in shown)
        words = tr.n("{count} appointment", "{count} appointments", len(shown)).format(count=len(shown))
        need = tr.n("an interpreter for {count}", "an interpreter for {count}", helped).format(count=helped)
        return "  ·  ".join((words, need) if helped else (words,))

    # lines

    def _line(self, number: Any, now: datetime) -> Line:
        tr = self.app.tr
        day = f"{tr.language.short_date(number.day)}   " if self.week else ""
        return Line(
            number.id,
            f"{day}{self._when(number)}{number.number}   {tr._(TOPIC_WORDS[number.topic])}",
            self._about(number),
            self._mark(number, now),
            icon="calendar_clock" if number.starts_at else "account_clock_outline",
            alarm=number.state in (QueueState.SKIPPED, QueueState.MISSED),
        )

    def _when(self, number: Any) -> str:
        return f"{self.app.tr.time(number.starts_at)}   " if number.starts_at else ""

    def _mark(self, number: Any, now: datetime) -> str:
        tr = self.app.tr
        if number.state == QueueState.WAITING and number.starts_at is not None and number.starts_at > now:
            return tr._("Interpreter needed") if number.interpreter else ""
        waits = number.state in (QueueState.WAITING, QueueState.SKIPPED)
        waited = "  ·  " + tr.language.quantity(number.waited(now), "min") if waits else ""
        return tr._(QUEUE_STATES[number.state]) + waited

    def _about(self, number: Any) -> str:
        tr = self.app.tr
        words = [tr._(LANGUAGE_WORDS[number.language])] if number.language in LANGUAGE_WORDS else []
        return "  ·  ".join([*words, tr._("interpreter")] if number.interpreter else words)

    # today

    def call_next(self) -> None:
        """Call the next number."""
        app, now = self.app, self.app.now()
        self.do("requests", lambda who: app.services.guidance.call_next(now=now, who=who), self._called)

    def _called(self, number: Any) -> None:
        self.say(number)
        self.look()

    def say(self, number: Any) -> None:
        """Announce `number` by voice, in its language."""
        language = number.language if number.language in LANGUAGES else self.app.settings.centre.default_language
        spoken = Language(language, timezone=self.app.settings.centre.timezone)
        text = spoken.text(N_("Number {number}. Please come to the coordinator."))
        self.app.speech.say(text.format(number=number.number), language)

    def choose(self, queue_id: str) -> None:
        """Offer the actions on a number."""
        tr, number = self.app.tr, self.numbers[queue_id]
        acts = self._acts(number)
        choices: list[Any] = [(tr._(words), act, at == 0) for at, (words, act) in enumerate(acts)]
        heading = f"{self._when(number)}{number.number}   {tr._(TOPIC_WORDS[number.topic])}"
        self.app.shell.say(heading, self._about(number), [*choices, (tr._("Close"), lambda: None, not acts)])

    def _acts(self, number: Any) -> Acts:
        """Return the actions as (text, function), most likely first."""
        today = number.day == self._today()
        booked = number.starts_at is not None
        acts: Acts = []
        if today:
            acts += [(words, self._mover(number.id, state)) for words, state in TODAY_ACTS.get(number.state, ())]
        if not booked:
            return acts
        acts = [act for act in acts if act[0] != N_("The person has left")]
        if number.state == QueueState.MISSED:
            acts.append((N_("They came after all"), lambda: self._note(number, True)))
        elif number.state in (QueueState.DONE, QueueState.CALLED) or number.starts_at <= self.app.now():
            acts.append((N_("Did not come"), lambda: self._note(number, False)))
        if number.state in (QueueState.WAITING, QueueState.SKIPPED, QueueState.MISSED):
            acts.append((N_("Another time"), lambda: self._ask_time(number)))
        if number.state in (QueueState.WAITING, QueueState.SKIPPED):
            acts.append((N_("Cancel the appointment"), lambda: self._ask_to_cancel(number)))
        return acts

    def _mover(self, queue_id: str, state: str) -> Callable[[], object]:
        return lambda: self._move(queue_id, state)

    def _move(self, queue_id: str, state: str) -> None:
        guidance, now = self.app.services.guidance, self.app.now()
        if state == QueueState.CALLED:
            self.do("requests", lambda who: guidance.call_next(queue_id=queue_id, now=now, who=who), self._called)
        else:
            super()._move(queue_id, state)

    # printing

    def print(self) -> None:
        """Print the day or the week."""
        tr = self.app.tr
        rows = [
            DayRow(self._first(number), tr._(TOPIC_WORDS[number.topic]), self._about(number))
            for number in self.numbers.values()
        ]
        boxes = [tr._("Came"), tr._("Did not come")]
        self.offer_paper("requests", tr._("Appointments"), self.day_name, boxes, rows, f"{self.day.isoformat()}.pdf")

    def _first(self, number: Any) -> str:
        day = self.app.tr.language.short_date(number.day) if self.week else ""
        return "  ".join(filter(None, (day, self._when(number).strip(), str(number.number))))

    @told_by("serving", "is_today", "day_name")
    def now_serving(self) -> str:
        """Text of the number being served; on another day its date."""
        tr = self.app.tr
        if not self.is_today:
            return str(self.day_name)
        if self.serving is None:
            return tr._("Nobody is being served")
        return str(tr("Now: {number}", number=self.serving.number))

    def reset(self) -> None:
        self.lines = None
        self.summary = self.day_name = self.serving_text = self._wanted = ""
        self.serving = self.day = None
        self.week, self.is_today = False, True
        self.numbers = {}
