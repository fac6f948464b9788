"""Row 1: from the start of the process to the first picture, which answers a touch, turn by turn: when the disk was not
read since the machine was switched on, as near as dropping its caches comes to it, and when all is still in memory."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from benchmarks.rig import Rig, middle
from benchmarks.table import head, line

ROUNDS = {"cold": 4, "warm": 7}


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
    for way, rounds in ROUNDS.items():
        took: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(rounds):
            for name, program in programs.items():
                if way == "cold":
                    _forget()
                took[name].append(program() * 1000)
        head(f"1. Start to the first touchable picture, {way}, ms{f'; {years} years of journal' if years else ''}")
        empty, web, own, *ours = took.items()
        for other in (empty, web, own):
            line(*other)
        for name, values in ours:
            line(f"{name}, beside the empty window", values, middle(empty[1]), "1.50 at most")
            line("    beside Chromium", values, middle(web[1]), "0.50 at most")
        for name, values in ours[1:]:
            line(f"{name}, beside the fewest", values, middle(ours[0][1]), "0.90 to 1.10")


def _forget() -> None:
    """Let the system forget what it read of the disk; who may not do so measures warm starts twice."""
    os.sync()
    with suppress(OSError):
        Path("/proc/sys/vm/drop_caches").write_text("3", encoding="ascii")
