"""Calendar files as other programs make them: every session kept, or named as left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from kiosk.errors import BadRule
from kiosk.services import Services
from kiosk.services.calendar_errors import CalledOff, FollowingMoved, NoEvent, OtherHere, SeriesMissing, StillHere
from kiosk.services.programme.calendar_files import BroughtIn, NotACalendar, OddEvent, OtherZone, OverAlready, WholeDay
from kiosk.settings import Settings
from tests.services.conftest import NOW
from tests.services.programme.test_calendar_files import bring, calendar, event, other

HELSINKI = "TZID=Europe/Helsinki"
WEEKLY = {f"DTSTART;{HELSINKI}": "20261201T130000", f"DTEND;{HELSINKI}": "20261201T150000"}


@pytest.fixture(autouse=True)
def _empty(services: Services) -> None:
    services.gatherings.apply((), NOW)


def take(services: Services, data: bytes) -> BroughtIn:
    return services.calendar_files.bring_in(data=data, now=NOW, who="staff:a")


def held(services: Services, last: date = date(2027, 4, 30)) -> list[str]:
    """The sessions that take place, as "01.12 13:00-15:00 name"; what was moved has a mark."""
    zone = ZoneInfo("Europe/Helsinki")
    found = []
    for one in services.gatherings.sessions_between(date(2026, 11, 24), last):
        start, end = (moment.astimezone(zone) for moment in (one.starts_at, one.ends_at))
        mark = "" if one.state == "on" else f" ({one.state})"
        found.append(f"{start:%d.%m %H:%M}-{end:%H:%M} {one.names['fi']}{mark}")
    return found


def kinds(answer: BroughtIn) -> list[tuple[str, type[Exception]]]:
    return [(left.name, type(left.error)) for left in answer.left]


def changed(uid: str, recurrence: str, start: str, end: str, **said: str) -> str:
    times = {f"RECURRENCE-ID;{HELSINKI}": recurrence, f"DTSTART;{HELSINKI}": start, f"DTEND;{HELSINKI}": end}
    return event(uid, **times, **said)


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
    [("20261222T105959Z", "15.12"), ("20261222T110000Z", "22.12"), ("20261222T000000Z", "15.12"), ("20261222", "22.12"),
     ("20261222T125900", "15.12"), ("20261221T235959Z", "15.12")],
)  # fmt: skip
def test_the_end_of_a_series_is_a_moment(services: Services, until: str, last: str) -> None:
    bring(services, event(**WEEKLY, RRULE=f"FREQ=WEEKLY;BYDAY=TU;UNTIL={until}"))
    assert held(services)[-1].startswith(last)


def test_a_series_split_in_two_has_one_session_on_the_day(services: Services) -> None:
    new = {f"DTSTART;{HELSINKI}": "20261222T140000", f"DTEND;{HELSINKI}": "20261222T160000"}
    answer = bring(
        services, event("old", **WEEKLY, RRULE="FREQ=WEEKLY;BYDAY=TU;UNTIL=20261222T105959Z"),
        event("new", **new, RRULE="FREQ=WEEKLY;BYDAY=TU;COUNT=3"),
    )  # fmt: skip
    assert len(answer.taken) == 2
    assert [text[:11] for text in held(services)] == [
        "01.12 13:00",
        "08.12 13:00",
        "15.12 13:00",
        "22.12 14:00",
        "29.12 14:00",
        "05.01 14:00",
    ]


def test_one_date_of_a_series_is_taken_without_the_series(services: Services) -> None:
    alone = changed("r1", "20261208T130000", "20261208T140000", "20261208T150000", SUMMARY="Vierailija Kelasta")
    assert bring(services, alone).taken == ("Vierailija Kelasta",)
    assert held(services) == ["08.12 14:00-15:00 Vierailija Kelasta"]
    assert bring(services, alone).known == 1
    # the series comes later: the date stays the one that is here
    master = event("r1", **WEEKLY, RRULE="FREQ=WEEKLY;COUNT=3")
    assert bring(services, master, alone).taken == ("Choir",)
    assert held(services) == [
        "01.12 13:00-15:00 Choir",
        "08.12 14:00-15:00 Vierailija Kelasta",
        "15.12 13:00-15:00 Choir",
    ]


def test_one_date_alone_that_is_off_or_over_is_named(services: Services) -> None:
    answer = bring(
        services, changed("a", "20261208T130000", "20261208T130000", "20261208T150000", STATUS="CANCELLED"),
        changed("b", "20261103T130000", "20261103T130000", "20261103T150000"),
        changed("c", "20261208T130000", "20261208T130000", "20261208T150000").replace("RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;"),
    )  # fmt: skip
    assert kinds(answer) == [("Choir", CalledOff), ("Choir", OverAlready), ("Choir", SeriesMissing)]


def following(recurrence: str, start: str, end: str, **said: str) -> str:
    return changed("r3", recurrence, start, end, **said).replace("RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;")


def test_from_a_date_on_all_sessions_move(services: Services) -> None:
    master = event("r3", **WEEKLY, RRULE="FREQ=WEEKLY;BYDAY=TU;COUNT=6", **{f"EXDATE;{HELSINKI}": "20261222T130000"})
    from_third = following("20261215T130000", "20261215T100000", "20261215T120000")
    fifth = changed("r3", "20261229T130000", "20261230T090000", "20261230T100000")
    assert bring(services, master, fifth, from_third).left == ()
    assert held(services) == [
        "01.12 13:00-15:00 Choir", "08.12 13:00-15:00 Choir", "15.12 10:00-12:00 Choir", "30.12 09:00-10:00 Choir (moved)",
        "05.01 10:00-12:00 Choir",
    ]  # fmt: skip
    again = bring(services, master, fifth, from_third)
    assert (again.taken, again.known, again.left) == ((), 1, ())


def test_from_a_date_on_the_day_changes_too(services: Services) -> None:
    master = event("r3", **WEEKLY, RRULE="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270112T235959Z")
    bring(services, master, following("20261215T130000", "20261217T180000", "20261217T190000", SUMMARY="Kuoro"))
    assert held(services) == [
        "01.12 13:00-15:00 Choir", "17.12 18:00-19:00 Kuoro", "31.12 18:00-19:00 Kuoro", "14.01 18:00-19:00 Kuoro",
    ]  # fmt: skip


def test_from_the_first_date_on_and_to_the_end(services: Services) -> None:
    master = event("r3", **WEEKLY, RRULE="FREQ=WEEKLY;COUNT=4")
    first = following("20261201T130000", "20261201T120000", "20261201T130000")
    ends = following("20261215T130000", "20261215T130000", "20261215T150000", STATUS="CANCELLED")
    assert bring(services, master, first, ends).taken == ("Choir",)
    assert held(services) == ["01.12 12:00-13:00 Choir", "08.12 12:00-13:00 Choir"]


def test_what_cannot_follow_is_named_and_the_series_kept(services: Services) -> None:
    master = event("r3", **WEEKLY, RRULE="FREQ=MONTHLY;BYDAY=1TU;COUNT=3")
    answer = bring(services, master, following("20270105T130000", "20270107T130000", "20270107T150000"))
    assert kinds(answer) == [("Choir", FollowingMoved)]
    assert [text[:5] for text in held(services)] == ["01.12", "05.01", "02.02"]


def test_the_same_time_is_not_moved_and_new_words_are_kept(services: Services) -> None:
    master = event("r2", **WEEKLY, SUMMARY="Kahvit", RRULE="FREQ=WEEKLY;COUNT=3")
    raffle = changed("r2", "20261208T130000", "20261208T130000", "20261208T150000", SUMMARY="Kahvit ja arpajaiset")
    same = changed("r2", "20261215T130000", "20261215T130000", "20261215T150000", SUMMARY="Kahvit")
    assert bring(services, master, raffle, same).left == ()
    assert held(services) == [
        "01.12 13:00-15:00 Kahvit",
        "08.12 13:00-15:00 Kahvit ja arpajaiset",
        "15.12 13:00-15:00 Kahvit",
    ]
    again = bring(services, master, raffle, same)
    assert (again.taken, again.known, again.left) == ((), 1, ())


def test_a_broken_exception_does_not_take_the_others_along(services: Services) -> None:
    master = event("r", **WEEKLY, RRULE="FREQ=WEEKLY;COUNT=4")
    odd = changed("r", "20261208T130000", "20261209T130000", "20261212T150000", SUMMARY="Choir")
    good = changed("r", "20261215T130000", "20261216T130000", "20261216T150000")
    strange = changed("r", "20261210T130000", "20261210T090000", "20261210T100000", SUMMARY="Extra")
    answer = bring(services, master, odd, good, strange)
    assert [name for name, _ in kinds(answer)] == ["Choir"]
    assert held(services) == [
        "01.12 13:00-15:00 Choir", "08.12 13:00-15:00 Choir", "10.12 09:00-10:00 Extra", "16.12 13:00-15:00 Choir (moved)",
        "22.12 13:00-15:00 Choir",
    ]  # fmt: skip


def test_a_session_moved_to_the_past_does_not_stay(services: Services) -> None:
    master = event("r", **WEEKLY, RRULE="FREQ=WEEKLY;COUNT=2")
    bring(services, master, changed("r", "20261208T130000", "20261110T130000", "20261110T150000"))
    assert [text[:5] for text in held(services)] == ["01.12"]


def test_an_old_series_whose_last_date_is_to_come(services: Services) -> None:
    old = event(
        "r",
        **{f"DTSTART;{HELSINKI}": "20261006T130000", f"DTEND;{HELSINKI}": "20261006T150000"},
        RRULE="FREQ=WEEKLY;COUNT=3",
    )
    answer = bring(services, old, changed("r", "20261020T130000", "20261202T130000", "20261202T150000"))
    assert kinds(answer) == [("Choir", OverAlready)]
    assert held(services) == ["02.12 13:00-15:00 Choir"]


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
        ({"RRULE": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, BadRule), ({"RRULE": "FREQ=SECONDLY"}, BadRule),
        ({"RRULE": "FREQ=WEEKLY", "EXRULE": "FREQ=MONTHLY"}, BadRule),
        ({"RRULE": "FREQ=WEEKLY", "DTSTART": "20261203T160000Z", "DTEND": "20261203T173000Z"}, OtherZone),
    ],
)  # fmt: skip
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
        "01.12 13:00-15:00", "03.12 13:00-15:00", "04.12 09:00-11:00", "08.12 13:00-15:00", "10.12 18:00-18:30",
    ]  # fmt: skip
    assert (bring(services, master).taken, len(held(services))) == ((), 5)


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
    services.programme.hold(session_id=f"{series.id}:2027-01-06:1300", now=NOW, who="staff:a")
    before = held(services)
    assert "06.01 13:00-15:00 Choir" in before
    elsewhere = other(tmp_path, settings)
    take(elsewhere, services.calendar_files.export(now=NOW))
    assert held(elsewhere) == before


OLD = """BEGIN:VCALENDAR
VERSION:1.0
PRODID:-//Phone//
TZ:+02
BEGIN:VEVENT
SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:P=C3=B6yt=C3=A4pelit, pitk=C3=A4 =
nimi
DTSTART:{start}
DTEND:{end}
RRULE:{rule}
EXDATE:20270105T110000Z;20270112T110000Z
AALARM;TYPE=WAVE;VALUE=URL:20261201T105500Z;;1;file:///x
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize(
    ("rule", "days"),
    [("W1 TU #4", ["01.12", "08.12", "15.12", "22.12"]), ("W2 TU TH 20261217T110000Z", ["01.12", "03.12", "15.12", "17.12"]),
     ("D2 #3", ["01.12", "03.12", "05.12"]), ("MP1 1+ TU #4", ["01.12", "02.02", "02.03"]), ("MP1 1- TU #2", ["29.12", "26.01"]),
     ("MD1 1 #3", ["01.12", "01.02"]), ("W1 TU 20261208", ["01.12", "08.12"]), ("W1", ["01.12", "08.12"]), ("YM1 12 #2", ["01.12"])],
)  # fmt: skip
def test_calendars_of_old_phones(services: Services, rule: str, days: list[str]) -> None:
    data = OLD.format(start="20261201T110000Z", end="20261201T130000Z", rule=rule).encode()
    assert take(services, data).taken == ("Pöytäpelit, pitkä nimi",)
    assert [text[:5] for text in held(services) if text[:5] != "24.12"][-len(days) :] == days
    assert all(" 13:00-15:00 " in text for text in held(services))


@pytest.mark.parametrize("rule", ["M5 #10", "D1 1200 1300 #3", "YD1 100 #3", "YM1 6 MP1 1+ SU #2", "#3", "W0 TU"])
def test_rules_of_old_phones_that_are_not_understood_are_named(services: Services, rule: str) -> None:
    data = OLD.format(start="20261201T110000Z", end="20261201T130000Z", rule=rule).encode()
    assert kinds(take(services, data)) == [("Pöytäpelit, pitkä nimi", BadRule)]


def test_an_old_calendar_in_a_code_of_its_own(services: Services) -> None:
    text = "BEGIN:VCALENDAR\nVERSION:1.0\nBEGIN:VEVENT\nSUMMARY;CHARSET=windows-1251:Кава\nDTSTART:20261201T130000\nDTEND:20261201T150000\nEND:VEVENT\nEND:VCALENDAR\n"
    assert take(services, text.encode("cp1251")).taken == ("Кава",)


def test_a_zone_of_another_file_is_not_remembered(services: Services) -> None:
    def zoned(uid: str, offset: str) -> bytes:
        zone = (f"BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
                f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n")  # fmt: skip
        said = {f"{name};{HELSINKI}": "" for name in ("DTSTART", "DTEND")}
        said |= {
            "DTSTART;TZID=Customized Time Zone": "20261203T160000",
            "DTEND;TZID=Customized Time Zone": "20261203T170000",
        }
        return calendar(event(uid, **said)).replace(b"BEGIN:VEVENT", zone.encode() + b"BEGIN:VEVENT", 1)

    take(services, zoned("a", "+0000"))
    take(services, zoned("b", "+0100"))
    assert [text[6:17] for text in held(services)] == ["17:00-18:00", "18:00-19:00"]


@pytest.mark.parametrize("end", [b"", b"END:VCALENDAR\r\nEND:VCALENDAR\r\n", b"BEGIN:VEVENT\r\nEND:VCALENDAR\r\n"])
def test_a_file_cut_off_is_damaged(services: Services, end: bytes) -> None:
    with pytest.raises(NotACalendar):
        take(services, calendar(event()).removesuffix(b"END:VCALENDAR\r\n") + end)


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
    by = {"now": NOW, "who": "staff:a"}
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
