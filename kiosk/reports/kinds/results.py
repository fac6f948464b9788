"""Results: the indicators of a period, and the start of each new way of working."""

from __future__ import annotations

from datetime import date

from kiosk.language.translation import N_
from kiosk.reports import goals
from kiosk.reports.indicators import GROUPS, INDICATORS, PeriodCounts, cell, figures
from kiosk.reports.model import Cell, Chart, Column, Table, table
from kiosk.reports.scope import Scope

from .attendance import hidden_notes


def build(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, charts and notes of the report."""
    say, found = scope.say, figures(PeriodCounts(scope))
    tables = [
        table(
            f"results_{type_}",
            say.text(title),
            [
                Column("indicator", say.text(N_("Indicator")), "text"),
                Column("figure", say.text(N_("In the period")), type_),
            ],
            [(say.text(one.name), cell(found[one.key])) for one in INDICATORS if one.type == type_],
        )
        for type_, title in GROUPS
    ]
    estimates = say.text(
        N_("The figures for things in kilograms and CO2e are estimates; the report on things explains the method.")
    )
    wanted, charts, notes = goals.parts(scope)
    return [*wanted, *tables, _started(scope)], charts, [*notes, estimates, *hidden_notes(scope)]


def _started(scope: Scope) -> Table:
    """Return the gatherings that began in the period, which the funder counts as new ways of working."""
    say, since = scope.say, {}
    for _, said in scope.facts.kept("gathering.set"):
        since[said["gathering"]] = said["since"]
    names = scope.gathering_names()
    rows: list[tuple[Cell, ...]] = [
        (date.fromisoformat(day), names[key])
        for key, day in sorted(since.items(), key=lambda one: (one[1], one[0]))
        if scope.facts.first.isoformat() <= day <= scope.facts.last.isoformat() and scope.counts("gatherings", key)
    ]
    columns = [Column("since", say.text(N_("Began on")), "date"), Column("what", say.text(N_("Event")), "text")]
    return table("started", say.text(N_("New in the period")), columns, rows)
