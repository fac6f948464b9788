"""Checking in to a session, with and without answers."""

from __future__ import annotations

from datetime import date, time

from kiosk.settings import Settings
from tests.stories.story import Child, Meant, Step, Story, wrote

UNDO = Child("undo")


def counted(language: str = "English", adults: int = 1) -> tuple[Step, ...]:
    came = wrote("visit.checked_in", adults=adults, children=0)
    return (
        Step("welcome", language, "home", ("What would you like to do?",), picture="02_home"),
        Step("home", "I have come to an event", "party", ("Welcome! You are counted.",), (came,), picture="06_party"),
    )


def two_sessions(settings: Settings) -> Settings:
    coffee = settings.gatherings[0]
    names = {"en": "Book club", "fi": "Lukupiiri", "uk": "Книжковий клуб"}
    club = coffee._replace(key="club", names=names, start=time(18), end=time(19))
    return settings._replace(gatherings=(coffee, club))


def on_other_days(settings: Settings) -> Settings:
    return settings._replace(gatherings=(settings.gatherings[0]._replace(every="FREQ=WEEKLY;BYDAY=FR"),))


def cancelled_today(settings: Settings) -> Settings:
    coffee = settings.gatherings[0]._replace(cancelled=frozenset({date(2026, 11, 24)}))
    return settings._replace(gatherings=(coffee,))


THANKS = "Thank you for coming!"
DONE = Meant("Done")

FAMILY = Story(
    "a Ukrainian family with a grandmother says who they are",
    (
        *counted("Українська"),
        Step("party", "More", "party"),
        Step("party", "More", "party"),
        Step("party", "Here for the first time", "party", next_page_in_big=True),
        Step("party", "Family with children", "party"),
        Step("party", "From Ukraine", "party"),
        Step("party", "Young person", "party"),
        Step("party", "65 or older", "party"),
        Step("party", "Young person", "party", picture="07_party_told"),  # a second touch takes it back
        Step(
            "party",
            DONE,
            "thanks",
            (THANKS,),
            (wrote("visit.amended", children=2, first_visit=True, group="family.older.ukrainian"),),
            "09_thanks",
        ),
        Step("thanks", DONE, "welcome"),
    ),
)
STORIES = (
    FAMILY,
    Story(
        "three touches: language, I came, done",
        (
            *counted("Suomi"),
            Step("party", DONE, "thanks", (THANKS,)),
            Step("thanks", "Look at the things", "shelves"),
        ),
    ),
    Story(
        "a check-in is taken back",
        (
            *counted(),
            Step("party", UNDO, "home", ("You are not counted for this event.",), (wrote("visit.undone"),)),
            Step("home", "OK", "home"),
        ),
    ),
    Story(
        "on a day without an event one touch counts who comes for the goods",
        (
            Step("welcome", "English", "home", ("I am here for the things",)),
            Step(
                "home",
                "I am here for the things",
                "party",
                ("Welcome! You are counted.",),
                (wrote("visit.checked_in", session="open_house:2026-11-24:1000"),),
            ),
            Step("party", UNDO, "home", ("You are not counted.",), (wrote("visit.undone"),)),
            Step("home", "OK", "home"),
        ),
        using=on_other_days,
    ),
    Story(
        "the same visitor says twice that they came, changes it, and takes it back",
        (
            *counted(),
            Step("party", "More", "party"),
            Step("party", "Home", "home", (), (wrote("visit.amended"),)),  # saved, whichever way one leaves
            Step("home", "I have come to an event", "party", ("You are already counted.",)),
            Step("party", "From Ukraine", "party"),
            Step("party", DONE, "thanks", (THANKS,), (wrote("visit.amended", group="ukrainian"),)),
            Step("thanks", "Home", "home"),
            Step("home", "I have come to an event", "party", ("You are already counted.",)),
            Step("party", "From Ukraine", "party"),
            Step("party", DONE, "thanks", (THANKS,), (wrote("visit.amended", group=""),)),
            Step("thanks", "Home", "home"),
            Step("home", "I have come to an event", "party", ("You are already counted.",)),
            Step("party", UNDO, "home", ("You are not counted for this event.",), (wrote("visit.undone"),)),
            Step("home", "OK", "home"),
            Step(
                "home", "I have come to an event", "party", ("Welcome! You are counted.",), (wrote("visit.checked_in"),)
            ),
        ),
    ),
    Story(
        "it is taken back from the last screen",
        (
            *counted(),
            Step("party", "Here for the first time", "party"),
            Step("party", DONE, "thanks", (THANKS,), (wrote("visit.amended", first_visit=True),)),
            Step("thanks", UNDO, "home", ("You are not counted for this event.",), (wrote("visit.undone"),)),
        ),
    ),
    Story(
        "two sessions ask which",
        (
            Step("welcome", "English", "home"),
            Step("home", "I have come to an event", "arrive", ("Today at the Help Center",)),
            Step(
                "arrive",
                Child("cards", 1),
                "party",
                ("Welcome! You are counted.",),
                (wrote("visit.checked_in", session="club:2026-11-24:1800"),),
            ),
            Step("party", "Back", "arrive"),
        ),
        using=two_sessions,
    ),
    Story(
        "a cancelled Tuesday is no session",
        (
            Step("welcome", "English", "home"),
            Step("home", "I have come to an event", "arrive", ("No event today", "1 December")),
            Step("arrive", "Back", "home"),
        ),
        using=cancelled_today,
    ),
)
