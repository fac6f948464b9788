"""Comparison with the same period a year before, by month and by indicator."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kiosk.language.translation import N_
from kiosk.reports.facts import month_end
from kiosk.reports.indicators import GROUPS, INDICATORS, PeriodCounts, cell, figures
from kiosk.reports.model import Cell, Chart, ChartSeries, Column, Hidden, Table, table
from kiosk.reports.scope import Scope

from . import attendance


def build(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, charts and notes of the report."""
    say, facts = scope.say, scope.facts
    before = replace(scope, facts=facts.during(*same_days(facts.first, facts.last)))
    both = PeriodCounts(scope), PeriodCounts(before)
    now, then = (_people(counted.visits) for counted in both)
    months = list(facts.months())
    pairs = [(month, f"{int(month[:4]) - 1}{month[4:]}") for month in months]
    rows = [_row(say.month(month), now.months.get(month, 0), then.months.get(was, 0)) for month, was in pairs]
    count = len(rows)
    rows += [
        _row(
            say.text(N_("Correction of {month}"), month=say.month(month)), now.late.get(month, 0), then.late.get(was, 0)
        )
        for month, was in pairs
        if now.late.get(month) or then.late.get(was)
    ]
    titles = (N_("In the period"), N_("The year before"), N_("Difference"))
    columns = [
        Column("month", say.text(N_("Month")), "text"),
        *(
            Column(key, say.text(title), added=True)
            for key, title in zip(("now", "before", "change"), titles, strict=True)
        ),
    ]
    tables = [table("people", say.text(N_("People by month")), columns, rows, total=say.text(N_("Total")))]
    tables += _indicators(scope, both, titles)
    series = (
        ChartSeries(say.text(titles[0]), tuple(float(str(row[1])) for row in rows[:count])),
        ChartSeries(say.text(titles[1]), tuple(float(str(row[2])) for row in rows[:count])),
    )
    people_word = say.text(N_("People"))
    kind = "lines" if len(months) > 12 else "bars"
    chart = Chart(kind, "years", say.text(N_("People by month")), tuple(months), series, people_word)  # type: ignore[arg-type]
    note = say.text(
        N_("The year before: {first}–{last}."),
        first=say.day(before.facts.first),
        last=say.day(before.facts.last),
    )
    return tables, [chart], [note, *attendance.hidden_notes(scope)]


def a_year_before(day: date) -> date:
    """Return the same day of the year before, 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def same_days(first: date, last: date) -> tuple[date, date]:
    """Return (first, last) of the same period a year before; the end of a month maps to the end of that month."""
    before = a_year_before(last)
    return a_year_before(first), month_end(before) if last == month_end(last) else before


@dataclass(frozen=True)
class _People:
    """People by month, as closed for closed months, and late entries."""

    months: dict[str, int]
    late: dict[str, int]


def _people(counted: attendance.VisitCounts) -> _People:
    months: dict[str, int] = defaultdict(int)
    for (day, _), tally in counted.sessions.items():
        months[day[:7]] += tally.people
    return _People(months, {month: tally.people for month, tally in counted.late_months().items()})


def _row(label: str, now: int, then: int) -> tuple[Cell, ...]:
    return label, now, then, now - then


def _indicators(scope: Scope, both: tuple[PeriodCounts, PeriodCounts], titles: tuple[str, ...]) -> list[Table]:
    say, (now, then) = scope.say, map(figures, both)
    found = []
    for type_, title in GROUPS:
        columns = [
            Column("indicator", say.text(N_("Indicator")), "text"),
            *(
                Column(key, say.text(words), type_)
                for key, words in zip(("now", "before", "change"), titles, strict=True)
            ),
        ]
        rows = [
            (
                say.text(one.name),
                cell(now[one.key]),
                cell(then[one.key]),
                _minus(cell(now[one.key]), cell(then[one.key])),
            )
            for one in INDICATORS
            if one.type == type_
        ]
        found.append(table(f"years_{type_}", say.text(title), columns, rows))
    return found


def _minus(one: Cell, other: Cell) -> Cell:
    if isinstance(one, int) and isinstance(other, int):
        return one - other
    known = isinstance(one, int | Decimal) and isinstance(other, int | Decimal)
    return Decimal(one) - Decimal(other) if known else Hidden.KEPT  # type: ignore[arg-type]
