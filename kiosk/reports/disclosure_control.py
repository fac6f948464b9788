"""Cell suppression: figures from 1 to 4 are suppressed (primary), and as many others as are needed so that they cannot
be computed from the totals (secondary).

The table is a network: rows, columns and the row of totals are nodes, and each cell is an edge between two of them. A
suppressed cell cannot be computed exactly if it lies on a cycle along which one person can be moved without a change of
anything shown. So for each small cell the cheapest such cycle is searched, and its cells are suppressed too. The row
sums are published elsewhere and are always known.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

from .audit import ENOUGH
from .model import Hidden

_Place = tuple[int, int]
_Node = tuple[str, int]


class _Table:
    """A table whose last row holds the totals of the columns. `open_rows` are suppressed as a whole, zeros too."""

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        self.cells = [list(row) for row in rows]
        self.cells.append([sum(column) for column in zip(*rows, strict=True)])
        self.totals, self.width = len(rows), len(self.cells[0])
        self.kept: set[_Place] = set()
        self.open_rows: set[int] = set()

    def small(self) -> list[_Place]:
        return [(i, j) for i, row in enumerate(self.cells) for j, cell in enumerate(row) if 0 < cell < ENOUGH]

    def can_move(self, place: _Place, step: int) -> bool:
        """Return whether, for a reader, a suppressed cell can be one more or one less."""
        value = self.cells[place[0]][place[1]] + step
        if place[0] in self.open_rows:
            return value >= 0
        small = 0 < value - step < ENOUGH
        return 0 < value < ENOUGH if small else value >= ENOUGH

    def cost(self, place: _Place) -> int | None:
        """Return the cost of suppressing a cell, 0 for one that is suppressed; None for one that cannot help."""
        value = self.cells[place[0]][place[1]]
        if place[0] in self.open_rows or place in self.kept or 0 < value < ENOUGH:
            return 0
        return value if value >= ENOUGH else None

    def ends(self, place: _Place, step: int) -> tuple[_Node, _Node]:
        """Return the nodes between which a person moves when the cell becomes one more (`step` 1) or one less (-1)."""
        row, column = ("row", place[0]), ("column", place[1])
        along = (step == 1) != (place[0] == self.totals)
        return (row, column) if along else (column, row)

    def steps(self, node: _Node) -> Iterator[tuple[_Place, _Node, int]]:
        """Yield (cell, next node, cost) of every edge of a node."""
        kind, at = node
        places = [(at, j) for j in range(self.width)] if kind == "row" else [(i, at) for i in range(len(self.cells))]
        for place in places:
            cost = self.cost(place)
            for step in (1, -1):
                start, end = self.ends(place, step)
                if start == node and cost is not None and self.can_move(place, step):
                    yield place, end, cost

    def cycle(self, place: _Place) -> list[_Place] | None:
        """Return the cells of the cheapest cycle through this one; None when there is none."""
        found = [
            path
            for step in (1, -1)
            if self.can_move(place, step)
            for path in [self._path(place, *reversed(self.ends(place, step)))]
            if path is not None
        ]
        return min(found)[1] if found else None

    def _path(self, without: _Place, start: _Node, goal: _Node) -> tuple[int, list[_Place]] | None:
        """Return (cost, cells) of the cheapest path between two nodes without the cell `without`."""
        queue: list[tuple[int, int, _Node, list[_Place]]] = [(0, 0, start, [])]
        seen: set[_Node] = set()
        while queue:
            cost, length, node, path = heapq.heappop(queue)
            if node == goal:
                return cost, path
            if node in seen:
                continue
            seen.add(node)
            for place, end, more in self.steps(node):
                if place != without and end not in seen:
                    heapq.heappush(queue, (cost + more, length + 1, end, [*path, place]))
        return None

    def protect(self, place: _Place) -> None:
        """Suppress the cells that protect a small cell; whole rows if single cells are not enough."""
        others = sorted(range(self.totals), key=lambda row: sum(self.cells[row]))
        for row in (None, place[0], self.totals, *others):
            if row is not None:
                self.open_rows.add(row)
            cells = self.cycle(place)
            if cells is not None:
                self.kept.update(cells)
                return

    def shown(self, place: _Place) -> int | Hidden:
        value = self.cells[place[0]][place[1]]
        if place[0] in self.open_rows:
            return Hidden.KEPT
        if 0 < value < ENOUGH:
            return Hidden.FEW
        return Hidden.KEPT if place in self.kept else value


def suppress(rows: Sequence[Sequence[int]]) -> tuple[list[list[int | Hidden]], list[int | Hidden]]:
    """Return the cells and column totals with suppressed ones. `rows` are non-negative numbers of people, two columns
    or more."""
    found = _Table(rows)
    for place in found.small():
        found.protect(place)
    shown = [[found.shown((i, j)) for j in range(found.width)] for i in range(len(found.cells))]
    return shown[:-1], shown[-1]
