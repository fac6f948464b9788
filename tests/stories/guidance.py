"""A number to talk to the coordinator."""

from __future__ import annotations

from datetime import timedelta

from tests.stories.story import Meant, Pass, Step, Story, wrote


def form(touch: str, asked: str, picture: str = "") -> Step:
    return Step("guidance", touch, "guidance", (asked,), picture=picture)


TAKEN = (
    Step("welcome", "English", "home"),
    Step("home", "Talk to the coordinator", "guidance", ("Today or by appointment?",), picture="70_guidance"),
    form("I will wait today", "What is it about?"),
    form("Housing", "Which language should we speak?", "71_guidance_language"),
    form("Svenska", "Do you need an interpreter?"),
    Step(
        "guidance",
        "Yes",
        "number",
        ("I will not wait",),
        (wrote("queue.taken", topic="housing", language="sv", interpreter=True),),
        "72_number",
    ),
)
TAKEN_TODAY = Story("a number is taken", (*TAKEN, Step("number", Meant("Done"), "welcome")))
STORIES = (
    Story(  # first, so that nobody waits when the next number is taken
        "a number is given back",
        (
            *TAKEN,
            Step("number", Pass(timedelta()), "number", ("You are next.",)),
            Step("number", "I will not wait", "home", ("Your number was cancelled",), (wrote("queue.left"),)),
        ),
    ),
    TAKEN_TODAY,
)
