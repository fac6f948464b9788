"""The centre of the simulation, from its decision papers: hours, series, holidays. Imports nothing of the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Helsinki")
#: Weekday (Monday is 0) -> opening and closing time.
OPENING = {1: (time(10), time(16)), 2: (time(10), time(18)), 3: (time(10), time(16))}
#: Days that are closed beside the holidays, month and day: an inventory in January, the staff's summer week.
CLOSED = {(1, 8), (7, 14), (7, 15), (7, 16), (11, 12)}
#: Bookable times with the coordinator (settings: guidance).
BOOKING_DAYS, BOOKING_HOURS, BOOKING = (1, 3), (time(13), time(15)), timedelta(minutes=30)
LONGEST_HOLD, WISH_KEPT, DONATION_KEPT = 8, timedelta(days=180), timedelta(days=60)
#: Days after which a closed request is erased, and any other one.
ENDED_KEPT, KEPT = 90, 365
TICKETS, WISHES, FOLLOW_UP = 3, 3, 14


@dataclass(frozen=True)
class Series:
    """A weekly or fortnightly series that began on `since`, whose weekday it has."""

    key: str
    since: date
    start: time
    end: time
    weeks: int = 1
    seats: int = 0

    def falls_on(self, day: date) -> bool:
        """Return whether the rule of the series has `day`, holidays not regarded."""
        ahead = (day - self.since).days
        return ahead >= 0 and ahead % (7 * self.weeks) == 0


SERIES = (
    Series("coffee", date(2024, 1, 2), time(13), time(16)),
    Series("craft", date(2024, 1, 3), time(17, 30), time(19, 30), weeks=2, seats=8),
    Series("club", date(2024, 1, 4), time(17), time(19), seats=12),
)
BY_KEY = {series.key: series for series in SERIES}


def easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


def is_holiday(day: date) -> bool:
    """Return whether `day` is a public holiday in Finland, or an eve on which everything is closed."""
    fixed = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}
    moving = (-2, 0, 1, 39, 49)  # Good Friday, Easter, Easter Monday, Ascension Day, Whit Sunday
    midsummer = day.month == 6 and (
        (day.weekday() == 4 and 19 <= day.day <= 25) or (day.weekday() == 5 and 20 <= day.day <= 26)
    )
    saints = day.weekday() == 5 and date(day.year, 10, 31) <= day <= date(day.year, 11, 6)
    return (day.month, day.day) in fixed or (day - easter(day.year)).days in moving or midsummer or saints


def hours(day: date) -> tuple[time, time] | None:
    """Return the opening hours of `day`, None when closed."""
    if (day.month, day.day) in CLOSED or is_holiday(day):
        return None
    return OPENING.get(day.weekday())


def moment(day: date, clock: time) -> datetime:
    """Return a wall-clock time of the centre in UTC."""
    return datetime.combine(day, clock, ZONE).astimezone(UTC)


def today(now: datetime) -> date:
    """Return the centre's date at `now`."""
    return now.astimezone(ZONE).date()


def closes(day: date) -> datetime | None:
    """Return when the centre closes on `day`, None when it is closed all day."""
    found = hours(day)
    return moment(day, found[1]) if found else None


def deadline(now: datetime) -> datetime:
    """Return until when a reservation made at `now` holds: the end of the next opening day."""
    for ahead in range(1, 61):
        until = closes(today(now) + timedelta(days=ahead))
        if until is not None:
            return until
    return now + timedelta(days=60)
