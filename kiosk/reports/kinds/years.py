"""The same days a year before: each month, and every indicator, beside what it was then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from kiosk.language.translation import N_
from kiosk.reports.indicators import GROUPS, INDICATORS, Figure, PeriodCounts, figures
from kiosk.reports.model import Cell, Chart, ChartSeries, Column, Table, table
from kiosk.reports.scope import Scope

from . import attendance


def build(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, charts and notes of the report."""
    say, facts = scope.say, scope.facts
    before = replace(scope, facts=facts.during(a_year_before(facts.first), a_year_before(facts.last)))
    both = PeriodCounts(scope), PeriodCounts(before)
    now, then = (_people(counted.visits) for counted in both)
    months = list(facts.months())
    rows: list[tuple[Cell, ...]] = []
    for month in months:
        people, was = now.get(month, 0), then.get(f"{int(month[:4]) - 1}{month[4:]}", 0)
        rows.append((say.month(month), people, was, people - was))
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
        ChartSeries(say.text(titles[0]), tuple(float(str(row[1])) for row in rows)),
        ChartSeries(say.text(titles[1]), tuple(float(str(row[2])) for row in rows)),
    )
    people_word = say.text(N_("People"))
    kind = "lines" if len(months) > 12 else "bars"
    chart = Chart(kind, "years", say.text(N_("People by month")), tuple(months), series, people_word)  # type: ignore[arg-type]
    note = say.text(
        N_("The year before: {first}–{last}. Corrections of closed months are included here."),
        first=say.day(before.facts.first), last=say.day(before.facts.last),
    )  # fmt: skip
    return tables, [chart], [note]


def a_year_before(day: date) -> date:
    """Return the same day of the year before, 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _people(counted: attendance.VisitCounts) -> dict[str, int]:
    found: dict[str, int] = {month: tally.people for month, tally in counted.late.items()}
    for (day, _), tally in counted.sessions.items():
        month = day[:7]
        found[month] = found.get(month, 0) + tally.people
    return found


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
            (say.text(one.name), now[one.key], then[one.key], _minus(now[one.key], then[one.key]))
            for one in INDICATORS
            if one.type == type_
        ]
        found.append(table(f"years_{type_}", say.text(title), columns, rows))
    return found


def _minus(one: Figure, other: Figure) -> Figure:
    return one - other if isinstance(one, int) and isinstance(other, int) else Decimal(one) - Decimal(other)
