"""Row 6: proportional memory (PSS) of all processes, MB."""

from __future__ import annotations

import os

from benchmarks.rig import Rig
from benchmarks.table import head, line


def measure(rig: Rig, sizes: tuple[int, ...], years: int) -> None:
    items = sizes[-1]
    web = rig.chromium(items, browse="1")[2]
    head(f"6. Memory, {items:,} things, PSS in MB{f'; {years} years lived' if years else ''}")
    line("Chromium after browsing", [web])
    for when, size in rig.kiosk("memory", items, years, TOUCHES=os.environ.get("TOUCHES", "2000"))["memory"]:
        line(f"kiosk {when}", [size], web, "0.40 at most, flat")
