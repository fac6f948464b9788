"""The coordinator's queue: call the next, put aside, take back, finish."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty, ObjectProperty, StringProperty

from kiosk.errors import N_, NC_
from kiosk.language.translation import LANGUAGES, Language
from kiosk.vocabulary.states import QueueState
from screens.frame.screen import told_by
from screens.visitor.guidance.take import TOPICS
from screens.visitor.help.sign_up import SPOKEN
from screens.widgets.lists import Line
from screens.words.desk import QUEUE_STATES

from .base import StaffScreen

TOPIC_WORDS = {option.key: option.message for option in TOPICS}
LANGUAGE_WORDS = {option.key: option.message for option in SPOKEN}


class QueueScreen(StaffScreen):
    """Who waits, for what, in which language. The number is called on the welcome screen, and aloud."""

    lines = ListProperty()
    booked = ListProperty()
    summary = StringProperty()
    serving = ObjectProperty(None, allownone=True)
    serving_text = StringProperty()
    numbers: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.look()

    def on_return(self) -> None:
        self.look()

    def look(self, _answer: Any = None) -> None:
        """Read the queue again."""
        now = self.app.now()
        guidance = self.app.services.guidance
        self.do("requests", lambda who: (guidance.today(now), guidance.served(now)), self._show)

    def _show(self, answer: Any) -> None:
        tr, now = self.app.tr, self.app.now()
        numbers, served = answer
        self.numbers = {number.id: number for number in numbers}
        called = [number for number in numbers if number.state == QueueState.CALLED]
        self.serving = called[-1] if called else None
        self.serving_text = self._about(self.serving) if self.serving else ""
        self.lines = [self._line(number, now) for number in numbers if number.starts_at is None]
        booked = sorted((number for number in numbers if number.starts_at), key=lambda number: number.starts_at)
        self.booked = [self._line(number, now) for number in booked]
        words = tr.n("{count} conversation today", "{count} conversations today", served.count)
        wait = tr.n("{count} minute of waiting", "{count} minutes of waiting", served.minutes)
        self.summary = "  ·  ".join((words.format(count=served.count), wait.format(count=served.minutes)))

    def _line(self, number: Any, now: Any) -> Line:
        tr, waited = self.app.tr, number.waited(now)
        when = f"{tr.time(number.starts_at)}   " if number.starts_at else ""
        due = number.state != QueueState.CALLED and (number.starts_at is None or number.starts_at <= now)
        mark = tr._(QUEUE_STATES[number.state]) + ("  ·  " + tr.language.quantity(waited, "min") if due else "")
        return Line(
            number.id,
            f"{when}{number.number}   {tr._(TOPIC_WORDS[number.topic])}",
            self._about(number),
            mark,
            icon="calendar_clock" if number.starts_at else "account_clock_outline",
            alarm=number.state == QueueState.SKIPPED,
        )

    def _about(self, number: Any) -> str:
        tr = self.app.tr
        words = [tr._(LANGUAGE_WORDS[number.language])] if number.language in LANGUAGE_WORDS else []
        return "  ·  ".join([*words, tr._("interpreter")] if number.interpreter else words)

    def call_next(self) -> None:
        """Call who has waited longest."""
        app, now = self.app, self.app.now()
        self.do("requests", lambda who: app.services.guidance.call_next(now=now, who=who), self._called)

    def _called(self, number: Any) -> None:
        self.say(number)
        self.look()

    def say(self, number: Any) -> None:
        """Call `number` aloud, in its language."""
        language = number.language if number.language in LANGUAGES else self.app.settings.centre.default_language
        spoken = Language(language, timezone=self.app.settings.centre.timezone)
        text = spoken.text(N_("Number {number}. Please come to the coordinator."))
        self.app.speech.say(text.format(number=number.number), language)

    def choose(self, queue_id: str) -> None:
        """Offer what can be done with a number."""
        tr, number = self.app.tr, self.numbers[queue_id]
        acts = {
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
        }[number.state]
        choices = [
            (tr._(words), lambda state=state: self._move(queue_id, state), at == 0)
            for at, (words, state) in enumerate(acts)
        ]
        self.app.shell.say(str(number.number), self._about(number), [*choices, (tr._("Close"), lambda: None, False)])

    def _move(self, queue_id: str, state: str) -> None:
        app, now = self.app, self.app.now()
        if state == QueueState.CALLED:
            self.do(
                "requests",
                lambda who: app.services.guidance.call_next(queue_id=queue_id, now=now, who=who),
                self._called,
            )
            return
        self.do(
            "requests",
            lambda who: app.services.guidance.move(queue_id=queue_id, state=state, now=now, who=who),
            self.look,
        )

    @told_by("serving")
    def now_serving(self) -> str:
        """Who is being served."""
        tr = self.app.tr
        if self.serving is None:
            return tr._("Nobody is being served")
        return tr("Now: {number}", number=self.serving.number)

    def reset(self) -> None:
        self.lines, self.booked = [], []
        self.summary = ""
        self.serving = None
        self.serving_text = ""
        self.numbers = {}
