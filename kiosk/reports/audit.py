"""Disclosure audit: can a reader compute a small sum of suppressed cells?

Unknown to the reader are the suppressed cells; known are the row sums, the cells shown, and the range of each sign. A
sum is protected if another table with a different sum looks the same: one is searched for by moving single people.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from .model import Hidden

#: Disclosure threshold: smaller figures are suppressed, people.
ENOUGH = 5
#: Limits of the search: people moved, and attempts. A sum without another table found counts as disclosed.
MOST_MOVES, MOST_TRIES = 8, 3000

Place = tuple[int, int]
Shown = Sequence[Sequence[int | Hidden]]


class Audit:
    """A table of `numbers` without totals, and the table as `shown`, with totals in the last row."""

    def __init__(self, numbers: Sequence[Sequence[int]], shown: Shown) -> None:
        self._values = {(i, j): value for i, row in enumerate(numbers) for j, value in enumerate(row)}
        #: Constraints: (cells, minimum, maximum of their sum).
        self._sums: list[tuple[frozenset[Place], int, int]] = []
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
        sums = [*self._sums, (places, value, value)]
        left = [MOST_TRIES]
        return any(self._mend(sums, {}, deep, left) for deep in range(1, MOST_MOVES + 1))

    def _mend(
        self, sums: list[tuple[frozenset[Place], int, int]], moved: dict[Place, int], deep: int, left: list[int]
    ) -> bool:
        """Return whether moving at most `deep` more people satisfies every constraint; a cell changes by at most
        one."""
        left[0] -= 1
        wrong = self._wrong(sums, moved)
        if wrong is None or not deep or left[0] < 0:
            return wrong is None
        cells, step = wrong
        for place in sorted(cells - moved.keys()):
            if self._values[place] + step >= 0 and self._mend(sums, moved | {place: step}, deep - 1, left):
                return True
        return False

    def _wrong(
        self, sums: list[tuple[frozenset[Place], int, int]], moved: dict[Place, int]
    ) -> tuple[frozenset[Place], int] | None:
        """Return the smallest violated constraint and the direction to correct it; None if all hold."""
        found: tuple[frozenset[Place], int] | None = None
        for cells, low, high in sums:
            value = sum(self._values[place] + moved.get(place, 0) for place in cells)
            if not low <= value <= high and (found is None or len(cells) < len(found[0])):
                found = cells, 1 if value < low else -1
        return found


def _bounds(cell: int | Hidden, whole: bool, most: int) -> tuple[int, int]:
    if not isinstance(cell, Hidden):
        return cell, cell
    return (1, ENOUGH - 1) if cell is Hidden.FEW else (0 if whole else ENOUGH, most + ENOUGH)
