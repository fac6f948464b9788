"""What a form is made of; no toolkit here, so that a form reads as a table and can be tested as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from screens.widgets.choices import Option

Answers = dict[str, Any]


def keep(text: str) -> str:
    """Take a text as it is."""
    return text


@dataclass(frozen=True)
class Step:
    """One question. `panel` is how it is asked: "choose" (tap pictures or words), "count" (a number), "write" (keyboard)
    or "phone"; or "read": the options are to be known before one goes on.

    `check` turns what was typed into what is kept, or raises a KioskError that is shown beside the field. A step
    whose `when(answers)` is false is passed over. `several` allows more than one option, `optional` none at all.
    """

    key: str
    question: str
    panel: str = "choose"
    note: str = ""
    options: tuple[Option, ...] = ()
    several: bool = False
    optional: bool = False
    columns: int = 3
    most: int = 100
    check: Callable[[str], str] = keep
    when: Callable[[Mapping[str, Any]], bool] = lambda answers: True


@dataclass
class Form:
    """The answers so far and the place one is at."""

    steps: tuple[Step, ...]
    answers: Answers = field(default_factory=dict)
    at: int = 0
    changing: bool = False  # a single answer is being corrected from the review

    @property
    def step(self) -> Step | None:
        """The question being asked; None at the review."""
        return self.steps[self.at] if self.at < len(self.steps) else None

    def asked(self) -> list[Step]:
        """Return the steps that apply to the answers given."""
        return [step for step in self.steps if step.when(self.answers)]

    def answer(self, value: Any) -> None:
        """Keep `value` for the question being asked and go on."""
        step = self.step
        if step is None:
            raise LookupError("no question is being asked")
        self.answers[step.key] = value
        for other in self.steps:  # an answer that no longer applies is forgotten
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
        """Go to the question before; False when there is none."""
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
        """Ask the question `key` again, then return to the review (asking what newly applies on the way)."""
        self.at = next(at for at, step in enumerate(self.steps) if step.key == key)
        self.changing = True
