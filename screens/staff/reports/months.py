"""Closing of months: a finished month is closed after its figures were handed in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kivy.properties import ListProperty

from kiosk.errors import MonthRuns
from kiosk.reports.facts import Closing
from screens.staff.desk.base import StaffScreen
from screens.widgets.lists import Line

#: Minimum number of months shown, the running one included; imports of earlier years extend it.
SHOWN = 24


class ClosingMonthsScreen(StaffScreen):
    """Lists the last months, latest first, as closed, open or running."""

    lines = ListProperty(None, allownone=True)
    months: list[date]
    closings: dict[str, Closing]

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._show()

    def open(self, **values: Any) -> None:
        self.reset()
        self.look()

    def look(self, _answer: Any = None) -> None:
        """Reload the months."""
        now, reports = self.app.now(), self.app.services.reports
        self.load("reports", lambda who: (reports.closings(now), reports.counted_since()), self._found)

    def _found(self, answer: tuple[list[Closing], date]) -> None:
        closings, since = answer
        self.months = last_months(self.app.local_day(self.app.now()), since)
        self.closings = {closing.month: closing for closing in closings}
        self._show()

    def _show(self) -> None:
        self.lines = [self._line(month) for month in self.months]

    def _line(self, month: date) -> Line:
        tr, key = self.app.tr, f"{month:%Y-%m}"
        if key in self.closings:
            note, icon = self._closed(key), "lock_outline"
        elif month == self.months[0]:
            note, icon = tr._("Not over yet"), "calendar_clock"
        else:
            note, icon = tr._("Open: can be closed"), "lock_open_variant_outline"
        return Line(key, self._name(month), note, icon=icon)

    def _name(self, month: date) -> str:
        name = self.app.tr.language.month(month)
        return name[:1].upper() + name[1:]

    def _closed(self, key: str) -> str:
        day = self.app.local_day(self.closings[key].at)
        return self.app.tr("Closed on {day}", day=self.app.tr.language.full_date(day))

    def choose(self, key: str) -> None:
        """Close a month after a warning; for others show why that is not possible."""
        tr, month = self.app.tr, date.fromisoformat(f"{key}-01")
        if key in self.closings:
            text = tr._("Its figures stay as they were. Anything entered for it later is shown as a correction.")
            self.app.shell.say(self._name(month), f"{self._closed(key)}\n{text}")
        elif month == self.months[0]:
            self.app.show_error(MonthRuns())
        else:
            text = tr._(
                "Its figures will stay as they are now. Anything entered for this month later is shown in reports as "
                "a correction. A closed month cannot be opened again."
            )
            text += " " + tr._("Reports show its groups and services from then on.")
            choices = [
                (tr._("Not now"), lambda: None, True),
                (tr._("Close the month"), lambda: self._close(key), False),
            ]
            self.app.shell.say(self._name(month), text, choices)

    def _close(self, key: str) -> None:
        reports, now = self.app.services.reports, self.app.now()
        self.do("reports", lambda who: reports.close_month(month=key, now=now, who=who), self.look)

    def reset(self) -> None:
        self.lines = None
        self.months = []
        self.closings = {}


def last_months(today: date, since: date) -> list[date]:
    """Return the first days of the months from `today` back to `since`."""
    found = [today.replace(day=1)]
    while len(found) < SHOWN or found[-1] > since:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found
