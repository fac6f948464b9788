"""A volunteer's shift, in and out by the number."""

from __future__ import annotations

from datetime import timedelta

from tests.stories.story import Keys, Pass, Scan, Step, Story, World, wrote
from tests.world import NOW


def eino(world: World) -> None:
    world.services.volunteers.register(name="Eino", now=NOW, who="shell")


TO_NUMBER = (
    Step("welcome", "English", "home"),
    Step("home", "I am here to volunteer", "volunteer", ("What is your volunteer number?",)),
)
STORIES = (
    Story(
        "a shift begins by the number and ends by the card",
        (
            *TO_NUMBER,
            Step("volunteer", Keys("1"), "volunteer"),
            Step("volunteer", "Next", "shift", ("Volunteer 1",)),
            Step("shift", "I am 15 or older", "shift"),
            Step("shift", "I am 15 or older", "shift"),
            Step(
                "shift",
                "Carrying and transport",
                "home",
                ("Your shift has started. Thank you!",),
                (wrote("shift.begun", task="carrying", of_age=True),),
            ),
            Step("home", "OK", "home"),
            Step("home", "Finish", "welcome"),
            Step("welcome", Pass(timedelta(hours=2, minutes=10)), "welcome"),
            Step("welcome", Scan("volunteer"), "shift", ("I am going home now",)),
            Step("shift", "I am going home now", "home", (), (wrote("shift.ended", quarters=9),)),
        ),
        given=eino,
    ),
    Story(
        "a number that nobody has is told",
        (
            *TO_NUMBER,
            Step("volunteer", Keys("7"), "volunteer"),
            Step("volunteer", "Next", "volunteer", ("There is no volunteer with this number.",)),
        ),
    ),
    Story(
        "somebody without a number would like to volunteer",
        (
            *TO_NUMBER,
            Step("volunteer", "I have no number: I would like to volunteer", "join", ("What would you like to do?",)),
            Step("join", "Yard and snow", "join"),
            Step("join", "Next", "join", ("Which languages do you speak?",)),
        ),
    ),
)
