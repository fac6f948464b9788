"""Services: what people asked for, how far it came, and how long the first answer took."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from kiosk.language.translation import N_, NC_
from kiosk.reports.model import Chart, ChartSeries, Column, Table, table
from kiosk.reports.scope import Scope
from kiosk.vocabulary.words import SERVICES

#: Guidance by number at the coordinator's door; it stands apart, as a municipality's duties are no project's work.
QUEUE = "queue"
SHOWN = ("friend", "friend_offer", "neighbour", "neighbour_offer", "guidance", "other", "fetch", QUEUE)
STEPS = ("asked", "contacted", "arranged", "done", "cancelled", "paired")


@dataclass
class Helped:
    """By service and step how many; by service the days until the first contact, one for each request."""

    steps: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    days: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    late: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def total(self, step: str) -> int:
        """Return how many came to a step, guidance by number left out."""
        return sum(steps[step] for service, steps in self.steps.items() if service != QUEUE)


def count(scope: Scope) -> Helped:
    """Read what became of requests in the time of a report, a month at a time."""
    found = Helped()
    words = "substr(day, 1, 7), service, step, days"
    for late, month, service, step, days, people in scope.facts.rows("ledger_help", words, "people"):
        if not scope.counts("services", service):
            continue
        if late:
            found.late[month][step] += people
            continue
        found.steps[service][step] += people
        if step == "contacted" and people > 0:
            found.days[service] += [days] * people
    return found


def name(scope: Scope, service: str) -> str:
    """Return what a service is called."""
    return scope.say.text(N_("Guidance by number")) if service == QUEUE else scope.say.text(SERVICES[service])


def build(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, charts and notes of the report."""
    say, helped = scope.say, count(scope)
    titles = {
        "asked": N_("Asked"), "contacted": N_("First contact"), "arranged": N_("Arranged"), "done": NC_("request", "Done"),
        "cancelled": N_("Ended without help"), "paired": N_("Pairs made"),
    }  # fmt: skip
    columns = [
        Column("service", say.text(N_("Service")), "text"),
        *(Column(step, say.text(titles[step]), added=True) for step in STEPS),
        Column("hours", say.text(N_("Hours of help")), "hours", added=True),
        Column("days", say.text(N_("Days to first contact, median")), "days"),
    ]
    used = [service for service in SHOWN if scope.counts("services", service)]
    rows = [
        (
            name(scope, service), *(helped.steps[service][step] for step in STEPS),
            Decimal(helped.steps[service]["quarters"]) / 4,
            Decimal(str(median(helped.days[service]))) if helped.days[service] else None,
        )
        for service in used
    ]  # fmt: skip
    rows += [
        (
            say.text(N_("Correction of {month}"), month=say.month(month)),
            *(helped.late[month][step] for step in STEPS), Decimal(helped.late[month]["quarters"]) / 4, None,
        )
        for month in scope.late_months()
        if month in helped.late and any(helped.late[month].values())
    ]  # fmt: skip
    asked = tuple(float(helped.steps[service]["asked"]) for service in used)
    charts = []
    if any(asked):
        labels = tuple(name(scope, service) for service in used)
        title = say.text(N_("What was asked for"))
        charts.append(
            Chart("shares", "asked", title, labels, (ChartSeries(say.text(N_("Asked")), asked),), say.text(N_("Asked")))
        )
    notes = [
        say.text(N_("Each step counts in the period in which it was taken, whenever the request was made.")),
        say.text(
            N_("Guidance by number is a task of the municipality and is counted separately from requests for help.")
        ),
    ]
    return [table("services", say.text(N_("Services")), columns, rows, total=say.text(N_("Total")))], charts, notes
