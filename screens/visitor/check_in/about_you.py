"""Two optional questions after a check-in."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty, ObjectProperty, StringProperty

from kiosk.errors import N_
from screens.frame.screen import KioskScreen
from screens.widgets.choices import Option

FIRST_VISIT = (
    Option("yes", N_("Yes, the first time"), "first_yes.png"),
    Option("no", N_("No, I have been here before"), "first_no.png"),
)
#: The target groups of the project (DOMAIN.md section 0); a loneliness group is counted from services, never asked.
GROUPS = (
    Option("family", N_("Family with children"), "group_family.png"),
    Option("older", N_("65 or older"), "group_older.png"),
    Option("young", N_("Young person"), "group_young.png"),
    Option("ukrainian", N_("From Ukraine"), "group_ukrainian.png"),
    Option("other", N_("None of these"), "group_other.png"),
)
QUESTIONS = {
    "first_visit": (N_("Is this your first time here?"), FIRST_VISIT),
    "group": (N_("Which of these describes you best?"), GROUPS),
}


class AboutYouScreen(KioskScreen):
    """Asks the questions one after the other; each can be skipped."""

    visit = ObjectProperty(None, allownone=True)
    session = ObjectProperty(None, allownone=True)
    question = StringProperty()
    message = StringProperty()
    options = ListProperty()
    passing = True

    def open(self, **values: Any) -> None:
        self.visit, self.session = values["visit"], values["session"]
        self._ask("first_visit")

    def _ask(self, question: str) -> None:
        self.app.shell.turned()
        self.question = question
        self.ids.grid.chosen = []
        self.message, self.options = QUESTIONS[question]

    def answer(self, key: str) -> None:
        """Save the answer `key` and ask the next question."""
        app, visit, now = self.app, self.visit, self.app.now()
        answer = {"first_visit": key == "yes"} if self.question == "first_visit" else {"group": key}
        app.work(
            lambda: app.services.attendance.amend(visit_id=visit.id, now=now, **answer), lambda _visit: self.go_on()
        )

    def go_on(self) -> None:
        """Ask the next question, or show the thanks."""
        if self.app.shell.current != self.name or self.visit is None:
            return
        if self.question == "first_visit":
            self._ask("group")
        else:
            self.app.shell.go("thanks", visit=self.visit, session=self.session)

    def reset(self) -> None:
        self.visit = self.session = None
        self.ids.grid.chosen = []
