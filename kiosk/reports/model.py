"""The model of a finished report: plain values, the same for the screen and every file format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Literal

from kiosk.errors import N_, KioskError

KINDS = ("attendance", "services", "talkoot", "goods", "partners", "results", "years")


class Hidden(Enum):
    """A suppressed figure: FEW stands for 1 to 4 people, KEPT for one from which a FEW could be computed."""

    FEW = "<5"
    KEPT = "*"


Cell = str | int | Decimal | date | datetime | Hidden | None
#: What a column holds: how a cell is written, and how it is lined up. "hours", "kg" and "money" are Decimals with two,
#: one and two places; "clock" is an aware UTC datetime of which only the local time is shown; "sign" is empty, to be
#: filled in or signed on paper, but for what is known already.
Type = Literal["text", "whole", "kg", "hours", "money", "percent", "days", "date", "clock", "sign"]
#: Column types that can be summed.
NUMBERS = ("whole", "kg", "hours", "money", "days", "percent")


@dataclass(frozen=True)
class Column:
    """`added` columns have a total that is the sum of their rows."""

    key: str
    title: str
    type: Type = "whole"
    added: bool = False


@dataclass(frozen=True)
class Table:
    """`total` is a row like the others, or None for a table without one."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    note: str = ""

    def with_total(self, total: tuple[Cell, ...]) -> Table:
        """Return the table with a given total row, whose values are not the sums of its rows."""
        return replace(self, total=total)


@dataclass(frozen=True)
class ChartSeries:
    """The numbers of a series, one for each label; None for a missing one."""

    title: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """ "bars": one bar a label (or one of each series beside the other); "shares": parts of `whole`, one series; parts
    that overlap add up to more; "lines": a line for each series. `unit` says what the numbers are."""

    kind: Literal["bars", "shares", "lines"]
    key: str
    title: str
    labels: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    unit: str
    whole: float = 0


@dataclass(frozen=True)
class Project:
    """The project a report is for, in the words of its language; `logo` is a file, "" for none."""

    number: str
    name: str
    funder: str
    since: date
    until: date
    logo: str


@dataclass(frozen=True)
class Report:
    """A finished report of `first` to `last` (local dates, inclusive) as the journal was at `as_of` (aware UTC).
    `head` are lines of (label, text) that stand on top of it; everything is in `language` already."""

    kind: str
    title: str
    centre: str
    project: Project | None
    first: date
    last: date
    as_of: datetime
    language: str
    timezone: str
    head: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]
    notes: tuple[str, ...] = ()


Progress = Callable[[float], None]


class Cancelled(KioskError):
    default = N_("The report was cancelled.")


@dataclass(frozen=True)
class ProgressTracker:
    """Progress of a long task: reports a share from 0 to 1 to `progress`, and raises when `cancelled`."""

    progress: Progress = lambda part: None
    cancelled: Callable[[], bool] = lambda: False

    def at(self, part: float) -> None:
        """Report the progress. Raises Cancelled."""
        if self.cancelled():
            raise Cancelled()
        self.progress(min(1.0, part))

    def part(self, start: float, end: float) -> ProgressTracker:
        """Return the tracker of a part of the task, from `start` to `end` of the whole."""
        return ProgressTracker(lambda part: self.progress(start + part * (end - start)), self.cancelled)

    def onwards(self) -> ProgressTracker:
        """Return a tracker that never reports less than before, for a task with several passes."""
        shown = 0.0

        def progress(part: float) -> None:
            nonlocal shown
            shown = max(shown, part)
            self.progress(shown)

        return ProgressTracker(progress, self.cancelled)


#: A tracker without a listener.
QUIET = ProgressTracker()


def table(
    key: str, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, total: str = "", note: str = ""
) -> Table:
    """Return a table; with `total` it gets a total row of that name, with the sums of the `added` columns."""
    last: list[Cell] | None = None
    if total:
        last = [_sum([row[at] for row in rows]) if column.added else None for at, column in enumerate(columns)]
        last[next(at for at, column in enumerate(columns) if column.type == "text")] = total
    return Table(
        key, title, tuple(columns), tuple(tuple(row) for row in rows), None if last is None else tuple(last), note
    )


def _sum(cells: Sequence[Cell]) -> Cell:
    numbers = [cell for cell in cells if isinstance(cell, int | Decimal)]
    return sum(numbers[1:], numbers[0]) if numbers else 0
