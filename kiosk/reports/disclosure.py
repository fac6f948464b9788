"""Disclosure control of small groups: decided once for each month, when it is closed.

Groups are published by whole closed months only, and every report is computed from these published tables. So all
reports together, of any period, project or format, disclose no more than the published months, each of which is
protected by itself (`suppress`). The decision is stored in the entry that closed the month: it does not change with the
program, the settings or later entries, and is the same on every tablet of a hub.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kiosk.language.translation import LANGUAGES
from kiosk.vocabulary import GROUPS, groups_of
from kiosk.vocabulary.states import NOT_HELP, HelpStep, RequestKind, SlipKind, VisitWay

from .audit import ENOUGH, Audit, Place
from .disclosure_control import suppress
from .facts import Facts
from .model import Cell, Hidden

#: Guidance by queue number; separate, since a municipal duty is not a project's work.
QUEUE = SlipKind.QUEUE
#: Steps counted of requests for help, and of queue numbers.
STEPS = tuple(step for step in HelpStep if step is not HelpStep.QUARTERS)
QUEUE_STEPS = (HelpStep.ASKED, HelpStep.CONTACTED, HelpStep.DONE, HelpStep.CANCELLED)
#: Key of the row of totals in a published table.
ALL = ""
#: The name of the table of one group, and the breakdown under which the tables of all groups are read.
GROUP = "group"
ONE_GROUP = "group:{}"
#: Categories of each breakdown of people; "" is no answer. A party may belong to several groups, so each group has a
#: table of its own: the people of parties in it, and all others (""). How many belong to no group is not published: with
#: it, one group could be computed from the others.
PARTS: dict[str, tuple[str, ...]] = {
    **{ONE_GROUP.format(group): (group, "") for group in GROUPS},
    "language": (*LANGUAGES, ""),
    "age": ("adults", "children"),
    "way": tuple(VisitWay),
}
#: The same for months closed by a program that knew one group of a party, and published them in one table.
EARLIER_PARTS = {GROUP: (*GROUPS, "")} | {name: PARTS[name] for name in ("language", "age", "way")}
#: Services of requests; with few requests, services without any are suppressed too.
HELP = tuple(kind for kind in RequestKind if kind not in NOT_HELP)
#: Number of cells from which not every subset of empty cells is examined.
MOST_CELLS = 10
#: People by row and category.
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Amount:
    """A whole number between `low` and `high` (None: no limit known). `sign` is the sign of a single suppressed
    figure."""

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
        """Return the displayed cell: the number, the sign, or its range."""
        if self.low == self.high:
            return self.low
        if self.sign is not None:
            return self.sign
        if self.high is None:
            return f"≥{self.low}" if self.low else Hidden.KEPT
        return f"{self.low}–{self.high}"


NOTHING = Amount(0, 0)
#: The amount of unpublished days.
UNKNOWN = Amount(0, None)


def total(amounts: Iterable[Amount]) -> Amount:
    """Return the sum."""
    return sum(amounts, NOTHING)


@dataclass(frozen=True)
class Row:
    """Publishable cells; `people` is their sum, None if it is suppressed."""

    people: int | None
    cells: tuple[int | Hidden, ...]

    def amounts(self) -> list[Amount]:
        """Return what a reader can infer about each cell from the row."""
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
    """The table of a closed month: people by row (gathering) and category (group), with the totals in ALL."""

    parts: tuple[str, ...]
    rows: dict[str, Row]

    def amounts(self, counts: Callable[[str], bool] = lambda row: True) -> dict[str, Amount]:
        """Return the amount of each category in the rows that count."""
        keys = [key for key in self.rows if key != ALL]
        chosen = [ALL] if all(map(counts, keys)) else [key for key in keys if counts(key)]
        columns = zip(*(self.rows[key].amounts() for key in chosen), strict=True)
        return {part: total(column) for part, column in zip(self.parts, columns, strict=False)}

    def people(self, counts: Callable[[str], bool]) -> int:
        """Return the number of people in the rows that count."""
        return sum(row.people or 0 for key, row in self.rows.items() if key != ALL and counts(key))

    def said(self) -> dict[str, Any]:
        """Return the journal payload."""
        rows = {
            key: {
                "people": row.people,
                "cells": [cell.value if isinstance(cell, Hidden) else cell for cell in row.cells],
            }
            for key, row in self.rows.items()
        }
        return {"parts": list(self.parts), "rows": rows}


#: The published tables of a month by name: of PARTS, a step or QUEUE.
Month = dict[str, Published]


def amounts(month: Month, breakdown: str, counts: Callable[[str], bool]) -> dict[str, Amount]:
    """Return the amount of each category of a breakdown in the rows that count; GROUP is one of the tables of all
    groups, or the one table of an earlier program."""
    if breakdown in month:
        return month[breakdown].amounts(counts)
    every = ((group, month[ONE_GROUP.format(group)].amounts(counts)) for group in GROUPS)
    return {group: said.get(group, NOTHING) for group, said in every} | {"": UNKNOWN}


def decide(facts: Facts, breakdowns: Mapping[str, tuple[str, ...]] = PARTS) -> Month:
    """Decide the published tables of the month that `facts` cover."""
    found = {name: _table(parts, counts) for name, (parts, counts) in _people(facts, breakdowns).items()}
    help_, queue = _help(facts)
    found |= {step: _table(tuple(sorted({*HELP, *help_[step]})), {step: help_[step]}) for step in STEPS}
    shown = tuple(Hidden.FEW if 0 < queue[step] < ENOUGH else queue[step] for step in QUEUE_STEPS)
    return found | {QUEUE: Published(QUEUE_STEPS, {ALL: Row(None, shown)})}


def published(facts: Facts) -> dict[str, Month]:
    """Return the published tables of a report's whole closed months, by month. For a month closed by an older program
    they are decided again from the same entries, with the same result; while entries of other tablets are missing,
    nothing of it is published."""
    found = {}
    for month in facts.whole_months():
        closing = facts.closings[month]
        if closing.shown is not None:
            found[month] = {name: _read(said) for name, said in closing.shown.items()}
        elif closing.complete:
            found[month] = decide(facts.as_closed(closing), EARLIER_PARTS)
    return found


def said(month: Month) -> dict[str, Any]:
    """Return the journal payload of a month's published tables."""
    return {name: table.said() for name, table in month.items()}


def _read(said: dict[str, Any]) -> Published:
    rows = {
        key: Row(row["people"], tuple(Hidden(cell) if isinstance(cell, str) else cell for cell in row["cells"]))
        for key, row in said["rows"].items()
    }
    return Published(tuple(said["parts"]), rows)


def _people(facts: Facts, breakdowns: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], Counts]]:
    """Return people by gathering and category of each breakdown. Corrections belong to no category."""
    found: dict[str, Any] = {name: defaultdict(lambda: defaultdict(int)) for name in breakdowns}
    words, numbers = 'session, language, "group", way', "adults, children"
    for _, _day, session, language, group, way, adults, children in facts.visits(words, numbers):
        if way == "correction":
            continue
        row = gathering_of(session)
        found["age"][row]["adults"] += adults
        found["age"][row]["children"] += children
        said = {GROUP: group, "language": language, "way": way} | _membership(group)
        for name in breakdowns.keys() & said:
            found[name][row][said[name]] += adults + children
    return {name: (_used(breakdowns[name], rows), rows) for name, rows in found.items()}


def _membership(word: str) -> dict[str, str]:
    """Return the category of a party in the table of each group."""
    mine = groups_of(word)
    return {ONE_GROUP.format(group): group if group in mine else "" for group in GROUPS}


def _help(facts: Facts) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Return requests by step and service, and queue numbers by step."""
    found: dict[str, dict[str, int]] = {step: defaultdict(int) for step in STEPS}
    queue: dict[str, int] = defaultdict(int)
    for _, service, step, people in facts.rows("ledger_help", "service, step", "people"):
        if service == QUEUE:
            queue[step] += people
        elif step in found:
            found[step][service] += people
    return found, queue


def _used(parts: tuple[str, ...], counts: Counts) -> tuple[str, ...]:
    """Return the non-empty categories; if there is only one, an empty one with it, since a single one cannot be
    suppressed."""
    used = {part for row in counts.values() for part, people in row.items() if people}
    fill = [part for part in parts if part not in used]
    return tuple(sorted([*used, *fill[: max(0, 2 - len(used))]]))


def _table(parts: tuple[str, ...], counts: Counts) -> Published:
    """Return the table with suppressed cells."""
    keys = [key for key in sorted(counts) if any(counts[key].values())]
    if not keys:
        return Published((), {ALL: Row(0, ())})
    numbers = [[counts[key].get(part, 0) for part in parts] for key in keys]
    people = [sum(row) for row in numbers]
    *cells, totals = hide(numbers)
    rows = {key: Row(max(0, many), tuple(row)) for key, many, row in zip(keys, people, cells, strict=True)}
    return Published(parts, rows | {ALL: Row(max(0, sum(people)), tuple(totals))})


def hide(numbers: list[list[int]]) -> list[list[int | Hidden]]:
    """Return rows and totals with suppressed cells. A project counts some rows, or some categories of a single row, so
    small sums of these are protected too. Alternatives are tried in order of information loss."""
    nothing: list[list[int | Hidden]] = [[Hidden.KEPT] * len(numbers[0]) for _ in (*numbers, ())]
    if min(map(min, numbers)) < 0:  # entries of another tablet are missing: publish nothing
        return nothing
    cells, totals = suppress(numbers)
    first = _hide_more(numbers, [*cells, totals])
    only_sums = [*nothing[:-1], suppress([[sum(column) for column in zip(*numbers, strict=True)]])[1]]
    return next((one for one in (first, only_sums) if one is not None and not _given_away(numbers, one)), nothing)


def _hide_more(numbers: list[list[int]], shown: list[list[int | Hidden]]) -> list[list[int | Hidden]] | None:
    """Suppress further cells, smallest first, to protect disclosed sums; None if that is not enough."""
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
    """Return the cells of a small sum that can be computed, empty without one."""
    audit = Audit(numbers, shown)
    return next((list(places) for places in _small_sums(numbers, shown) if not audit.hides(places)), [])


def _small_sums(numbers: list[list[int]], shown: list[list[int | Hidden]]) -> Iterator[tuple[Place, ...]]:
    """Yield the cells of every small sum that a project may have: of a column, or of a row if there is only one.
    Suppressed empty cells are included in every combination, or all together if they are many."""
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
    """Yield every subset of at most `most` places, the empty one included."""
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
