"""VTIMEZONE of an exported calendar file: the transitions of a zone as yearly rules.

Some programs read only the first date of an RDATE line, and some apply a transition twice; all read yearly rules alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from kiosk.language.recurrence import DAYS

#: Years of exported transitions: series may have begun long ago; the last rule has no end.
FIRST_YEAR, LAST_YEAR = 1999, 2037


class _Change(NamedTuple):
    """A transition: `wall` is the local time just before it, `pattern` its place in the year."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool
    pattern: str


@cache
def vtimezone(zone: ZoneInfo) -> Timezone:
    """Return the VTIMEZONE component of a zone."""
    made = Timezone()
    made.add("tzid", zone.key)
    start = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).astimezone(zone)
    changes = list(_changes(zone))
    first = _Change(
        start.replace(tzinfo=None), _offset(start), _offset(start), start.tzname() or "", bool(start.dst()), ""
    )
    made.add_component(_part([first], last=False))
    for daylight in (True, False):
        alike = [change for change in changes if change.daylight is daylight]
        for _, run in groupby(alike, key=lambda change: (change.wall.time(), *change[1:])):
            years = list(run)
            made.add_component(_part(years, last=years[-1].wall.year >= LAST_YEAR))
    return made


def _part(run: list[_Change], *, last: bool) -> TimezoneDaylight | TimezoneStandard:
    """Return a sub-component for transitions of one yearly pattern; the last one has no end."""
    first = run[0]
    part = TimezoneDaylight() if first.daylight else TimezoneStandard()
    part.add("dtstart", first.wall)
    part.add("tzoffsetfrom", first.before)
    part.add("tzoffsetto", first.after)
    part.add("tzname", first.name)
    if last or len(run) > 1:
        rule = vRecur.from_ical(first.pattern)
        if not last:
            # a week later: some programs read the end of a zone's rule as local time
            rule["UNTIL"] = [(run[-1].wall - first.before + timedelta(days=7)).replace(tzinfo=UTC)]
        part.add("rrule", rule)
    return part


def _changes(zone: ZoneInfo) -> Iterator[_Change]:
    """Yield the transitions from FIRST_YEAR to LAST_YEAR, searched by day and then by second."""
    moment, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    day = timedelta(days=1)
    while moment < end:
        old, new = moment.astimezone(zone), (moment + day).astimezone(zone)
        if (_offset(old), old.tzname()) != (_offset(new), new.tzname()):
            yield _change(zone, moment, moment + day)
        moment += day


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> _Change:
    old = before.astimezone(zone)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        here = middle.astimezone(zone)
        same = (_offset(here), here.tzname()) == (_offset(old), old.tzname())
        before, after = (middle, after) if same else (before, middle)
    new = after.astimezone(zone)
    wall = (after + _offset(old)).replace(tzinfo=None)
    return _Change(wall, _offset(old), _offset(new), new.tzname() or "", bool(new.dst()), _pattern(wall))


def _pattern(wall: datetime) -> str:
    """Return the place of a transition in the year: weekday and week, counted from the end in a month's last week."""
    last = (wall + timedelta(days=7)).month != wall.month
    nth = -1 if last else (wall.day - 1) // 7 + 1
    return f"FREQ=YEARLY;BYMONTH={wall.month};BYDAY={nth}{DAYS[wall.weekday()]}"


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()
