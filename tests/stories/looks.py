"""How the screen looks and which language it speaks, for one visit."""

from __future__ import annotations

from kiosk.settings import Settings
from tests.stories.story import Step, Story

ASKED = "What would you like to do?"


def home(touch: str, *sees: str) -> Step:
    return Step("home", touch, "home", sees)


def moving(settings: Settings) -> Settings:
    """Return the settings with pictures that move, as usual."""
    return settings._replace(screen=settings.screen._replace(motion=True))


STORIES = (
    Story(
        "big text, high contrast and another language are of one visit",
        (
            Step("welcome", "English", "home", (ASKED, "Big text")),
            home("Contrast"),
            home("Help", "No motion"),
            home("No motion"),
            home("English", "Українська"),
            home("Українська", ASKED),
            home("Big text", "View"),
            home("View", "Small text"),
            home("Small text"),
            home("Big text"),
            Step("home", "Find free things", "shelves", ("What are you looking for?",)),
            Step("shelves", "Back", "home"),
            Step("home", "Finish", "welcome"),
            Step("welcome", "English", "home", (ASKED, "Big text")),
        ),
        using=moving,
    ),
    Story(
        "a first-timer practises to touch",
        (
            Step("welcome", "English", "home"),
            home("Help", "Practise touching"),
            Step("home", "Practise touching", "practice", ("Touch the snowflake with one finger.",)),
            Step("practice", "Snowflake", "practice", ("Well done! Now the next one.",)),
            Step("practice", "Snowflake", "practice", ("And another one.",)),
            Step("practice", "Snowflake", "practice", ("A long list has arrows",)),
            Step("practice", "Down", "practice"),
            Step("practice", "Skip", "home", (ASKED,)),
        ),
    ),
)
