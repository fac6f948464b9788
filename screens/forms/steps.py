"""The model of a form, without Kivy, so that forms are tables of steps and can be tested as such."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.errors import NC_
from screens.widgets.choices import Option

#: Names of the parts of a form, each of a few questions; people see them as its steps. The review is the last.
WHAT, YOU, WHEN = NC_("form step", "What"), NC_("form step", "About you"), NC_("form step", "When")
CONTACT, CHECK = NC_("form step", "Contact"), NC_("form step", "Check")
Answers = dict[str, Any]


def keep(text: str) -> str:
    """Return a text unchanged."""
    return text


@dataclass(frozen=True)
class Step:
    """One question. `panel` is its type: "choose" (options), "count" (a number), "write" (keyboard), "phone", or "read"
    (options to read before going on). `part` names the part of the form that it belongs to.

    `label` names its answer in the review, where a question has no room.

    `check` converts typed text to the stored value, or raises a KioskError that is shown beside the field. A step whose
    `when(answers)` is false is skipped. `capitals`: a name is asked for. `several` allows more than one option, `optional`
    none at all; with `own_language` the language of the visit is chosen to begin with.
    """

    key: str
    question: str
    part: str = ""
    panel: str = "choose"
    note: str = ""
    label: str = ""
    options: tuple[Option, ...] = ()
    several: bool = False
    optional: bool = False
    columns: int = 3
    most: int = 100
    capitals: bool = False
    own_language: bool = False
    check: Callable[[str], str] = keep
    when: Callable[[Mapping[str, Any]], bool] = lambda answers: True


@dataclass
class Form:
    """The answers and the present step."""

    steps: tuple[Step, ...]
    answers: Answers = field(default_factory=dict)
    at: int = 0
    changing: bool = False  # one answer is corrected from the review

    @property
    def step(self) -> Step | None:
        """The present question; None at the review."""
        return self.steps[self.at] if self.at < len(self.steps) else None

    def asked(self) -> list[Step]:
        """Return the steps that apply to the answers given."""
        return [step for step in self.steps if step.when(self.answers)]

    def place(self, *, reviewed: bool) -> tuple[int, int, str]:
        """Return the number of the present part (1 is the first), how many there are, and its name. A question of no named
        part is one by itself; if the answers are `reviewed`, that is the last."""
        step, names = self.step, list(dict.fromkeys(one.part or one.key for one in self.asked()))
        count = len(names) + reviewed
        return (names.index(step.part or step.key) + 1, count, step.part) if step else (count, count, CHECK)

    def answer(self, value: Any) -> None:
        """Store `value` for the present question and advance."""
        step = self.step
        if step is None:
            raise LookupError("no question is being asked")
        self.answers[step.key] = value
        for other in self.steps:  # delete answers that no longer apply
            if not other.when(self.answers):
                self.answers.pop(other.key, None)
        self.forward()

    def forward(self) -> None:
        """Go to the next question that applies, or to the review."""
        self.at += 1
        while self.step and (not self.step.when(self.answers) or (self.changing and self.step.key in self.answers)):
            self.at += 1
        if self.step is None:
            self.changing = False

    def back(self) -> bool:
        """Go to the previous question; returns False if there is none."""
        if self.changing:
            self.changing = False
            self.at = len(self.steps)
            return True
        for at in range(min(self.at, len(self.steps)) - 1, -1, -1):
            if self.steps[at].when(self.answers):
                self.at = at
                return True
        return False

    def change(self, key: str) -> None:
        """Ask the question `key` again, then return to the review, asking newly applicable questions on the way."""
        self.at = next(at for at, step in enumerate(self.steps) if step.key == key)
        self.changing = True
