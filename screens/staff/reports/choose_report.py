"""Choice of a report: kind, period, project; and access to imports and weights."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from kiosk.errors import N_
from kiosk.services.desk.reports import BUILDERS
from screens.staff.desk.base import StaffScreen
from screens.widgets.choices import Option

KINDS = tuple(Option(key, title, icon="chart_bar") for key, (title, _build) in BUILDERS.items())
PERIODS = (
    Option("this_month", N_("This month"), icon="calendar_month"),
    Option("last_month", N_("Last month"), icon="calendar_arrow_left"),
    Option("this_quarter", N_("This quarter"), icon="calendar_range"),
    Option("last_quarter", N_("Last quarter"), icon="calendar_arrow_left"),
    Option("this_year", N_("This year"), icon="calendar_star"),
    Option("last_year", N_("Last year"), icon="calendar_arrow_left"),
    Option("own", N_("Other dates"), icon="calendar_edit"),
)
#: Key of the whole centre among the projects.
CENTRE = Option("", N_("The whole centre"), icon="home_heart")


class ChooseReportScreen(StaffScreen):
    """A sheet of three choices, by default this year's attendance."""

    kind_name = StringProperty()
    period_name = StringProperty()
    project_name = StringProperty()
    days = ObjectProperty(None, allownone=True)

    def on_language_changed(self) -> None:
        self._show()

    def open(self, **values: Any) -> None:
        names = self.app.tr.name
        projects = self.app.services.reports.projects()
        self.projects = (CENTRE, *(Option(one.number, names(one.names), icon="flag_outline") for one in projects))
        self.kind, self.project = KINDS[0].key, ""
        self._take("this_year")

    def on_return(self) -> None:
        self._show()

    def _show(self) -> None:
        if self.days is None:
            return
        tr = self.app.tr
        self.kind_name = tr._(BUILDERS[self.kind][0])
        self.period_name = "–".join(tr.language.figures(day) for day in self.days)
        self.project_name = next(tr._(one.message) for one in self.projects if one.key == self.project)

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        self._show()

    def ask_kind(self) -> None:
        self.pick(self.app.tr._("What is the report about?"), KINDS, lambda key: self._set(kind=key), self.kind)

    def ask_project(self) -> None:
        question = self.app.tr._("For which project?")
        self.pick(question, self.projects, lambda key: self._set(project=key), self.project)

    def ask_period(self) -> None:
        self.pick(self.app.tr._("For which period?"), PERIODS, self._take)

    def _take(self, key: str) -> None:
        if key != "own":
            self._set(days=period(key, self.app.local_day(self.app.now())))
            return
        question = self.app.tr._("From which day?")
        self.app.shell.go("pick_day", question=question, day=self.days[0], done=self._from)

    def _from(self, first: date) -> None:
        self.app.shell.go(
            "pick_day",
            question=self.app.tr._("Until which day?"),
            day=max(first, self.days[1]),
            least=first,
            done=lambda last: self._set(days=(first, last)),
        )

    def look(self) -> None:
        """Open the report."""
        first, last = self.days
        self.app.shell.go("report", kind=self.kind, first=first, last=last, project=self.project or None)

    def reset(self) -> None:
        self.kind_name = self.period_name = self.project_name = ""
        self.days = None


def period(key: str, today: date) -> tuple[date, date]:
    """Return (first, last) day of one of PERIODS on `today`; a running period ends today."""
    which, _, part = key.partition("_")
    start = _start(part, today)
    if which == "this":
        return start, today
    last = start - timedelta(days=1)
    return _start(part, last), last


def _start(part: str, day: date) -> date:
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[part]
    return date(day.year, month, 1)
