"""Row 3: the shelf of photos let go with a swing; photos of 12 megapixels lie behind the thumbnails."""

from __future__ import annotations

from benchmarks.rig import FLING, Rig, late
from benchmarks.table import head, line


def measure(rig: Rig, sizes: tuple[int, ...], years: int) -> None:
    head(f"3. Fling, ms a frame{f'; {years} years lived' if years else ''}; ratio at the 99th percentile is said below")
    static = rig.kivy("fling", "static_texture")
    line("one static texture", _ms(static))
    for items in sizes:
        ours = rig.kiosk("fling", items, years)
        web, own = (rig.chromium(items, gl, fling=FLING)[0][-1] for gl in (True, False))
        found = {"kiosk": ours, "Chromium, GL by software": web, "Chromium by itself": own}
        if items <= 10_000:  # Kivy's own layout of 100,000 cells takes minutes
            found["plain Kivy"] = rig.plain("fling", items)
        for name, one in found.items():
            line(f"{name}, {items:,} things ({one['blanks'] / one['drawn']:.2f} blank cells a frame)", _ms(one))
        ratios = {name: late(ours["frames"]) / late(one["frames"]) for name, one in found.items() if one is not ours}
        ratios["the static texture"] = late(ours["frames"]) / late(static["frames"])
        print(
            "    99 % beside",
            ", ".join(f"{name}: {ratio:.2f}" for name, ratio in ratios.items()),
            " bar: 1.00, 1.00, 1.30",
        )
        line("    of it the screen's thread before it draws", [value * 1000 for value in ours["worked"]])


def _ms(found: dict[str, list[float]]) -> list[float]:
    return [frame * 1000 for frame in found["frames"]]
