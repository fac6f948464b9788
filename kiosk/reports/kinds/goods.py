"""Goods: taken in, given, withdrawn and on the shelf; kilograms and CO2e as estimates."""

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
from kiosk.vocabulary.states import Move, Per

MOVES: tuple[str, ...] = tuple(Move)
#: By thing: pieces, pieces with a known weight, and their weight in grams.
Things = dict[tuple[str, str], list[int]]


def _things() -> dict[str, Things]:
    return {move: defaultdict(lambda: [0, 0, 0]) for move in MOVES}


@dataclass
class Moved:
    """Pieces by move, category and thing, and late entries by month."""

    things: dict[str, Things] = field(default_factory=_things)
    late: dict[str, dict[str, Things]] = field(default_factory=lambda: defaultdict(_things))
    months: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def pieces(self, move: str, category: str = "") -> int:
        """Return how many pieces moved, of one category or all."""
        return sum(numbers[0] for (own, _), numbers in self.things[move].items() if category in ("", own))

    def came_late(self, month: str, move: str) -> int:
        """Return the late pieces of a month."""
        return sum(numbers[0] for numbers in self.late[month][move].values()) if month in self.late else 0

    def total(self, move: str) -> int:
        """Return how many pieces moved, late entries included."""
        return self.pieces(move) + sum(self.came_late(month, move) for month in self.late)


@dataclass(frozen=True)
class Estimate:
    """Kilograms (minimum, likely, maximum), and kilograms of CO2e saved by reuse."""

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
        if not late:
            found.months[month][move] += numbers[0]
        sums = (found.late[month] if late else found.things)[move][category, thing]
        for at, number in enumerate(numbers):
            sums[at] += number
    return found


def estimate(scope: Scope, things: Iterable[tuple[tuple[str, str], list[int]]]) -> Estimate:
    """Return the estimate for pieces: weighed ones as noted, others by the table of weights at that time."""
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


@dataclass(frozen=True)
class Given:
    """A row of given goods: `of` a category, or "" for the late entries of `month`."""

    of: str
    month: str
    pieces: int
    kg: Estimate


def given(scope: Scope, moved: Moved) -> list[Given]:
    """Return the rows of given goods; all sums of kilograms are sums of these rounded rows."""
    things = moved.things[Move.GIVEN].items()
    found = [
        Given(key, "", moved.pieces(Move.GIVEN, key), estimate(scope, [one for one in things if one[0][0] == key]))
        for key in CATEGORIES
        if scope.counts("categories", key)
    ]
    late = (
        month for month in scope.late_months() if month in moved.late and any(moved.late[month][Move.GIVEN].values())
    )
    return found + [
        Given("", month, moved.came_late(month, Move.GIVEN), estimate(scope, moved.late[month][Move.GIVEN].items()))
        for month in late
    ]


def build(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, charts and notes of the report."""
    moved = count(scope)
    once = scope.say.text(N_("A thing that was given, came back and was given again counts once."))
    tables = [_by_category(scope, moved), *_own_categories(scope), _estimates(scope, moved)]
    return tables, [_by_month(scope, moved)], [*_method(scope, moved), once]


def _by_category(scope: Scope, moved: Moved) -> Table:
    """Return the pieces of each category, and a line for each closed month that entries came late for."""
    say, shelf = scope.say, scope.facts.shelf()
    rows: list[tuple[Cell, ...]] = [
        (say.text(vocabulary.CATEGORIES[key]), *(moved.pieces(move, key) for move in MOVES), shelf.get(key, 0))
        for key in CATEGORIES
        if scope.counts("categories", key)
    ]
    for month in scope.late_months():
        late = [moved.came_late(month, move) for move in MOVES]
        if any(late):
            rows.append((_correction(scope, month), *late, None))
    columns = [_category(scope), *_moves(scope)]
    return table("categories", say.text(N_("Things by category")), columns, rows, total=say.text(N_("Total")))


def _own_categories(scope: Scope) -> list[Table]:
    """Return the pieces of each own category, late entries included; none for a centre without. They are counted in the
    category they are a part of as well, so there is no total."""
    kept = {payload["category"]: payload for _, payload in scope.facts.kept("category.set")}
    own = [(key, said) for key, said in kept.items() if scope.counts("categories", said["part_of"])]
    if not own:
        return []
    moved: dict[tuple[str, str], int] = defaultdict(int)
    for _late, move, key, pieces in scope.facts.rows("ledger_goods", "move, own", "pieces"):
        moved[move, key] += pieces
    say, shelf = scope.say, scope.facts.shelf("own")
    rows: list[tuple[Cell, ...]] = [
        (
            say.name(said["names"]),
            say.text(vocabulary.CATEGORIES.get(said["part_of"], said["part_of"])),
            *(moved[move, key] for move in MOVES),
            shelf.get(key, 0),
        )
        for key, said in sorted(own, key=lambda one: (one[1]["place"], one[0]))
    ]
    columns = [_category(scope), Column("part_of", say.text(N_("Counted in")), "text"), *_moves(scope)]
    return [table("own_categories", say.text(N_("Categories of our own")), columns, rows)]


def _moves(scope: Scope) -> list[Column]:
    titles = (
        (Move.IN, N_("Taken in")),
        (Move.GIVEN, N_("Given")),
        (Move.WITHDRAWN, N_("Withdrawn")),
        ("shelf", N_("On the shelf at the end of the period")),
    )
    return [Column(key, scope.say.text(title), added=True) for key, title in titles]


def _estimates(scope: Scope, moved: Moved) -> Table:
    """Return what was given: pieces, kilograms with their range, and kilograms of CO2e."""
    say = scope.say
    titles = (
        ("low", N_("kg, at least")),
        ("mid", N_("kg, estimate")),
        ("high", N_("kg, at most")),
        ("co2e", N_("CO2e saved, kg, estimate")),
    )
    columns = [
        _category(scope),
        Column("pieces", say.text(N_("Things")), added=True),
        *(Column(key, say.text(title), "kg", added=True) for key, title in titles),
    ]
    rows: list[tuple[Cell, ...]] = []
    for line in given(scope, moved):
        name = say.text(vocabulary.CATEGORIES[line.of]) if line.of else _correction(scope, line.month)
        rows.append((name, line.pieces, line.kg.low, line.kg.mid, line.kg.high, line.kg.co2e))
    return table("weights", say.text(N_("Things given, estimate")), columns, rows, total=say.text(N_("Total")))


def _category(scope: Scope) -> Column:
    return Column("category", scope.say.text(N_("Category")), "text")


def _correction(scope: Scope, month: str) -> str:
    return scope.say.text(N_("Correction of {month}"), month=scope.say.month(month))


def _by_month(scope: Scope, moved: Moved) -> Chart:
    months = list(scope.facts.months())
    series = tuple(
        ChartSeries(scope.say.text(title), tuple(float(moved.months.get(month, {}).get(move, 0)) for month in months))
        for move, title in ((Move.IN, N_("Taken in")), (Move.GIVEN, N_("Given")))
    )
    return Chart(
        "bars", "goods", scope.say.text(N_("Things by month")), tuple(months), series, scope.say.text(N_("Things"))
    )


def _method(scope: Scope, moved: Moved) -> list[str]:
    """Return notes on the sources of kilograms and CO2e."""
    say, weights = scope.say, scope.scales.table(scope.facts.as_of)
    factors = scope.scales.factors(scope.facts.as_of)
    subjects = sorted({thing if thing in weights else category for category, thing in moved.things[Move.GIVEN]})
    measured = [weights[subject] for subject in subjects if subject in weights and weights[subject].pieces]
    notes = [
        say.text(
            N_(
                "Weights are estimates. Things that were weighed use their own weight, others the weight table, "
                "version {version}."
            ),
            version=LITERATURE,
        )
    ]
    notes += [
        say.text(
            N_("{thing}: {count} weighed by the centre, up to {day}."),
            thing=_subject(scope, weight.subject),
            count=weight.pieces,
            day=say.day(weight.day),
        )
        for weight in measured
    ]
    notes += [
        say.text(
            N_(
                "CO2e is an estimate: {value} kg saved per {unit}. Source: {source}, version {version}. Applies to: "
                "{thing}."
            ),
            value=say.number(factor.value),
            unit=say.text(N_("kg")) if factor.per == Per.KG else say.text(N_("thing")),
            source=factor.source,
            version=factor.version,
            thing=_subject(scope, factor.subject),
        )
        for factor in sorted(factors.values(), key=lambda factor: factor.subject)
        if factor.subject == "*" or factor.subject in subjects
    ]
    return notes


def _subject(scope: Scope, subject: str) -> str:
    if subject == "*":
        return scope.say.text(N_("all other things"))
    thing = things().get(subject)
    return scope.say.name(thing.names) if thing else scope.say.text(vocabulary.CATEGORIES[subject])
