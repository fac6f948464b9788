"""A report is looked at."""

from __future__ import annotations

from tests.stories.door import IN
from tests.stories.story import Step, Story

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
)
