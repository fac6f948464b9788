"""Calendar files: out and in again, RFC 5545, time zones, odd and hostile files."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from icalendar import Calendar

from kiosk.errors import BadRule, UnknownGathering
from kiosk.journal import Store
from kiosk.privacy.contact import PersonalId
from kiosk.services import Services
from kiosk.services.programme.calendar_errors import NoTitle
from kiosk.services.programme.calendar_files import (
    BroughtIn,
    CalledOff,
    EndsEarly,
    HugeCalendar,
    NotACalendar,
    NoTime,
    OddEvent,
    OtherZone,
    OverAlready,
    TooLong,
    WholeDay,
)
from kiosk.settings import Settings
from tests.services.conftest import NOW

DAYS = (date(2026, 11, 24), date(2027, 4, 30))


def calendar(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{body}END:VCALENDAR\r\n".encode()


def event(uid: str = "a", **said: str) -> str:
    usual = {
        "UID": uid, "SUMMARY": "Choir", "DTSTART;TZID=Europe/Helsinki": "20261203T180000",
        "DTEND;TZID=Europe/Helsinki": "20261203T193000",
    }  # fmt: skip
    replaced = {name.partition(";")[0] for name in said}
    lines = {name: value for name, value in usual.items() if name.partition(";")[0] not in replaced} | said
    return "\r\n".join(f"{name}:{value}" for name, value in lines.items() if value)


def bring(services: Services, *events: str) -> BroughtIn:
    return services.calendar_files.bring_in(data=calendar(*events), now=NOW, who="shell")


def times(services: Services, *, last: date = DAYS[1]) -> list[tuple[str, str, str]]:
    plan = services.gatherings.plan(DAYS[0], last)
    return [(one.starts_at.isoformat(), one.ends_at.isoformat(), one.state) for one in plan]


def other(folder: Path, settings: Settings) -> Services:
    """Another tablet without any series."""
    return Services(Store.create(folder / "other", now=NOW), settings._replace(gatherings=()))


def test_the_programme_goes_out_and_comes_in_again_the_same(
    services: Services, settings: Settings, tmp_path: Path
) -> None:
    day = {"now": NOW, "who": "shell"}
    services.programme.cancel(session_id="coffee:2026-12-01:1300", reason="ill", **day)
    services.programme.move(
        session_id="coffee:2026-12-08:1300", day=date(2026, 12, 9), start="20:00", end="01:30", place="School",
        reason="place", **day,
    )  # fmt: skip
    services.programme.add(
        names={"fi": "Leikki; pihalla, \\ «ґ»", "uk": "Гра"}, rule="FREQ=MONTHLY;BYDAY=-1SA", since=date(2026, 11, 28),
        start="22:00", end="06:00", place="Koulu\nSali".replace("\n", " "), until=date(2027, 4, 1),
        extra=[date(2026, 12, 5)], cancelled=[date(2026, 12, 26)], **day,
    )  # fmt: skip
    data = services.calendar_files.export(now=NOW)
    assert data == services.calendar_files.export(now=NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    elsewhere = other(tmp_path, settings)
    answer = elsewhere.calendar_files.bring_in(data=data, now=NOW, who="shell")
    assert (len(answer.taken), answer.left) == (2, ())
    held = [one for one in times(services) if one[2] not in ("holiday", "cancelled")]
    assert [one for one in times(elsewhere) if one[2] not in ("holiday", "cancelled")] == held
    names = [one.names for one in elsewhere.programme.series(NOW)]
    assert {"fi": "Leikki; pihalla, \\ «ґ»", "uk": "Гра"} in names
    again = elsewhere.calendar_files.bring_in(data=data, now=NOW, who="shell")
    assert (again.taken, again.known, again.left) == ((), 2, ())
    back = services.calendar_files.bring_in(data=elsewhere.calendar_files.export(now=NOW), now=NOW, who="shell")
    assert (back.taken, back.known) == ((), 2)


def test_one_gathering_has_its_own_file_with_a_time_zone(services: Services) -> None:
    data = services.calendar_files.export(now=NOW, gathering_id="coffee")
    found = Calendar.from_ical(data)
    [vevent] = found.walk("VEVENT")
    assert vevent["UID"] == "coffee@lumijobi-kiosk"
    assert vevent["DTSTART"].params["TZID"] == "Europe/Helsinki"
    assert [str(zone["TZID"]) for zone in found.walk("VTIMEZONE")] == ["Europe/Helsinki"]
    with pytest.raises(UnknownGathering):
        services.calendar_files.export(now=NOW, gathering_id="nothing")


@pytest.mark.parametrize(
    ("said", "begins", "ends"),
    [
        ({}, "2026-12-03T16:00:00+00:00", "2026-12-03T17:30:00+00:00"),
        ({"DTSTART": "20261203T160000Z", "DTEND": "20261203T173000Z"}, "2026-12-03T16:00:00+00:00", "2026-12-03T17:30:00+00:00"),
        ({"DTSTART": "20261203T180000", "DTEND": "20261203T193000"}, "2026-12-03T16:00:00+00:00", "2026-12-03T17:30:00+00:00"),
        ({"DTEND": "", "DURATION": "PT90M"}, "2026-12-03T16:00:00+00:00", "2026-12-03T17:30:00+00:00"),
        (
            {"DTSTART;TZID=FLE Standard Time": "20261203T233000", "DTEND;TZID=FLE Standard Time": "20261204T010000"},
            "2026-12-03T21:30:00+00:00", "2026-12-03T23:00:00+00:00",
        ),
        (
            {"DTSTART;TZID=America/New_York": "20261203T113000", "DTEND;TZID=America/New_York": "20261203T120000"},
            "2026-12-03T16:30:00+00:00", "2026-12-03T17:00:00+00:00",
        ),
    ],
)  # fmt: skip
def test_times_of_any_zone_become_the_centre_s(
    services: Services, said: dict[str, str], begins: str, ends: str
) -> None:
    services.gatherings.apply((), NOW)
    assert bring(services, event(**said)).taken == ("Choir",)
    assert times(services) == [(begins, ends, "on")]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"DTSTART": ""}, NoTime), ({"DTEND": ""}, NoTime), ({"DTEND": "20261203T170000"}, EndsEarly),
        ({"DTSTART;VALUE=DATE": "20261203", "DTEND;VALUE=DATE": "20261204"}, WholeDay),
        ({"DTEND": "20261203T180000"}, EndsEarly), ({"DTEND": "", "DTEND;VALUE=DATE": "20261204"}, NoTime),
        ({"DTEND": "20261205T193000"}, TooLong), ({"DTSTART": "20261123T180000", "DTEND": "20261123T190000"}, OverAlready),
        ({"DTSTART": "00010101T180000", "DTEND": "00010101T190000"}, OddEvent),
        ({"RRULE": "FREQ=SECONDLY"}, BadRule), ({"RRULE": "FREQ=WEEKLY;BYHOUR=1,2,3"}, BadRule),
        ({"RRULE": "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "DTSTART": "20250203T180000", "DTEND": "20250203T190000"}, OverAlready),
        ({"RRULE": "FREQ=WEEKLY;UNTIL=20261101T000000Z", "DTSTART": "20260903T180000", "DTEND": "20260903T190000"}, OverAlready),
        ({"RRULE": "FREQ=WEEKLY", "DTSTART": "20261203T160000Z", "DTEND": "20261203T170000Z"}, OtherZone),
        ({"STATUS": "CANCELLED"}, CalledOff), ({"SUMMARY": ""}, NoTitle), ({"SUMMARY": "131052-308T"}, PersonalId),
        ({"DTSTART": "nonsense"}, OddEvent), ({"DTEND": "", "DURATION": "P-1"}, OddEvent),
    ],
)  # fmt: skip
def test_each_event_that_is_not_taken_says_why(
    services: Services, said: dict[str, str], error: type[Exception]
) -> None:
    answer = bring(services, event("bad", **said), event("good", SUMMARY="Bingo"))
    assert answer.taken == ("Bingo",)
    assert [type(left.error) for left in answer.left] == [error] or isinstance(answer.left[0].error, error)


def test_a_series_with_exceptions(services: Services) -> None:
    services.gatherings.apply((), NOW)
    master = event(**{"RRULE": "FREQ=WEEKLY;UNTIL=20261224T160000Z", "EXDATE;TZID=Europe/Helsinki": "20261210T180000"})
    moved = event(**{
        "RECURRENCE-ID;TZID=Europe/Helsinki": "20261217T180000", "DTSTART;TZID=Europe/Helsinki": "20261218T170000",
        "DTEND;TZID=Europe/Helsinki": "20261218T180000", "LOCATION": "School",
    })  # fmt: skip
    assert bring(services, master, moved).taken == ("Choir",)
    assert [(begins[:13], state) for begins, _, state in times(services)] == [
        ("2026-12-03T16", "on"), ("2026-12-17T16", "away"), ("2026-12-18T15", "moved"), ("2026-12-24T16", "holiday"),
    ]  # fmt: skip


def test_events_without_a_uid_are_brought_in_once(services: Services) -> None:
    assert bring(services, event(uid="")).taken == ("Choir",)
    assert bring(services, event(uid="")).known == 1
    assert bring(services, event("a"), event("a")).known == 1


@pytest.mark.parametrize("data", [b"", b"hello", b"BEGIN:VCALENDAR", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", b"\x00\xff" * 99,
                                  b"BEGIN:VCALENDAR\r\n" * 3000, b"END:VCALENDAR\r\n"])  # fmt: skip
def test_what_is_no_calendar_is_told(services: Services, data: bytes) -> None:
    with pytest.raises(NotACalendar):
        services.calendar_files.bring_in(data=data, now=NOW, who="shell")


def test_a_flood_is_refused_before_it_is_read(services: Services) -> None:
    for data in (calendar(*(event(str(n)) for n in range(501))), calendar(event(SUMMARY="x" * 1_000_001))):
        with pytest.raises(HugeCalendar):
            services.calendar_files.bring_in(data=data, now=NOW, who="shell")
    assert len(services.programme.series(NOW)) == 1


NAMES = st.sampled_from(["UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID",
                         "LOCATION", "STATUS", "BEGIN", "END", "X-LUMIJOBI-NAME", "DTSTART;TZID=Nowhere/At All"])  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["20261203T180000", "20261203", "PT1H", "FREQ=WEEKLY", "FREQ=YEARLY;COUNT=3", "VEVENT", "VCALENDAR",
                     "99999999T999999Z", "20261203T180000Z/PT1H", "CANCELLED", "-P9999999W", "FREQ=WEEKLY;BYDAY=;COUNT=0"]),
)  # fmt: skip


@hypothesis_settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.tuples(NAMES, VALUES), max_size=6), max_size=3), st.binary(max_size=8), st.integers(0, 400))
def test_no_file_breaks_the_kiosk(services: Services, events: list[Any], noise: bytes, at: int) -> None:
    lines = ["\r\n".join(f"{name}:{value}" for name, value in said) for said in events]
    data = calendar(*lines, event())
    for hostile in (data, data[:at] + noise + data[at:]):
        try:
            answer = services.calendar_files.bring_in(data=hostile, now=NOW, who="shell")
        except (NotACalendar, HugeCalendar):
            continue
        again = services.calendar_files.bring_in(data=hostile, now=NOW, who="shell")
        assert again.taken == ()
        assert again.known >= len(answer.taken)
        services.gatherings.plan(date(2026, 11, 1), date(2027, 3, 1))
        services.calendar_files.export(now=NOW + timedelta(days=1))


def test_the_night_of_the_change_goes_out_right(services: Services) -> None:
    night = services.programme.add(
        names={"fi": "Yö"}, rule="FREQ=DAILY;COUNT=1", since=date(2027, 3, 27), start="22:00", end="06:00", place="Koulu",
        now=NOW, who="shell",
    )  # fmt: skip
    data = services.calendar_files.export(now=NOW, gathering_id=night.id)
    [vevent] = Calendar.from_ical(io.BytesIO(data).read()).walk("VEVENT")
    assert vevent["DTSTART"].dt.astimezone(UTC) == datetime(2027, 3, 27, 20, 0, tzinfo=UTC)
    assert vevent["DTEND"].dt.astimezone(UTC) == datetime(2027, 3, 28, 3, 0, tzinfo=UTC)
