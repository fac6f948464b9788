"""Services: requests, their progress, and the time until the first contact. Figures by service are shown for whole
closed months only, small numbers suppressed (`disclosure`); other days have totals only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from kiosk.language.translation import N_, NC_
from kiosk.reports.audit import ENOUGH
from kiosk.reports.disclosure import HELP, NOTHING, QUEUE, QUEUE_STEPS, STEPS, UNKNOWN, Amount, Month, published, total
from kiosk.reports.model import Cell, Chart, Column, Table, table
from kiosk.reports.scope import Scope
from kiosk.vocabulary.states import HelpStep
from kiosk.vocabulary.words import SERVICES

from .attendance import hidden_notes, shares

TITLES = {
    HelpStep.ASKED: N_("Asked"),
    HelpStep.CONTACTED: N_("First contact"),
    HelpStep.ARRANGED: N_("Arranged"),
    HelpStep.DONE: NC_("request", "Done"),
    HelpStep.CANCELLED: N_("Ended without help"),
    HelpStep.PAIRED: N_("Pairs made"),
}
Steps = dict[str, int]


def _steps() -> dict[str, Steps]:
    return defaultdict(lambda: defaultdict(int))


@dataclass
class Helped:
    """Requests by step. `shown`: the published tables of whole closed months, by month; `closed` (by service): their
    totals, of which only hours and days are shown; `open`: totals of other days; `late`: late entries by month; `days`:
    days until the first contact, one for each request of a service."""

    shown: dict[str, Month]
    every: bool
    whole: bool
    closed: dict[str, Steps] = field(default_factory=_steps)
    open: Steps = field(default_factory=lambda: defaultdict(int))
    late: dict[str, Steps] = field(default_factory=_steps)
    days: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def by_service(self, step: str) -> dict[str, Amount]:
        """Return by service how many requests reached a step in the closed months."""
        found: dict[str, Amount] = defaultdict(lambda: NOTHING)
        for tables in self.shown.values():
            for service, amount in tables[step].amounts().items():
                found[service] += amount
        return found

    def total(self, scope: Scope, step: str) -> Amount:
        """Return how many requests reached a step, without guidance by number. For a project that does not count every
        service it is a sum of published figures."""
        if self.every:
            counts = [*self.closed.values(), self.open, *self.late.values()]
            number = sum(steps[step] for steps in counts)
            return Amount(number, number)
        amounts = (one for service, one in self.by_service(step).items() if scope.counts("services", service))
        return total(amounts) + (NOTHING if self.whole else UNKNOWN)

    def queue(self, step: str) -> Amount:
        """Return how many queue numbers reached a step."""
        amounts = (tables[QUEUE].amounts()[step] for tables in self.shown.values())
        return total(amounts) + (NOTHING if self.whole else UNKNOWN)


def count(scope: Scope) -> Helped:
    """Read the progress of requests in the period, a month at a time."""
    shown = published(scope.facts)
    every = all(scope.counts("services", service) for service in HELP)
    found = Helped(shown, every, set(shown) == set(scope.facts.months()))
    words = "substr(day, 1, 7), service, step, days"
    for late, month, service, step, days, people in scope.facts.rows("ledger_help", words, "people"):
        if service == QUEUE or not (every or scope.counts("services", service)):
            continue
        if late or month not in shown:
            (found.late[month] if late else found.open)[step] += people
            continue
        found.closed[service][step] += people
        if step == HelpStep.CONTACTED and people > 0:
            found.days[service] += [days] * people
    return found


def name(scope: Scope, service: str) -> str:
    """Return the name of a service."""
    return scope.say.text(SERVICES[service])


def build(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, charts and notes of the report."""
    say, helped = scope.say, count(scope)
    columns = [
        Column("service", say.text(N_("Service")), "text"),
        *(Column(step, say.text(TITLES[step]), added=True) for step in STEPS),
        Column("hours", say.text(N_("Hours of help")), "hours", added=True),
        Column("days", say.text(N_("Days to first contact, median")), "days"),
    ]
    rows = [*_services(scope, helped), *_others(scope, helped)]
    made = table("services", say.text(N_("Services")), columns, rows)
    totals = (helped.total(scope, step).cell for step in STEPS)
    tables = [made.with_total((say.text(N_("Total")), *totals, _hours(helped), None))]
    if scope.counts("services", QUEUE):
        tables.append(_guidance(scope, helped))
    asked = helped.by_service(HelpStep.ASKED)
    parts = [(name(scope, service), asked[service].cell) for service in HELP if scope.counts("services", service)]
    whole = sum(helped.closed[service][HelpStep.ASKED] for service in helped.closed) if helped.every else 0
    chart = shares(scope, "asked", say.text(N_("What was asked for")), say.text(N_("Asked")), parts, whole)
    notes = [
        say.text(N_("Each step counts in the period in which it was taken, whenever the request was made.")),
        say.text(
            N_("Guidance by number is a task of the municipality and is counted separately from requests for help.")
        ),
        *hidden_notes(scope),
    ]
    return tables, [chart] if chart else [], notes


def _services(scope: Scope, helped: Helped) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of each service: totals of the closed months."""
    steps = {step: helped.by_service(step) for step in STEPS}
    for service in HELP if helped.shown else ():
        if scope.counts("services", service):
            days, contacted = helped.days[service], steps[HelpStep.CONTACTED][service]
            seen = days and contacted.low == contacted.high and contacted.low >= ENOUGH
            middle = Decimal(str(median(days))) if seen else None
            hours = Decimal(helped.closed[service]["quarters"]) / 4
            yield name(scope, service), *(steps[step][service].cell for step in STEPS), hours, middle


def _others(scope: Scope, helped: Helped) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows without a service: days outside whole closed months, and late entries."""
    say = scope.say
    if not helped.whole:
        known = helped.open if helped.every else None
        cells = (known[step] if known is not None else UNKNOWN.cell for step in STEPS)
        hours = Decimal(known["quarters"]) / 4 if known is not None else None
        yield say.text(N_("Days that are not closed")), *cells, hours, None
    for month in scope.late_months():
        steps = helped.late.get(month, {})
        if helped.every and any(steps.values()):
            label = say.text(N_("Correction of {month}"), month=say.month(month))
            yield label, *(steps.get(step, 0) for step in STEPS), Decimal(steps.get("quarters", 0)) / 4, None


def _hours(helped: Helped) -> Decimal | None:
    counts = [*helped.closed.values(), *([helped.open, *helped.late.values()] if helped.every else [])]
    known = helped.every or helped.whole
    return Decimal(sum(steps["quarters"] for steps in counts)) / 4 if known else None


def _guidance(scope: Scope, helped: Helped) -> Table:
    """Return the queue numbers by month; their takers are a separate group."""
    say = scope.say
    columns = [
        Column("month", say.text(N_("Month")), "text"),
        *(Column(step, say.text(TITLES[step]), added=True) for step in QUEUE_STEPS),
    ]
    rows: list[tuple[Cell, ...]] = [
        (say.month(month), *(amount.cell for amount in tables[QUEUE].amounts().values()))
        for month, tables in helped.shown.items()
    ]
    if not helped.whole:
        rows.append((say.text(N_("Days that are not closed")), *(UNKNOWN.cell for _ in QUEUE_STEPS)))
    made = table(QUEUE, say.text(N_("Guidance by number")), columns, rows)
    return made.with_total((say.text(N_("Total")), *(helped.queue(step).cell for step in QUEUE_STEPS)))
