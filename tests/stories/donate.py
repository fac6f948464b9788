"""Announcing what one brings."""

from __future__ import annotations

from tests.stories.story import Meant, Scan, Step, Story, wrote


def form(touch: str, asked: str = "", picture: str = "") -> Step:
    return Step("donate", touch, "donate", (asked,) if asked else (), picture=picture)


ANNOUNCED = (
    Step("welcome", "English", "home"),
    Step("home", "I want to donate something", "donate", ("Broken or dirty things",), picture="73_donate"),
    form("Next", "What are you bringing?", "74_donate_what"),
    form("Furniture"),
    form("Next", "How much are you bringing?", "74_donate_amount"),
    form("A few things", "About how many things?", "74_donate_count"),
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
        "75_announced",
    ),
)
CALLED_OFF = "This announcement is no longer active."
SOME_FURNITURE = Story("some furniture is announced", (*ANNOUNCED, Step("announced", Meant("Done"), "welcome")))
STORIES = (
    SOME_FURNITURE,
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
