"""Small groups: an attacker who knows the rules and solves the table for each hidden cell learns none of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from kiosk.reports.disclosure_control import suppress
from kiosk.reports.model import Hidden

Shown = tuple[list[list[int | Hidden]], list[int | Hidden]]


def attack(shown: Shown, row_totals: list[int]) -> dict[tuple[int, int], tuple[float, float]]:
    """Return the least and the most that each hidden cell can be, from all that is shown, the rules of hiding and the
    sums of the rows. Row -1 are the totals of the columns."""
    cells = [*shown[0], shown[1]]
    height, width = len(cells), len(cells[0])
    least, most = np.zeros(height * width), np.full(height * width, 10_000.0)
    for i, row in enumerate(cells):
        whole = all(cell is Hidden.KEPT for cell in row)
        for j, cell in enumerate(row):
            at = i * width + j
            if cell is Hidden.FEW:
                least[at], most[at] = 1, 4
            elif cell is Hidden.KEPT:
                least[at] = 0 if whole else 5
            else:
                least[at] = most[at] = cell
    rules, sums = [], []
    for i in range(height):
        rules.append([float(at // width == i) for at in range(height * width)])
        sums.append(sum(row_totals) if i == height - 1 else row_totals[i])
    for j in range(width):
        rules.append([(-1.0 if at // width == height - 1 else 1.0) * (at % width == j) for at in range(height * width)])
        sums.append(0)
    found = {}
    for i, row in enumerate(cells):
        for j, cell in enumerate(row):
            if isinstance(cell, Hidden):
                aim = np.zeros(height * width)
                aim[i * width + j] = 1
                ends = [
                    milp(
                        sign * aim, constraints=LinearConstraint(np.array(rules), sums, sums),
                        bounds=Bounds(least, most), integrality=np.ones(height * width),
                    )
                    for sign in (1, -1)
                ]  # fmt: skip
                assert all(end.success for end in ends), "what is shown contradicts itself"
                found[i if i < height - 1 else -1, j] = (round(ends[0].fun), round(-ends[1].fun))
    return found


def check(rows: list[list[int]]) -> Shown:
    shown = suppress(rows)
    known = attack(shown, [sum(row) for row in rows])
    true = {(i, j): cell for i, row in enumerate(rows) for j, cell in enumerate(row)}
    true |= {(-1, j): sum(column) for j, column in enumerate(zip(*rows, strict=True))}
    for place, value in true.items():
        if 0 < value < 5:
            least, most = known[place]  # a small cell that is shown is not in here
            assert least <= value <= most
            assert least < most, f"{place} was worked out: {value}"
        elif place not in known:
            row = shown[1] if place[0] == -1 else shown[0][place[0]]
            assert row[place[1]] == value
    return shown


def test_a_small_cell_takes_another_of_its_row_and_its_column_along() -> None:
    few, kept = Hidden.FEW, Hidden.KEPT
    assert check([[2, 20, 30], [40, 10, 60], [70, 80, 90]]) == (
        [[few, kept, 30], [kept, kept, 60], [70, 80, 90]],
        [112, 110, 180],
    )


def test_nothing_is_hidden_without_need() -> None:
    assert suppress([[0, 5, 6], [7, 0, 8]]) == ([[0, 5, 6], [7, 0, 8]], [7, 5, 14])
    assert suppress([[2, 3], [3, 2]]) == ([[Hidden.FEW] * 2] * 2, [5, 5])


@pytest.mark.parametrize(
    "rows",
    [
        [[3, 0]],
        [[3, 0], [0, 0]],
        [[3, 0], [9, 0]],
        [[0, 0], [0, 3], [9, 9]],
        [[1, 5]],
        [[4, 4, 4]],
        [[2, 0, 0], [0, 2, 0]],
    ],
)
def test_where_a_single_cell_is_not_enough_whole_rows_are_hidden(rows: list[list[int]]) -> None:
    check(rows)


COUNT = st.one_of(st.integers(0, 6), st.integers(0, 40))


@st.composite
def tables(draw: st.DrawFn, height: int = 5, width: int = 4) -> list[list[int]]:
    columns = draw(st.integers(2, width))
    return draw(st.lists(st.lists(COUNT, min_size=columns, max_size=columns), min_size=1, max_size=height))


@given(tables())
@settings(max_examples=60, deadline=None)
def test_no_small_cell_can_be_worked_out(rows: list[list[int]]) -> None:
    check(rows)


@pytest.mark.long
@given(tables(height=12, width=7))
@settings(max_examples=400, deadline=None)
def test_no_small_cell_of_a_large_table_can_be_worked_out(rows: list[list[int]]) -> None:
    check(rows)
