"""Talkoot: each shift with a line to sign, those under 15 apart, hours times the rate of their day (DOMAIN.md 3.1)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from kiosk import clock
from kiosk.language.translation import N_
from kiosk.reports.model import Cell, Chart, ChartSeries, Column, Table, table
from kiosk.reports.scope import Scope
from kiosk.vocabulary.words import TASKS

CENT = Decimal("0.01")


@dataclass(frozen=True)
class TalkootShift:
    """A shift: who by number, 15 or older or not, how many quarters of an hour, with a machine or not."""

    day: date
    volunteer: str
    task: str
    of_age: bool
    started: datetime
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
    """The shifts of a report, and by month the quarters that came to it after it was closed: of those who count, of
    machines, of those under 15."""

    shifts: list[TalkootShift] = field(default_factory=list)
    late: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))


def count(scope: Scope) -> Done:
    """Read the shifts of a report, a month at a time."""
    found, numbers = Done(), _numbers(scope)
    words = "day, shift, volunteer, task, of_age, started"
    for late, day, _, volunteer, task, of_age, started, shifts, quarters, machine in scope.facts.rows(
        "ledger_shift", words, "shifts, quarters, machine"
    ):
        if not scope.counts("tasks", task):
            continue
        if late:
            sums = found.late[day[:7]]
            sums[0 if of_age else 2] += quarters
            sums[1] += machine if of_age else 0
        elif shifts:
            started_at = clock.parse(started)
            number = numbers.get(volunteer, "–")
            found.shifts.append(
                TalkootShift(date.fromisoformat(day), number, task, bool(of_age), started_at, quarters, machine)
            )
    found.shifts.sort(key=lambda shift: (shift.started, shift.volunteer))
    return found


def value(scope: Scope, shift: TalkootShift) -> Decimal:
    """Return what a shift is worth, euros; nothing for those under 15."""
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
        _tasks(scope, adults),
    ]
    months = list(scope.facts.months())
    hours: dict[str, float] = defaultdict(float)
    for shift in adults:
        hours[f"{shift.day:%Y-%m}"] += float(shift.hours)
    title = say.text(N_("Hours"))
    chart = Chart(
        "bars", "hours", say.text(N_("Hours of talkoot by month")), tuple(months),
        (ChartSeries(title, tuple(hours[month] for month in months)),), title,
    )  # fmt: skip
    rates = [
        say.text(
            N_("{kind}: {euros} € an hour from {day}."),
            kind=say.text(N_("Volunteer work")) if rate.kind == "work" else say.text(N_("Machine work")),
            euros=say.number(float(rate.euros)), day=say.day(rate.since),
        )
        for rate in sorted(scope.settings.rates, key=lambda rate: (rate.kind, rate.since), reverse=True)
        if rate.since <= scope.facts.last
    ]  # fmt: skip
    return tables, [chart], [*rates, say.text(N_("Hours are rounded to the nearest quarter of an hour."))]


def _sheet(scope: Scope, key: str, title: str, shifts: list[TalkootShift], done: Done, *, valued: bool) -> Table:
    say = scope.say
    columns = [
        Column("date", say.text(N_("Date")), "date"), Column("volunteer", say.text(N_("Volunteer no.")), "text"),
        Column("task", say.text(N_("Task")), "text"), Column("start", say.text(N_("Start time")), "clock"),
        Column("end", say.text(N_("End time")), "clock"), Column("hours", say.text(N_("Hours")), "hours", added=True),
        Column("machine", say.text(N_("Hours of machine work")), "hours", added=True),
    ]  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for shift in shifts:
        end = shift.started + timedelta(minutes=15 * shift.quarters)
        task = say.text(TASKS.get(shift.task, shift.task))
        row = (shift.day, shift.volunteer, task, shift.started, end, shift.hours, shift.machine_hours)
        rows.append((*row, value(scope, shift), None) if valued else (*row, None))
    for month in scope.late_months():
        quarters = done.late.get(month, [0, 0, 0])
        own, machine = (quarters[0], quarters[1]) if valued else (quarters[2], 0)
        if own or machine:
            label = say.text(N_("Correction of {month}"), month=say.month(month))
            hours, machines = Decimal(own) / 4, Decimal(machine) / 4
            day = date.fromisoformat(f"{month}-01")
            worth = (hours * scope.rate("work", day) + machines * scope.rate("machine", day)).quantize(CENT)
            rows.append((None, label, None, None, None, hours, machines, *((worth,) if valued else ()), None))
    if valued:
        columns.append(Column("value", say.text(N_("Value, €")), "money", added=True))
    columns.append(Column("sign", say.text(N_("Signature")), "sign"))
    return table(key, title, columns, rows, total=say.text(N_("Total")))


def _tasks(scope: Scope, shifts: list[TalkootShift]) -> Table:
    say = scope.say
    rows = []
    for task, name in TASKS.items():
        own = [shift for shift in shifts if shift.task == task]
        if own:
            worth = sum((value(scope, shift) for shift in own), Decimal(0))
            rows.append((say.text(name), len(own), sum((shift.hours for shift in own), Decimal(0)), worth))
    columns = [
        Column("task", say.text(N_("Task")), "text"), Column("shifts", say.text(N_("Shifts")), added=True),
        Column("hours", say.text(N_("Hours")), "hours", added=True),
        Column("value", say.text(N_("Value, €")), "money", added=True),
    ]  # fmt: skip
    return table("tasks", say.text(N_("By task")), columns, rows, total=say.text(N_("Total")))


def _numbers(scope: Scope) -> dict[str, str]:
    return {said["volunteer"]: str(said["number"]) for _, said in scope.facts.kept("volunteer.registered")}
