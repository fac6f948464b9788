"""Positions in the journal as of a time, also with periods of wrong tablet clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk import clock

#: Device number -> last entry that counts.
Marks = dict[int, int]


@dataclass(frozen=True)
class ClockRun:
    """Entries `first` to `last` of a device with non-decreasing times (UTC texts) from `began` to `ended`."""

    device: int
    first: int
    last: int
    began: str
    ended: str

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class WrongClock:
    """Entries made with a wrong clock: it showed `began` to `ended`, but they were made between `after` and `before`
    (aware UTC, None for unknown)."""

    entries: int
    began: datetime
    ended: datetime
    after: datetime | None
    before: datetime | None


def marks_at(db: Any, as_of: datetime) -> Marks:
    """Return the last entry of each device at `as_of`."""
    text = clock.utc_text(as_of)
    return {device: _cut(db, device, runs, text) for device, runs in _by_device(db).items()}


def wrong_clocks(db: Any, marks: Marks) -> list[WrongClock]:
    """Return the periods of wrong clocks: the smallest set of entries whose removal leaves the others in order."""
    found = []
    for device, runs in _by_device(db).items():
        runs = [run for run in runs if run.first <= marks.get(device, 0)]
        right = _in_order(runs)
        for run in runs:
            if run in right:
                continue
            before = [one for one in right if one.first < run.first]
            after = [one for one in right if one.first > run.first]
            found.append(
                WrongClock(
                    run.count,
                    clock.parse(run.began),
                    clock.parse(run.ended),
                    clock.parse(before[-1].ended) if before else None,
                    clock.parse(after[0].began) if after else None,
                )
            )
    return found


def within(marks: Marks) -> str:
    """Return the SQL condition for rows (device, seq) up to the marks."""
    cases = " ".join(f"WHEN {int(device)} THEN seq <= {int(seq)}" for device, seq in sorted(marks.items()))
    return f"(CASE device {cases} ELSE 0 END)" if cases else "0"


def by_name(db: Any, marks: Marks) -> dict[str, int]:
    """Return marks by device id, as the journal stores them."""
    names = dict(db.execute_sql("SELECT id, device FROM ledger_device").fetchall())
    return {names[device]: seq for device, seq in marks.items()}


def by_number(db: Any, marks: dict[str, int]) -> Marks:
    """Return marks by device number; a device that is not known here has none."""
    numbers = dict(db.execute_sql("SELECT device, id FROM ledger_device").fetchall())
    return {numbers[name]: seq for name, seq in marks.items() if name in numbers}


def are_here(db: Any, marks: dict[str, int]) -> bool:
    """Return whether every entry up to the marks (by device id) is booked here."""
    booked = dict(db.execute_sql("SELECT device, seq FROM ledger_device").fetchall())
    return all(seq <= booked.get(name, 0) for name, seq in marks.items())


def _by_device(db: Any) -> dict[int, list[ClockRun]]:
    found: dict[int, list[ClockRun]] = {}
    for row in db.execute_sql("SELECT device, first, last, began, ended FROM ledger_run ORDER BY device, first"):
        run = ClockRun(*row)
        found.setdefault(run.device, []).append(run)
    return found


def _cut(db: Any, device: int, runs: list[ClockRun], text: str) -> int:
    """Return the position with the fewest entries on the wrong side of the time `text`."""
    best = score = 0
    place = 0
    for run in runs:
        early = _early(db, device, run, text)
        if early:
            score += early
            if score > best:
                best, place = score, run.first + early - 1
        score -= run.count - early
    return place


def _early(db: Any, device: int, run: ClockRun, text: str) -> int:
    """Return how many entries of a run were made by `text`."""
    if run.ended <= text or run.began > text:
        return run.count if run.ended <= text else 0
    name = db.execute_sql("SELECT device FROM ledger_device WHERE id = ?", (device,)).fetchone()[0]
    low, high = run.first, run.last  # low was made by then, high was not
    while high - low > 1:
        middle = (low + high) // 2
        sql = "SELECT time FROM journal WHERE device = ? AND seq = ?"
        [(time,)] = db.execute_sql(sql, (name, middle)).fetchall()
        low, high = (middle, high) if time <= text else (low, middle)
    return low - run.first + 1


def _in_order(runs: list[ClockRun]) -> list[ClockRun]:
    """Return the longest chain of runs in order of time, by number of entries."""
    best: list[tuple[int, list[ClockRun]]] = []
    for run in runs:
        count, chain = max(
            (before for before in best if before[1][-1].ended <= run.began), key=lambda one: one[0], default=(0, [])
        )
        best.append((count + run.count, [*chain, run]))
    return max(best, key=lambda one: one[0], default=(0, []))[1]
