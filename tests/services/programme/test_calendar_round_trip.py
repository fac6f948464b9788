"""The programme out, through the forms of other programs, and in again: every session is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from kiosk.services import Services
from kiosk.settings import Settings
from tests.services.conftest import NOW
from tests.services.outside import held, no_series, take
from tests.services.programme.test_calendar_files import other

__all__ = ["no_series"]


# As other programs write out what they were given.


def outlook(data: bytes) -> bytes:
    """Windows' names of zones, its VTIMEZONE of 1601, no names of ours, words marked with their language."""
    text = data.decode().replace("Europe/Helsinki", "FLE Standard Time").replace("SUMMARY:", "SUMMARY;LANGUAGE=fi:")
    text = "\r\n".join(line for line in text.split("\r\n") if not line.startswith("X-LUMIJOBI"))
    text = text.replace("DTSTART:19990328T030000", "DTSTART:16010325T030000").replace(
        "DTSTART:19991031T040000", "DTSTART:16011028T040000"
    )
    alarm = "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nACTION:DISPLAY\r\nDESCRIPTION:Reminder\r\nEND:VALARM\r\nEND:VEVENT"
    return text.replace("VERSION:2.0", "VERSION:2.0\r\nMETHOD:PUBLISH").replace("END:VEVENT", alarm).encode()


def google(data: bytes) -> bytes:
    """Ids of its own, single events in UTC, exceptions in front of their series."""
    found = Calendar.from_ical(data.decode().replace("@lumijobi-kiosk", "@google.com"))
    events = found.walk("VEVENT")
    for one in events:
        found.subcomponents.remove(one)
        if "RRULE" not in one and "RECURRENCE-ID" not in one:
            start, end = one["DTSTART"].dt, one["DTEND"].dt
            for name, moment in (("DTSTART", start), ("DTEND", end)):
                del one[name]
                one.add(name, datetime.fromtimestamp(moment.timestamp(), tz=UTC))
    found.subcomponents += sorted(events, key=lambda one: "RECURRENCE-ID" not in one)
    return bytes(found.to_ical())


def nextcloud(data: bytes) -> bytes:
    """All dates of a kind in one line, lines that end by themselves, lengths for ends."""
    found = Calendar.from_ical(data)
    for one in found.walk("VEVENT"):
        one.add("duration", one["DTEND"].dt - one["DTSTART"].dt)
        del one["DTEND"]
        for name in ("EXDATE", "RDATE"):
            values = one.pop(name, [])
            dates = [date.dt for several in (values if isinstance(values, list) else [values]) for date in several.dts]
            if dates:
                one.add(name, dates)
    return bytes(found.to_ical()).replace(b"\r\n", b"\n")


def apple(data: bytes) -> bytes:
    """Reminders that never ring, dates that are left out as UTC, rules with a week start."""
    found = Calendar.from_ical(data)
    for one in found.walk("VEVENT"):
        values = one.pop("EXDATE", [])
        for several in values if isinstance(values, list) else [values]:
            for left_out in several.dts:
                one.add("EXDATE", datetime.fromtimestamp(left_out.dt.timestamp(), tz=UTC))
        if "RRULE" in one:
            one["RRULE"]["WKST"] = ["SU"] if one["RRULE"].get("INTERVAL", [1]) == [1] else ["MO"]
    alarm = b"BEGIN:VALARM\r\nX-WR-ALARMUID:1\r\nTRIGGER;VALUE=DATE-TIME:19760401T005545Z\r\nACTION:NONE\r\nEND:VALARM\r\nEND:VEVENT"
    return bytes(found.to_ical()).replace(b"END:VEVENT", alarm)


@pytest.mark.parametrize("form", [outlook, google, nextcloud, apple])
def test_a_round_trip_keeps_every_session(
    services: Services, settings: Settings, tmp_path: Path, form: Callable[[bytes], bytes]
) -> None:
    by = {"now": NOW, "who": "shell"}
    add = {"place": "Koulu; sali, 1", **by}
    weekly = services.programme.add(
        names={"fi": "Kahvit", "uk": "Кава"},
        rule="FREQ=WEEKLY;BYDAY=WE",
        since=date(2024, 1, 3),
        start="13:00",
        end="15:00",
        **add,
    )
    services.programme.add(
        names={"fi": "Joka toinen"},
        rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        since=date(2026, 11, 26),
        start="22:30",
        end="01:00",
        until=date(2027, 3, 30),
        cancelled=[date(2026, 12, 8)],
        extra=[date(2026, 12, 4)],
        **add,
    )
    services.programme.add(
        names={"fi": "Kuun viimeinen"},
        rule="FREQ=MONTHLY;BYDAY=-1SU",
        since=date(2026, 1, 25),
        start="01:30",
        end="03:30",
        **add,
    )
    services.programme.add(
        names={"fi": "Kerran"}, rule="FREQ=DAILY;COUNT=1", since=date(2026, 12, 6), start="10:00", end="12:00", **add
    )
    services.programme.add(
        names={"fi": "Kolmesti"}, rule="FREQ=DAILY;COUNT=3", since=date(2027, 3, 27), start="23:00", end="23:30", **add
    )
    services.programme.cancel(session_id=f"{weekly.id}:2026-12-02:1300", reason="ill", **by)
    services.programme.move(
        session_id=f"{weekly.id}:2026-12-09:1300",
        day=date(2026, 12, 10),
        start="20:00",
        end="01:30",
        place="Kirjasto",
        reason="place",
        **by,
    )
    services.programme.hold(session_id=f"{weekly.id}:2027-01-06:1300", **by)
    before = held(services, NOW.date() + timedelta(days=390))
    elsewhere = other(tmp_path, settings)
    answer = take(elsewhere, form(services.calendar_files.export(now=NOW)))
    assert (len(answer.taken), answer.left) == (5, ())
    assert held(elsewhere, NOW.date() + timedelta(days=390)) == before
    assert len(before) > 60
    again = take(elsewhere, form(services.calendar_files.export(now=NOW)))
    assert (again.taken, again.known, again.left) == ((), 5, ())
