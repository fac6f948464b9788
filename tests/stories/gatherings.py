"""Seats at what is on."""

from __future__ import annotations

from kiosk.settings import Settings
from tests.stories.story import Line, Meant, Scan, Step, Story, wrote


def with_seats(settings: Settings) -> Settings:
    return settings._replace(gatherings=(settings.gatherings[0]._replace(seats=2, partner="4H"),))


TO_GATHERING = (
    Step("welcome", "English", "home"),
    Step("home", "Coming events", "calendar"),
    Step("calendar", Line("Tuesday coffee"), "gathering"),
)
BOOKED = "Your seats are booked."
STORIES = (
    Story(
        "two seats are booked and given back by their code",
        (
            *TO_GATHERING,
            Step("gathering", "More", "gathering"),
            Step("gathering", "Sign up", "seat", (BOOKED, "For 2 people"), (wrote("seat.taken", people=2),)),
            Step("seat", Meant("Done"), "welcome"),
            Step("welcome", Scan("seat"), "seat", (BOOKED,)),
            Step("seat", "Cancel the seats", "seat", ("These seats were cancelled.",), (wrote("seat.cancelled"),)),
        ),
        using=with_seats,
    ),
    Story(
        "a full event: a place on the waiting list",
        (
            *TO_GATHERING,
            Step("gathering", "More", "gathering"),
            Step("gathering", "Sign up", "seat", (BOOKED,), (wrote("seat.taken", people=2),)),
            Step("seat", Meant("Done"), "welcome"),
            *TO_GATHERING,
            Step(
                "gathering",
                "Join the waiting list",
                "seat",
                ("Your place on the waiting list: 1",),
                (wrote("seat.taken", people=1),),
            ),
        ),
        using=with_seats,
    ),
    Story(
        "a meeting without seats needs no sign-up",
        (*TO_GATHERING, Step("gathering", "Back", "calendar")),
    ),
)
