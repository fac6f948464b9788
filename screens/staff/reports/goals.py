"""The goals of the running projects, and how far they are against the time that has passed."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, StringProperty

from kiosk.reports.indicators import INDICATORS, Indicator
from kiosk.reports.model import Hidden
from kiosk.settings import ProjectSetting, Settings
from screens.staff.desk.base import StaffScreen
from screens.staff.settings.values import as_number
from screens.widgets.choices import Option
from screens.widgets.lists import Line


class GoalsScreen(StaffScreen):
    """Lists each project with its goals; a touch opens the results of the project. Who may change settings sets goals.
    `may_set`: there is a running project, and this member may."""

    lines = ListProperty(None, allownone=True)
    may_set = BooleanProperty(False)
    empty = StringProperty()
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
        tr, now, running = self.app.tr, self.app.now(), bool(self._running())
        self.may_set = running and self.member.may("settings")
        none = tr._("No project is running. Projects are entered in the settings file.")
        self.empty = tr._("No running project has goals.") if running else none
        self.load("reports", lambda who: self.app.services.reports.goals(now=now), self._show)

    def _show(self, found: Any) -> None:
        self.projects = {one.project.number: one.project for one in found}
        self.lines = [
            line for one in found for line in (self._head(one), *(self._line(one, goal) for goal in one.goals))
        ]

    def _head(self, one: Any) -> Line:
        tr, project = self.app.tr, one.project
        days = f"{tr.language.figures(project.since)}–{tr.language.figures(project.until)}"
        passed = tr("Time passed: {share}", share=tr.language.percent(float(one.passed) / 100))
        return Line(project.number, tr.name(project.names), f"{days}  ·  {passed}", icon="flag_outline")

    def _line(self, one: Any, goal: Any) -> Line:
        tr, behind = self.app.tr, goal in one.behind
        hidden, target = isinstance(goal.reached, Hidden), tr.language.number(goal.target)
        reached = str(goal.reached.value) if hidden else tr.language.number(goal.reached)
        so_far = tr("{reached} of {target}", reached=reached, target=target)
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

    # setting a goal

    def _running(self) -> list[ProjectSetting]:
        today = self.app.local_day(self.app.now())
        return [one for one in self.app.settings.projects if one.since <= today <= one.until]

    def set_goal(self) -> None:
        """Ask for the project, if several run, and for the figure and its target."""
        tr, running = self.app.tr, {one.number: one for one in self._running()}
        if len(running) == 1:
            self._pick_figure(*running.values())
        else:
            options = [Option(number, tr.name(one.names)) for number, one in running.items()]
            self.pick(tr._("For which project?"), options, lambda number: self._pick_figure(running[number]))

    def _pick_figure(self, project: ProjectSetting) -> None:
        figures = {one.key: one for one in INDICATORS}
        options = [Option(key, one.name) for key, one in figures.items()]
        self.pick(self.app.tr._("Which figure?"), options, lambda key: self._ask_target(project, figures[key]))

    def _ask_target(self, project: ProjectSetting, figure: Indicator) -> None:
        tr, check = self.app.tr, self.app.services.preferences.check_target
        self.ask(
            tr("{figure}: the target until {day}", figure=tr._(figure.name), day=tr.language.figures(project.until)),
            lambda text: self._keep(project.number, figure.key, as_number(text) or None),
            hint=tr._("0 removes the goal."),
            text=str(project.targets.get(figure.key, "")),
            board="WEIGHT",
            most=8,
            check=lambda text: check(figure.key, as_number(text) or None),
        )

    def _keep(self, number: str, key: str, target: int | None) -> None:
        preferences, now = self.app.services.preferences, self.app.now()
        self.do(
            "settings",
            lambda who: preferences.set_target(project=number, indicator=key, target=target, now=now, who=who),
            self._kept,
        )

    def _kept(self, settings: Settings) -> None:
        shell = self.app.shell
        self.app.take_settings(settings)
        shell.home()
        shell.go("reports")
        shell.go("goals")

    def reset(self) -> None:
        self.lines = None
        self.projects = {}
