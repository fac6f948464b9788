"""What is on: seats booked without a name, given back, and used to check in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.screens.conftest import with_gathering
from tests.screens.test_desk import row, scan

NEXT = "coffee:2026-12-01:1300"


@pytest.fixture
def english(settings: Any) -> Any:
    centre = settings.centre._replace(default_language="en")
    return with_gathering(settings._replace(centre=centre), seats=2, partner="4H", languages=("fi", "uk"))


def rows(stage: Any, columns: str) -> list[tuple[Any, ...]]:
    return stage.store.db.execute_sql(f"SELECT {columns} FROM seat ORDER BY id").fetchall()


def to_gathering(stage: Any) -> None:
    stage.tap("English")
    stage.rest()
    stage.tap("Coming events")
    stage.wait(lambda: len(stage.app.shell.screen("calendar").lines or ()) == 7, "seven Tuesdays")
    stage.settle()
    stage.rest()
    screen = stage.app.shell.screen("calendar")
    second = next(
        widget for widget in screen.walk() if getattr(getattr(widget, "line", None), "key", "").endswith(NEXT)
    )
    stage.tap(second)
    stage.see("In cooperation with: 4H")
    stage.see("Suomi, Українська")


def test_seats_are_booked_and_given_back(open_stage: Callable[..., Any], english: Any) -> None:
    stage = open_stage(using=english)
    to_gathering(stage)
    stage.see("2 seats free")
    stage.rest()
    stage.tap("More")
    stage.tap("Sign up")
    stage.see("Your seats are booked.")
    stage.see("For 2 people")
    assert rows(stage, "session, people, state") == [(NEXT, 2, "booked")]
    stage.rest()
    stage.tap("Cancel the seats")
    stage.see("These seats were cancelled.")
    assert rows(stage, "state") == [("cancelled",)]


def test_a_full_gathering_offers_the_waiting_list(open_stage: Callable[..., Any], english: Any) -> None:
    stage = open_stage(using=english)
    booked = stage.app.services.seats.book(session_id=NEXT, people=2, language="fi", now=stage.moment)
    to_gathering(stage)
    stage.see("It is full.")
    stage.tap("Join the waiting list")
    stage.see("You are on the waiting list.")
    stage.app.services.seats.cancel(code=booked.code, now=stage.moment)
    code = next(code for code, state in rows(stage, "code, state") if state == "booked")
    stage.app.end_session()
    stage.settle()
    scan(stage, code)
    stage.see("Your seats are booked.")


def test_checking_in_by_the_code_on_the_day(open_stage: Callable[..., Any], english: Any) -> None:
    stage = open_stage(using=english, now=datetime(2026, 12, 1, 11, 30, tzinfo=UTC))
    seat = stage.app.services.seats.book(session_id=NEXT, people=2, language="uk", now=stage.moment)
    scan(stage, seat.code)
    stage.see("Your seats are booked.")
    stage.tap("We are here")
    stage.see("Welcome! You are counted.")
    sql = "SELECT session, adults, language FROM visit"
    assert stage.store.db.execute_sql(sql).fetchall() == [(NEXT, 2, "uk")]


def test_a_meeting_without_seats_needs_none(open_stage: Callable[..., Any], settings: Any) -> None:
    stage = open_stage(using=settings._replace(centre=settings.centre._replace(default_language="en")))
    stage.tap("English")
    stage.rest()
    stage.tap("Coming events")
    stage.settle()
    stage.rest()
    stage.tap(row(stage, "Tuesday coffee meeting"))
    stage.see("Just come along. There is no need to sign up.")


def test_nothing_planned_says_so(open_stage: Callable[..., Any], settings: Any) -> None:
    empty = settings._replace(gatherings=(), centre=settings.centre._replace(default_language="en"))
    stage = open_stage(using=empty)
    stage.tap("English")
    stage.rest()
    stage.tap("Coming events")
    stage.see("Nothing is planned for the coming weeks.")


def test_a_list_is_not_called_empty_before_it_was_looked_up(
    open_stage: Callable[..., Any], english: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, slow = open_stage(using=english), threading.Event()
    plan = stage.app.services.gatherings.plan
    monkeypatch.setattr(stage.app.services.gatherings, "plan", lambda *days: slow.wait(30) and plan(*days))
    stage.tap("English")
    stage.rest()
    stage.tap("Coming events")
    stage.frames(10)
    shown = set(stage.words())
    slow.set()
    stage.see("Tuesday coffee meeting")
    assert "Coming events" in shown
    assert "Nothing is planned for the coming weeks." not in shown


def test_what_was_cancelled_and_moved_is_said_plainly(open_stage: Callable[..., Any], english: Any) -> None:
    stage = open_stage(using=english)
    programme, now = stage.services.programme, stage.moment
    programme.cancel(session_id="coffee:2026-11-24:1300", reason="ill", now=now, who="shell")
    programme.move(
        session_id=NEXT, day=date(2026, 12, 3), start="14:00", end="15:00", place="School", reason="place", now=now,
        who="shell",
    )  # fmt: skip
    partner = stage.services.partners.add(name="K-Market Lumijoki", kind="company", now=now, who="shell")
    stage.services.partners.change(partner_id=partner.id, thanked=True, now=now, who="shell")
    stage.app.end_session()
    stage.see("Peruttu  ·  Скасовано  ·  Cancelled")
    stage.see("The leader is ill")
    screen, seen = stage.app.shell.screen("welcome"), set()
    for turn in range(8):
        screen.turn = turn
        stage.frames(2)
        seen |= set(stage.words())
    assert "K-Market Lumijoki" in seen
    stage.rest()
    stage.tap("English")
    stage.rest()
    stage.tap("Coming events")
    stage.see("Cancelled  ·  The leader is ill")
    stage.see("Moved to another time  ·  New time: Thu 03/12  14:00")
    stage.see("Moved  ·  Instead of: Tue 01/12  13:00  ·  The place cannot be used")
    stage.settle()
    stage.rest()
    stage.tap(row(stage, "Tuesday coffee meeting"))
    stage.see("Cancelled\nThe leader is ill")
    assert not stage.app.shell.screen("gathering").counted


def test_a_centre_without_a_service_does_not_show_it(open_stage: Callable[..., Any], english: Any) -> None:
    off = english.services._replace(calendar=False, partners=False)
    stage = open_stage(using=english._replace(services=off))
    partner = stage.services.partners.add(name="K-Market Lumijoki", kind="company", now=stage.moment, who="shell")
    stage.services.partners.change(partner_id=partner.id, thanked=True, now=stage.moment, who="shell")
    stage.app.end_session()
    stage.settle()
    assert stage.app.shell.screen("welcome").thanks == []
    stage.tap("English")
    stage.see("Find free things")
    assert "Coming events" not in stage.words()


def test_who_said_they_came_is_not_counted_again_by_the_code_of_their_seats(
    open_stage: Callable[..., Any], english: Any
) -> None:
    stage = open_stage(using=english, now=datetime(2026, 12, 1, 11, 30, tzinfo=UTC))
    seat = stage.app.services.seats.book(session_id=NEXT, people=2, language="en", now=stage.moment)
    stage.tap("English")
    stage.rest()
    stage.tap("I have come to an event")
    stage.see("Welcome! You are counted.")
    scan(stage, seat.code)
    stage.see("Your seats are booked.")
    stage.rest()
    stage.tap("We are here")
    stage.see("You are already counted.")
    assert stage.store.db.execute_sql("SELECT adults, undone FROM visit").fetchall() == [(1, 0)]
    assert rows(stage, "state") == [("arrived",)]


def test_a_cancelled_event_warns_staff_and_tells_its_visitors_which_and_when(
    open_stage: Callable[..., Any], english: Any
) -> None:
    stage = open_stage(using=english)
    seat = stage.app.services.seats.book(session_id=NEXT, people=2, language="en", now=stage.moment)
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()
    stage.app.shell.go("programme")
    stage.wait(lambda: stage.app.shell.screen("programme").lines, "the dates")
    stage.app.shell.screen("programme").choose(NEXT)
    stage.tap("Cancel this session")
    stage.see("2 people have booked seats.")
    stage.rest()
    stage.tap("Yes, cancel it")
    stage.see("Why is it cancelled?")
    stage.rest()
    stage.tap("Because of the weather")
    stage.wait(lambda: stage.services.seats.by_code(seat.code).session is None, "the decision")
    stage.app.end_session()
    stage.settle()
    scan(stage, seat.code)
    stage.app.tr.use("en")
    stage.see("This has been cancelled. We are sorry.")
    stage.see("Tuesday coffee")
    stage.see("Tuesday 1 December")
    stage.see("Because of the weather")


def test_ending_a_series_says_how_many_have_seats(open_stage: Callable[..., Any], english: Any) -> None:
    stage = open_stage(using=english)
    stage.app.services.seats.book(session_id=NEXT, people=2, language="en", now=stage.moment)
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()
    stage.app.shell.go("series", series=stage.services.programme.by_id("coffee"))
    stage.settle()
    stage.app.shell.screen("series").ask_to_end()
    stage.see("2 people have booked seats.")
    stage.tap("No, keep it")
