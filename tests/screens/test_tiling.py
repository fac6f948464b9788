"""How a grid of buttons is laid out: one page before pages, a lower step before fewer columns, pictures worth seeing."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.tiling import ASPECT, Cells, Measure, Tiling, tile

STEPS = (5.6, 4.6)
BIG_STEPS = (8.7, 7.0)
#: Twelve shelves on a tablet, mm: words two lines of at most 46 mm together, beside a note of one line.
SHELVES = Cells(12, 205.5, 81, gap=3, least_row=20, sides=2, ends=2, between=1.5, pictures=(14, 9, 0), sign=9)


def words(longest: float, all_words: float, note: bool = False) -> Measure:
    """Words whose longest is `longest` wide at a step of 1, and all together `all_words`."""

    def measure(step: float, width: float) -> tuple[float, float]:
        if longest * step > width:
            return math.inf, 0
        return 1.3 * step * math.ceil(all_words * step / width), 1.3 * STEPS[-1] * note

    return measure


def test_the_wanted_columns_and_size_where_everything_fits() -> None:
    found = tile(SHELVES, 6, STEPS, words(4, 4))
    assert (found.columns, found.rows, found.step) == (6, 2, STEPS[0])


def test_one_step_lower_for_all_before_fewer_columns() -> None:
    found = tile(SHELVES, 6, STEPS, words(6.2, 8, note=True))
    assert (found.columns, found.rows, found.step) == (6, 2, STEPS[1])
    assert found.picture >= 14


def test_fewer_columns_before_pages() -> None:
    found = tile(SHELVES, 6, STEPS, words(8, 8))
    assert found.columns == 4
    assert found.places >= SHELVES.count


def test_more_columns_than_wanted_before_pages() -> None:
    found = tile(replace(SHELVES, count=9, pictures=(), height=45), 3, STEPS, words(2, 2))
    assert (found.columns, found.rows) == (5, 2)


def test_a_small_picture_and_then_none_before_pages_in_usual_text() -> None:
    low = replace(SHELVES, count=8, height=44)
    assert 9 <= tile(low, 4, STEPS, words(7, 7)).picture < 14
    assert tile(low, 4, STEPS, words(9, 18)) == Tiling(4, 2, STEPS[1], words=2 * 1.3 * STEPS[1])


def test_big_text_has_pages_and_the_picture_stays() -> None:
    found = tile(replace(SHELVES, pictures=(14,)), 6, BIG_STEPS, words(6.2, 11))
    assert found.places - 1 < SHELVES.count
    assert found.picture >= 14
    assert found.columns == 4  # eight places: two pages


def test_the_picture_is_beside_the_words_where_it_is_larger_there() -> None:
    found = tile(replace(SHELVES, count=3, height=24), 3, STEPS, words(3, 3))
    assert found.beside
    assert found.picture > 14


def test_fewer_columns_where_they_need_no_more_rows() -> None:
    assert tile(replace(SHELVES, count=5, pictures=()), 4, STEPS, words(2, 2)).columns == 3


def test_there_are_fewer_columns_before_a_sign_is_left_out() -> None:
    low = replace(SHELVES, count=8, height=46, pictures=())
    assert tile(low, 4, STEPS, words(5, 5)).signed
    found = tile(low, 4, STEPS, words(8.5, 8.5))
    assert (found.columns, found.signed) == (4, False)
    found = tile(replace(low, height=70), 4, STEPS, words(8.5, 8.5))
    assert (found.columns, found.rows, found.signed) == (3, 3, True)


def test_buttons_that_have_no_sign_leave_no_room_for_one() -> None:
    low = replace(SHELVES, count=8, height=70, pictures=(), sign=0)
    found = tile(low, 4, STEPS, words(8.5, 8.5))
    assert (found.columns, found.rows, found.signed) == (4, 2, False)


def test_rows_of_one_height_take_more_rows_and_no_pages() -> None:
    tabs = replace(SHELVES, count=6, height=0, row=15, least_row=12, pictures=())
    assert tile(tabs, 6, STEPS, words(6, 6)).rows == 1
    assert tile(tabs, 6, STEPS, words(9, 9)).rows == 2
    nothing = tile(tabs, 6, STEPS, words(99, 99))
    assert (nothing.rows, nothing.fits) == (1, False)


def test_a_page_has_more_than_a_button_to_turn_it() -> None:
    found = tile(replace(SHELVES, count=3, width=70, height=20, pictures=()), 3, BIG_STEPS, words(4, 4))
    assert (found.columns, found.rows, found.fits) == (3, 1, False)


@given(
    count=st.integers(1, 40),
    width=st.floats(60, 400),
    height=st.floats(21, 200),
    longest=st.floats(1, 12),
    more=st.floats(1, 4),
    wanted=st.integers(1, 6),
    pictures=st.sampled_from([(), (14.0,), (14.0, 9.0, 0.0)]),
)
def test_what_is_found_fits(
    count: int, width: float, height: float, longest: float, more: float, wanted: int, pictures: tuple[float, ...]
) -> None:
    cells = replace(SHELVES, count=count, width=width, height=height, pictures=pictures)
    found = tile(cells, wanted, STEPS, words(longest, longest * more))
    if not found.fits:
        return
    row = (height - cells.gap * (found.rows - 1)) / found.rows
    inner = (width - cells.gap * (found.columns - 1)) / found.columns - cells.sides
    assert row >= cells.least_row - 1
    assert found.step in STEPS
    assert not pictures or found.picture >= pictures[-1]
    assert count <= found.places or found.places > 1
    if found.beside:
        assert found.words + found.note <= row - cells.ends
        assert ASPECT * found.picture < inner
    elif found.picture:
        assert found.picture + cells.between + found.words + found.note <= row - cells.ends + 0.01
        assert ASPECT * found.picture <= inner + 0.01
