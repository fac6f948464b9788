"""Announcing what one brings."""

from __future__ import annotations

from tests.stories.story import Meant, Scan, Step, Story, wrote


def form(touch: str, asked: str = "") -> Step:
    return Step("donate", touch, "donate", (asked,) if asked else ())


ANNOUNCED = (
    Step("welcome", "English", "home"),
    Step("home", "I want to donate something", "donate", ("Broken or dirty things",)),
    form("Next", "What are you bringing?"),
    form("Furniture"),
    form("Next", "How much are you bringing?"),
    form("A few things", "About how many things?"),
    form("More"),
    form("More"),
    form("Next", "Would you like us to collect it?"),
    form("No", "Is everything right?"),
    Step(
        "donate",
        "Yes, continue",
        "announced",
        ("Thank you for your donation!",),
        (wrote("donation.announced", categories=["furniture"], amount="few", pieces=3),),
    ),
)
CALLED_OFF = "This announcement is no longer active."
STORIES = (
    Story("some furniture is announced", (*ANNOUNCED, Step("announced", Meant("Done"), "welcome"))),
    Story(
        "it is called off by its code",
        (
            *ANNOUNCED,
            Step("announced", Meant("Done"), "welcome"),
            Step("welcome", Scan("donation"), "welcome", ("Thank you for your donation!",)),
            Step("welcome", "I am not bringing it after all", "welcome", (CALLED_OFF,), (wrote("donation.cancelled"),)),
        ),
    ),
)
