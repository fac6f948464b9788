"""How a grid lays out its large buttons: how many columns, in which type step, where the picture is, what is left for
further pages. Only numbers, pixels unless said otherwise; no widget is known here."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

#: Width of drawn art by its height.
ASPECT = 4 / 3
#: Most of a button's width that a picture beside the words takes, and the shares of that which are tried.
BESIDE, SHARES = 0.45, (1, 0.85, 0.7, 0.6, 0.5)
#: By how many columns a grid may have more than wanted, so that nothing is left for a further page.
MORE = 2
#: Places on a page that are not worth a page: all buttons stay on one then, and their words shrink.
FEW = 2
#: A sign stands over its words where the button is this many times as high as the sign, and this share of its width.
TALL, UPRIGHT = 2.1, 0.45

#: Given a type step and a width: the heights of the highest words and of the highest note of all buttons. Infinite where a
#: word is wider.
Measure = Callable[[float, float], tuple[float, float]]
#: A kind of layout: given what a layout has so far and the width and height inside a button, that layout if everything fits.
Kind = Callable[["Cells", "Tiling", tuple[float, float], Measure], "Tiling | None"]


@dataclass(frozen=True)
class Cells:
    """What there is room for, and what the buttons need."""

    count: int
    width: float
    height: float
    gap: float
    least_row: float
    #: Height of each row where the grid is as high as its rows; 0: the rows share `height`.
    row: float = 0
    #: Padding of a button on both sides together, and above and below.
    sides: float = 0
    ends: float = 0
    #: Between picture, or sign, and words.
    between: float = 0
    #: Least heights of a picture, that tried first first; 0: none at all. Without pictures empty.
    pictures: Sequence[float] = ()
    #: Heights of a picture for which all words are a step lower, but there are no fewer columns.
    large: Sequence[float] = ()
    #: Widths of a sign beside the words, and over them (0: it is only ever beside).
    sign: float = 0
    tall_sign: float = 0


@dataclass(frozen=True)
class Tiling:
    """A layout that fits. `words` and `note` are heights."""

    columns: int
    rows: int
    step: float
    words: float = 0
    note: float = 0
    picture: float = 0
    beside: bool = False
    signed: bool = False
    tall: bool = False
    fits: bool = True

    @property
    def places(self) -> int:
        return self.columns * self.rows


def tile(cells: Cells, wanted: int, steps: Sequence[float], measure: Measure) -> Tiling:
    """Return the layout of all buttons on one page: of the steps (falling) the first, then one step lower for all, then
    fewer columns than `wanted`, then a smaller picture, then no notes, then no picture, or no sign. Where there is none, that
    with the fewest pages and on each a place to turn it; where a page would have hardly any, all on one although they do not
    fit."""
    rungs = list(_rungs(cells, wanted))
    large = [(least, rungs[:1]) for least in cells.large if cells.pictures]
    least_of_all = [(least, rungs) for least in cells.pictures if least]
    without = [(0.0, rungs)] if not cells.pictures or 0 in cells.pictures else []
    last = (
        ((_signed, _plain),) if cells.row else ((_signed,), (_plain,))
    )  # a further row takes room from what is under it
    ways: tuple[tuple[Sequence[Kind], Measure, list[tuple[float, list[int]]]], ...] = (
        ((_pictured,), measure, [*large, *least_of_all]),
        ((_pictured,), _without_notes(measure), least_of_all),
        *((kinds, measure, without) for kinds in last),
    )
    for kinds, measured, leasts in ways:
        for least, some in leasts:
            for columns in some:
                found = _at(cells, (columns, -(-cells.count // columns)), steps, measured, least, kinds)
                if found:
                    return found
    return _paged(cells, wanted, steps, measure) or _crowded(cells, rungs[0], steps[-1])


def _without_notes(measure: Measure) -> Measure:
    return lambda step, width: (measure(step, width)[0], 0.0)


def _crowded(cells: Cells, columns: int, step: float) -> Tiling:
    """Return the layout of all on one page although their words do not fit: a picture leaves them half of the height."""
    rows = -(-cells.count // columns)
    row = cells.row or (cells.height - cells.gap * (rows - 1)) / rows
    words = max(0.0, row - cells.ends - cells.between) / 2
    return Tiling(columns, rows, step, words=words, picture=words if cells.pictures else 0, fits=False)


def _rungs(cells: Cells, wanted: int) -> Iterator[int]:
    """Yield numbers of columns: as few as their rows need, since wider buttons are better."""
    most = min(max(1, wanted), max(1, cells.count))
    more = range(most + 1, min(most + MORE, cells.count) + 1)
    tried: set[int] = set()
    # rows of one height take room from what is under them: as few as there can be
    for columns in (*(reversed(more) if cells.row else ()), *range(most, 0, -1), *more):
        even = -(-cells.count // -(-cells.count // columns)) if cells.count else 1
        if even not in tried:
            tried.add(even)
            yield even


def _paged(cells: Cells, wanted: int, steps: Sequence[float], measure: Measure) -> Tiling | None:
    if cells.row:
        return None
    most_rows = max(1, int((cells.height + cells.gap + 1) // (cells.least_row + cells.gap)))
    kinds = (_pictured,) if any(cells.pictures[-1:]) else (_signed, _plain)
    found = [
        one
        for least in cells.pictures[-1:] or (0.0,)
        for columns in range(1, min(wanted + MORE, cells.count) + 1)
        for rows in range(1, most_rows + 1)
        if (one := _at(cells, (columns, rows), steps, measure, least, kinds)) and one.places > FEW
    ]
    return min(found, key=lambda one: (-(-cells.count // (one.places - 1)), -one.step, -one.picture), default=None)


def _at(
    cells: Cells, places: tuple[int, int], steps: Sequence[float], measure: Measure, least: float, kinds: Sequence[Kind]
) -> Tiling | None:
    """Return the layout with so many columns and rows, of the first of `kinds` that fits, in the largest step at which
    everything fits."""
    columns, rows = places
    width = (cells.width - cells.gap * (columns - 1)) / columns - cells.sides
    row = cells.row or (cells.height - cells.gap * (rows - 1)) / rows
    if row < cells.least_row - 1 or width <= 0:
        return None
    for kind in kinds:
        for step in steps:
            found = kind(cells, Tiling(columns, rows, step), (width, row - cells.ends), measure)
            if found and found.picture >= least:
                return found
    return None


def _pictured(cells: Cells, base: Tiling, room: tuple[float, float], measure: Measure) -> Tiling | None:
    """Return the layout with the larger picture: over the words, or beside them."""
    width, height = room
    words, note = measure(base.step, width)
    over = min(height - cells.between - words - note, width / ASPECT)
    for share in SHARES:
        wide = share * min(BESIDE * width, ASPECT * height)
        if wide / ASPECT <= over:
            break
        words_beside, note_beside = measure(base.step, width - wide - cells.between)
        if words_beside + note_beside <= height:
            return _with(base, words=words_beside, note=note_beside, picture=wide / ASPECT, beside=True)
    return _with(base, words=words, note=note, picture=over) if over > 0 else None


def _signed(cells: Cells, base: Tiling, room: tuple[float, float], measure: Measure) -> Tiling | None:
    """Return the layout with the sign of a choice over its words, or beside them."""
    if not cells.sign or cells.pictures:
        return None
    width, height = room
    tall = bool(cells.tall_sign) and height > TALL * cells.tall_sign and height > UPRIGHT * width
    if tall:
        height -= 1.4 * cells.tall_sign + cells.between
    else:
        width -= cells.sign + cells.between
    words = sum(measure(base.step, width)) if width > 0 else math.inf
    return _with(base, words=words, signed=True, tall=tall) if words <= height else None


def _plain(_cells: Cells, base: Tiling, room: tuple[float, float], measure: Measure) -> Tiling | None:
    words, note = measure(base.step, room[0])
    return _with(base, words=words, note=note) if words + note <= room[1] else None


def _with(base: Tiling, **more: object) -> Tiling:
    return Tiling(**{**base.__dict__, **more})
