"""A number for the coordinator, on the visitor's screen and on the coordinator's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kivy.base import EventLoop

from tests.printing.paper import PaperPrinter
from tests.screens.conftest import TUESDAY
from tests.screens.stage import Finger, middle
from tests.screens.test_desk import row, scan


@pytest.fixture
def english(settings: Any) -> Any:
    return settings._replace(centre=settings.centre._replace(default_language="en"))


@pytest.fixture
def stage(open_stage: Callable[..., Any], english: Any) -> Any:
    return open_stage(using=english)


def numbers(stage: Any) -> list[tuple[Any, ...]]:
    return stage.store.db.execute_sql("SELECT number, topic, language, interpreter, state FROM queue_number").fetchall()


def take(stage: Any, when: str = "I will wait today") -> None:
    stage.tap("English")
    stage.rest()
    stage.tap("Talk to the coordinator")
    stage.see("Today or by appointment?")
    stage.rest()
    stage.tap(when)
    stage.see("What is it about?")
    stage.rest()
    stage.tap("Housing")
    stage.see("Which language should we speak?")
    stage.rest()
    stage.tap("Українська")
    stage.see("Do you need an interpreter?")
    stage.rest()
    stage.tap("Yes")


def test_three_touches_give_a_number(stage: Any) -> None:
    take(stage)
    stage.see("You are next.")
    stage.see("About 15 minutes.")
    assert numbers(stage) == [(1, "housing", "uk", 1, "waiting")]
    stage.rest()
    stage.tap("I will not wait")
    stage.see("Your number was cancelled")
    assert numbers(stage)[0][-1] == "left"


def test_the_last_answer_touched_again_counts_once(stage: Any) -> None:
    stage.app.tr.use("en")
    stage.app.shell.go("guidance")
    form = stage.app.shell.screen("guidance")
    for answer in ("now", "housing", "uk", "yes", "no"):  # quicker than the number is made
        form.chosen(answer)
    stage.see("You are next.")
    assert numbers(stage) == [(1, "housing", "uk", 1, "waiting")]


def test_the_number_is_printed_and_nobody_waits_for_paper(open_stage: Callable[..., Any], english: Any) -> None:
    printer = PaperPrinter(out_of_paper=True)
    stage = open_stage(using=english._replace(printers=english.printers._replace(receipt=printer.address)))
    take(stage)
    stage.see("You are next.")
    stage.rest()
    stage.tap("Print it")
    stage.see("It is being printed")
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()
    stage.app.shell.go("prints")
    stage.see("The printer is out of paper.")
    printer.out_of_paper = False
    stage.settle()
    stage.tap(row(stage, "Slip with a number"))
    stage.tap("Print now")
    printer.wait(1)
    stage.see("Everything has been printed.")
    printer.close()


def test_called_on_the_welcome_screen_and_aloud(stage: Any) -> None:
    take(stage)
    stage.see("You are next.")
    stage.rest()
    stage.tap("Done")
    stage.settle()
    said: list[tuple[str, str]] = []
    stage.app.speech.say = lambda text, language: said.append((text, language))
    anna = stage.services.staff.by_name("Coordinator")
    stage.app.enter_desk(anna)
    stage.app.tr.use("en")
    stage.settle()
    stage.rest()
    stage.tap("Queue")
    stage.see("1   Housing")
    stage.see("interpreter")
    stage.tap("Call the next")
    stage.see("Now: 1")
    stage.see("0 conversations today")
    stage.tap("Call again")
    assert said.pop() == said[0]
    assert said == [("Номер 1. Будь ласка, підійдіть до координатора.", "uk")]
    stage.settle()
    stage.tap(row(stage, "1   Housing"))
    stage.tap("Not here: put aside")
    stage.see("Nobody is being served")
    stage.settle()
    stage.rest()
    stage.tap(row(stage, "1   Housing"))
    stage.tap("Back to the queue")
    stage.wait(lambda: numbers(stage)[0][-1] == "waiting", "the queue")
    stage.rest()
    stage.tap("Call the next")
    stage.see("Now: 1")
    stage.rest()
    stage.tap("Home")
    stage.rest()
    stage.tap("Finish")
    stage.see("Now serving")
    assert stage.app.shell.screen("welcome").serving == "1"


def test_a_time_is_booked_seen_at_the_desk_and_cancelled_by_its_code(stage: Any) -> None:
    take(stage, "I will book an appointment")
    stage.see("Which time suits you?")
    stage.see("Tuesday 24 November")
    stage.settle()
    stage.rest()
    stage.tap(row(stage, "Tuesday 24 November"))
    stage.see("Please arrive in good time and have a coffee.")
    stage.see("13:00")
    [booked] = stage.store.db.execute_sql("SELECT code, number, starts_at FROM queue_number").fetchall()
    code, *rest = booked
    assert rest == [1, "2026-11-24T11:00:00.000000Z"]
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.services.guidance.take(topic="work", language="fi", interpreter=False, now=TUESDAY)
    stage.settle()
    stage.app.shell.go("queue")
    stage.see("13:00   1   Housing")
    stage.see("2   Work")
    stage.settle()
    stage.tap(row(stage, "13:00   1   Housing"))
    stage.tap("Call now")
    stage.see("Now: 1")
    stage.services.guidance.move(
        queue_id=stage.app.shell.screen("queue").serving.id, state="waiting", now=TUESDAY, who="shell"
    )
    stage.app.end_session()
    stage.settle()
    scan(stage, code)
    stage.tap("Cancel the appointment")
    stage.see("Your appointment is cancelled")
    assert len(stage.services.guidance.free(TUESDAY)) == 16


def test_a_time_that_is_gone_is_not_booked_by_a_row_still_shown(stage: Any) -> None:
    take(stage, "I will book an appointment")
    stage.see("Tuesday 24 November")
    stage.settle()
    stage.rest()
    finger = Finger(*middle(row(stage, "Tuesday 24 November")))
    stage.app.shell.screen("times").reset()  # as when the times are read again
    for kind in ("begin", "end"):
        EventLoop.post_dispatch_input(kind, finger)
    stage.settle()
    assert stage.store.db.execute_sql("SELECT count(*) FROM queue_number").fetchone() == (0,)


def test_when_all_times_are_taken_a_number_is_offered(stage: Any) -> None:
    for starts_at in stage.services.guidance.free(TUESDAY):
        stage.services.guidance.book(starts_at=starts_at, topic="work", language="fi", interpreter=False, now=TUESDAY)
    take(stage, "I will book an appointment")
    stage.see("All appointments of the coming weeks are taken.")
    stage.rest()
    stage.tap("Take a number for today instead")
    stage.see("You are next.")


def test_nobody_waits_and_a_slip_is_scanned(stage: Any) -> None:
    number = stage.services.guidance.take(topic="work", language="fi", interpreter=False, now=TUESDAY)
    stage.services.guidance.call_next(now=TUESDAY, who="shell")
    scan(stage, number.code)
    stage.see("It is your turn.")
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()
    stage.app.shell.go("queue")
    stage.settle()
    stage.tap("Call the next")
    stage.see("Nobody is waiting.")


def test_a_centre_without_guidance_shows_none(open_stage: Callable[..., Any], english: Any) -> None:
    off = english._replace(services=english.services._replace(guidance=False, donations=False, wishes=False))
    stage = open_stage(using=off)
    stage.tap("English")
    stage.see("Find free things")
    assert "Talk to the coordinator" not in stage.words()
    assert "I want to donate something" not in stage.words()
    stage.tap("Find free things")
    stage.see("What are you looking for?")
    assert "Leave a wish" not in stage.words()
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.see("Volunteers")
    stage.wait(lambda: stage.app.shell.screen("desk").day, "the numbers of the day")
    assert not {"Queue", "In the queue", "Donations"} & set(stage.words())


def at_the_desk(stage: Any) -> Any:
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()
    stage.app.shell.go("queue")
    stage.settle()
    return stage.app.shell.screen("queue")


def booked(stage: Any, place: int, *, interpreter: bool = False) -> Any:
    starts_at = stage.services.guidance.free(TUESDAY)[place]
    return stage.services.guidance.book(
        starts_at=starts_at, topic="housing", language="uk", interpreter=interpreter, now=TUESDAY
    )


def test_days_and_weeks_ahead_are_seen_and_one_is_moved(stage: Any) -> None:
    mine = booked(stage, 4, interpreter=True)
    booked(stage, 9)
    queue = at_the_desk(stage)
    stage.see("Nobody is waiting.")
    stage.tap("Week")
    stage.see("Interpreter needed")
    stage.see("1 appointment")
    stage.tap("Today")
    queue.turn(2)
    stage.see("Thu 26/11/2026")
    stage.rest()
    stage.tap(row(stage, "13:00   1   Housing"))
    stage.tap("Another time")
    stage.see("Which day?")
    stage.rest()
    stage.tap("26")
    stage.see("Which time?")
    stage.rest()
    stage.tap("14:00")
    stage.see("14:00   1   Housing")
    assert stage.services.guidance.by_id(mine.id, TUESDAY).starts_at.hour == 12


def test_who_did_not_come_is_noted_and_the_code_says_so(stage: Any) -> None:
    mine = booked(stage, 0)
    at_the_desk(stage)
    stage.tap(row(stage, "13:00   1   Housing"))
    stage.tap("Call now")
    stage.see("Now: 1")
    stage.rest()
    stage.tap(row(stage, "13:00   1   Housing"))
    stage.tap("Did not come")
    stage.see("Nobody is being served")
    stage.rest()
    stage.tap(row(stage, "13:00   1   Housing"))
    stage.see("They came after all")
    stage.tap("Close")
    stage.app.end_session()
    stage.settle()
    scan(stage, mine.code)
    stage.app.tr.use("en")
    stage.see("This appointment is over, and nobody came to it. You can book a new one.")
    assert "Cancel the appointment" not in stage.words()


def test_staff_scan_the_slip_of_an_appointment_and_cancel_it(stage: Any) -> None:
    mine = booked(stage, 4)
    at_the_desk(stage)
    stage.app.shell.home()
    stage.settle()
    scan(stage, mine.code)
    stage.see("Another time")
    stage.tap("Cancel the appointment")
    stage.tap("Yes, cancel it")
    stage.see("No appointments.")
    assert stage.services.guidance.by_id(mine.id, TUESDAY).state == "left"


def test_the_day_is_printed(open_stage: Callable[..., Any], english: Any) -> None:
    printer = PaperPrinter()
    stage = open_stage(using=english._replace(printers=english.printers._replace(receipt=printer.address)))
    booked(stage, 0)
    at_the_desk(stage)
    stage.tap("Print")
    stage.see("On which printer?")
    stage.rest()
    stage.tap("Receipt printer")
    stage.see("It was printed")
    printer.wait(1)
    printer.close()
