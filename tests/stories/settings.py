"""A setting is changed at the desk and holds at once."""

from __future__ import annotations

from tests.stories.door import IN
from tests.stories.story import Line, Step, Story, wrote

STORIES = (
    Story(
        "donations are switched off",
        (
            *IN,
            Step("desk", "Settings", "settings"),
            Step("settings", "What we offer", "settings_part"),
            Step("settings_part", Line("Donations"), "settings_part", ("Switch it off",)),
            Step("settings_part", "Switch it off", "settings_part", (), (wrote("settings.changed"),)),
            Step("settings_part", "Back", "settings"),
        ),
    ),
    Story(
        "a day is closed",
        (
            *IN,
            Step("desk", "Settings", "settings"),
            Step("settings", "Opening hours", "settings_part"),
            Step("settings_part", Line("Tuesday"), "settings_part", ("Closed on this day",)),
            Step("settings_part", "Closed on this day", "settings_part", ("Closed",), (wrote("settings.changed"),)),
        ),
    ),
)
