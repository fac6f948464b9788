"""Row 1: from the start of the process to the first picture, which answers a touch, turn by turn: when the disk was not
read since the machine was switched on, as near as dropping its caches comes to it, and when all is still in memory.

How far ahead is read decides how much of the driver's large libraries comes along that nobody needs. The disk of a virtual
machine may be set to many times what Linux does by itself, and does on a tablet; so cold is measured both ways."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from benchmarks.rig import Rig, middle
from benchmarks.table import head, line

#: Rounds of each way to start, whether the disk is forgotten before, and whether it is read ahead as far as Linux does by itself.
WAYS = {
    "cold": (4, True, False),
    "cold, as far ahead as Linux reads by itself": (4, True, True),
    "warm": (7, False, False),
}
#: As far as Linux reads ahead by itself, KiB (VM_READAHEAD_PAGES in its pagemap.h).
BY_ITSELF = "128"


def measure(rig: Rig, sizes: tuple[int, ...], years: int) -> None:
    programs: dict[str, Callable[[], float]] = {
        "an empty Kivy window": lambda: float(rig.kivy("start", "empty_kivy")["start"]),
        "Chromium with the page": lambda: rig.chromium(100)[1],
        "Chromium with the page, drawing by itself": lambda: rig.chromium(100, gl=False)[1],
    }
    for items in sizes:
        programs[f"kiosk, {items:,} things"] = lambda items=items: rig.kiosk("start", items, years)["start"]  # type: ignore[misc]
    for program in programs.values():
        program()  # centres are filled, and all that can be kept in memory is
    for way, (rounds, cold, by_itself) in WAYS.items():
        with _reading_ahead(rig.folder) if by_itself else nullcontext():
            took = _turns(programs, rounds, cold=cold)
        head(f"1. Start to the first touchable picture, {way}, ms{f'; {years} years lived' if years else ''}")
        empty, web, own, *ours = took.items()
        for other in (empty, web, own):
            line(*other)
        for name, values in ours:
            line(f"{name}, beside the empty window", values, middle(empty[1]), "1.50 at most")
            line("    beside Chromium", values, middle(web[1]), "0.50 at most")
        for name, values in ours[1:]:
            line(f"{name}, beside the fewest", values, middle(ours[0][1]), "0.90 to 1.10")


def _turns(programs: dict[str, Callable[[], float]], rounds: int, *, cold: bool) -> dict[str, list[float]]:
    """Return how long each program took, ms, turn by turn."""
    took: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, program in programs.items():
            if cold:
                _forget()
            took[name].append(program() * 1000)
    return took


@contextmanager
def _reading_ahead(folder: Path) -> Iterator[None]:
    """Meanwhile let the disks of the system, of Python and of the data be read ahead as far as Linux does by itself. Who
    may not say so measures the same again."""
    devices = {os.stat(place).st_dev for place in ("/usr", sys.prefix, folder)}
    ways = [Path(f"/sys/class/bdi/{os.major(device)}:{os.minor(device)}/read_ahead_kb") for device in devices]
    before = {way: way.read_text(encoding="ascii") for way in ways if way.exists()}
    try:
        with suppress(OSError):
            for way in before:
                way.write_text(BY_ITSELF, encoding="ascii")
        yield
    finally:
        with suppress(OSError):
            for way, told in before.items():
                way.write_text(told, encoding="ascii")


def _forget() -> None:
    """Let the system forget what it read of the disk; who may not do so measures warm starts twice."""
    os.sync()
    with suppress(OSError):
        Path("/proc/sys/vm/drop_caches").write_text("3", encoding="ascii")
