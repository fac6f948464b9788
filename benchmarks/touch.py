"""Row 2: from the end of a touch to the first changed picture and to the last, over every screen that the visitor's
buttons lead to; and how long the screen's thread works for a picture while the tablet is busy."""

from __future__ import annotations

from benchmarks.rig import Rig
from benchmarks.table import head, line

ITEMS = 1000


def measure(rig: Rig, sizes: tuple[int, ...], years: int) -> None:
    touches = rig.kiosk("touch", ITEMS, years)["touches"]
    head("2. Touch to picture; a frame is a picture drawn after the touch, motion off")
    for turn, name in ((0, "first time"), (1, "later")):
        some = [touch for touch in touches if touch[0] == turn]
        screens = {touch[2] for touch in some}
        line(
            f"{len(some)} touches to {len(screens)} screens, {name}: first change, ms", [one[3] * 1000 for one in some]
        )
        line("    next screen complete, ms", [one[4] * 1000 for one in some])
        line("    next screen complete, frames", [one[5] for one in some], bar="3 at the median, 6 at 99 %")
        ways: dict[str, list[int]] = {}
        for _, here, there, _, _, frames in some:
            ways.setdefault(f"{here} to {there}", []).append(frames)
        for way, frames in sorted(ways.items(), key=lambda one: -max(one[1])):
            print(f"    {way}: {', '.join(map(str, frames))}")
    for name, worked in rig.kiosk("busy", ITEMS, years)["busy"].items():
        line(f"the screen's thread, a frame, {name}, ms", [value * 1000 for value in worked], bar="50 at most")
