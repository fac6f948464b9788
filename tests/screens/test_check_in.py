"""Check-in by touch: what the screen shows and what is in the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, time
from typing import Any

from kiosk.journal import Store
from kiosk.settings import Settings
from tests.screens.conftest import on, with_gathering
from tests.screens.stage import Stage


def visits(store: Store) -> list[tuple[Any, ...]]:
    """Return adults, children, first visit, group and whether undone of every visit on disk."""
    with sqlite3.connect(store.folder / "kiosk.db") as db:
        return db.execute('SELECT adults, children, first_visit, "group", undone FROM visit').fetchall()


COME = {"English": "I have come to an event", "Suomi": "Tulin tapaamiseen", "Українська": "Я на захід"}


def say_come(stage: Stage, language: str = "English") -> None:
    """Touch the language, and the button of those who come to an event."""
    stage.tap(language)
    stage.settle()
    stage.rest()
    stage.tap(COME[language])
    stage.settle()
    stage.rest()


def session_card(stage: Stage, number: int = 0) -> Any:
    cards = stage.app.shell.screen("arrive").ids.cards
    stage.wait(lambda: len(cards.children) > number, "the session's card")
    stage.settle()
    return list(reversed(cards.children))[number]


def test_one_tap_is_a_visit(stage: Stage, store: Store) -> None:
    say_come(stage)
    stage.see("Welcome! You are counted.")
    assert visits(store) == [(1, 0, None, None, 0)]


def test_a_double_tap_is_one_visit(stage: Stage, store: Store) -> None:
    stage.tap("English")
    stage.settle()
    stage.rest()
    stage.tap("I have come to an event", twice=True)
    stage.see("Welcome! You are counted.")
    stage.settle()
    assert len(visits(store)) == 1


def test_back_after_a_check_in_at_once_is_home(stage: Stage, store: Store) -> None:
    say_come(stage)
    stage.see("Welcome! You are counted.")
    stage.tap("Back")
    stage.see("What would you like to do?")
    assert len(visits(store)) == 1


def test_a_family_answers_everything(stage: Stage, store: Store) -> None:
    say_come(stage, "Українська")
    stage.see("Вітаємо! Вас пораховано.")
    stage.settle()
    stage.rest()
    party = stage.app.shell.screen("party")
    plus = party.ids.children_count.children[0]
    for touched in (plus, plus, "Я тут уперше", "Родина з дітьми", "З України"):
        stage.tap(touched)
        stage.rest()
    stage.tap("Готово")
    stage.see("Дякуємо, що прийшли!")
    assert visits(store) == [(1, 2, 1, "family.ukrainian", 0)]


def test_big_text_has_the_people_and_the_choices_on_two_pages(stage: Stage, store: Store) -> None:
    stage.tap("English")
    stage.settle()
    stage.app.theme.big = True
    stage.settle()
    stage.rest()
    stage.tap("I have come to an event")
    stage.see("Welcome! You are counted.")
    stage.settle()
    assert "From Ukraine" not in stage.words()
    stage.tap("More")
    stage.rest()
    stage.tap("Next")
    stage.see("From Ukraine")
    assert "Adults" not in stage.words()
    stage.settle()
    stage.rest()
    stage.tap("From Ukraine")
    stage.rest()
    stage.tap("Back")
    stage.see("Adults")
    stage.settle()
    stage.rest()
    stage.tap("Next")
    stage.see("From Ukraine")
    stage.settle()
    stage.rest()
    stage.tap("Done")
    stage.see("Thank you for coming!")
    assert sum(visits(store)[0][:2]) == 2
    assert visits(store)[0][2:] == (None, "ukrainian", 0)


def test_what_was_told_is_saved_when_the_visit_ends(stage: Stage, store: Store) -> None:
    say_come(stage)
    stage.see("Welcome! You are counted.")
    stage.app.shell.screen("party").ids.children_count.value = 3
    stage.app.end_session()
    stage.wait(lambda: visits(store) == [(1, 3, None, None, 0)], "what was told")


def test_undo_takes_it_back(stage: Stage, store: Store) -> None:
    say_come(stage)
    stage.see("Undo")
    stage.settle()
    party = stage.app.shell.screen("party")
    stage.tap(party.ids.undo.children[-1])
    stage.see("You are not counted for this event.")
    assert visits(store) == [(1, 0, None, None, 1)]


def test_undo_is_offered_for_as_long_as_the_screen_stands(stage: Stage, store: Store) -> None:
    say_come(stage)
    stage.see("Undo")
    stage.linger(12)  # longer than an offer of ten seconds
    party = stage.app.shell.screen("party")
    stage.tap(party.ids.undo.children[-1])
    stage.see("You are not counted for this event.")
    assert visits(store) == [(1, 0, None, None, 1)]


def test_who_is_counted_already_sees_what_is_counted_and_changes_it(stage: Stage, store: Store) -> None:
    say_come(stage)
    stage.see("Welcome! You are counted.")
    party = stage.app.shell.screen("party")
    party.ids.children_count.value = 1
    party.ids.choices.chosen = ["first", "older"]
    stage.app.shell.home()
    stage.wait(lambda: visits(store) == [(1, 1, 1, "older", 0)], "what was told")
    for children, chosen, first, groups in ((2, ["older", "other"], 0, "older.other"), (3, [], 0, "")):
        stage.settle()
        stage.rest()
        stage.tap("I have come to an event")
        stage.see("You are already counted.")
        assert (party.ids.adults.value, party.ids.children_count.value) == (1, children - 1)
        assert party.ids.choices.chosen == (["first", "older"] if children == 2 else ["older", "other"])
        party.ids.children_count.value, party.ids.choices.chosen = children, chosen
        party.go_on()
        stage.see("Thank you for coming!")
        assert visits(store) == [(1, children, first, groups, 0)]
        stage.app.shell.home()


def test_two_sessions_ask_which(open_stage: Callable[..., Any], settings: Settings, store: Store) -> None:
    coffee = settings.gatherings[0]
    club = coffee._replace(
        key="club",
        names={"en": "Book club", "fi": "Lukupiiri", "uk": "Книжковий клуб"},
        start=time(18),
        end=time(19),
    )
    stage = open_stage(using=settings._replace(gatherings=(coffee, club)))
    say_come(stage)
    stage.see("Touch the event you have come to.")
    stage.tap(session_card(stage, 1))
    stage.see("Welcome! You are counted.")
    with sqlite3.connect(store.folder / "kiosk.db") as db:
        (session_id,) = db.execute("SELECT session FROM visit").fetchone()
    assert session_id.endswith("1800")


def test_no_session_today_says_when_the_next_is(open_stage: Callable[..., Any], store: Store) -> None:
    stage = open_stage(now=on(date(2026, 11, 25)))
    say_come(stage)
    stage.see("No event today")
    stage.see("Tuesday")
    stage.see("1 December")
    assert visits(store) == []


def test_a_cancelled_tuesday_is_no_session(open_stage: Callable[..., Any], settings: Settings) -> None:
    stage = open_stage(using=with_gathering(settings, cancelled=frozenset({date(2026, 11, 24)})))
    say_come(stage)
    stage.see("No event today")
    stage.see("1 December")
