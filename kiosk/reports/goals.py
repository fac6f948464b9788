"""Goals of a project: what its funder expects of an indicator until the last day, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kiosk.language.translation import N_
from kiosk.settings import ProjectSetting

from .indicators import GROUPS, INDICATORS, Indicator, PeriodCounts, cell
from .model import Cell, Chart, ChartSeries, Column, Table, table
from .scope import Scope
from .wording import Say

#: Percentage points behind the share of time passed from which a goal counts as behind: a season has quiet months.
SLACK = 10
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Goal:
    """A goal: `reached` of `target` since the project began; a suppressed figure has no share."""

    indicator: Indicator
    target: int
    reached: Cell

    @property
    def percent(self) -> Decimal | None:
        """The share reached, percent."""
        known = isinstance(self.reached, int | Decimal)
        return (100 * Decimal(self.reached) / self.target).quantize(_TENTH) if known else None  # type: ignore[arg-type]

    def is_behind(self, passed: Decimal) -> bool:
        """Return whether it is behind the share of time that has `passed`, percent."""
        wanted = passed if passed >= 100 else passed - SLACK
        return self.percent is not None and self.percent < wanted


def goals(scope: Scope) -> list[Goal]:
    """Return the goals of the scope's project, from its first day to the last day of the scope."""
    project = scope.project
    if project is None or not project.targets:
        return []
    last = min(scope.facts.last, project.until)
    counted = PeriodCounts(replace(scope, facts=scope.facts.during(project.since, last)))
    wanted: Mapping[str, int] = project.targets
    return [Goal(one, wanted[one.key], cell(one.of(counted))) for one in INDICATORS if one.key in wanted]


def time_passed(project: ProjectSetting, day: date) -> Decimal:
    """Return the share of the project's time that has passed at the end of `day`, percent."""
    days = max(1, (project.until - project.since).days + 1)
    passed = min(max(0, (day - project.since).days + 1), days)
    return (Decimal(100 * passed) / days).quantize(_TENTH)


def parts(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, the chart and the note of the goals; empty without any."""
    found, project, say = goals(scope), scope.project, scope.say
    if not found or project is None:
        return [], [], []
    passed = time_passed(project, scope.facts.last)
    series = (
        ChartSeries(say.text(N_("Reached, %")), tuple(float(one.percent or 0) for one in found)),
        ChartSeries(say.text(N_("Time passed, %")), (float(passed),) * len(found)),
    )
    title, names = say.text(N_("Goals of the project")), tuple(say.text(one.indicator.name) for one in found)
    note = say.text(
        N_("Goals are counted from {first}, the first day of the project, to {last}."),
        first=say.day(project.since),
        last=say.day(min(scope.facts.last, project.until)),
    )
    return list(_tables(found, passed, say)), [Chart("bars", "goals", title, names, series, "%")], [note]


def _tables(found: list[Goal], passed: Decimal, say: Say) -> Iterator[Table]:
    """Yield a table for each type of figures."""
    for type_, group in GROUPS:
        rows = [
            (say.text(one.indicator.name), one.target, one.reached, one.percent, passed)
            for one in found
            if one.indicator.type == type_
        ]
        columns = [
            Column("goal", say.text(N_("Goal")), "text"),
            Column("target", say.text(N_("Target"))),
            Column("reached", say.text(N_("So far")), type_),
            Column("percent", say.text(N_("Reached, %")), "percent"),
            Column("passed", say.text(N_("Time passed, %")), "percent"),
        ]
        if rows:
            title = say.text(N_("Goals of the project: {kind}"), kind=say.text(group))
            yield table(f"goals_{type_}", title, columns, rows)
