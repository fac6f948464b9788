"""Somebody who has every report and wants to know the small numbers in it: what is said is a system of sums of whole
numbers with bounds, and it is solved for each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from fractions import Fraction

Cell = Hashable
MOST = 10_000


class System:
    """Unknown whole numbers, none below 0, and what is known of sums of them."""

    def __init__(self) -> None:
        self.low: dict[Cell, int] = {}
        self.high: dict[Cell, int] = {}
        #: By the cells of a sum the least and the most it can be.
        self.sums: dict[frozenset[Cell], tuple[int, int]] = {}

    def add(self, cells: Iterable[Cell], low: int, high: int | None) -> None:
        """Learn that the cells add up to something from `low` to `high` (None: to anything above)."""
        key = frozenset(cells)
        for cell in key:
            self.low.setdefault(cell, 0)
            self.high.setdefault(cell, MOST)
        least, most = self.sums.get(key, (0, len(key) * MOST))
        self.sums[key] = max(least, low), min(most, most if high is None else high)

    def copy(self) -> System:
        """Return a system that can learn more without this one."""
        other = System()
        other.low, other.high, other.sums = dict(self.low), dict(self.high), dict(self.sums)
        return other

    def holds(self, truth: dict[Cell, int]) -> bool:
        """Tell whether what is known is true."""
        return all(low <= sum(truth[cell] for cell in cells) <= high for cells, (low, high) in self.sums.items())

    # solving

    def known(self) -> dict[Cell, int]:
        """Return the cells that bounds and elimination leave one value."""
        while self._narrow() or self._eliminate():
            pass
        return {cell: low for cell, low in self.low.items() if low == self.high[cell]}

    def _narrow(self) -> bool:
        """Draw the bounds of cells and of sums together; tell whether that changed anything."""
        changed = False
        for cells, (low, high) in self.sums.items():
            least, most = sum(self.low[cell] for cell in cells), sum(self.high[cell] for cell in cells)
            for cell in cells:
                down, up = low - (most - self.high[cell]), high - (least - self.low[cell])
                if down > self.low[cell] or up < self.high[cell]:
                    changed = True
                    least, most = least - self.low[cell], most - self.high[cell]
                    self.low[cell], self.high[cell] = max(down, self.low[cell]), min(up, self.high[cell])
                    assert self.low[cell] <= self.high[cell], "what is shown contradicts itself"
                    least, most = least + self.low[cell], most + self.high[cell]
        return changed

    def _eliminate(self) -> bool:
        """Solve the equations among the cells that are not known yet, exactly."""
        rows = []
        for cells, (low, high) in self.sums.items():
            if low == high:
                open_ = {cell: Fraction(1) for cell in cells if self.low[cell] < self.high[cell]}
                rest = low - sum(self.low[cell] for cell in cells if cell not in open_)
                if open_:
                    rows.append((open_, Fraction(rest)))
        changed = False
        for part in _parts(rows):
            for row, value in _reduced(part):
                if len(row) == 1:
                    [(cell, factor)] = row.items()
                    self.low[cell] = self.high[cell] = int(value / factor)
                    changed = True
        return changed

    def another_world(self, target: Collection[Cell], truth: dict[Cell, int], depth: int = 9) -> dict[Cell, int] | None:
        """Return values for which everything known holds as well, but the `target` cells add up to another number than
        they do in truth; None when none was found by moving `depth` numbers by one."""
        mine = frozenset(target)
        touching: dict[Cell, list[frozenset[Cell]]] = defaultdict(list)
        for cells in self.sums:
            for one in cells:
                touching[one].append(cells)
        sums = {cells: sum(truth[one] for one in cells) for cells in self.sums}

        def move(one: Cell, step: int, moved: dict[Cell, int]) -> bool:
            moved[one] = step
            for cells in touching[one]:
                sums[cells] += step
            return truth[one] + step >= 0

        def back(one: Cell, moved: dict[Cell, int]) -> None:
            step = moved.pop(one)
            for cells in touching[one]:
                sums[cells] -= step

        def mended(moved: dict[Cell, int], left: int) -> bool:
            wrong = [
                cells
                for one in moved
                for cells in touching[one]
                if not self.sums[cells][0] <= sums[cells] <= self.sums[cells][1]
            ]
            if not wrong:
                return sum(moved.get(one, 0) for one in mine) != 0
            if not left:
                return False
            cells = min(wrong, key=len)
            step = 1 if sums[cells] < self.sums[cells][0] else -1
            for one in sorted(cells - moved.keys(), key=lambda one: (one in mine, repr(one))):
                if move(one, step, moved) and mended(moved, left - 1):
                    return True
                back(one, moved)
            return False

        for deep in range(1, depth + 1):
            for cell in sorted(mine, key=repr):
                for step in (1, -1):
                    moved: dict[Cell, int] = {}
                    if move(cell, step, moved) and mended(moved, deep):
                        return truth | {one: truth[one] + by for one, by in moved.items()}
                    back(cell, moved)
        return None


Equation = tuple[dict[Cell, Fraction], Fraction]


def _parts(rows: list[Equation]) -> list[list[Equation]]:
    """Return the equations in groups that have no cell in common."""
    group: dict[Cell, Cell] = {}

    def root(cell: Cell) -> Cell:
        while group.setdefault(cell, cell) != cell:
            cell = group[cell]
        return cell

    for row, _ in rows:
        first, *others = row
        for cell in others:
            group[root(cell)] = root(first)
    found: dict[Cell, list[Equation]] = defaultdict(list)
    for row, value in rows:
        found[root(next(iter(row)))].append((row, value))
    return list(found.values())


def _reduced(rows: list[Equation]) -> list[Equation]:
    """Return the equations after Gauss and Jordan."""
    done: list[tuple[Cell, Equation]] = []
    for row, value in rows:
        for pivot, equation in done:
            row, value = _without(pivot, (row, value), equation)
        if not row:
            assert value == 0, "what is shown contradicts itself"
            continue
        pivot = next(iter(row))
        factor = row[pivot]
        new = {cell: number / factor for cell, number in row.items()}, value / factor
        done = [(other, _without(pivot, equation, new)) for other, equation in done]
        done.append((pivot, new))
    return [equation for _, equation in done]


def _without(pivot: Cell, equation: Equation, by: Equation) -> Equation:
    row, value = equation
    factor = row.get(pivot)
    if not factor:
        return equation
    new = dict(row)
    for cell, number in by[0].items():
        new[cell] = new.get(cell, Fraction(0)) - factor * number
        if not new[cell]:
            del new[cell]
    return new, value - factor * by[1]
