"""Checking in to a session, with and without answers."""

from __future__ import annotations

from datetime import date, time

from kiosk.settings import Settings
from tests.stories.story import Child, Meant, Step, Story, wrote

CARD = Child("cards")
UNDO = Child("undo")


def to_arrive(language: str = "English") -> tuple[Step, ...]:
    return (
        Step("welcome", language, "home", ("What would you like to do?",), picture="02_home"),
        Step("home", "I have come to an event", "arrive", ("Today at the Help Center",), picture="05_arrive"),
    )


def counted(language: str = "English", adults: int = 1) -> tuple[Step, ...]:
    came = wrote("visit.checked_in", adults=adults, children=0)
    return (
        *to_arrive(language),
        Step("arrive", CARD, "party", ("Welcome! You are counted.",), (came,), picture="06_party"),
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


FIRST, GROUP, THANKS = "Is this your first time here?", "Which of these describes you best?", "Thank you for coming!"
SKIP = "I would rather not say"

FAMILY = Story(
    "a family answers everything",
    (
        *counted("Українська"),
        Step("party", "More", "party"),
        Step("party", "More", "party"),
        Step("party", "Next", "about_you", (FIRST,), (wrote("visit.amended", children=2),), "07_first_visit"),
        Step(
            "about_you",
            "Yes, the first time",
            "about_you",
            (GROUP,),
            (wrote("visit.amended", first_visit=True),),
            "08_group",
        ),
        Step(
            "about_you",
            "Family with children",
            "thanks",
            (THANKS,),
            (wrote("visit.amended", group="family"),),
            "09_thanks",
        ),
        Step("thanks", Meant("Done"), "welcome"),
    ),
)
STORIES = (
    FAMILY,
    Story(
        "every question is skipped",
        (
            *counted("Suomi"),
            Step("party", "Next", "about_you", (FIRST,)),
            Step("about_you", SKIP, "about_you", (GROUP,)),
            Step("about_you", SKIP, "thanks", (THANKS,)),
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
        "the same visitor says twice that they came, and takes it back",
        (
            *counted(),
            Step("party", "More", "party"),
            Step("party", "Home", "home"),
            Step("home", "I have come to an event", "arrive"),
            Step("arrive", CARD, "party", ("You are already counted.",)),
            Step("party", "More", "party"),
            Step("party", "Next", "about_you", (FIRST,), (wrote("visit.amended"),)),
            Step("about_you", "Home", "home"),
            Step("home", "I have come to an event", "arrive"),
            Step("arrive", CARD, "party", ("You are already counted.",)),
            Step("party", UNDO, "home", ("You are not counted for this event.",), (wrote("visit.undone"),)),
            Step("home", "OK", "home"),
            Step("home", "I have come to an event", "arrive"),
            Step("arrive", CARD, "party", ("Welcome! You are counted.",), (wrote("visit.checked_in"),)),
        ),
    ),
    Story(
        "it is taken back from the last screen",
        (
            *counted(),
            Step("party", "Next", "about_you", (FIRST,)),
            Step(
                "about_you",
                "No, I have been here before",
                "about_you",
                (GROUP,),
                (wrote("visit.amended", first_visit=False),),
            ),
            Step("about_you", SKIP, "thanks", (THANKS,)),
            Step("thanks", UNDO, "home", ("You are not counted for this event.",), (wrote("visit.undone"),)),
        ),
    ),
    Story(
        "two sessions ask which",
        (
            *to_arrive(),
            Step(
                "arrive",
                Child("cards", 1),
                "party",
                ("Welcome! You are counted.",),
                (wrote("visit.checked_in", session="club:2026-11-24:1800"),),
            ),
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
