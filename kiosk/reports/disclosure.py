"""Disclosure control: what may be seen of small groups, decided once for a month, when it is closed.

Groups are published by whole closed months, and every report is made from what is published of them. So all reports
together, of whatever days, project, time or format, say no more than the published months do, and each of those is
protected by itself (`suppress`). What was decided lies in the entry that closed the month: it stays as it is when the
program, the settings or what is known of the month change, and it is the same on every tablet of a hub.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kiosk.language.translation import LANGUAGES
from kiosk.vocabulary import GROUPS
from kiosk.vocabulary.states import NOT_HELP, HelpStep, RequestKind, SlipKind, VisitWay

from .audit import ENOUGH, Audit, Place
from .disclosure_control import suppress
from .facts import Facts
from .model import Cell, Hidden

#: Guidance by number at the coordinator's door; it stands apart, as a municipality's duties are no project's work.
QUEUE = SlipKind.QUEUE
#: What is counted of the requests for help, and of the numbers for guidance.
STEPS = tuple(step for step in HelpStep if step is not HelpStep.QUARTERS)
QUEUE_STEPS = (HelpStep.ASKED, HelpStep.CONTACTED, HelpStep.DONE, HelpStep.CANCELLED)
#: The row of a published table that holds the sums of the others.
ALL = ""
#: The parts of each way of splitting people; "" is who said nothing.
PARTS = {
    "group": (*GROUPS, ""),
    "language": (*LANGUAGES, ""),
    "age": ("adults", "children"),
    "way": tuple(VisitWay),
}
#: The services that requests are for; of a few requests it is hidden which were not asked for as well.
HELP = tuple(kind for kind in RequestKind if kind not in NOT_HELP)
#: From how many cells on not every choice of those that nobody is in is looked at.
MOST_CELLS = 10
#: People by row and part.
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Amount:
    """A whole number that is known to lie between `low` and `high` (None: no limit is known). `sign` stands for a
    single figure that is hidden."""

    low: int
    high: int | None
    sign: Hidden | None = None

    def __add__(self, other: Amount) -> Amount:
        if NOTHING in (self, other):
            return self if other == NOTHING else other
        high = None if self.high is None or other.high is None else self.high + other.high
        return Amount(self.low + other.low, high)

    @property
    def cell(self) -> Cell:
        """How it is shown: the number, the sign that stands for it, or its range."""
        if self.low == self.high:
            return self.low
        if self.sign is not None:
            return self.sign
        if self.high is None:
            return f"≥{self.low}" if self.low else Hidden.KEPT
        return f"{self.low}–{self.high}"


NOTHING = Amount(0, 0)
#: What days come to that are not published.
UNKNOWN = Amount(0, None)


def total(amounts: Iterable[Amount]) -> Amount:
    """Return the sum."""
    return sum(amounts, NOTHING)


@dataclass(frozen=True)
class Row:
    """Cells as they may be shown; `people` is what they add up to, None where that is not told."""

    people: int | None
    cells: tuple[int | Hidden, ...]

    def amounts(self) -> list[Amount]:
        """Return what anybody can tell of each cell from the row."""
        whole = all(cell is Hidden.KEPT for cell in self.cells)
        low = [_low(cell, whole) for cell in self.cells]
        if self.people is None:
            return [Amount(least, _high(cell, None), _sign(cell)) for least, cell in zip(low, self.cells, strict=True)]
        high = [_high(cell, self.people) or 0 for cell in self.cells]
        spare, room = self.people - sum(low), sum(high) - self.people
        return [
            Amount(max(least, most - room), min(most, least + spare), _sign(cell))
            for least, most, cell in zip(low, high, self.cells, strict=True)
        ]


@dataclass(frozen=True)
class Published:
    """A closed month's table: people by row (a gathering) and part (a group), and the sums of the rows in ALL."""

    parts: tuple[str, ...]
    rows: dict[str, Row]

    def amounts(self, counts: Callable[[str], bool] = lambda row: True) -> dict[str, Amount]:
        """Return by part how many there are in the rows that count."""
        keys = [key for key in self.rows if key != ALL]
        chosen = [ALL] if all(map(counts, keys)) else [key for key in keys if counts(key)]
        columns = zip(*(self.rows[key].amounts() for key in chosen), strict=True)
        return {part: total(column) for part, column in zip(self.parts, columns, strict=False)}

    def people(self, counts: Callable[[str], bool]) -> int:
        """Return how many people the rows have that count."""
        return sum(row.people or 0 for key, row in self.rows.items() if key != ALL and counts(key))

    def said(self) -> dict[str, Any]:
        """Return it as the journal keeps it."""
        rows = {
            key: {
                "people": row.people,
                "cells": [cell.value if isinstance(cell, Hidden) else cell for cell in row.cells],
            }
            for key, row in self.rows.items()
        }
        return {"parts": list(self.parts), "rows": rows}


#: What is published of a month, by the name of the table: "group", "language", "age", "way", a step or QUEUE.
Month = dict[str, Published]


def decide(facts: Facts) -> Month:
    """Return what may be seen of the month that `facts` are of."""
    found = {name: _table(parts, counts) for name, (parts, counts) in _people(facts).items()}
    help_, queue = _help(facts)
    found |= {step: _table(tuple(sorted({*HELP, *help_[step]})), {step: help_[step]}) for step in STEPS}
    shown = tuple(Hidden.FEW if 0 < queue[step] < ENOUGH else queue[step] for step in QUEUE_STEPS)
    return found | {QUEUE: Published(QUEUE_STEPS, {ALL: Row(None, shown)})}


def published(facts: Facts) -> dict[str, Month]:
    """Return what is published of the whole closed months of a report, by month. A month that was closed before this was
    kept is decided again from the same entries, which comes to the same; as long as some of them have not come from the
    other tablets, nothing of it is shown."""
    found = {}
    for month in facts.whole_months():
        closing = facts.closings[month]
        if closing.shown is not None:
            found[month] = {name: _read(said) for name, said in closing.shown.items()}
        elif closing.complete:
            found[month] = decide(facts.as_closed(closing))
    return found


def said(month: Month) -> dict[str, Any]:
    """Return what is published of a month as the journal keeps it."""
    return {name: table.said() for name, table in month.items()}


def _read(said: dict[str, Any]) -> Published:
    rows = {
        key: Row(row["people"], tuple(Hidden(cell) if isinstance(cell, str) else cell for cell in row["cells"]))
        for key, row in said["rows"].items()
    }
    return Published(tuple(said["parts"]), rows)


def _people(facts: Facts) -> dict[str, tuple[tuple[str, ...], Counts]]:
    """Return people by gathering and part, for each way of splitting them. Corrections belong to no part."""
    found: dict[str, Any] = {name: defaultdict(lambda: defaultdict(int)) for name in PARTS}
    words, numbers = 'session, language, "group", way', "adults, children"
    for _, _day, session, language, group, way, adults, children in facts.visits(words, numbers):
        if way == "correction":
            continue
        row = gathering_of(session)
        found["age"][row]["adults"] += adults
        found["age"][row]["children"] += children
        for name, part in (("group", group), ("language", language), ("way", way)):
            found[name][row][part] += adults + children
    return {name: (_used(PARTS[name], rows), rows) for name, rows in found.items()}


def _help(facts: Facts) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Return requests by step and service, and numbers for guidance by step."""
    found: dict[str, dict[str, int]] = {step: defaultdict(int) for step in STEPS}
    queue: dict[str, int] = defaultdict(int)
    for _, service, step, people in facts.rows("ledger_help", "service, step", "people"):
        if service == QUEUE:
            queue[step] += people
        elif step in found:
            found[step][service] += people
    return found, queue


def _used(parts: tuple[str, ...], counts: Counts) -> tuple[str, ...]:
    """Return the parts that anybody is of, and as one alone cannot be hidden another beside it that nobody is of."""
    used = {part for row in counts.values() for part, people in row.items() if people}
    fill = [part for part in parts if part not in used]
    return tuple(sorted([*used, *fill[: max(0, 2 - len(used))]]))


def _table(parts: tuple[str, ...], counts: Counts) -> Published:
    """Hide what has to be hidden."""
    keys = [key for key in sorted(counts) if any(counts[key].values())]
    if not keys:
        return Published((), {ALL: Row(0, ())})
    numbers = [[counts[key].get(part, 0) for part in parts] for key in keys]
    people = [sum(row) for row in numbers]
    *cells, totals = hide(numbers)
    rows = {key: Row(max(0, many), tuple(row)) for key, many, row in zip(keys, people, cells, strict=True)}
    return Published(parts, rows | {ALL: Row(max(0, sum(people)), tuple(totals))})


def hide(numbers: list[list[int]]) -> list[list[int | Hidden]]:
    """Return the rows and their totals as they may be shown. A project counts some rows, or some parts of a single row:
    their sums have to be hidden too where they are small. What hides most of all is tried last."""
    nothing: list[list[int | Hidden]] = [[Hidden.KEPT] * len(numbers[0]) for _ in (*numbers, ())]
    if min(map(min, numbers)) < 0:  # entries of two tablets, of which one has not all: nothing can be said of it
        return nothing
    cells, totals = suppress(numbers)
    first = _hide_more(numbers, [*cells, totals])
    only_sums = [*nothing[:-1], suppress([[sum(column) for column in zip(*numbers, strict=True)]])[1]]
    return next((one for one in (first, only_sums) if one is not None and not _given_away(numbers, one)), nothing)


def _hide_more(numbers: list[list[int]], shown: list[list[int | Hidden]]) -> list[list[int | Hidden]] | None:
    """Hide the smallest other figures beside sums that would be given away, one by one; None where that is no help."""
    while given := _given_away(numbers, shown):
        columns = {j for _, j in given} if len(numbers) > 1 else set(range(len(numbers[0])))
        seen = [
            (cell, i, j)
            for i, row in enumerate(shown)
            for j, cell in enumerate(row)
            if j in columns and isinstance(cell, int) and cell >= ENOUGH
        ]
        if not seen:
            return None
        _, i, j = min(seen, key=lambda one: (one[1] == len(numbers), one))
        for at in (i, len(numbers)) if len(numbers) == 1 else (i,):
            shown[at][j] = Hidden.KEPT
    return shown


def _given_away(numbers: list[list[int]], shown: list[list[int | Hidden]]) -> list[Place]:
    """Return the cells of a small sum that can be worked out, none when there is no such sum."""
    audit = Audit(numbers, shown)
    return next((list(places) for places in _small_sums(numbers, shown) if not audit.hides(places)), [])


def _small_sums(numbers: list[list[int]], shown: list[list[int | Hidden]]) -> Iterator[tuple[Place, ...]]:
    """Yield the cells of every small sum that some project may be of: of a column, or of a row where there is but one.
    Hidden cells in which there is nobody belong to it as well, in every way, or all of them where they are many."""
    height, width = len(numbers), len(numbers[0])
    lines = [[(i, j) for i in range(height)] for j in range(width)] if height > 1 else [[(0, j) for j in range(width)]]
    for line in lines:
        few = [(i, j) for i, j in line if 0 < numbers[i][j] < ENOUGH]
        nobody = [(i, j) for i, j in line if not numbers[i][j] and isinstance(shown[i][j], Hidden)]
        many = len(few) + len(nobody) > MOST_CELLS
        beside = [(), tuple(nobody)] if many else list(_subsets(nobody, len(nobody)))
        for places in _subsets(few, ENOUGH - 1):
            if 0 < sum(numbers[i][j] for i, j in places) < ENOUGH:
                yield from ((*places, *more) for more in beside if height > 1 or len(places) + len(more) < width)


def _subsets(places: list[Place], most: int) -> Iterator[tuple[Place, ...]]:
    """Yield every choice of at most so many places, that of none too."""
    for count in range(most + 1):
        yield from combinations(places, count)


def gathering_of(session: str) -> str:
    """Return the gathering in a session's id, which is gathering:date:HHMM."""
    return session[:-16]


def _low(cell: int | Hidden, whole: bool) -> int:
    if isinstance(cell, Hidden):
        return 1 if cell is Hidden.FEW else 0 if whole else ENOUGH
    return cell


def _high(cell: int | Hidden, most: int | None) -> int | None:
    if isinstance(cell, Hidden):
        return ENOUGH - 1 if cell is Hidden.FEW else most
    return cell


def _sign(cell: int | Hidden) -> Hidden | None:
    return cell if isinstance(cell, Hidden) else None
