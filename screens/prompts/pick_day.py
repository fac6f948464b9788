"""Asks for a day, on a month calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

from kivy.factory import Factory
from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from screens.frame.screen import KioskScreen
from screens.widgets.buttons import TextButton

WEEKS = 6


class DayButton(TextButton):
    """One day of the month; empty outside it."""

    day = ObjectProperty(None, allownone=True)
    today = BooleanProperty(False)


class PickDayScreen(KioskScreen):
    """Shows `question` over the month of `day`; a touch goes back and calls `done(day)`. `least` is the first day."""

    question = StringProperty()
    month_name = StringProperty()
    can_go_back = BooleanProperty(True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for _ in range(7):
            self.ids.names.add_widget(Factory.Small(halign="center"))
        for _ in range(7 * WEEKS):
            button = DayButton()
            button.bind(on_release=lambda button: self.chosen(button.day))
            self.ids.days.add_widget(button)

    def open(self, **values: Any) -> None:
        self.question, self.done = values["question"], values["done"]
        self.day, self.least = values["day"], values.get("least", date(2000, 1, 1))
        self.month = self.day.replace(day=1)
        self._fill()

    def turn(self, months: int) -> None:
        """Turn by `months`."""
        self.month = (self.month + timedelta(days=31 if months > 0 else -1)).replace(day=1)
        self._fill()

    def _fill(self) -> None:
        language = self.app.tr.language
        self.month_name = language.month(self.month)
        self.can_go_back = self.month > self.least
        for number, label in enumerate(reversed(self.ids.names.children)):
            label.text = language.weekday(number, short=True)
        blank = self.month.weekday()
        length = calendar.monthrange(self.month.year, self.month.month)[1]
        for place, button in enumerate(reversed(self.ids.days.children)):
            inside = 0 <= place - blank < length
            button.day = self.month + timedelta(days=place - blank) if inside else None
            button.disabled = button.day is None or button.day < self.least
            button.chosen = inside and button.day == self.day
            button.today = inside and button.day == self.app.local_day(self.app.now())

    def chosen(self, day: date) -> None:
        """Go back and pass on the day."""
        done = self.done
        self.app.shell.back()
        done(day)

    def reset(self) -> None:
        self.question = self.month_name = ""
        self.done = lambda day: None
