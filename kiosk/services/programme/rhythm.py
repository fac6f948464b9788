"""Recurrence rules: the few that people choose, and the description of any rule in those terms."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from kiosk.language.recurrence import DAYS, check_rule, dates, first_date, parts
from kiosk.vocabulary.states import RhythmKind

__all__ = ["DAYS", "KINDS", "Rhythm", "check_rule", "dates", "first_date", "rhythm_of", "rule_for"]

#: Kinds offered at the desk; "own" is any other rule, from the settings or a calendar file.
KINDS: tuple[str, ...] = tuple(kind for kind in RhythmKind if kind is not RhythmKind.OWN)


class Rhythm(NamedTuple):
    """`kind` is one of KINDS or "own"; `weekday` counts from Monday, 0; `nth` is the week of the month for
    "monthly"."""

    kind: str
    weekday: int
    nth: int = 0


def rule_for(kind: str, first: date) -> str:
    """Return the rule of a series of one of KINDS that begins on `first`."""
    day = DAYS[first.weekday()]
    rules: dict[str, str] = {
        RhythmKind.ONCE: "FREQ=DAILY;COUNT=1",
        RhythmKind.WEEKLY: f"FREQ=WEEKLY;BYDAY={day}",
        RhythmKind.FORTNIGHTLY: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
        RhythmKind.MONTHLY: f"FREQ=MONTHLY;BYDAY={_nth(first)}{day}",
        RhythmKind.LAST: f"FREQ=MONTHLY;BYDAY=-1{day}",
    }
    return rules[kind]


def rhythm_of(rule: str, since: date) -> Rhythm:
    """Return the rhythm of `rule` for a series that begins on `since`."""
    said = parts(rule)
    for kind in KINDS:
        if said == parts(rule_for(kind, since)):
            return Rhythm(kind, since.weekday(), _nth(since) if kind == RhythmKind.MONTHLY else 0)
    # A rule by weekday matches also when the series begins on another weekday.
    match = re.fullmatch(r"(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)", said.pop("BYDAY", ""))
    simple = {
        ("WEEKLY", None): RhythmKind.WEEKLY,
        ("WEEKLY", "2"): RhythmKind.FORTNIGHTLY,
        ("MONTHLY", None): RhythmKind.MONTHLY,
    }
    kind = simple.get((said.pop("FREQ", ""), said.pop("INTERVAL", None)), RhythmKind.OWN)
    if match is None or said or kind == RhythmKind.OWN or (kind == RhythmKind.MONTHLY) != (match[1] is not None):
        return Rhythm(RhythmKind.OWN, since.weekday())
    weekday = DAYS.index(match[2])
    return Rhythm(RhythmKind.LAST, weekday) if match[1] == "-1" else Rhythm(kind, weekday, int(match[1] or 0))


def _nth(day: date) -> int:
    return (day.day - 1) // 7 + 1
