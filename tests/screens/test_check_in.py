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


def to_arrive(stage: Stage, language: str = "English") -> None:
    stage.tap(language)
    stage.settle()
    stage.rest()
    stage.tap(
        {"English": "I have come to an event", "Suomi": "Tulin tapaamiseen", "Українська": "Я на захід"}[language]
    )
    stage.settle()
    stage.rest()


def session_card(stage: Stage, number: int = 0) -> Any:
    cards = stage.app.shell.screen("arrive").ids.cards
    stage.wait(lambda: len(cards.children) > number, "the session's card")
    stage.settle()
    return list(reversed(cards.children))[number]


def test_one_tap_is_a_visit(stage: Stage, store: Store) -> None:
    to_arrive(stage)
    stage.tap(session_card(stage))
    stage.see("Welcome! You are counted.")
    assert visits(store) == [(1, 0, None, None, 0)]


def test_a_double_tap_is_one_visit(stage: Stage, store: Store) -> None:
    to_arrive(stage)
    stage.tap(session_card(stage), twice=True)
    stage.see("Welcome! You are counted.")
    stage.settle()
    assert len(visits(store)) == 1


def test_a_family_answers_everything(stage: Stage, store: Store) -> None:
    to_arrive(stage, "Українська")
    stage.tap(session_card(stage))
    stage.see("Скільки вас сьогодні?")
    stage.settle()
    stage.rest()
    party = stage.app.shell.screen("party")
    plus = party.ids.children_count.children[0]
    stage.tap(plus)
    stage.rest()
    stage.tap(plus)
    stage.rest()
    stage.tap("Далі")
    stage.see("Ви тут уперше?")
    stage.settle()
    stage.rest()
    stage.tap("Так, уперше")
    stage.see("Що з цього — про вас?")
    stage.settle()
    stage.rest()
    stage.tap("Родина з дітьми")
    stage.see("Дякуємо, що прийшли!")
    assert visits(store) == [(1, 2, 1, "family", 0)]


def test_every_question_can_be_skipped(stage: Stage, store: Store) -> None:
    to_arrive(stage, "Suomi")
    stage.tap(session_card(stage))
    stage.see("Montako teitä on tänään?")
    for button in ("Seuraava", "En halua vastata", "En halua vastata"):
        stage.settle()
        stage.rest()
        stage.tap(button)
    stage.see("Kiitos, että tulit!")
    assert visits(store) == [(1, 0, None, None, 0)]


def test_undo_takes_it_back(stage: Stage, store: Store) -> None:
    to_arrive(stage)
    stage.tap(session_card(stage))
    stage.see("Undo")
    stage.settle()
    party = stage.app.shell.screen("party")
    stage.tap(party.ids.undo.children[-1])
    stage.see("You are not counted for this event.")
    assert visits(store) == [(1, 0, None, None, 1)]


def test_undo_is_offered_for_as_long_as_the_screen_stands(stage: Stage, store: Store) -> None:
    to_arrive(stage)
    stage.tap(session_card(stage))
    stage.see("Undo")
    stage.linger(12)  # longer than an offer of ten seconds
    party = stage.app.shell.screen("party")
    stage.tap(party.ids.undo.children[-1])
    stage.see("You are not counted for this event.")
    assert visits(store) == [(1, 0, None, None, 1)]


def test_who_is_counted_already_sees_as_how_many_and_changes_it(stage: Stage, store: Store) -> None:
    to_arrive(stage)
    stage.tap(session_card(stage))
    stage.see("Welcome! You are counted.")
    stage.rest()
    stage.tap("More")
    stage.tap("Next")
    stage.see("Is this your first time here?")
    for children in (1, 2):
        stage.app.shell.home()
        stage.settle()
        stage.rest()
        stage.tap("I have come to an event")
        stage.settle()
        stage.rest()
        stage.tap(session_card(stage))
        stage.see("You are already counted.")
        party = stage.app.shell.screen("party")
        assert (party.ids.adults.value, party.ids.children_count.value) == (1, 1)
        party.ids.children_count.value = children
        party.go_on()
        stage.see("Is this your first time here?")
        assert visits(store) == [(1, children, None, None, 0)]


def test_two_sessions_ask_which(open_stage: Callable[..., Any], settings: Settings, store: Store) -> None:
    coffee = settings.gatherings[0]
    club = coffee._replace(
        key="club",
        names={"en": "Book club", "fi": "Lukupiiri", "uk": "Книжковий клуб"},
        start=time(18),
        end=time(19),
    )
    stage = open_stage(using=settings._replace(gatherings=(coffee, club)))
    to_arrive(stage)
    stage.see("Touch the event you have come to.")
    stage.tap(session_card(stage, 1))
    stage.see("Welcome! You are counted.")
    with sqlite3.connect(store.folder / "kiosk.db") as db:
        (session_id,) = db.execute("SELECT session FROM visit").fetchone()
    assert session_id.endswith("1800")


def test_no_session_today_says_when_the_next_is(open_stage: Callable[..., Any], store: Store) -> None:
    stage = open_stage(now=on(date(2026, 11, 25)))
    to_arrive(stage)
    stage.see("No event today")
    stage.see("Tuesday")
    stage.see("1 December")
    assert visits(store) == []


def test_a_cancelled_tuesday_is_no_session(open_stage: Callable[..., Any], settings: Settings) -> None:
    stage = open_stage(using=with_gathering(settings, cancelled=frozenset({date(2026, 11, 24)})))
    to_arrive(stage)
    stage.see("No event today")
    stage.see("1 December")
