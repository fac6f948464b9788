"""Disclosure audit: can a reader compute a small sum of suppressed cells?

Unknown to the reader are the suppressed cells; known are the row sums, the cells shown, and the range of each sign. A
sum is protected if another table with a different sum looks the same: one is searched for by moving single people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from .model import Hidden

#: Disclosure threshold: smaller figures are suppressed, people.
ENOUGH = 5
#: Limits of the search: people moved, and attempts. A sum without another table found counts as disclosed.
MOST_MOVES, MOST_TRIES = 8, 3000

Place = tuple[int, int]
#: Cells, and the minimum and maximum of their sum.
Constraint = tuple[frozenset[Place], int, int]
Shown = Sequence[Sequence[int | Hidden]]


class Audit:
    """A table of `numbers` without totals, and the table as `shown`, with totals in the last row."""

    def __init__(self, numbers: Sequence[Sequence[int]], shown: Shown) -> None:
        self._values = {(i, j): value for i, row in enumerate(numbers) for j, value in enumerate(row)}
        self._sums: list[Constraint] = []
        self._limits: dict[Place, tuple[int, int]] = {}
        self._height, self._width = height, width = len(numbers), len(shown[0])
        self._partners = cache(self._rows_to_swap_with)
        most = sum(self._values.values())
        for i, row in enumerate(shown):
            whole = all(cell is Hidden.KEPT for cell in row)
            for j, cell in enumerate(row):
                cells = {(i, j)} if i < height else {(above, j) for above in range(height)}
                self._limits[i, j] = _bounds(cell, whole, most)
                self._learn(cells, *self._limits[i, j])
        for i in range(height):
            total = sum(numbers[i])
            self._learn({(i, j) for j in range(width)}, total, total)

    def hides(self, places: Collection[Place]) -> bool:
        """Return whether the sum of some cells has more than one possible value for a reader."""
        rows = {i for i, _ in places}
        if any(self._partners(place) - rows for place in places):
            return True
        value = sum(self._values[place] for place in places)
        return any(self._other(frozenset(places), value + step) for step in (1, -1))

    def _rows_to_swap_with(self, place: Place) -> set[int]:
        """Return the rows with which one person can be exchanged in another column: the usual case, and a fast one."""
        i, j = place
        return {
            other
            for other in range(self._height)
            for k in range(self._width)
            for step in (1, -1)
            if other != i
            and k != j
            and self._may(i, j, step)
            and self._may(i, k, -step)
            and self._may(other, j, -step)
            and self._may(other, k, step)
        }

    def _may(self, i: int, j: int, step: int) -> bool:
        low, high = self._limits[i, j]
        return low <= self._values[i, j] + step <= high

    def _learn(self, cells: set[Place], low: int, high: int) -> None:
        self._sums.append((frozenset(cells), low, high))

    def _other(self, places: frozenset[Place], value: int) -> bool:
        search = _Search(self._values, [*self._sums, (places, value, value)])
        return any(search.mends(deep) for deep in range(1, MOST_MOVES + 1))


class _Search:
    """A search for a table that satisfies some constraints, of at most MOST_TRIES attempts. The sums, and which
    constraints they violate, are kept up to date while people are moved."""

    def __init__(self, values: Mapping[Place, int], constraints: Sequence[Constraint]) -> None:
        self._values, self._constraints = values, constraints
        self._sums = [sum(values[place] for place in cells) for cells, _, _ in constraints]
        self._with: dict[Place, list[int]] = {place: [] for place in values}
        for number, (cells, _, _) in enumerate(constraints):
            for place in cells:
                self._with[place].append(number)
        self._moved: set[Place] = set()
        self._violated: set[int] = set()
        self._left = MOST_TRIES
        for number in range(len(constraints)):
            self._judge(number)

    def mends(self, deep: int) -> bool:
        """Return whether moving at most `deep` more people satisfies every constraint; a cell changes by at most
        one. The smallest violated constraint is corrected first."""
        self._left -= 1
        if not self._violated or not deep or self._left < 0:
            return not self._violated
        number = min(self._violated, key=lambda one: (len(self._constraints[one][0]), one))
        cells, low, _ = self._constraints[number]
        step = 1 if self._sums[number] < low else -1
        for place in sorted(cells - self._moved):
            if self._values[place] + step >= 0 and self._mends_with(place, step, deep):
                return True
        return False

    def _mends_with(self, place: Place, step: int, deep: int) -> bool:
        self._moved.add(place)
        self._move(place, step)
        if self.mends(deep - 1):
            return True
        self._move(place, -step)
        self._moved.remove(place)
        return False

    def _move(self, place: Place, step: int) -> None:
        for number in self._with[place]:
            self._sums[number] += step
            self._judge(number)

    def _judge(self, number: int) -> None:
        _, low, high = self._constraints[number]
        if low <= self._sums[number] <= high:
            self._violated.discard(number)
        else:
            self._violated.add(number)


def _bounds(cell: int | Hidden, whole: bool, most: int) -> tuple[int, int]:
    if not isinstance(cell, Hidden):
        return cell, cell
    return (1, ENOUGH - 1) if cell is Hidden.FEW else (0 if whole else ENOUGH, most + ENOUGH)
