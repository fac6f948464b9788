"""Calendar files as other programs make them: what is taken, and what is named as left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.errors import BadRule
from kiosk.services import Services
from kiosk.services.programme.calendar_errors import CalledOff, NoEvent, OtherHere, StillHere
from kiosk.services.programme.calendar_files import OddEvent, OtherZone, WholeDay
from kiosk.settings import Settings
from tests.services.conftest import NOW
from tests.services.outside import HELSINKI, WEEKLY, changed, held, kinds, no_series, take
from tests.services.programme.test_calendar_files import bring, calendar, event, other

__all__ = ["no_series"]


def test_letters_that_are_folded_within_are_kept(services: Services) -> None:
    long = "aКава та розмови українською й фінською для всіх, хто хоче говорити"
    whole = calendar(event("f1", SUMMARY=long), event("f2", SUMMARY="Perhekahvila ja pöytäpelit"))
    at = whole.index("фінсь".encode()) + 9  # in the middle of a letter
    data = whole[:at] + b"\r\n " + whole[at:]
    assert take(services, data).taken == (long, "Perhekahvila ja pöytäpelit")


@pytest.mark.parametrize("code", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_marks_and_line_ends(services: Services, code: str, newline: str) -> None:
    text = calendar(event(SUMMARY="Pöytäpelit")).decode().replace("\r\n", newline)
    assert take(services, text.encode(code)).taken == ("Pöytäpelit",)


def test_one_event_in_another_code_does_not_spoil_the_others(services: Services) -> None:
    data = calendar(event("a", SUMMARY="Käsityöt"), event("b", SUMMARY="Кава"))
    answer = take(services, data.replace("Käsityöt".encode(), "Käsityöt".encode("cp1252")))
    assert answer.taken == ("Käsityöt", "Кава")


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261222T105959Z", "15.12"),
        ("20261222T110000Z", "22.12"),
        ("20261222T000000Z", "15.12"),
        ("20261222", "22.12"),
        ("20261222T125900", "15.12"),
        ("20261221T235959Z", "15.12"),
    ],
)
def test_the_end_of_a_series_is_a_moment(services: Services, until: str, last: str) -> None:
    bring(services, event(**WEEKLY, RRULE=f"FREQ=WEEKLY;BYDAY=TU;UNTIL={until}"))
    assert held(services)[-1].startswith(last)


def test_a_series_split_in_two_has_one_session_on_the_day(services: Services) -> None:
    new = {f"DTSTART;{HELSINKI}": "20261222T140000", f"DTEND;{HELSINKI}": "20261222T160000"}
    answer = bring(
        services,
        event("old", **WEEKLY, RRULE="FREQ=WEEKLY;BYDAY=TU;UNTIL=20261222T105959Z"),
        event("new", **new, RRULE="FREQ=WEEKLY;BYDAY=TU;COUNT=3"),
    )
    assert len(answer.taken) == 2
    assert [text[:11] for text in held(services)] == [
        "01.12 13:00",
        "08.12 13:00",
        "15.12 13:00",
        "22.12 14:00",
        "29.12 14:00",
        "05.01 14:00",
    ]


@pytest.mark.parametrize(
    "alarm", ["TRIGGER;RELATED=START:", "TRIGGER:soon", "", "TRIGGER;VALUE=DATE-TIME:19760401T005545Z"]
)
def test_a_broken_reminder_is_dropped(services: Services, alarm: str) -> None:
    part = f"\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\n{alarm}\r\nEND:VALARM"
    assert bring(services, event("good"), event("bad", SUMMARY="Bingo") + part).taken == ("Choir", "Bingo")


def test_a_broken_exdate_is_named_not_forgotten(services: Services) -> None:
    assert kinds(bring(services, event(**WEEKLY, RRULE="FREQ=WEEKLY", EXDATE="tiistaina"))) == [("Choir", OddEvent)]


def method(data: bytes, name: str) -> bytes:
    return data.replace(b"VERSION:2.0", f"VERSION:2.0\r\nMETHOD:{name}".encode())


def test_a_cancellation_adds_nothing(services: Services) -> None:
    assert kinds(take(services, method(calendar(event()), "CANCEL"))) == [("Choir", CalledOff)]
    bring(services, event())
    assert kinds(take(services, method(calendar(event()), "CANCEL"))) == [("Choir", StillHere)]
    assert kinds(take(services, calendar(event(STATUS="CANCELLED")))) == [("Choir", StillHere)]
    assert len(held(services)) == 1
    for answer_of in ("REPLY", "COUNTER", "REFRESH"):
        assert kinds(take(services, method(calendar(event("x")), answer_of))) == [("Choir", NoEvent)]
    assert take(services, method(calendar(event("y", SUMMARY="Bingo")), "REQUEST")).taken == ("Bingo",)


def test_tasks_and_notes_are_named(services: Services) -> None:
    data = calendar(event()).replace(b"VEVENT", b"VTODO")
    assert kinds(take(services, data)) == [("Choir", NoEvent)]


def test_what_a_known_series_says_otherwise_is_named(services: Services) -> None:
    master = event("r", **WEEKLY, RRULE="FREQ=WEEKLY;COUNT=4")
    bring(services, master)
    moved = changed("r", "20261208T130000", "20261209T130000", "20261209T150000")
    off = changed("r", "20261215T130000", "20261215T130000", "20261215T150000", STATUS="CANCELLED")
    same = changed("r", "20261222T130000", "20261222T130000", "20261222T150000")
    assert kinds(bring(services, master, moved, off, same)) == [("Choir", OtherHere)] * 2
    assert kinds(bring(services, moved)) == [("Choir", OtherHere)]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"DTSTART;VALUE=DATE": "20261203", "DTEND": ""}, WholeDay),
        ({"DTSTART;VALUE=DATE": "20261203", "DTEND;VALUE=DATE": "20261206", "RRULE": "FREQ=YEARLY"}, WholeDay),
        ({f"DTSTART;{HELSINKI}": "20261203T000000", f"DTEND;{HELSINKI}": "20261204T000000"}, WholeDay),
        ({"RRULE": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, BadRule),
        ({"RRULE": "FREQ=SECONDLY"}, BadRule),
        ({"RRULE": "FREQ=WEEKLY", "EXRULE": "FREQ=MONTHLY"}, BadRule),
        ({"RRULE": "FREQ=WEEKLY", "DTSTART": "20261203T160000Z", "DTEND": "20261203T173000Z"}, OtherZone),
    ],
)
def test_what_the_programme_has_no_place_for_is_named(
    services: Services, said: dict[str, str], error: type[Exception]
) -> None:
    replaced = {name.partition(";")[0] for name in said}
    left_out = {
        f"{name};{HELSINKI}": ""
        for name in ("DTSTART", "DTEND")
        if name in replaced and f"{name};{HELSINKI}" not in said
    }
    answer = bring(services, event("bad", **left_out, **said), event("good", SUMMARY="Bingo"))
    assert (kinds(answer), answer.taken) == ([("Choir", error)], ("Bingo",))


def test_a_series_in_utc_that_ends_before_the_clocks_change_is_taken(services: Services) -> None:
    times = {
        f"DTSTART;{HELSINKI}": "",
        f"DTEND;{HELSINKI}": "",
        "DTSTART": "20261203T160000Z",
        "DTEND": "20261203T173000Z",
    }
    assert bring(services, event(**times, RRULE="FREQ=WEEKLY;COUNT=3")).left == ()
    assert [text[:11] for text in held(services)] == ["03.12 18:00", "10.12 18:00", "17.12 18:00"]


def test_added_dates_at_another_time_of_day(services: Services) -> None:
    more = {f"RDATE;{HELSINKI}": "20261203T130000,20261204T090000", "RDATE;VALUE=PERIOD": "20261210T160000Z/PT30M"}
    master = event(**WEEKLY, RRULE="FREQ=WEEKLY;COUNT=2", **more)
    assert bring(services, master).left == ()
    assert [text[:17] for text in held(services)] == [
        "01.12 13:00-15:00",
        "03.12 13:00-15:00",
        "04.12 09:00-11:00",
        "08.12 13:00-15:00",
        "10.12 18:00-18:30",
    ]
    assert (bring(services, master).taken, len(held(services))) == ((), 5)


def test_an_added_date_of_another_length_keeps_it(services: Services) -> None:
    more = {"RDATE;VALUE=PERIOD": "20261203T110000Z/PT2H,20261204T110000Z/PT4H"}
    master = event(**WEEKLY, RRULE="FREQ=WEEKLY;COUNT=1", **more)
    assert bring(services, master).left == ()
    assert [text[:17] for text in held(services)] == ["01.12 13:00-15:00", "03.12 13:00-15:00", "04.12 13:00-17:00"]
    assert (bring(services, master).taken, len(held(services))) == ((), 3)


def test_holidays_that_are_left_out_are_told(services: Services) -> None:
    times = {f"DTSTART;{HELSINKI}": "20261202T130000", f"DTEND;{HELSINKI}": "20261202T150000"}
    answer = bring(services, event(**times, RRULE="FREQ=WEEKLY;UNTIL=20270120T220000Z"))
    assert [(one.name, one.days) for one in answer.holidays] == [("Choir", (date(2027, 1, 6),))]
    assert "06.01" not in [text[:5] for text in held(services)]
    assert (
        bring(
            services,
            event(
                "single",
                SUMMARY="Loppiainen",
                **{f"DTSTART;{HELSINKI}": "20270106T130000", f"DTEND;{HELSINKI}": "20270106T150000"},
            ),
        ).holidays
        == ()
    )
    assert held(services)[-3] == "06.01 13:00-15:00 Loppiainen"


def test_each_year_on_a_holiday(services: Services) -> None:
    times = {f"DTSTART;{HELSINKI}": "19951206T100000", f"DTEND;{HELSINKI}": "19951206T120000"}
    assert bring(services, event(**times, RRULE="FREQ=YEARLY")).holidays == ()
    for year in (2026, 2027, 2035):
        day = date(year, 12, 6)
        assert [one.state for one in services.gatherings.plan(day, day)] == ["on"]


def test_a_session_held_on_a_holiday_survives(services: Services, settings: Settings, tmp_path: Path) -> None:
    times = {f"DTSTART;{HELSINKI}": "20261202T130000", f"DTEND;{HELSINKI}": "20261202T150000"}
    bring(services, event(**times, RRULE="FREQ=WEEKLY"))
    [series] = services.programme.series(NOW)
    services.programme.hold(session_id=f"{series.id}:2027-01-06:1300", now=NOW, who="shell")
    before = held(services)
    assert "06.01 13:00-15:00 Choir" in before
    elsewhere = other(tmp_path, settings)
    take(elsewhere, services.calendar_files.export(now=NOW))
    assert held(elsewhere) == before
