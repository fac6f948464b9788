"""Step: opening hours."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from kiosk.errors import N_
from kiosk.settings.validators import DAYS
from screens.prompts.pick_time import ask_hours
from screens.staff.settings.values import ValueText
from screens.widgets.lists import Line

from .step import SetupStepScreen


class SetupHoursScreen(SetupStepScreen):
    """One line a day; a touch asks for the hours, or closed."""

    key = "hours"
    lines = ListProperty(None, allownone=True)
    values: dict[str, Any]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = N_("When is the centre open?")
        self.note = N_("Touch a day to change it. When it is closed, the screen is dark.")

    def open(self, **values: Any) -> None:
        self._look()

    def on_return(self) -> None:
        self._look()

    def _look(self) -> None:
        preferences = self.app.services.preferences
        self.app.work(preferences.values, self.latest(self._show), self._failed)

    def _show(self, values: dict[str, Any]) -> None:
        self.values, read = values, ValueText(self.app.tr)
        keys = [f"opening.{day}" for day in DAYS]
        self.lines = [
            Line(
                key,
                read.weekday(day),
                read.said(key, values.get(key)),
                icon="clock_outline" if key in values else "door_closed",
            )
            for day, key in zip(DAYS, keys, strict=True)
        ]

    def touched(self, key: str) -> None:
        """Offer the choices for a day."""
        tr, hours = self.app.tr, self.values.get(key)

        def change() -> None:
            ask_hours(self.app, hours, lambda chosen: self.keep({key: chosen}, stay=True))

        choices = [(tr._("Change") if hours else tr._("Open on this day"), change, True)]
        if hours:
            choices.append((tr._("Closed on this day"), lambda: self.keep({key: None}, stay=True), False))
        choices.append((tr._("Close"), lambda: None, False))
        read = ValueText(tr)
        self.app.shell.say(read.weekday(key.partition(".")[2]), read.said(key, hours), choices)

    def reset(self) -> None:
        super().reset()
        self.lines = None
        self.values = {}
