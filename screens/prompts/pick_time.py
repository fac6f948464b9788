"""Asks for a time of day, by hours and quarters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kivy.properties import StringProperty

from screens.frame.screen import KioskScreen
from screens.widgets.choices import Option

if TYPE_CHECKING:
    from screens.app import KioskApp

HOURS = tuple(Option(f"{hour:02}", f"{hour:02}") for hour in range(24))
MINUTES = tuple(Option(f"{minute:02}", f"{minute:02}") for minute in range(0, 60, 15))


def ask_hours(app: KioskApp, hours: str | None, done: Callable[[str], None]) -> None:
    """Ask for a range of times, initially `hours` such as "10:00-16:00"; calls `done` with such a text."""
    tr = app.tr
    opens, _, closes = (hours or "10:00-16:00").partition("-")

    def opened(start: str) -> None:
        app.shell.go(
            "pick_time",
            question=tr._("At what time does it end?"),
            time=closes,
            done=lambda end: done(f"{start}-{end}"),
        )

    app.shell.go("pick_time", question=tr._("At what time does it begin?"), time=opens, done=opened)


class PickTimeScreen(KioskScreen):
    """Shows `question`; "All right" goes back and calls `done("HH:MM")`."""

    question = StringProperty()
    time = StringProperty()
    before_coordinator = True

    def open(self, **values: Any) -> None:
        self.question, self.done = values["question"], values["done"]
        hour, _, minute = values["time"].partition(":")
        self.ids.hours.chosen, self.ids.minutes.chosen = [hour], [minute]
        self.time = values["time"]

    def told(self) -> None:
        """Show the chosen time; a minute that is not a quarter is kept until a quarter is touched."""
        minute = (self.ids.minutes.chosen or [self.time.partition(":")[2]])[0]
        self.time = f"{self.ids.hours.chosen[0]}:{minute}"

    def take(self) -> None:
        """Go back and pass on the time."""
        done, time = self.done, self.time
        self.app.shell.back()
        done(time)

    def reset(self) -> None:
        self.question = self.time = ""
        self.done = lambda time: None
