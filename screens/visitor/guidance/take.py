"""Takes a queue number or a time: topic, language, interpreter."""

from __future__ import annotations

from typing import Any

from kiosk.errors import N_, NC_
from kiosk.vocabulary.states import QueueState
from screens.forms.screen import FormScreen
from screens.forms.steps import Step
from screens.visitor.help.sign_up import SPOKEN
from screens.widgets.choices import Option

TOPICS = (
    Option("housing", N_("Housing"), "topic_housing.png"),
    Option("health", N_("Health"), "topic_health.png"),
    Option("school", N_("School and day care"), "topic_school.png"),
    Option("work", NC_("topic", "Work"), "topic_work.png"),
    Option("papers", N_("Papers and permits"), "topic_papers.png"),
    Option("benefits", N_("Benefits"), "topic_benefits.png"),
    Option("finnish", N_("Finnish courses"), "topic_finnish.png"),
    Option("other", N_("Something else"), "topic_other.png"),
)
YES_NO = (Option("yes", N_("Yes"), "answer_yes.png"), Option("no", N_("No"), "answer_no.png"))

WHEN = (
    Option("now", N_("I will wait today"), "guidance_now.png"),
    Option("later", N_("I will book an appointment"), "guidance_later.png"),
)

STEPS = (
    Step("topic", N_("What is it about?"), options=TOPICS, columns=4),
    Step("language", N_("Which language should we speak?"), options=SPOKEN),
    Step("interpreter", N_("Do you need an interpreter?"), options=YES_NO, columns=2),
)


class TakeNumberScreen(FormScreen):
    """A few questions, then the number or the free times; anonymous."""

    reviewed = False

    def __init__(self, **kwargs: Any) -> None:
        first = (Step("when", N_("Today or by appointment?"), options=WHEN, columns=2),)
        self.steps = first + STEPS if self.app.settings.services.appointments else STEPS
        super().__init__(**kwargs)

    def on_return(self) -> None:
        self.busy = False
        if self.form.step is None:  # back from the times: ask the last question again
            self.form.back()
        self._ask()

    def save(self, answers: dict[str, Any]) -> None:
        app, now = self.app, self.app.now()
        said = {key: answers[key] for key in ("topic", "language")} | {"interpreter": answers["interpreter"] == "yes"}
        if answers.get("when") == "later":
            app.shell.go("times", said=said)
        else:
            app.work(lambda: app.services.guidance.take(now=now, **said), self._taken, self.failed)

    def _taken(self, number: Any) -> None:
        app = self.app
        here = app.shell.current == self.name
        self.reset()
        if here:
            app.visitor.keep(number.code)
            app.shell.go("number", number=number, fresh=True)
        else:  # the visit ended before the result: cancel the number
            app.work(
                lambda: app.services.guidance.move(
                    queue_id=number.id, state=QueueState.LEFT, now=app.now(), who="visitor"
                )
            )
