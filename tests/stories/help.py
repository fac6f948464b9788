"""Asking for help, and offering to be a friend: a form, consent, a code."""

from __future__ import annotations

from tests.stories.story import Keys, Meant, Scan, Step, Story, Touch, wrote

NOTICE, SAVED = "Yes, save it", "Saved. Thank you for telling us!"


def answers(*table: tuple[Touch, str]) -> tuple[Step, ...]:
    """Return steps of the form: what is touched, and what is asked then ("" for the same question)."""
    return tuple(Step("help", touch, "help", (asked,) if asked else ()) for touch, asked in table)


def begun(service: str, language: str = "English") -> tuple[Step, ...]:
    return (
        Step("welcome", language, "home"),
        Step("home", "Help and friends", "help", ("What is it about?",)),
        *answers((service, "Which languages do you speak?"), ("Українська", ""), ("Svenska", "")),
    )


def saved(service: str) -> tuple[Step, ...]:
    return (
        *answers(("Yes, continue", NOTICE)),
        Step("help", NOTICE, "help_saved", (SAVED,), (wrote("request.made", service=service),)),
        Step("help_saved", Meant("Done"), "welcome"),
    )


STORIES = (
    Story(
        "something else, reachable by phone, is asked about by its code",
        (
            *begun("Something else"),
            *answers(
                ("Next", "When is a good time?"),
                ("Weekday mornings", ""),
                ("Next", "What should we call you?"),
                (Keys("oksana"), ""),
                ("Next", "What would help you?"),
                (Keys("coffee and a walk"), ""),
                ("Next", "How can we reach you?"),
                ("Call me or send a message", "Your phone number"),
                (Keys("0401234567"), ""),
                ("Next", "Is everything right?"),
            ),
            *saved("other"),
            Step("welcome", Scan("request"), "welcome", ("We have your request and will contact you.",)),
        ),
    ),
    Story(
        "who wants to be a friend is asked what makes a pair",
        (
            *begun("I want to be a friend"),
            *answers(
                ("Next", "What do you like?"),
                ("Gardening", ""),
                ("Next", "How old are you?"),
                ("Skip", "Which days suit you?"),
                ("Tuesdays", ""),
                ("Next", "What time of the day?"),
                ("Skip", "What should we call you?"),
                ("Skip", "Would you like to tell us something?"),
                ("Skip", "How can we reach you?"),
                ("I will ask at the desk", "Is everything right?"),
            ),
            *saved("friend_offer"),
        ),
    ),
    Story(
        "who goes away has saved nothing",
        (
            *begun("Something else", "Suomi"),
            *answers(("Next", "When is a good time?"), ("Back", "Which languages do you speak?")),
            Step("help", "Finish", "help", ("Leave without saving?",)),
            Step("help", "Leave without saving", "welcome"),
        ),
    ),
)
