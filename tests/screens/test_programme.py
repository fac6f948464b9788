"""The programme at the desk: a series made by touch, a session moved and cancelled, and what visitors see of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.screens.test_desk import fact, row
from tests.services.programme.test_calendar_files import calendar, event

NEXT = "coffee:2026-12-01:1300"


@pytest.fixture
def stage(open_stage: Callable[..., Any], settings: Any) -> Any:
    stage = open_stage(using=settings._replace(centre=settings.centre._replace(default_language="en")))
    enter_desk(stage)
    return stage


def enter_desk(stage: Any) -> None:
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()


def write(stage: Any, question: str, text: str) -> None:
    stage.see(question)
    stage.settle()
    stage.app.shell.screen("ask").ids.entry.text = text
    stage.rest()
    stage.tap("OK" if text else "Skip")


def touch(stage: Any, *words: str) -> None:
    for word in words:
        stage.settle()
        stage.rest()
        stage.tap(word)


def test_a_series_is_made_by_touch(stage: Any) -> None:
    touch(stage, "Events", "New event")
    stage.settle()
    sheet = stage.app.shell.screen("series")
    assert not sheet.ready
    stage.tap(fact(sheet, "What is it called?"))
    write(stage, "Its name: English", "Language café")
    write(stage, "Its name: Suomi", "Kielikahvila")
    write(stage, "Its name: Українська", "")
    stage.settle()
    stage.tap(fact(sheet, "Place"))
    write(stage, "Where?", "Library")
    stage.settle()
    stage.tap(fact(sheet, "First day"))
    touch(stage, "Next month", "3")
    stage.settle()
    stage.tap(fact(sheet, "Time"))
    stage.see("At what time does it begin?")
    touch(stage, "18", "30", "OK")
    stage.see("At what time does it end?")
    touch(stage, "20", "00", "OK")
    stage.settle()
    stage.tap(fact(sheet, "How often?"))
    touch(stage, "Every two weeks: Thursday")
    stage.settle()
    stage.tap(fact(sheet, "For whom?"))
    touch(stage, "Families with children", "Older people", "OK")
    stage.settle()
    touch(stage, "Save", "Series")
    stage.see("Every two weeks: Thursday  ·  18:30–20:00  ·  Library")
    [made] = [one for one in stage.services.programme.series(stage.moment) if one.owner == "desk"]
    assert (made.names, made.groups) == ({"en": "Language café", "fi": "Kielikahvila"}, ("family", "older"))
    sessions = stage.services.gatherings.sessions_between(date(2026, 12, 1), date(2026, 12, 31))
    own = [session.starts_at.isoformat() for session in sessions if session.gathering_id == made.id]
    assert own == ["2026-12-03T16:30:00+00:00", "2026-12-17T16:30:00+00:00", "2026-12-31T16:30:00+00:00"]


def test_a_session_is_moved_and_then_cancelled(stage: Any) -> None:
    seat = stage.services.seats.book(session_id=NEXT, people=2, language="en", now=stage.moment)
    touch(stage, "Events")
    stage.wait(lambda: stage.app.shell.screen("programme").lines, "the dates")
    stage.settle()
    rows = [widget for widget in stage.widgets() if getattr(getattr(widget, "line", None), "key", "") == NEXT]
    stage.tap(rows[0])
    touch(stage, "Move this session", "4", "14", "15", "OK")
    write(stage, "Where?", "School")
    touch(stage, "The place cannot be used")
    stage.see("Moved")
    moved = stage.services.seats.by_code(seat.code).session
    assert (moved.place, moved.starts_at.isoformat(), moved.ends_at.isoformat()) == (
        "School", "2026-12-04T12:15:00+00:00", "2026-12-04T15:15:00+00:00",
    )  # fmt: skip
    stage.settle()
    stage.tap(next(w for w in stage.widgets() if getattr(getattr(w, "line", None), "key", "") == NEXT))
    touch(stage, "Cancel this session", "Yes, cancel it", "The leader is ill")
    stage.see("Cancelled")
    assert stage.services.seats.by_code(seat.code).session is None
    stage.settle()
    stage.tap(row(stage, "Tuesday coffee meeting"))
    stage.see("The whole series")


def test_a_list_that_is_read_slowly_does_not_replace_a_newer_one(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, may_answer, asked = stage.services.gatherings.plan, threading.Event(), []

    def slow_at_first(*days: date) -> Any:
        asked.append(plan(*days))
        if len(asked) == 1:
            may_answer.wait(60)
            return asked[0]
        return asked[-1]

    monkeypatch.setattr(stage.services.gatherings, "plan", slow_at_first)
    programme = stage.app.shell.screen("programme")
    stage.app.shell.go("programme")
    stage.wait(lambda: asked, "the first reading")
    stage.services.programme.cancel(session_id=NEXT, reason="weather", now=stage.moment, who=stage.app.member.who)
    programme.look()
    stage.see("Cancelled")
    may_answer.set()
    stage.settle()
    stage.see("Cancelled")


def test_dates_that_are_read_slowly_do_not_come_under_the_series(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, may_answer = stage.services.gatherings.plan, threading.Event()
    monkeypatch.setattr(stage.services.gatherings, "plan", lambda *days: (may_answer.wait(60), plan(*days))[1])
    programme = stage.app.shell.screen("programme")
    stage.app.shell.go("programme")
    programme.turn_to("series")
    stage.wait(lambda: programme.lines, "the series")
    may_answer.set()
    stage.settle()
    assert {line.key for line in programme.lines} == set(programme.series)


def test_calendar_files_from_a_stick_and_to_it(open_stage: Callable[..., Any], settings: Any, tmp_path: Path) -> None:
    centre, rules = settings.centre._replace(default_language="en"), settings.calendar._replace(folder=str(tmp_path))
    stage = open_stage(using=settings._replace(centre=centre, calendar=rules))
    enter_desk(stage)
    (tmp_path / "school.ics").write_bytes(
        calendar(
            event("a"),
            event("b", SUMMARY="Trip", DTEND="20261206T120000"),
            event("c", SUMMARY="Knitting", RRULE="FREQ=WEEKLY"),
        )
    )
    touch(stage, "Events", "Calendar files")
    stage.settle()
    stage.tap(row(stage, "school.ics"))
    stage.see("2 imported")
    stage.see("It lasts longer than a day.")
    stage.see("Not on holidays: Thu 24/12")
    stage.see("Choir")
    touch(stage, "Export the programme")
    stage.see("The programme was exported")
    assert (tmp_path / "lumijobi.ics").read_bytes().count(b"BEGIN:VEVENT") == 3


def test_a_description_in_each_language_and_a_partner_added_on_the_spot(stage: Any) -> None:
    school = stage.services.partners.add(name="School", kind="school", now=stage.moment, who="shell")
    stage.app.shell.go("programme")
    stage.app.shell.go("series", series=stage.services.programme.by_id("coffee"))
    stage.settle()
    sheet = stage.app.shell.screen("series")
    stage.tap(fact(sheet, "What happens there?"))
    write(stage, "What happens there? English", "We drink coffee and talk. " * 6)
    write(stage, "What happens there? Suomi", "Juodaan kahvia.")
    write(stage, "What happens there? Українська", "")
    stage.settle()
    stage.tap(fact(sheet, "In cooperation with"))
    touch(stage, "School", "New partner", "OK")
    write(stage, "What is the partner called?", "4H")
    touch(stage, "Association")
    stage.wait(lambda: sheet.ids.partner.answer == "School, 4H", "both partners")
    touch(stage, "Save")
    stage.settle()
    series = stage.services.programme.by_id("coffee")
    assert series.about == {"en": ("We drink coffee and talk. " * 6).strip(), "fi": "Juodaan kahvia."}
    added = next(partner.id for partner in stage.services.partners.all() if partner.name == "4H")
    assert (series.partner_id, series.more_partners) == (school.id, (added,))
    stage.app.end_session()
    stage.app.tr.use("en")
    session = stage.services.gatherings.session(NEXT)
    stage.app.shell.go("gathering", session=session, count=stage.services.seats.count(session))
    stage.see("We drink coffee and talk.")
    stage.see("In cooperation with: School, 4H")


def test_the_list_for_the_door_and_the_poster_go_to_a_stick(
    stage: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr("kiosk.files.usb.place_to_write", lambda folder: stick)
    monkeypatch.setattr("screens.staff.desk.paper.cups_queues", lambda: [])
    stage.services.programme.change(gathering_id="coffee", seats=2, now=stage.moment, who="shell")
    touch(stage, "Events")
    stage.settle()
    stage.app.shell.screen("programme").choose(NEXT)
    touch(stage, "List for the door")
    stage.see("Nobody has booked a seat yet.")
    touch(stage, "OK")
    for people in (2, 1):
        stage.services.seats.book(session_id=NEXT, people=people, language="uk", now=stage.moment)
    for words in ("List for the door", "Poster"):
        stage.app.shell.screen("programme").choose(NEXT)
        touch(stage, words, "Save it to a USB stick")
        stage.see("You can take out the USB stick now")
        touch(stage, "OK")
    door, poster = (
        pypdfium2.PdfDocument(stick / name) for name in ("coffee-2026-12-01.pdf", "poster-coffee-2026-12-01.pdf")
    )
    text = door[0].get_textpage().get_text_range()
    assert [part in text for part in ("For 2 people", "Place on the waiting list: 1", "Came", "Українська")] == [
        True
    ] * 4
    assert "Tuesday coffee" in poster[0].get_textpage().get_text_range()
