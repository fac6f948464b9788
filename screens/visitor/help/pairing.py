"""The questions for people to be paired: friends, and neighbours with tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.errors import N_, NC_
from kiosk.vocabulary.states import Repeat, RequestKind
from screens.forms.steps import WHAT, WHEN, YOU, Step
from screens.widgets.choices import Option

KINDS = (
    Option("snow", N_("Clearing snow"), "kind_snow.png"),
    Option("errands", N_("Errands and shopping"), "kind_errands.png"),
    Option("carrying", N_("Carrying furniture"), "kind_carrying.png"),
    Option("computer", N_("Computer and phone"), "kind_computer.png"),
    Option("other", N_("Something else"), "topic_other.png"),
)
INTERESTS = (
    Option("coffee", N_("Coffee and talking"), "interest_coffee.png"),
    Option("walk", N_("Walking and nature"), "interest_walk.png"),
    Option("garden", N_("Gardening"), "interest_garden.png"),
    Option("craft", N_("Crafts and art"), "interest_craft.png"),
    Option("cook", N_("Cooking and baking"), "interest_cook.png"),
    Option("books", N_("Books and music"), "interest_books.png"),
    Option("sport", N_("Sport"), "interest_sport.png"),
    Option("children", N_("Activities with children"), "interest_children.png"),
)
AGES = (
    Option("under_18", N_("Under 18")),
    Option("18_29", "18–29"),
    Option("30_49", "30–49"),
    Option("50_64", "50–64"),
    Option("65", N_("65 or older")),
)
DAYS = (
    Option("mon", N_("Mondays")),
    Option("tue", N_("Tuesdays")),
    Option("wed", N_("Wednesdays")),
    Option("thu", N_("Thursdays")),
    Option("fri", N_("Fridays")),
    Option("sat", N_("Saturdays")),
    Option("sun", N_("Sundays")),
    Option("any", N_("Any day")),
)
PARTS = (
    Option("morning", N_("In the morning"), "part_morning.png"),
    Option("afternoon", N_("In the afternoon"), "part_afternoon.png"),
    Option("evening", N_("In the evening"), "part_evening.png"),
)
LENGTHS = (
    Option("half_hour", N_("Half an hour"), "length_half_hour.png"),
    Option("hour", N_("An hour"), "length_hour.png"),
    Option("hours", N_("A few hours"), "length_hours.png"),
    Option("day", N_("Half a day or more"), "length_day.png"),
)
REPEATS = (
    Option(Repeat.ONCE, N_("Once"), "repeat_once.png"),
    Option(Repeat.WEEKLY, N_("Every week"), "repeat_weekly.png"),
    Option(Repeat.WINTER, N_("Every week in winter"), "repeat_winter.png"),
)
SEVERAL = N_("Touch all that apply.")

Answers = Mapping[str, Any]


def friend(answers: Answers) -> bool:
    """Return whether the service is friendship."""
    return answers.get("service") in (RequestKind.FRIEND, RequestKind.FRIEND_OFFER)


def task(answers: Answers) -> bool:
    """Return whether a task is requested."""
    return answers.get("service") == RequestKind.NEIGHBOUR


def neighbour(answers: Answers) -> bool:
    """Return whether the service is neighbours' help."""
    return task(answers) or answers.get("service") == RequestKind.NEIGHBOUR_OFFER


def paired(answers: Answers) -> bool:
    """Return whether the service makes pairs."""
    return friend(answers) or neighbour(answers)


def offers(answers: Answers) -> bool:
    """Return whether this is an offer of help."""
    return str(answers.get("service")).endswith("_offer")


def task_steps(areas: tuple[str, ...]) -> tuple[Step, ...]:
    """Return the questions about a task; `areas` are the places to choose from."""
    places = tuple(Option(area, area) for area in areas)
    return (
        Step(
            "kinds",
            N_("What kind of work is it?"),
            WHAT,
            label=NC_("topic", "Work"),
            note=SEVERAL,
            options=KINDS,
            several=True,
            columns=5,
            when=neighbour,
        ),
        Step(
            "areas",
            N_("Where is it, roughly?"),
            WHAT,
            label=NC_("event", "Place"),
            note=SEVERAL,
            options=(*places, Option("other", N_("Somewhere else"))),
            several=True,
            when=lambda answers: neighbour(answers) and bool(places),
        ),
        Step(
            "length",
            N_("About how long does it take?"),
            WHAT,
            label=N_("Duration"),
            options=LENGTHS,
            columns=2,
            when=task,
        ),
        Step("repeat", N_("How often?"), WHAT, options=REPEATS, when=task),
    )


def pair_steps() -> tuple[Step, ...]:
    """Return the questions about a person."""
    return (
        Step(
            "interests",
            N_("What do you like?"),
            YOU,
            note=SEVERAL,
            options=INTERESTS,
            several=True,
            optional=True,
            columns=4,
            when=friend,
        ),
        Step("age", N_("How old are you?"), YOU, label=N_("Age"), options=AGES, optional=True, when=friend),
        Step(
            "days",
            N_("Which days suit you?"),
            WHEN,
            label=N_("Days"),
            note=SEVERAL,
            options=DAYS,
            several=True,
            columns=4,
            when=paired,
        ),
        Step(
            "parts",
            N_("What time of the day?"),
            WHEN,
            label=N_("Time of day"),
            note=SEVERAL,
            options=PARTS,
            several=True,
            optional=True,
            when=paired,
        ),
    )
