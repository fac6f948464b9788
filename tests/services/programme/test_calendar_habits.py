"""Calendar files with the habits of Outlook, Google, Apple, Nextcloud and Evolution: every session, or its reason."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from kiosk.errors import BadRule
from kiosk.services import Services
from kiosk.services.programme.calendar_errors import NotACalendar, NoTitle, TwinEvent
from tests.services.outside import HELSINKI, WEEKLY, changed, held, kinds, no_series, take
from tests.services.programme.test_calendar_files import bring, calendar, event

__all__ = ["no_series"]


@pytest.mark.parametrize(
    "zone",
    [
        "FLE Standard Time", '"(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius"', "Europe/Kiev", "EET",
        "/freeassociation.sourceforge.net/Europe/Helsinki", "/freeassociation.sourceforge.net/Tzfile/Europe/Helsinki",
    ],
)  # fmt: skip
def test_zones_by_the_names_of_other_programs(services: Services, zone: str) -> None:
    said = {f"DTSTART;TZID={zone}": "20261203T180000", f"DTEND;TZID={zone}": "20261203T193000"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bring(services, event(**said))
    assert held(services) == ["03.12 18:00-19:30 Choir"]


def test_utc_by_the_name_of_outlook_on_the_web(services: Services) -> None:
    utc = "TZID=tzone://Microsoft/Utc"
    said = {f"DTSTART;{utc}": "20261203T160000", f"DTEND;{utc}": "20261203T170000", "RRULE": "FREQ=WEEKLY;COUNT=4"}
    bring(services, event(**said, **{f"EXDATE;{utc}": "20261210T160000,20261217T160000"}))
    assert held(services) == ["03.12 18:00-19:00 Choir"]  # the fourth falls on Christmas Eve


@pytest.mark.parametrize(
    "rule", ["freq=weekly;byday=tu;count=2", "FREQ=WEEKLY; BYDAY=TU; COUNT=2;", "FREQ=WEEKLY;BYDAY=TU;COUNT=2;"]
)
def test_rules_in_any_case_and_with_spaces(services: Services, rule: str) -> None:
    bring(services, event(**WEEKLY, RRULE=rule))
    assert held(services) == ["01.12 13:00-15:00 Choir", "08.12 13:00-15:00 Choir"]


@pytest.mark.parametrize(
    "more", [{"EXRULE": "FREQ=WEEKLY;INTERVAL=2;COUNT=2"}, {"RRULE": "FREQ=YEARLY;BYWEEKNO=50;BYDAY=TU"}]
)
def test_rules_that_the_programme_lacks_are_named(services: Services, more: dict[str, str]) -> None:
    answer = bring(services, event(**{**WEEKLY, "RRULE": "FREQ=WEEKLY;COUNT=4"} | more))
    assert (answer.taken, kinds(answer)) == ((), [("Choir", BadRule)])


def test_the_last_version_of_an_event_counts_and_a_twin_is_named(services: Services) -> None:
    old, new = event(SUMMARY="Old", SEQUENCE="1"), event(SUMMARY="New", SEQUENCE="3", **WEEKLY)
    answer = bring(services, new, old, event("b", SUMMARY="One"), event("b", SUMMARY="Two"), event("c"), event("c"))
    assert (answer.taken, kinds(answer)) == (("New", "One", "Choir"), [("Two", TwinEvent)])
    assert held(services)[0] == "01.12 13:00-15:00 New"


def test_the_last_version_of_one_date_counts(services: Services) -> None:
    first = changed("a", "20261208T130000", "20261208T140000", "20261208T160000", SEQUENCE="1")
    last = changed("a", "20261208T130000", "20261209T140000", "20261209T160000", SEQUENCE="2")
    bring(services, event(**WEEKLY, RRULE="FREQ=WEEKLY;COUNT=2"), first, last)
    assert held(services) == ["01.12 13:00-15:00 Choir", "09.12 14:00-16:00 Choir (moved)"]


def test_what_has_no_title_is_told(services: Services) -> None:
    answer = bring(services, event(SUMMARY=" "), event("b", SUMMARY=""))
    assert kinds(answer) == [("", NoTitle), ("", NoTitle)]


def test_signs_that_turn_a_line_round_are_not_in_a_reason(services: Services) -> None:
    answer = bring(services, event(SUMMARY="\u202eChoir\u202c", DTSTART="20200101T100000Z", DTEND="20200101T110000Z"))
    assert [left.name for left in answer.left] == ["Choir"]


def test_the_zip_that_google_exports(services: Services) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lumijobi@group.calendar.google.com.ics", calendar(event(SUMMARY="Käsityöt")))
        archive.writestr("muu.ics", calendar(event("b", SUMMARY="Кава")).removesuffix(b"\r\n"))
        archive.writestr("readme.txt", b"no calendar")
    assert take(services, out.getvalue()).taken == ("Käsityöt", "Кава")
    assert take(services, out.getvalue()).known == 2


@pytest.mark.parametrize("names", [[], ["a.txt"]])
def test_a_zip_without_a_calendar_is_told(services: Services, names: list[str]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    for data in (out.getvalue(), b"PK\x03\x04" + out.getvalue()[:20]):
        with pytest.raises(NotACalendar):
            take(services, data)


def test_exceptions_named_by_their_date_alone(services: Services) -> None:
    moved = event(
        **{"RECURRENCE-ID;VALUE=DATE": "20261215"},
        **{f"DTSTART;{HELSINKI}": "20261216T130000", f"DTEND;{HELSINKI}": "20261216T150000"},
    )
    bring(services, event(**WEEKLY, RRULE="FREQ=WEEKLY;COUNT=4", **{"EXDATE;VALUE=DATE": "20261208"}), moved)
    assert held(services) == [
        "01.12 13:00-15:00 Choir", "16.12 13:00-15:00 Choir (moved)", "22.12 13:00-15:00 Choir",
    ]  # fmt: skip


def test_travel_time_and_alarms_of_apple_change_nothing(services: Services) -> None:
    alarm = "BEGIN:VALARM\r\nX-WR-ALARMUID:1\r\nTRIGGER;VALUE=DATE-TIME:19760401T005545Z\r\nACTION:NONE\r\nEND:VALARM"
    travel = {"X-APPLE-TRAVEL-DURATION;VALUE=DURATION": "PT30M", "X-APPLE-TRAVEL-START;ROUTING=CAR": "x"}
    text = event(**WEEKLY, RRULE="FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1;COUNT=2", **travel)
    answer = take(services, calendar(f"{text}\r\n{alarm}"))
    assert (answer.taken, answer.left) == (("Choir",), ())
    assert held(services) == ["01.12 13:00-15:00 Choir", "05.01 13:00-15:00 Choir"]
