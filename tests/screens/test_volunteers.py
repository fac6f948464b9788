"""Volunteers: taken on at the desk, in and out by their code, corrected with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kiosk.codes.scanner import TWICE
from tests.screens.test_desk import row, scan


@pytest.fixture
def stage(open_stage: Callable[..., Any], settings: Any) -> Any:
    return open_stage(using=settings._replace(centre=settings.centre._replace(default_language="en")))


def shifts(stage: Any) -> list[tuple[Any, ...]]:
    sql = "SELECT task, of_age, quarters, machine_quarters, reason FROM shift ORDER BY id"
    return stage.store.db.execute_sql(sql).fetchall()


def enter_desk(stage: Any) -> None:
    stage.app.end_session()
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()


def test_in_and_out_by_the_code(stage: Any) -> None:
    volunteer = stage.services.volunteers.register(name="Eino", now=stage.moment, who="shell")
    scan(stage, volunteer.code)
    stage.see("Volunteer 1")
    stage.tap("I am 15 or older")
    stage.tap("I am 15 or older")
    stage.tap("Carrying and transport")
    stage.see("Your shift has started. Thank you!")
    assert shifts(stage) == [("carrying", 1, None, 0, None)]
    stage.moment += timedelta(hours=2, minutes=10)
    stage.app.end_session()
    stage.settle()
    stage.rest()
    stage.rest()
    stage.linger(TWICE)
    scan(stage, volunteer.code)
    stage.see("Hours with a machine")
    for _ in range(5):
        stage.tap("More")
    stage.tap("Fewer")
    stage.tap("I am going home now")
    stage.see("Your hours: 2.25")
    assert shifts(stage) == [("carrying", 1, 9, 4, None)]
    assert "Eino" not in " ".join(stage.words())


def test_in_by_the_number(stage: Any) -> None:
    stage.services.volunteers.register(name="Eino", now=stage.moment, who="shell")
    stage.tap("English")
    stage.tap("I am here to volunteer")
    stage.see("What is your volunteer number?")
    stage.type("7")
    stage.tap("Next")
    stage.see("There is no volunteer with this number.")
    stage.app.shell.screen("volunteer").ids.entry.text = ""
    stage.type("1")
    stage.rest()
    stage.tap("Next")
    stage.see("Volunteer 1")


def test_taken_on_at_the_desk_and_a_forgotten_shift_corrected(stage: Any) -> None:
    enter_desk(stage)
    stage.tap("Volunteers")
    stage.see("No shifts yet.")
    stage.tap("New volunteer")
    stage.settle()
    stage.app.shell.screen("ask").ids.entry.text = "Iryna Koval"
    stage.tap("OK")
    screen = stage.app.shell.screen("volunteers")
    stage.wait(lambda: screen.card, "the card")
    code = screen.slip.code
    stored = b"".join(path.read_bytes() for path in stage.store.folder.rglob("*") if path.is_file())
    assert b"Iryna" not in stored
    stage.settle()
    stage.tap("I have saved it")
    stage.services.volunteers.sign_in(code=code, task="kitchen", of_age=True, now=stage.moment)
    stage.moment += timedelta(days=1)
    stage.app.shell.home()
    stage.settle()
    stage.app.shell.go("volunteers")
    stage.see("Shift not ended")
    stage.settle()
    stage.tap(row(stage, "Volunteer 1  ·  Coffee and kitchen"))
    stage.see("How many hours was it really?")
    stage.settle()
    stage.app.shell.screen("ask").ids.entry.text = "99"
    stage.tap("OK")
    stage.see("Please type hours between 0 and 24.")
    stage.app.shell.screen("ask").ids.entry.text = "3,5"
    stage.tap("OK")
    stage.see("How many of these hours with a machine of their own?")
    stage.settle()
    stage.app.shell.screen("ask").ids.entry.text = "4"
    stage.tap("OK")
    stage.see("A machine cannot run for longer than the shift.")
    stage.app.shell.screen("ask").ids.entry.text = "1,5"
    stage.tap("OK")
    stage.see("Why is this being corrected?")
    stage.settle()
    stage.tap("Forgot to end the shift")
    stage.settle()
    assert shifts(stage)[0][-1] is None  # nothing is saved before OK
    stage.tap("OK")
    stage.see("3.5 h")
    assert shifts(stage) == [("kitchen", 1, 14, 6, "Forgot to end the shift")]


def test_a_paper_list_is_entered_for_many_and_asks_before_it_is_lost(stage: Any) -> None:
    for name in ("Aino", "Eino"):
        stage.services.volunteers.register(name=name, now=stage.moment, who="shell")
    enter_desk(stage)
    stage.app.shell.go("volunteers")
    stage.settle()
    stage.rest()
    stage.tap("Paper list")
    screen = stage.app.shell.screen("paper_hours")
    stage.wait(lambda: screen.lines, "the volunteers")
    screen._set_day(date(2026, 11, 23))
    screen.machine = True
    stage.settle()
    for number, hours in (("1", "2,5"), ("2", "3")):
        stage.rest()
        stage.tap(row(stage, f"Volunteer {number}"))
        stage.see("how many hours?")
        stage.settle()
        stage.app.shell.screen("ask").ids.entry.text = hours
        stage.tap("OK")
        stage.see("How many of these hours with a machine of their own?")
        stage.settle()
        stage.app.shell.screen("ask").ids.entry.text = ""
        stage.tap("Skip")
        stage.see("Paper list")
        stage.settle()
    stage.rest()
    stage.tap("Back")
    stage.see("Leave without saving?")
    stage.tap("No, stay here")
    stage.settle()
    stage.rest()
    stage.tap("Save 2 shifts")
    stage.see("2 shifts were saved")
    assert sorted(shifts(stage)) == [("other", 1, 10, 0, None), ("other", 1, 12, 0, None)]


def test_a_lost_card_is_shown_again(stage: Any) -> None:
    volunteer = stage.services.volunteers.register(name="Aino", now=stage.moment, who="shell")
    enter_desk(stage)
    stage.app.shell.go("volunteers")
    stage.settle()
    screen = stage.app.shell.screen("volunteers")
    screen.turn_to("volunteers")
    stage.see("No shift yet")
    stage.rest()
    stage.tap(row(stage, "Volunteer 1"))
    stage.wait(lambda: screen.card, "the card")
    assert screen.slip.code == volunteer.code


def test_somebody_without_a_number_signs_up(stage: Any) -> None:
    stage.tap("English")
    stage.rest()
    stage.tap("I am here to volunteer")
    stage.see("What is your volunteer number?")
    stage.rest()
    stage.tap("I have no number: I would like to volunteer")
    stage.see("What would you like to do?")
    form = stage.app.shell.screen("join")
    answers = {"work": ["yard"], "languages": ["uk"], "times": ["any"], "name": "Oksana", "reach": "desk"}
    form.save(answers)
    stage.wait(lambda: stage.app.shell.current == "help_saved", "the code")
    sql = "SELECT service, status FROM request"
    assert stage.store.db.execute_sql(sql).fetchall() == [("volunteering", "new")]
    stored = b"".join(path.read_bytes() for path in stage.store.folder.rglob("*") if path.is_file())
    assert b"Oksana" not in stored
