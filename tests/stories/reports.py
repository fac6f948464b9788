"""A report is looked at."""

from __future__ import annotations

from datetime import date

from kiosk.settings import ProjectSetting, Settings
from tests.stories.door import IN
from tests.stories.story import Keys, Line, Step, Story, wrote


def with_project(settings: Settings) -> Settings:
    project = ProjectSetting("273535", {"fi": "Lumijobi"}, "EU", date(2026, 1, 1), date(2027, 12, 31))
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
        "a goal of a project is set and compared with the time that has passed",
        (
            *IN,
            Step("desk", "Reports", "reports"),
            Step("reports", "Goals", "goals", ("No running project has goals.",)),
            Step("goals", "Set a goal", "choose", ("Which figure?",)),
            Step("choose", "Things given", "ask"),
            Step("ask", Keys("50"), "ask"),
            Step("ask", "OK", "goals", ("0 of 50", "Behind"), (wrote("settings.changed"),)),
            Step("goals", Line("Lumijobi"), "report"),
        ),
        using=with_project,
    ),
)
