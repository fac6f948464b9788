"""Volunteers: taken on at the desk, in and out by their code, corrected with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
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
    stage.see("Why is this being corrected?")
    stage.settle()
    stage.tap("Forgot to end the shift")
    stage.settle()
    assert shifts(stage)[0][-1] is None  # nothing is saved before OK
    stage.tap("OK")
    stage.see("3.5 h")
    assert shifts(stage) == [("kitchen", 1, 14, 0, "Forgot to end the shift")]
