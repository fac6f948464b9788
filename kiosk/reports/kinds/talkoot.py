"""Talkoot: each shift with a line for a signature, people under 15 separately, hours times the rate of the day
(DOMAIN.md 3.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from kiosk import clock
from kiosk.language.translation import N_, NC_
from kiosk.reports.model import Cell, Chart, ChartSeries, Column, Table, table
from kiosk.reports.scope import Scope
from kiosk.vocabulary.words import TASKS

CENT = Decimal("0.01")
#: Tolerance between times and hours, which are rounded to the quarter.
_ROUNDING = timedelta(minutes=7, seconds=30)
#: Rows without a signature: without hours, and corrections, which have their reason in the journal.
UNSIGNED = "–"


@dataclass(frozen=True)
class TalkootShift:
    """A shift: volunteer by id and number; 15 or older or not; its end to the minute, and its quarters of an hour, with
    and without a machine."""

    day: date
    who: str
    volunteer: str
    task: str
    of_age: bool
    started: datetime
    ended: datetime
    quarters: int
    machine: int

    @property
    def hours(self) -> Decimal:
        return Decimal(self.quarters) / 4

    @property
    def machine_hours(self) -> Decimal:
        return Decimal(self.machine) / 4


@dataclass
class Done:
    """The shifts of a report, and the late quarters by month: of people who count, of machines, of those under 15."""

    shifts: list[TalkootShift] = field(default_factory=list)
    late: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))


def count(scope: Scope) -> Done:
    """Read the shifts of a report, a month at a time."""
    found, numbers, ends = Done(), _numbers(scope), scope.facts.shift_ends()
    words = "day, shift, volunteer, task, of_age, started"
    for late, day, shift, volunteer, task, of_age, started, shifts, quarters, machine in scope.facts.rows(
        "ledger_shift", words, "shifts, quarters, machine"
    ):
        if not scope.counts("tasks", task):
            continue
        if late:
            sums = found.late[day[:7]]
            sums[0 if of_age else 2] += quarters
            sums[1] += machine if of_age else 0
        elif shifts:
            start, number = clock.parse(started), numbers.get(volunteer, "–")
            end = _end(start, quarters, ends.get(shift))
            who = (date.fromisoformat(day), volunteer, number)
            found.shifts.append(TalkootShift(*who, task, bool(of_age), start, end, quarters, machine))
    found.shifts.sort(key=lambda shift: (shift.started, shift.volunteer))
    return found


def _end(start: datetime, quarters: int, noted: datetime | None) -> datetime:
    """Return when a shift ended, to the minute; computed from its hours when they were corrected."""
    counted = start + timedelta(minutes=15 * quarters)
    return noted if noted is not None and abs(noted - counted) <= _ROUNDING else counted


def value(scope: Scope, shift: TalkootShift) -> Decimal:
    """Return the value of a shift, euros; 0 for people under 15."""
    if not shift.of_age:
        return Decimal("0.00")
    own = shift.hours * scope.rate("work", shift.day) + shift.machine_hours * scope.rate("machine", shift.day)
    return own.quantize(CENT)


def build(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, charts and notes of the report."""
    say, done = scope.say, count(scope)
    adults, young = ([shift for shift in done.shifts if shift.of_age is of_age] for of_age in (True, False))
    tables = [
        _sheet(scope, "sheet", say.text(N_("Talkoot sheet: 15 years and older")), adults, done, valued=True),
        _sheet(scope, "young", say.text(N_("Under 15 years: not counted for funding")), young, done, valued=False),
        _tasks(scope, adults, done),
    ]
    months = list(scope.facts.months())
    hours: dict[str, float] = defaultdict(float)
    for shift in adults:
        hours[f"{shift.day:%Y-%m}"] += float(shift.hours)
    title = say.text(N_("Hours"))
    chart = Chart(
        "bars",
        "hours",
        say.text(N_("Hours of talkoot by month")),
        tuple(months),
        (ChartSeries(title, tuple(hours[month] for month in months)),),
        title,
    )
    rates = [
        say.text(
            N_("{kind}: {euros} € an hour from {day}."),
            kind=say.text(N_("Volunteer work")) if rate.kind == "work" else say.text(N_("Machine work")),
            euros=say.number(float(rate.euros)),
            day=say.day(rate.since),
        )
        for rate in sorted(scope.settings.rates, key=lambda rate: (rate.kind, rate.since), reverse=True)
        if rate.since <= scope.facts.last
    ]
    return tables, [chart], [*rates, say.text(N_("Hours are rounded to the nearest quarter of an hour."))]


def _sheet(scope: Scope, key: str, title: str, shifts: list[TalkootShift], done: Done, *, valued: bool) -> Table:
    say = scope.say
    columns = [
        Column("date", say.text(N_("Date")), "date"),
        Column("volunteer", say.text(N_("Volunteer no.")), "text"),
        *([Column("name", say.text(NC_("person", "Name")), "sign")] if valued else []),
        Column("task", say.text(N_("Task")), "text"),
        Column("start", say.text(N_("Start time")), "clock"),
        Column("end", say.text(N_("End time")), "clock"),
        Column("hours", say.text(N_("Hours")), "hours", added=True),
        Column("machine", say.text(N_("Hours of machine work")), "hours", added=True),
        *([Column("value", say.text(N_("Value, €")), "money", added=True)] if valued else []),
        Column("sign", say.text(N_("Signature")), "sign"),
    ]
    rows: list[tuple[Cell, ...]] = []
    for shift in shifts:
        task = say.text(TASKS.get(shift.task, shift.task))
        name = (scope.names.get(shift.who),) if valued else ()
        times = (shift.started, shift.ended, shift.hours, shift.machine_hours)
        amount = (value(scope, shift),) if valued else ()
        signature = None if shift.quarters else UNSIGNED
        rows.append((shift.day, shift.volunteer, *name, task, *times, *amount, signature))
    for label, hours, machines, worth in _late(scope, done, valued=valued):
        unnamed, amount = ((UNSIGNED,), (worth,)) if valued else ((), ())
        rows.append((None, label, *unnamed, None, None, None, hours, machines, *amount, UNSIGNED))
    return table(key, title, columns, rows, total=say.text(N_("Total")))


def _late(scope: Scope, done: Done, *, valued: bool) -> Iterator[tuple[str, Decimal, Decimal, Decimal]]:
    """Yield the late entries of each month: name, hours, machine hours, value."""
    for month in scope.late_months():
        quarters = done.late.get(month, [0, 0, 0])
        own, machine = (quarters[0], quarters[1]) if valued else (quarters[2], 0)
        if own or machine:
            label = scope.say.text(N_("Correction of {month}"), month=scope.say.month(month))
            hours, machines = Decimal(own) / 4, Decimal(machine) / 4
            day = date.fromisoformat(f"{month}-01")
            worth = (hours * scope.rate("work", day) + machines * scope.rate("machine", day)).quantize(CENT)
            yield label, hours, machines, worth


def _tasks(scope: Scope, shifts: list[TalkootShift], done: Done) -> Table:
    say = scope.say
    rows: list[tuple[Cell, ...]] = []
    for task, name in TASKS.items():
        own = [shift for shift in shifts if shift.task == task]
        if own:
            worth = sum((value(scope, shift) for shift in own), Decimal(0))
            rows.append((say.text(name), len(own), sum((shift.hours for shift in own), Decimal(0)), worth))
    rows += [(label, None, hours, worth) for label, hours, _, worth in _late(scope, done, valued=True)]
    columns = [
        Column("task", say.text(N_("Task")), "text"),
        Column("shifts", say.text(N_("Shifts")), added=True),
        Column("hours", say.text(N_("Hours")), "hours", added=True),
        Column("value", say.text(N_("Value, €")), "money", added=True),
    ]
    return table("tasks", say.text(N_("By task")), columns, rows, total=say.text(N_("Total")))


def _numbers(scope: Scope) -> dict[str, str]:
    return {said["volunteer"]: str(said["number"]) for _, said in scope.facts.kept("volunteer.registered")}
