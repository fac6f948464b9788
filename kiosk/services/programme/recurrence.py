"""How a series repeats: RFC 5545 rules, the few of them that people choose, and the dates a rule gives."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import NamedTuple

from dateutil.rrule import rrule, rruleset, rrulestr

from kiosk.errors import BadRule

#: What can be chosen at the desk; "own" is any other rule, from the settings or a calendar file.
KINDS = ("once", "weekly", "fortnightly", "monthly", "last")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: What a rule may say; seconds, minutes and hours would stop the tablet. UNTIL is kept beside the rule.
_MONTH_DAY, _MONTH, _PLACE = r"-?([1-9]|[12]\d|3[01])", r"([1-9]|1[0-2])", r"-?[1-9]"
_BY_DAY = r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)"
_PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,3}",
    "BYDAY": rf"{_BY_DAY}(,{_BY_DAY}){{0,34}}",
    "BYMONTHDAY": rf"{_MONTH_DAY}(,{_MONTH_DAY}){{0,30}}",
    "BYMONTH": rf"{_MONTH}(,{_MONTH}){{0,11}}",
    "BYSETPOS": rf"{_PLACE}(,{_PLACE}){{0,9}}",
    "WKST": "|".join(DAYS),
}


class Rhythm(NamedTuple):
    """`kind` is one of KINDS or "own"; `weekday` counts from Monday, 0; `nth` is the week of the month for "monthly"."""

    kind: str
    weekday: int
    nth: int = 0


def rule_for(kind: str, first: date) -> str:
    """Return the rule of a series of one of KINDS that begins on `first`."""
    day = DAYS[first.weekday()]
    return {
        "once": "FREQ=DAILY;COUNT=1",
        "weekly": f"FREQ=WEEKLY;BYDAY={day}",
        "fortnightly": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
        "monthly": f"FREQ=MONTHLY;BYDAY={_nth(first)}{day}",
        "last": f"FREQ=MONTHLY;BYDAY=-1{day}",
    }[kind]


def rhythm_of(rule: str, since: date) -> Rhythm:
    """Return what `rule` means for a series that begins on `since`."""
    said = _parts(rule)
    for kind in KINDS:
        if said == _parts(rule_for(kind, since)):
            return Rhythm(kind, since.weekday(), _nth(since) if kind == "monthly" else 0)
    # A rule by weekday also means this when its series begins on another day of the week.
    match = re.fullmatch(r"(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)", said.pop("BYDAY", ""))
    simple = {("WEEKLY", None): "weekly", ("WEEKLY", "2"): "fortnightly", ("MONTHLY", None): "monthly"}
    kind = simple.get((said.pop("FREQ", ""), said.pop("INTERVAL", None)), "own")
    if match is None or said or kind == "own" or (kind == "monthly") != (match[1] is not None):
        return Rhythm("own", since.weekday())
    weekday = DAYS.index(match[2])
    return Rhythm("last", weekday) if match[1] == "-1" else Rhythm(kind, weekday, int(match[1] or 0))


def check_rule(rule: str) -> str:
    """Return `rule` in capitals. Raises BadRule for what is no rule, or one that asks for more than days."""
    said = _parts(rule)
    if "FREQ" not in said or len(rule) > 300:
        raise BadRule()
    for name, value in said.items():
        if name not in _PARTS or not re.fullmatch(_PARTS[name], value):
            raise BadRule()
    text = ";".join(f"{name}={value}" for name, value in said.items())
    try:
        rrulestr(text)
    except (ValueError, TypeError):
        raise BadRule() from None
    return text


def dates(rule: str, since: date, first: date, last: date) -> list[date]:
    """Return the dates from `first` to `last` of a series that begins on `since`."""
    if max(since, first) > last:
        return []
    start, end = datetime.combine(max(since, first), time()), datetime.combine(last, time())
    return [moment.date() for moment in _rule(rule, since).between(start, end, inc=True)]


def first_date(rule: str, since: date) -> date | None:
    """Return the first date of a series; None when there is none."""
    return next((moment.date() for moment in _rule(rule, since)), None)


def _rule(rule: str, since: date) -> rrule | rruleset:
    return rrulestr(rule, dtstart=datetime.combine(since, time()))


def _parts(rule: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in rule.upper().removeprefix("RRULE:").strip(";").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _nth(day: date) -> int:
    return (day.day - 1) // 7 + 1
