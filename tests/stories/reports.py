"""A report is looked at."""

from __future__ import annotations

from datetime import date

from kiosk.settings import ProjectSetting, Settings
from tests.stories.door import IN
from tests.stories.story import Line, Step, Story


def with_project(settings: Settings) -> Settings:
    project = ProjectSetting(
        "273535", {"fi": "Lumijobi"}, "EU", date(2026, 1, 1), date(2027, 12, 31), targets={"given": 50}
    )
    return settings._replace(projects=(project,))


STORIES = (
    Story(
        "a report is looked at and writes nothing",
        (
            *IN,
            Step("desk", "Reports", "reports", ("Show the report",)),
            Step("reports", "Show the report", "report", ("Save the report",)),
            Step("report", "Back", "reports"),
            Step("reports", "Close a month", "months"),
            Step("months", "Home", "desk"),
        ),
    ),
    Story(
        "a goal of a project is compared with the time that has passed",
        (
            *IN,
            Step("desk", "Reports", "reports"),
            Step("reports", "Goals", "goals", ("Things given", "0 of 50", "Behind")),
            Step("goals", Line("Lumijobi"), "report"),
        ),
        using=with_project,
    ),
)
