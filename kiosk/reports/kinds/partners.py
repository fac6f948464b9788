"""Partners: the gatherings, gifts and volunteers of companies, associations, schools and the municipality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kiosk import clock
from kiosk.language.translation import N_, NC_
from kiosk.reports.disclosure import gathering_of
from kiosk.reports.model import Cell, Chart, ChartSeries, Column, Table, table
from kiosk.reports.scope import Scope
from kiosk.vocabulary.words import PARTNERS

from . import attendance, talkoot


def count(scope: Scope, visits: attendance.VisitCounts | None = None) -> dict[str, dict[str, int]]:
    """Return by partner (its id, or the name in the settings) gatherings held, people there, gifts and volunteers;
    `visits` are those of the scope where they are counted already."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    of_gathering = _of_gatherings(scope)
    for (_, session), tally in (visits or attendance.count(scope)).held().items():
        for partner in of_gathering.get(gathering_of(session), ()):
            found[partner]["gatherings"] += 1
            found[partner]["people"] += tally.people
    for partner in _gifts(scope):
        found[partner]["gifts"] += 1
    for partner in _volunteers(scope):
        found[partner]["volunteers"] += 1
    return found


def _of_gatherings(scope: Scope) -> dict[str, list[str]]:
    """Return the partners of each gathering."""
    found, ids = {}, _ids(scope)
    for _, said in scope.facts.kept("gathering.set"):
        name = said.get("partner") or ""
        first = said.get("partner_id") or ids.get(_plain(name), name)
        found[said["gathering"]] = list(dict.fromkeys(filter(None, (first, *said.get("more_partners", ())))))
    return found


def _gifts(scope: Scope) -> Iterator[str]:
    """Yield the partner of each gift taken in, of a project those of its categories."""
    giver: dict[str, str | None] = {}
    ours: dict[str, bool] = {}
    for _, said in scope.facts.kept("donation.announced"):
        giver[said["donation"]] = said.get("partner")
        categories = said.get("categories") or ()
        ours[said["donation"]] = not categories or any(scope.counts("categories", one) for one in categories)
    for _, said in scope.facts.kept("donation.given_by"):
        giver[said["donation"]] = said.get("partner")
    taken = {said["donation"]: at for at, said in reversed(list(scope.facts.kept("donation.taken_in")))}
    for donation, at in taken.items():  # possibly taken in on two tablets: the first time counts
        partner = giver.get(donation)
        if partner and ours.get(donation, True) and _within(scope, at):
            yield partner


def _volunteers(scope: Scope) -> Iterator[str]:
    """Yield the partner of each volunteer taken on, of a project with tasks those who did one of them in the period."""
    limited = scope.project is not None and bool(scope.project.tasks)
    active = {shift.who for shift in talkoot.count(scope).shifts} if limited else set()
    for at, said in scope.facts.kept("volunteer.registered"):
        partner = said.get("partner")
        if partner and _within(scope, at) and (not limited or said["volunteer"] in active):
            yield partner


def build(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, charts and notes of the report."""
    say, counted, register = scope.say, count(scope), _register(scope)
    shared = any(len(partners) > 1 for partners in _of_gatherings(scope).values())
    columns = [
        Column("partner", say.text(N_("Partner")), "text"),
        Column("kind", say.text(NC_("partner", "Type")), "text"),
        Column("gatherings", say.text(N_("Events held")), added=not shared),
        Column("people", say.text(N_("People there")), added=not shared),
        Column("gifts", say.text(N_("Donations received")), added=True),
        Column("volunteers", say.text(N_("Volunteers provided")), added=True),
    ]
    rows: list[tuple[Cell, ...]] = []
    for key in sorted(
        {*register, *counted}, key=lambda key: (str(register.get(key, {}).get("name", key)).casefold(), key)
    ):
        about, numbers = register.get(key, {}), counted.get(key, {})
        if any(numbers.values()) or about.get("active", 1):
            kind = PARTNERS.get(about.get("kind", ""), "")
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
    made = table("partners", say.text(N_("Partners")), columns, rows, total=say.text(N_("Total")))
    notes = [say.text(N_("An event of several partners is counted for each of them."))] if shared else []
    return [made], charts, [*notes, *_notes(scope)]


def _notes(scope: Scope) -> list[str]:
    """Return notes on which gifts and volunteers count for the project."""
    if scope.project is None:
        return []
    whole = N_("Donations are those of the whole centre.")
    some = N_("Donations are those with things of the categories of the project.")
    gifts = some if scope.project.categories else whole
    everyone = N_("Volunteers are those of the whole centre.")
    these = N_("Volunteers are those who did a task of the project in the period.")
    return [scope.say.text(gifts), scope.say.text(these if scope.project.tasks else everyone)]


def _ids(scope: Scope) -> dict[str, str]:
    """Return the ids of the register by every name a partner has had, so that one named in the settings is the same."""
    entries = [*scope.facts.kept("partner.added"), *scope.facts.kept("partner.changed")]
    named = ((said["name"], said["partner"]) for _, said in sorted(entries, key=_time) if said.get("name"))
    return {_plain(name): partner for name, partner in named}


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _time(entry: tuple[str, dict[str, Any]]) -> str:
    return entry[0]


def _register(scope: Scope) -> dict[str, dict[str, Any]]:
    """Return the register as of the report: the last values of each partner by id."""
    entries = [*scope.facts.kept("partner.added"), *scope.facts.kept("partner.changed")]
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for _, said in sorted(entries, key=_time):
        found[said["partner"]].update(said)
    return found


def _within(scope: Scope, at: str) -> bool:
    return scope.facts.first <= clock.local_date(clock.parse(at), scope.facts.zone) <= scope.facts.last
