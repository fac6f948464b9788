"""What every part of the ledger is built on: refusals, rights, and sums by day that closed months are compared with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

from .centre import today

#: One fact: the day it counts on, what it is, and how many.
Fact = tuple[date, tuple[str, ...], int]
ROLES = ("helper", "staff", "coordinator")


class Row:
    """A row of the ledger. It notes when each of its fields was last set, so that what two tablets say of it can be put
    together: the last word holds; sets grow; and of what is told step by step all steps count, in their order."""

    now: ClassVar[datetime] = datetime.min.replace(tzinfo=UTC)

    def __setattr__(self, field: str, value: Any) -> None:
        self.__dict__[field] = value
        self.__dict__.setdefault("_set", {})[field] = Row.now
        self.__dict__.setdefault("born", Row.now)

    def hear(self, other: Row) -> None:
        """Take in what another tablet says of the same row."""
        for field, at in other.__dict__["_set"].items():
            mine, theirs = getattr(self, field), getattr(other, field)
            if isinstance(mine, list):
                self.__dict__[field] = sorted([*mine, *(step for step in theirs if step not in mine)], key=first)
            elif isinstance(mine, set):
                self.__dict__[field] = mine | theirs
            elif at > self.__dict__["_set"][field]:
                self.__dict__[field], self.__dict__["_set"][field] = theirs, at


def first(step: tuple[Any, ...]) -> Any:
    return step[0]


class Refused(Exception):
    """The program must refuse, with the error of this name."""


class Absent(Exception):
    """Something that the event is about never came: the event is left out."""


class Book:
    """Staff, sums and closed months."""

    def __init__(self) -> None:
        self.staff: dict[str, str] = {}
        self.removed: set[str] = set()
        self.sums: dict[date, Counter[tuple[str, ...]]] = defaultdict(Counter)
        self.booked: dict[str, list[Fact]] = {}
        #: Month -> its sums as it was closed.
        self.closed: dict[str, Counter[tuple[str, ...]]] = {}

    def book(self, subject: str, facts: Iterable[Fact]) -> None:
        """Let `facts` be all that counts of a subject."""
        for day, key, number in self.booked.get(subject, ()):
            self.sums[day][key] -= number
        self.booked[subject] = list(facts)
        for day, key, number in self.booked[subject]:
            self.sums[day][key] += number

    def month(self, month: str) -> Counter[tuple[str, ...]]:
        """Return the sums of a month as they are now."""
        return self.between(date.fromisoformat(f"{month}-01"), month_end(month))

    def between(self, first: date, last: date) -> Counter[tuple[str, ...]]:
        """Return the sums of a period as they are now."""
        found: Counter[tuple[str, ...]] = Counter()
        for at in range((last - first).days + 1):
            found.update(self.sums.get(first + timedelta(days=at), {}))
        return found

    def close_month(self, now: datetime, *, month: str, who: str) -> None:
        self.need(who, "coordinator")
        if today(now) <= month_end(month):
            raise Refused("MonthRuns")
        self.closed.setdefault(month, self.month(month))

    # staff

    def need(self, who: str, role: str) -> None:
        """Refuse what `who` may not do: `role` is the least who may."""
        if who == "shell":
            return
        if who not in self.staff:
            raise Absent
        if who in self.removed:
            raise Refused("UnknownMember")
        if ROLES.index(self.staff[who]) < ROLES.index(role):
            raise Refused("WrongRole")

    def hire(self, now: datetime, *, member: str, role: str) -> None:
        self.staff.setdefault(member, role)

    def leave(self, now: datetime, *, member: str) -> None:
        self.known(self.staff, member)
        if member in self.removed:
            raise Refused("UnknownMember")
        self.removed.add(member)

    @staticmethod
    def known(table: dict[str, Any], name: str) -> Any:
        """Return a row, or leave the event out."""
        if name not in table:
            raise Absent
        return table[name]

    @staticmethod
    def fresh(table: dict[str, Any], name: str) -> None:
        """Leave an event out whose thing is there already."""
        if name in table:
            raise Absent


def month_end(month: str) -> date:
    """Return the last day of "2026-11"."""
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
