"""The goals of the running projects, and how far they are against the time that has passed."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from kiosk.reports.model import Column
from kiosk.reports.wording import Say
from screens.staff.desk.base import StaffScreen
from screens.widgets.lists import Line


class GoalsScreen(StaffScreen):
    """Lists each project with its goals; a touch opens the results of the project."""

    lines = ListProperty(None, allownone=True)
    projects: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.look()

    def on_return(self) -> None:
        self.look()

    def on_language_changed(self) -> None:
        if self.app.shell.current == self.name:
            self.look()

    def look(self) -> None:
        """Count the goals again."""
        now = self.app.now()
        self.do("reports", lambda who: self.app.services.reports.goals(now=now), self._show)

    def _show(self, found: Any) -> None:
        self.projects = {one.project.number: one.project for one in found}
        self.lines = [
            line for one in found for line in (self._head(one), *(self._line(one, goal) for goal in one.goals))
        ]

    def _head(self, one: Any) -> Line:
        tr, project = self.app.tr, one.project
        days = f"{tr.language.figures(project.since)}–{tr.language.figures(project.until)}"
        passed = tr("Time passed: {share}", share=tr.language.percent(float(one.passed) / 100))
        return Line(project.number, tr.name(project.names), days, passed, icon="flag_outline")

    def _line(self, one: Any, goal: Any) -> Line:
        tr, behind = self.app.tr, goal in one.behind
        column = Column("reached", "", goal.indicator.type)
        reached = Say(tr.code, self.app.settings.centre.timezone).cell(goal.reached, column)
        so_far = tr("{reached} of {target}", reached=reached, target=tr.language.number(goal.target))
        state = tr._("Behind") if behind else tr._("Reached") if (goal.percent or 0) >= 100 else ""
        share = "–" if goal.percent is None else tr.language.percent(float(goal.percent) / 100)
        note = "  ·  ".join(filter(None, (so_far, state)))
        return Line(
            one.project.number,
            tr._(goal.indicator.name),
            note,
            share,
            icon="alert" if behind else "chart_line",
            alarm=behind,
        )

    def choose(self, number: str) -> None:
        """Open the results of a project so far."""
        project, today = self.projects[number], self.app.local_day(self.app.now())
        self.app.shell.go("report", kind="results", first=project.since, last=today, project=number)

    def reset(self) -> None:
        self.lines = None
        self.projects = {}
