"""Events at the desk: what is said of them, and their papers."""

from __future__ import annotations

from tests.stories.door import IN, OUT
from tests.stories.gatherings import with_seats
from tests.stories.story import Fact, Keys, Line, Step, Story, wrote

COFFEE = Line("Tuesday coffee")
BUNS = "coffee and buns"
STORIES = (
    Story(
        "what happens there is written at the desk and read by visitors",
        (
            *IN,
            Step("desk", "Events", "programme"),
            Step("programme", COFFEE, "programme", ("Poster", "List for the door")),
            Step("programme", "List for the door", "programme", ("Nobody has booked a seat yet.",)),
            Step("programme", "OK", "programme"),
            Step("programme", COFFEE, "programme", ("The whole series",)),
            Step("programme", "The whole series", "series"),
            Step("series", Fact("What happens there?"), "ask"),
            Step("ask", Keys(BUNS), "ask"),
            Step("ask", "OK", "ask"),
            Step("ask", "Skip", "ask"),
            Step("ask", "Skip", "series", (BUNS,)),
            Step("series", "Save", "programme", (), (wrote("gathering.set"),)),
            Step("programme", "Home", "desk"),
            OUT,
            Step("welcome", "English", "home"),
            Step("home", "Coming events", "calendar"),
            Step("calendar", COFFEE, "gathering", (BUNS,)),
        ),
        using=with_seats,
    ),
)
