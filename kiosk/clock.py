"""Times: aware UTC datetimes in the program, fixed-width text in the database, the centre's zone for people."""

from __future__ import annotations

import time as ticks
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def utc_text(moment: datetime) -> str:
    """Return aware `moment` as "2026-11-24T12:05:00.000000Z": of fixed width, so that text sorts as time does. Raise
    ValueError for a naive one."""
    if moment.tzinfo is not UTC:
        if moment.tzinfo is None:
            raise ValueError("a time without a zone")
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def parse(text: str) -> datetime:
    """Return the aware UTC datetime that `utc_text` wrote. Raise ValueError for any other text."""
    moment = datetime.fromisoformat(text)
    if utc_text(moment) != text:
        raise ValueError("a time written otherwise")
    return moment


def utc_now() -> datetime:
    """Return the present time. Only the outermost layers call this; services get `now` as an argument."""
    return datetime.now(UTC)


def since_boot() -> float:
    """Return seconds of a monotonic clock that also runs in standby, whatever the wall clock is set to."""
    return ticks.clock_gettime(ticks.CLOCK_BOOTTIME)


def to_minute(moment: datetime) -> datetime:
    """Return `moment` truncated to the minute, in UTC."""
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def zone(name: str) -> ZoneInfo:
    """Return the time zone with this IANA name, e.g. "Europe/Helsinki"."""
    return ZoneInfo(name)


def local_date(moment: datetime, where: ZoneInfo) -> date:
    """Return the local date of `moment` in the zone `where`."""
    return moment.astimezone(where).date()


def local_to_utc(day: date, clock: time, where: ZoneInfo, *, later: bool = False) -> datetime:
    """Return wall-clock time `clock` of `day` in UTC. A time skipped in spring is moved on by the hour that was skipped;
    of a time that comes twice in autumn the first is meant, or the second if `later`."""
    naive = datetime.combine(day, clock)
    first = naive.replace(tzinfo=where, fold=0).astimezone(UTC)
    second = naive.replace(tzinfo=where, fold=1).astimezone(UTC)
    return second if later and second > first else first


def local_span(day: date, start: time, end: time, where: ZoneInfo) -> tuple[datetime, datetime]:
    """Return start and end in UTC of what happens on `day` from `start` to `end` o'clock; an end not after the start is
    on the next day."""
    ends_on = day if end > start else day + timedelta(days=1)
    return local_to_utc(day, start, where), local_to_utc(ends_on, end, where, later=True)
