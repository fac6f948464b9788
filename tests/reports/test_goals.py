"""Goals of a project: targets from the settings, counted from its first day, against the time that has passed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.reports.goals import SLACK, Goal, time_passed
from kiosk.reports.indicators import INDICATORS
from kiosk.reports.model import Hidden
from kiosk.services import Services
from kiosk.services.desk.tasks import Task, tasks
from kiosk.settings import BadSettings, ProjectSetting, Settings
from kiosk.settings.toml_reader import read
from kiosk.vocabulary import INDICATOR_KEYS
from tests.reports.test_kinds import come, made, rows, settings

__all__ = ["settings"]

PROJECT = ProjectSetting(
    "12345",
    {"fi": "Hanke", "en": "Project"},
    "Leader",
    date(2026, 9, 1),
    date(2027, 8, 31),
    targets={"people": 40, "in": 10},
)
FILE = """
[[projects]]
number = "12345"
names = {{fi = "Hanke"}}
funder = "Leader"
since = 2026-09-01
until = 2027-08-31
targets = {targets}
"""


def goal(reached: Any, target: int = 100) -> Goal:
    return Goal(INDICATORS[0], target, reached)


def with_project(services: Services, settings: Settings, project: ProjectSetting = PROJECT) -> Services:
    services.gatherings.apply(settings.gatherings, datetime(2020, 1, 1, tzinfo=UTC))
    return Services(services.store, settings._replace(projects=(project,)))


def test_every_indicator_may_have_a_target() -> None:
    assert tuple(one.key for one in INDICATORS) == INDICATOR_KEYS
    every = ", ".join(f"{key} = 5" for key in INDICATOR_KEYS)
    [project] = read(FILE.format(targets=f"{{{every}}}"), "settings").projects
    assert project.targets == dict.fromkeys(INDICATOR_KEYS, 5)


@pytest.mark.parametrize("targets", ["{people = 0}", "{peeple = 5}", "{people = 1.5}", '{people = "many"}', "[5]"])
def test_a_wrong_target_is_said_with_its_line(targets: str) -> None:
    with pytest.raises(BadSettings) as caught:
        read(FILE.format(targets=targets), "settings")
    assert (caught.value.values["line"], caught.value.values["key"]) == (8, "projects.targets")


def test_the_results_of_a_project_begin_with_its_goals(services: Services, settings: Settings) -> None:
    mine = with_project(services, settings)
    come(mine, date(2026, 8, 25), 50)  # before the project
    come(mine, date(2026, 9, 1), 7)
    come(mine, date(2026, 11, 3), 9)
    report = made(mine, "results", project="12345")
    assert report.tables[0].key == "goals_whole"
    passed = Decimal("24.9")  # 91 of 365 days
    assert rows(report, "goals_whole") == {
        "People": (40, 16, Decimal("40.0"), passed),
        "Things taken in": (10, 0, Decimal("0.0"), passed),
    }
    [chart] = report.charts
    assert [series.values for series in chart.series] == [(40.0, 0.0), (24.9, 24.9)]
    assert report.notes[0] == "Goals are counted from 01/09/2026, the first day of the project, to 30/11/2026."
    assert "goals" not in {table.key.partition("_")[0] for table in made(mine, "results").tables}


def test_the_desk_says_once_a_day_which_goals_are_behind(services: Services, settings: Settings) -> None:
    mine, now = with_project(services, settings), datetime(2026, 12, 1, 10, tzinfo=UTC)
    come(mine, date(2026, 11, 3), 9)
    [project] = mine.reports.goals(now=now)
    assert [(one.indicator.key, one.reached) for one in project.goals] == [("people", 9), ("in", 0)]
    assert [one.indicator.key for one in project.behind] == ["in"]
    assert mine.day.look(now).goals_behind is None
    mine.reports.note_goals(now)
    assert Task("goals", 1) in tasks(mine.day.look(now), now)
    mine.goods.add(now=now, who="shell", category="toys", thing="teddy_bear", quantity=10)
    mine.reports.note_goals(now)
    assert mine.day.look(now).goals_behind == 1  # not counted again on this day
    tomorrow = datetime(2026, 12, 2, 10, tzinfo=UTC)
    mine.reports.note_goals(tomorrow)
    assert mine.day.look(tomorrow).goals_behind == 0
    over = datetime(2027, 9, 1, 10, tzinfo=UTC)
    assert mine.reports.goals(now=over) == []


def test_time_passes_from_nothing_to_all() -> None:
    days = (date(2026, 8, 31), date(2026, 9, 1), date(2027, 8, 31), date(2028, 1, 1))
    assert [time_passed(PROJECT, day) for day in days] == [Decimal(0), Decimal("0.3"), Decimal(100), Decimal(100)]


def test_a_hidden_figure_has_no_share_and_is_not_behind() -> None:
    assert goal(Hidden.FEW).percent is None
    assert not goal(Hidden.KEPT).is_behind(Decimal(100))


@given(st.integers(0, 300), st.integers(1, 200), st.decimals(0, 100, places=1))
def test_behind_is_more_than_the_slack_and_at_the_end_anything_missing(
    reached: int, target: int, passed: Decimal
) -> None:
    found = goal(reached, target)
    behind = found.is_behind(passed)
    assert found.percent is not None
    if passed >= 100:
        assert behind == (found.percent < 100)
    else:
        assert behind == (found.percent < passed - SLACK)
