"""Recurrence rules (RFC 5545) with daily resolution and bounded iteration.

python-dateutil iterates to the year 9999 for a rule without dates (30 February, or every other year on 29 February of
odd years), day by day for FREQ=DAILY. Here iteration is limited to the periods between two given days. The supported
parts are those of `_PARTS`; the tests compare the dates with dateutil's.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice, takewhile
from typing import NamedTuple

from kiosk.errors import BadRule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
#: Supported parts; rules by seconds, minutes or hours would block the tablet. UNTIL is stored apart from the rule,
#: except in the settings file.
_MONTH_DAY, _MONTH, _PLACE = r"-?([1-9]|[12]\d|3[01])", r"([1-9]|1[0-2])", r"-?[1-9]"
_BY_DAY = r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)"
_PARTS = {
    "FREQ": "|".join(FREQUENCIES),
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,3}",
    "BYDAY": rf"{_BY_DAY}(,{_BY_DAY}){{0,34}}",
    "BYMONTHDAY": rf"{_MONTH_DAY}(,{_MONTH_DAY}){{0,30}}",
    "BYMONTH": rf"{_MONTH}(,{_MONTH}){{0,11}}",
    "BYSETPOS": rf"{_PLACE}(,{_PLACE}){{0,9}}",
    "WKST": "|".join(DAYS),
}
_UNTIL = r"\d{8}(T\d{6})?"
#: The syntax of a rule in upper case, for validation without `check_rule`; it does not tell whether there are any
#: dates.
FORM = rf"(RRULE:)?(({'|'.join(f'{name}=({said})' for name, said in (*_PARTS.items(), ('UNTIL', _UNTIL)))})(;|$))+"
#: Within this many years each date falls on every weekday (28, or 40 across a year such as 2100).
_YEARS = 40
#: Years for which COUNT is evaluated; a later end is treated as none.
_YEARS_COUNTED = 150


class _Rule(NamedTuple):
    """A rule of a series that begins on `since`. `weekdays` are (ordinal, weekday); ordinal 0 is every one of the
    period."""

    since: date
    freq: str
    interval: int
    months: frozenset[int]
    month_days: frozenset[int]
    weekdays: frozenset[tuple[int, int]]
    places: frozenset[int]
    week_start: int
    until: date

    def period(self, day: date) -> date:
        """Return the first day of the period that contains `day`."""
        if self.freq == "DAILY":
            return day
        if self.freq == "WEEKLY":
            return day - timedelta(days=(day.weekday() - self.week_start) % 7)
        return day.replace(day=1) if self.freq == "MONTHLY" else day.replace(month=1, day=1)

    def before(self, day: date) -> int:
        """Return the number of the rule's periods that begin before that of `day`."""
        start, end = self.period(self.since), self.period(day)
        if self.freq in ("DAILY", "WEEKLY"):
            units = (end - start).days // (7 if self.freq == "WEEKLY" else 1)
        else:
            units = (end.year - start.year) * 12 + end.month - start.month
            units //= 12 if self.freq == "YEARLY" else 1
        return max(0, units // self.interval)

    def start(self, number: int) -> date | None:
        """Return the first day of the rule's period `number`; None after the year 9999."""
        first, units = self.period(self.since), number * self.interval
        try:
            if self.freq in ("DAILY", "WEEKLY"):
                return first + timedelta(days=units * (7 if self.freq == "WEEKLY" else 1))
            months = first.month - 1 + units * (12 if self.freq == "YEARLY" else 1)
            return date(first.year + months // 12, months % 12 + 1, 1)
        except (ValueError, OverflowError):
            return None

    def days(self, start: date) -> list[date]:
        """Return the dates of the period that begins on `start`, earliest first."""
        length = {"DAILY": 1, "WEEKLY": 7}.get(self.freq) or monthrange(start.year, start.month)[1]
        if self.freq == "YEARLY":
            length = 366 if monthrange(start.year, 2)[1] == 29 else 365
        if (date.max - start).days < length:
            length = (date.max - start).days + 1
        found = [day for day in (start + timedelta(days=at) for at in range(length)) if self._meets(day)]
        if not self.places:
            return found
        wanted = {place - 1 if place > 0 else len(found) + place for place in self.places}
        return [day for at, day in enumerate(found) if at in wanted]

    def _meets(self, day: date) -> bool:
        if self.months and day.month not in self.months:
            return False
        if self.month_days and not {day.day, day.day - monthrange(day.year, day.month)[1] - 1} & self.month_days:
            return False
        return not self.weekdays or any(self._on(day, nth, weekday) for nth, weekday in self.weekdays)

    def _on(self, day: date, nth: int, weekday: int) -> bool:
        if day.weekday() != weekday:
            return False
        if nth == 0 or self.freq in ("DAILY", "WEEKLY"):
            return True
        if self.freq == "YEARLY" and not self.months:
            at, length = day.timetuple().tm_yday, 366 if monthrange(day.year, 2)[1] == 29 else 365
        else:
            at, length = day.day, monthrange(day.year, day.month)[1]
        return nth == ((at - 1) // 7 + 1 if nth > 0 else -((length - at) // 7 + 1))


def parts(rule: str) -> dict[str, str]:
    """Return the parts of a rule by name, in upper case."""
    pairs = (part.partition("=") for part in rule.upper().removeprefix("RRULE:").strip(";").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def check_rule(rule: str, *, until: bool = False) -> str:
    """Return `rule` in upper case. Raises BadRule for invalid syntax, unsupported parts, a rule without dates, or an
    UNTIL where it is not allowed."""
    said, allowed = parts(rule), _PARTS | ({"UNTIL": _UNTIL} if until else {})
    if "FREQ" not in said or len(rule) > 300:
        raise BadRule()
    if any(name not in allowed or not re.fullmatch(allowed[name], value) for name, value in said.items()):
        raise BadRule()
    try:
        _until(said)
    except ValueError:
        raise BadRule() from None
    always = {name: value for name, value in said.items() if name not in ("INTERVAL", "UNTIL")}
    if first_date(_joined(always), date(2000, 1, 1)) is None:
        raise BadRule()
    return _joined(said)


def dates(rule: str, since: date, first: date, last: date) -> list[date]:
    """Return the dates from `first` to `last` of a series that begins on `since`."""
    wanted = _read(rule, since)
    last = min(last, wanted.until)
    return list(takewhile(lambda day: day <= last, _from(wanted, max(since, first), last)))


def first_date(rule: str, since: date) -> date | None:
    """Return the first date of a series; None if there is none within 40 years."""
    wanted = _read(rule, since)
    return next(_from(wanted, since, min(_years_after(since, _YEARS), wanted.until)), None)


def _from(rule: _Rule, begin: date, last: date) -> Iterator[date]:
    """Yield the dates from `begin`, up to the last period that begins by `last`."""
    if rule.freq not in FREQUENCIES:  # an older program may have accepted it
        return
    number = rule.before(begin)
    while (start := rule.start(number)) is not None and start <= last:
        yield from (day for day in rule.days(start) if day >= begin)
        number += 1


@lru_cache(maxsize=1024)
def _read(rule: str, since: date) -> _Rule:
    said = parts(rule)
    numbers = {
        name: frozenset(map(int, said[name].split(","))) if name in said else frozenset()
        for name in ("BYMONTH", "BYMONTHDAY", "BYSETPOS")
    }
    weekdays = frozenset((int(day[:-2] or 0), DAYS.index(day[-2:])) for day in said.get("BYDAY", "").split(",") if day)
    freq, months, month_days = said["FREQ"], numbers["BYMONTH"], numbers["BYMONTHDAY"]
    if not weekdays and not month_days:  # parts not given are taken from the first day
        if freq == "WEEKLY":
            weekdays = frozenset({(0, since.weekday())})
        elif freq in ("MONTHLY", "YEARLY"):
            month_days = frozenset({since.day})
            months = months or (frozenset({since.month}) if freq == "YEARLY" else months)
    made = _Rule(
        since,
        freq,
        int(said.get("INTERVAL", 1)),
        months,
        month_days,
        weekdays,
        numbers["BYSETPOS"],
        DAYS.index(said.get("WKST", "MO")),
        _until(said),
    )
    if "COUNT" not in said:
        return made
    # the last date is cached, so that COUNT is not evaluated from the beginning each time
    counted = list(islice(_from(made, since, _years_after(since, _YEARS_COUNTED)), int(said["COUNT"])))
    return made._replace(until=min(made.until, counted[-1])) if len(counted) == int(said["COUNT"]) else made


def _years_after(day: date, years: int) -> date:
    return date.max if day.year + years > date.max.year else date(day.year + years, 12, 31)


def _until(said: dict[str, str]) -> date:
    return date.fromisoformat(said["UNTIL"][:8]) if "UNTIL" in said else date.max


def _joined(said: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in said.items())
