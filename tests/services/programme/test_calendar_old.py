"""Calendars of old phones (vCalendar 1.0), odd time zones, files cut off."""

from __future__ import annotations

import pytest

from kiosk.errors import BadRule
from kiosk.services import Services
from kiosk.services.programme.calendar_files import NotACalendar
from tests.services.outside import HELSINKI, held, kinds, no_series, take
from tests.services.programme.test_calendar_files import calendar, event

__all__ = ["no_series"]


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
    [
        ("W1 TU #4", ["01.12", "08.12", "15.12", "22.12"]),
        ("W2 TU TH 20261217T110000Z", ["01.12", "03.12", "15.12", "17.12"]),
        ("D2 #3", ["01.12", "03.12", "05.12"]),
        ("MP1 1+ TU #4", ["01.12", "02.02", "02.03"]),
        ("MP1 1- TU #2", ["29.12", "26.01"]),
        ("MD1 1 #3", ["01.12", "01.02"]),
        ("W1 TU 20261208", ["01.12", "08.12"]),
        ("W1", ["01.12", "08.12"]),
        ("YM1 12 #2", ["01.12"]),
    ],
)
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
        zone = (
            f"BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
            f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        )
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
