"""How fast the kiosk is, beside what could stand in its place, in one run: ``python -m benchmarks [--rows start,fling]``.

Rows: start, touch, fling, memory, idle, work (search, commits, codes and pictures), growth (start, fling and memory again
in a centre that was lived in for ten years, by `benchmarks.life`). Needs Xvfb and Chromium (Debian's `xvfb`, `chromium`), PostgreSQL for touch, and strace for commits
on a slower disk. Kivy draws by Mesa's llvmpipe here and Chromium by its own software, so the figures are of the processor; on
a tablet the graphics chip draws for both.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import fling, idle, memory, start, touch
from benchmarks.rig import Rig

PARTS = {"start": start, "touch": touch, "fling": fling, "memory": memory, "idle": idle}
GROWTH = (start, fling, memory)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default=",".join([*PARTS, "work", "growth"]), help="which, by commas [all]")
    parser.add_argument("--items", default="100,10000,100000", help="how many things, by commas")
    parser.add_argument("--touches", type=int, default=10_000, help="at random, for the memory")
    parser.add_argument("--years", type=int, default=10, help="that were lived, for the growth")
    options = parser.parse_args()
    rows, sizes = options.rows.split(","), tuple(int(size) for size in options.items.split(","))
    unknown = set(rows) - {*PARTS, "work", "growth"}
    if unknown:
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    os.environ["TOUCHES"] = str(options.touches)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; all drawing by software")
    with tempfile.TemporaryDirectory() as place:
        rig = Rig(Path(place))
        try:
            for name, part in PARTS.items():
                if name in rows:
                    part.measure(rig, sizes if name == "start" else sizes[1:] or sizes, 0)
            if "growth" in rows:
                print(f"\n9. Growth: a centre that was lived in for {options.years} years")
                for part in GROWTH:
                    part.measure(rig, sizes[-1:], options.years)
        finally:
            rig.close()
    for years in [years for row, years in (("work", 0), ("growth", options.years)) if row in rows]:
        print(f"\n4, 5, 8. Without a screen{f', {years} years lived' if years else ''}", flush=True)
        how = ["--items", str(sizes[-1]), "--years", str(years)]
        subprocess.run([sys.executable, "-m", "benchmarks.work", *how], check=True)


if __name__ == "__main__":
    main()
