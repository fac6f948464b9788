"""Goods: what came in, found a new home, was withdrawn and is on the shelf; kilograms and CO2e as estimates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from kiosk.language.translation import N_
from kiosk.reports.model import Cell, Chart, ChartSeries, Column, Table, table
from kiosk.reports.scope import Scope
from kiosk.vocabulary import CATEGORIES, LITERATURE, things
from kiosk.vocabulary import words as vocabulary

MOVES = ("in", "given", "withdrawn")
#: By thing: pieces, those of them whose weight is known, and how many grams these are.
Things = dict[tuple[str, str], list[int]]


@dataclass
class Moved:
    """Pieces by move, category and thing; what came to a month after it was closed by month and move."""

    things: dict[str, Things] = field(default_factory=lambda: {move: defaultdict(lambda: [0, 0, 0]) for move in MOVES})
    late: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    months: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def pieces(self, move: str, category: str = "") -> int:
        """Return how many pieces moved, of one category or all."""
        return sum(numbers[0] for (own, _), numbers in self.things[move].items() if category in ("", own))


@dataclass(frozen=True)
class Estimate:
    """Kilograms of something, at least, likely and at most, and kilograms of CO2e that its reuse saves."""

    low: Decimal
    mid: Decimal
    high: Decimal
    co2e: Decimal


def count(scope: Scope) -> Moved:
    """Read the moves of a report's goods, a month at a time."""
    found = Moved()
    words = "substr(day, 1, 7), move, category, thing"
    for late, month, move, category, thing, *numbers in scope.facts.rows(
        "ledger_goods", words, "pieces, weighed, grams"
    ):
        if not scope.counts("categories", category):
            continue
        move = move.partition(".")[0]
        if late:
            found.late[month][move] += numbers[0]
            continue
        found.months[month][move] += numbers[0]
        sums = found.things[move][category, thing]
        for at, number in enumerate(numbers):
            sums[at] += number
    return found


def estimate(scope: Scope, things: Iterable[tuple[tuple[str, str], list[int]]]) -> Estimate:
    """Return what pieces weigh: as noted where somebody weighed them, else by the table of weights as it was then."""
    weights, factors = scope.scales.table(scope.facts.as_of), scope.scales.factors(scope.facts.as_of)
    low = mid = high = co2e = 0.0
    for (category, thing), (pieces, weighed, grams) in things:
        known, unknown = grams / 1000, pieces - weighed
        weight = weights.get(thing) or weights.get(category)
        likely = known + (unknown * weight.mid if weight else 0)
        low += known + (unknown * weight.low if weight else 0)
        high += known + (unknown * weight.high if weight else 0)
        mid += likely
        factor = factors.get(thing) or factors.get(category) or factors.get("*")
        co2e += factor.of(pieces, likely) if factor else 0
    return Estimate(*(Decimal(f"{number:.1f}") for number in (low, mid, high, co2e)))


def build(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, charts and notes of the report."""
    say, moved = scope.say, count(scope)
    names = {key: say.text(name) for key, name in vocabulary.CATEGORIES.items()}
    shelf = scope.facts.shelf()
    used = [key for key in CATEGORIES if scope.counts("categories", key)]
    total = say.text(N_("Total"))
    corrections: list[tuple[Cell, ...]] = []
    for month in scope.late_months():
        late = moved.late.get(month, {})
        if any(late.values()):
            label = say.text(N_("Correction of {month}"), month=say.month(month))
            corrections.append((label, *(late.get(move, 0) for move in MOVES)))
    category = Column("category", say.text(N_("Category")), "text")
    given = [
        Column(key, say.text(title), "kg", added=True)
        for key, title in (
            ("low", N_("kg, at least")), ("mid", N_("kg, estimate")), ("high", N_("kg, at most")), ("co2e", N_("CO2e saved, kg, estimate")),
        )
    ]  # fmt: skip
    estimates = {
        key: estimate(scope, [one for one in moved.things["given"].items() if one[0][0] == key]) for key in used
    }
    rows: list[tuple[Cell, ...]] = [
        (names[key], *(moved.pieces(move, key) for move in MOVES), shelf.get(key, 0)) for key in used
    ]
    rows += [(*correction, None) for correction in corrections]
    tables = [
        table(
            "categories", say.text(N_("Things by category")),
            [category, *(Column(key, say.text(title), added=True) for key, title in (
                ("in", N_("Taken in")), ("given", N_("Given")), ("withdrawn", N_("Withdrawn")),
                ("shelf", N_("On the shelf at the end of the period")),
            ))],
            rows,
            total=total,
        ),
        table(
            "weights", say.text(N_("Things given, estimate")), [category, Column("pieces", say.text(N_("Things")), added=True), *given],
            [
                (names[key], moved.pieces("given", key), one.low, one.mid, one.high, one.co2e)
                for key, one in estimates.items()
            ],
            total=total,
        ),
    ]  # fmt: skip
    once = say.text(N_("A thing that was given, came back and was given again counts once."))
    return tables, [_by_month(scope, moved)], [*_method(scope, moved), once]


def _by_month(scope: Scope, moved: Moved) -> Chart:
    months = list(scope.facts.months())
    series = tuple(
        ChartSeries(scope.say.text(title), tuple(float(moved.months.get(month, {}).get(move, 0)) for month in months))
        for move, title in (("in", N_("Taken in")), ("given", N_("Given")))
    )
    return Chart(
        "bars", "goods", scope.say.text(N_("Things by month")), tuple(months), series, scope.say.text(N_("Things"))
    )


def _method(scope: Scope, moved: Moved) -> list[str]:
    """Say where the kilograms and the CO2e come from."""
    say, weights = scope.say, scope.scales.table(scope.facts.as_of)
    factors = scope.scales.factors(scope.facts.as_of)
    subjects = sorted({thing if thing in weights else category for category, thing in moved.things["given"]})
    measured = [weights[subject] for subject in subjects if subject in weights and weights[subject].pieces]
    notes = [
        say.text(
            N_("Weights are estimates. Things that were weighed use their own weight, others the weight table, "
               "version {version}."),
            version=LITERATURE,
        )
    ]  # fmt: skip
    notes += [
        say.text(
            N_("{thing}: {count} weighed by the centre, up to {day}."),
            thing=_subject(scope, weight.subject), count=weight.pieces, day=say.day(weight.day),
        )
        for weight in measured
    ]  # fmt: skip
    notes += [
        say.text(
            N_("CO2e is an estimate: {value} kg saved per {unit}. Source: {source}, version {version}. Applies to: "
               "{thing}."),
            value=say.number(factor.value), unit=say.text(N_("kg")) if factor.per == "kg" else say.text(N_("thing")),
            source=factor.source, version=factor.version, thing=_subject(scope, factor.subject),
        )
        for factor in sorted(factors.values(), key=lambda factor: factor.subject)
        if factor.subject == "*" or factor.subject in subjects
    ]  # fmt: skip
    return notes


def _subject(scope: Scope, subject: str) -> str:
    if subject == "*":
        return scope.say.text(N_("all other things"))
    thing = things().get(subject)
    return scope.say.name(thing.names) if thing else scope.say.text(vocabulary.CATEGORIES[subject])
