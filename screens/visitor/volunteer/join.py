"""Sealed sign-up of a new volunteer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.errors import N_
from kiosk.vocabulary.states import RequestKind
from screens.forms.steps import WHAT, Step
from screens.visitor.help import sign_up

from .shift import TASKS

WORK = Step(
    "work",
    N_("What would you like to do?"),
    WHAT,
    note=N_("Touch all that apply."),
    options=TASKS,
    several=True,
    columns=3,
)
#: Questions shared with the other sign-ups.
ALSO = ("languages", "times", "name", "offer", "reach", "phone")


class JoinScreen(sign_up.SignUpScreen):
    """The sign-up form of a volunteer; the coordinator assigns a number later."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        known = {step.key: step for step in self.steps}
        offer = replace(known["offer"], when=lambda answers: True)
        self.steps = (WORK, *(offer if key == "offer" else known[key] for key in ALSO))

    def save(self, answers: dict[str, Any]) -> None:
        super().save(answers | {"service": RequestKind.VOLUNTEERING})
