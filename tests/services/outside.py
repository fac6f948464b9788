"""What the tests of calendars of other programs have in common."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from kiosk.services import Services
from kiosk.services.programme.calendar_files import BroughtIn
from tests.services.conftest import NOW
from tests.services.programme.test_calendar_files import event

HELSINKI = "TZID=Europe/Helsinki"
WEEKLY = {f"DTSTART;{HELSINKI}": "20261201T130000", f"DTEND;{HELSINKI}": "20261201T150000"}


@pytest.fixture(autouse=True)
def no_series(services: Services) -> None:
    services.gatherings.apply((), NOW)


def take(services: Services, data: bytes) -> BroughtIn:
    return services.calendar_files.bring_in(data=data, now=NOW, who="shell")


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
