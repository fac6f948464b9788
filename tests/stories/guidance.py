"""A number to talk to the coordinator."""

from __future__ import annotations

from tests.stories.story import Meant, Step, Story, wrote


def form(touch: str, asked: str) -> Step:
    return Step("guidance", touch, "guidance", (asked,))


TAKEN = (
    Step("welcome", "English", "home"),
    Step("home", "Talk to the coordinator", "guidance", ("Today or by appointment?",)),
    form("I will wait today", "What is it about?"),
    form("Housing", "Which language should we speak?"),
    form("Українська", "Do you need an interpreter?"),
    Step(
        "guidance",
        "Yes",
        "number",
        ("You are next.",),
        (wrote("queue.taken", topic="housing", language="uk", interpreter=True),),
    ),
)
STORIES = (
    Story(  # first, so that nobody waits when the next number is taken
        "a number is given back",
        (
            *TAKEN,
            Step("number", "I will not wait", "home", ("Your number was cancelled",), (wrote("queue.left"),)),
        ),
    ),
    Story("a number is taken", (*TAKEN, Step("number", Meant("Done"), "welcome"))),
)
