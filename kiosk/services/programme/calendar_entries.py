"""The programme entry of an event from a calendar file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from kiosk.language.recurrence import DAYS, dates, parts

from .calendar_errors import FollowingMoved

_DAY = timedelta(days=1)


@dataclass
class NewSeries:
    """A series to add: `row` has the arguments of `ProgrammeService.add`; sessions that differ are by day: cancelled,
    held on a holiday, or moved (local begin, end, place). `begins` is the day of the file's series from which this one
    replaces it, `shift` the offset of its days since then."""

    uid: str
    name: str
    row: dict[str, Any]
    begins: date
    shift: timedelta = timedelta(0)
    cancels: list[date] = field(default_factory=list)
    holds: list[date] = field(default_factory=list)
    moves: dict[date, tuple[datetime, datetime, str]] = field(default_factory=dict)

    def dates(self, first: date, last: date) -> list[date]:
        """Return the days of the rule, without excluded ones."""
        last = min(last, self.row["until"] or last)
        return [
            day for day in dates(self.row["rule"], self.row["since"], first, last) if day not in self.row["cancelled"]
        ]

    def has(self, day: date) -> bool:
        """Return whether the schedule has a session on `day`."""
        named = day in self.row["extra"] and day not in self.row["cancelled"]
        return named or day in self.dates(day, day)


def following(rule: str, since: date, at: date, move: timedelta) -> str:
    """Return the rule of the rest of a series from its date `at`, with all dates moved by whole days. Raises
    FollowingMoved when no rule can express that."""
    if at not in dates(rule, since, at, at):
        raise FollowingMoved()
    said = parts(rule)
    if "COUNT" in said:
        said["COUNT"] = str(int(said["COUNT"]) - len(dates(rule, since, since, at - _DAY)))
    if move:
        if said["FREQ"] not in ("DAILY", "WEEKLY") or said.keys() & {"BYMONTH", "BYMONTHDAY", "BYSETPOS"}:
            raise FollowingMoved()
        if said["FREQ"] == "DAILY" and "BYDAY" in said:
            raise FollowingMoved()
        for name in said.keys() & {"BYDAY"}:
            said[name] = ",".join(_later(day, move) for day in said[name].split(","))
        if said["FREQ"] == "WEEKLY":
            said["WKST"] = _later(said.get("WKST", "MO"), move)
    return ";".join(f"{name}={value}" for name, value in said.items())


def _later(day: str, move: timedelta) -> str:
    return DAYS[(DAYS.index(day[-2:]) + move.days) % 7]


def occurrence_uid(uid: str, day: date) -> str:
    """Return the UID of one date of a series that is a separate event in the programme."""
    return f"{uid}#{day:%Y%m%d}" if len(uid) <= 240 else f"{hashlib.sha256(uid.encode()).hexdigest()}#{day:%Y%m%d}"
