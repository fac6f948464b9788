"""Small groups: an attacker who knows the rules and solves the table for each hidden cell learns none of them."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.reports.disclosure import hide
from kiosk.reports.disclosure_control import suppress
from kiosk.reports.model import Hidden
from tests.reports.attacker import Cell, System

Shown = tuple[list[list[int | Hidden]], list[int | Hidden]]


def learned(shown: list[list[int | Hidden]], rows: list[list[int]]) -> System:
    """Return all that is shown of a table, its totals in the last row, the rules of hiding and the sums of the rows."""
    system, height = System(), len(rows)
    for i, row in enumerate(shown):
        whole = all(cell is Hidden.KEPT for cell in row)
        for j, cell in enumerate(row):
            cells = [(i, j)] if i < height else [(above, j) for above in range(height)]
            if cell is Hidden.FEW:
                system.add(cells, 1, 4)
            elif cell is Hidden.KEPT:
                system.add(cells, 0 if whole else 5, None)
            else:
                system.add(cells, int(cell), int(cell))
    for i, numbers in enumerate(rows):
        system.add([(i, j) for j in range(len(numbers))], sum(numbers), sum(numbers))
    return system


def truth_of(rows: list[list[int]]) -> dict[Cell, int]:
    return {(i, j): value for i, row in enumerate(rows) for j, value in enumerate(row)}


def check(rows: list[list[int]]) -> Shown:
    shown = suppress(rows)
    table = [*shown[0], shown[1]]
    system, truth = learned(table, rows), truth_of(rows)
    assert system.holds(truth)
    for j in range(len(rows[0])):
        column = [(i, j) for i in range(len(rows))]
        for cells in (column, *([cell] for cell in column)):
            value = sum(truth[cell] for cell in cells)
            i = len(rows) if cells is column else cells[0][0]
            if 0 < value < 5:
                assert isinstance(table[i][j], Hidden)
                assert system.another_world(cells, truth) is not None, f"{cells} was worked out: {value}"
            elif not isinstance(table[i][j], Hidden):
                assert table[i][j] == value
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


def check_sums(rows: list[list[int]]) -> None:
    """Look whether small sums of several rows of a column, or of several cells of a row alone, can be worked out."""
    system, truth = learned(hide(rows), rows), truth_of(rows)
    lines = [[(i, j) for i in range(len(rows))] for j in range(len(rows[0]))]
    for line in lines if len(rows) > 1 else [[(0, j) for j in range(len(rows[0]))]]:
        most = len(line) + (len(rows) > 1)  # what a row alone adds up to is no secret
        for count in range(1, most):
            for cells in combinations(line, count):
                if 0 < sum(truth[cell] for cell in cells) < 5:
                    assert system.another_world(cells, truth) is not None, (rows, cells)


def test_a_sum_with_a_hidden_nobody_in_it_is_hidden_too() -> None:
    """Ten of a group, seven of them at the coffee: of the two other gatherings, one of which is hidden whole, three."""
    check_sums([[0, 0, 0, 0, 2], [6, 7, 6, 4, 3], [3, 3, 0, 4, 0]])


@given(tables(height=4, width=4))
@settings(max_examples=60, deadline=None)
def test_no_small_sum_of_rows_can_be_worked_out(rows: list[list[int]]) -> None:
    """A project counts several gatherings, or several services."""
    check_sums([row for row in rows if any(row)] or [[5, 5]])


@pytest.mark.long
@given(tables(height=6, width=6))
@settings(max_examples=400, deadline=None)
def test_no_small_sum_of_many_rows_can_be_worked_out(rows: list[list[int]]) -> None:
    check_sums([row for row in rows if any(row)] or [[5, 5]])
