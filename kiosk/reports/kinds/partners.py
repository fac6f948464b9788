"""Partners: the gatherings, gifts and volunteers of companies, associations, schools and the municipality."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kiosk import clock
from kiosk.language.translation import N_, NC_
from kiosk.reports.model import Cell, Chart, ChartSeries, Column, Table, table
from kiosk.reports.scope import Scope

from . import attendance

KINDS = {
    "company": N_("Business"),
    "association": N_("Association"),
    "school": N_("School"),
    "municipality": N_("Municipality"),
}


def count(scope: Scope, visits: attendance.VisitCounts | None = None) -> dict[str, dict[str, int]]:
    """Return by partner (its id, or the name in the settings) gatherings held, people there, gifts and volunteers;
    `visits` are those of the scope where they are counted already."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    of_gathering = {}
    for _, said in scope.facts.kept("gathering.set"):
        of_gathering[said["gathering"]] = said.get("partner_id") or said.get("partner") or ""
    for (_, session), tally in (visits or attendance.count(scope)).sessions.items():
        partner = of_gathering.get(attendance.gathering_of(session))
        if partner and tally.visits:
            found[partner]["gatherings"] += 1
            found[partner]["people"] += tally.people
    giver: dict[str, str | None] = {}
    for kind in ("donation.announced", "donation.given_by"):
        for _, said in scope.facts.kept(kind):
            giver[said["donation"]] = said.get("partner")
    for at, said in scope.facts.kept("donation.taken_in"):
        partner = giver.get(said["donation"])
        if partner and _within(scope, at):
            found[partner]["gifts"] += 1
    for at, said in scope.facts.kept("volunteer.registered"):
        partner = said.get("partner")
        if partner and _within(scope, at):
            found[partner]["volunteers"] += 1
    return found


def build(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, charts and notes of the report."""
    say, counted, register = scope.say, count(scope), _register(scope)
    columns = [
        Column("partner", say.text(N_("Partner")), "text"), Column("kind", say.text(NC_("partner", "Type")), "text"),
        Column("gatherings", say.text(N_("Events held")), added=True), Column("people", say.text(N_("People there")), added=True),
        Column("gifts", say.text(N_("Donations received")), added=True),
        Column("volunteers", say.text(N_("Volunteers provided")), added=True),
    ]  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for key in sorted(
        {*register, *counted}, key=lambda key: (str(register.get(key, {}).get("name", key)).casefold(), key)
    ):
        about, numbers = register.get(key, {}), counted.get(key, {})
        if any(numbers.values()) or about.get("active", 1):
            kind = KINDS.get(about.get("kind", ""), "")
            cells = (numbers.get(column.key, 0) for column in columns[2:])
            rows.append((about.get("name", key), say.text(kind), *cells))
    charts = []
    with_people = [row for row in rows if row[3]]
    if with_people:
        labels, values = tuple(str(row[0]) for row in with_people), tuple(float(str(row[3])) for row in with_people)
        title = say.text(N_("People at events with partners"))
        charts.append(
            Chart(
                "shares",
                "partners",
                title,
                labels,
                (ChartSeries(say.text(N_("People")), values),),
                say.text(N_("People")),
            )
        )
    return [table("partners", say.text(N_("Partners")), columns, rows, total=say.text(N_("Total")))], charts, []


def _register(scope: Scope) -> dict[str, dict[str, Any]]:
    """Return the register as it was: by id, what was last said of a partner."""
    entries = [*scope.facts.kept("partner.added"), *scope.facts.kept("partner.changed")]
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for _, said in sorted(entries, key=lambda entry: entry[0]):
        found[said["partner"]].update(said)
    return found


def _within(scope: Scope, at: str) -> bool:
    return scope.facts.first <= clock.local_date(clock.parse(at), scope.facts.zone) <= scope.facts.last
