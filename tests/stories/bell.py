"""A visitor calls a person, and staff come."""

from __future__ import annotations

from tests.stories.door import IN
from tests.stories.story import Child, Line, Step, Story, World, wrote
from tests.world import NOW


def somebody_rang(world: World) -> None:
    world.services.bell.ring(language="uk", now=NOW)


STORIES = (
    Story(
        "a visitor calls staff, once",
        (
            Step("welcome", "English", "home"),
            Step("home", "Help", "home", ("How can we help?",)),
            Step("home", "A person, please", "contact", ("We ask neither your name nor why.",)),
            Step("contact", "Staff, please", "contact", ("Staff were called",), (wrote("bell.rung", language="en"),)),
            Step("contact", "OK", "contact"),
            Step("contact", "Staff, please", "contact", ("Staff were called",)),  # not a second bell
            Step("contact", "OK", "contact"),
            Step("contact", "Home", "home"),
        ),
    ),
    Story(
        "the desk says who calls, until it is answered",
        (
            *IN,
            Step("desk", Child("todo"), "todo", ("1 visitor calls you",)),
            Step("todo", Line("1 visitor calls you"), "todo", ("Everything is done.",), (wrote("bell.answered"),)),
        ),
        given=somebody_rang,
    ),
)
