"""Asking for help, and offering to be a friend: a form, consent, a code."""

from __future__ import annotations

from tests.stories.story import Keys, Meant, Scan, Step, Story, Touch, wrote

NOTICE, SAVED = "Yes, save it", "Saved. Thank you for telling us!"


def answers(*table: tuple[Touch, str] | tuple[Touch, str, str]) -> tuple[Step, ...]:
    """Return steps of the form: what is touched, what is asked then ("" for the same question), and the name of the
    picture if there is one."""
    return tuple(
        Step("help", touch, "help", (asked,) if asked else (), picture="".join(picture))
        for touch, asked, *picture in table
    )


def to_form(language: str = "English") -> tuple[Step, ...]:
    return (
        Step("welcome", language, "home"),
        Step("home", "Help and friends", "help", ("What is it about?",), picture="20_help_service"),
    )


def begun(service: str, language: str = "English") -> tuple[Step, ...]:
    return (
        *to_form(language),
        *answers((service, "Which languages do you speak?"), ("Українська", ""), ("Svenska", "")),
    )


def saved(service: str) -> tuple[Step, ...]:
    return (
        *answers(("Yes, continue", NOTICE)),
        Step("help", NOTICE, "help_saved", (SAVED,), (wrote("request.made", service=service),)),
        Step("help_saved", Meant("Done"), "welcome"),
    )


FRIEND = Story(
    "who would like a friend is asked what makes a pair",
    (
        *to_form(),
        *answers(
            ("I would like a friend", "Which languages do you speak?", "21_help_languages"),
            ("Russian", ""),
            ("Next", "What do you like?", "22_help_interests"),
            ("Coffee and talking", ""),
            ("Gardening", ""),
            ("Next", "How old are you?", "22_help_age"),
            ("30–49", "Which days suit you?", "22_help_days"),
            ("Tuesdays", ""),
            ("Next", "What time of the day?", "22_help_parts"),
            ("In the morning", ""),
            ("Next", "What should we call you?", "23_help_name"),
            (Keys("oksana", uk="оксана"), ""),
            ("Next", "What would help you?", "24_help_wish"),
            ("Skip", "How can we reach you?", "25_help_reach"),
            ("Call me or send a message", "Your phone number", "26_help_phone"),
            ("Suomi  +358", ""),
            (Keys("0401234567"), ""),
            ("Next", "Is everything right?", "27_help_review"),
            ("Yes, continue", NOTICE, "28_help_consent"),
        ),
        Step("help", NOTICE, "help_saved", (SAVED,), (wrote("request.made", service="friend"),), "29_help_saved"),
        Step("help_saved", Meant("Done"), "welcome"),
    ),
)
NEIGHBOUR = Story(
    "snow is to be cleared in winter",
    (
        *to_form(),
        *answers(
            ("Neighbour help", "What kind of work is it?", "32_help_kinds"),
            ("Clearing snow", ""),
            ("Next", "Where is it, roughly?", "33_help_areas"),
            ("Ylipää", ""),
            ("Next", "About how long does it take?", "34_help_length"),
            ("An hour", "How often?", "35_help_repeat"),
            ("Every week in winter", "Which languages do you speak?"),
            ("Russian", ""),
            ("Next", "Which days suit you?"),
            ("Mondays", ""),
            ("Thursdays", ""),
            ("Next", "What time of the day?"),
            ("Skip", "What should we call you?"),
            (Keys("veikko", uk="вейко"), ""),
            ("Next", "What would help you?"),
            ("Skip", "How can we reach you?"),
            ("I will ask at the desk", "Is everything right?", "36_help_neighbour_review"),
        ),
        *saved("neighbour"),
    ),
)
STORIES = (
    FRIEND,
    NEIGHBOUR,
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
            Step("help", "Home", "help", ("Leave without saving?",)),
            Step("help", "Leave without saving", "home"),
            Step("home", "Finish", "welcome"),
        ),
    ),
)
