"""One table for all rows: what was measured, ours, beside what, the ratio, and the bar."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.rig import late, middle


def head(title: str) -> None:
    """Print the head of a part of the table."""
    print(f"\n{title}\n{'':52} {'median':>9} {'99 %':>9} {'least':>9} {'most':>9} {'ratio':>6}  bar", flush=True)


def line(what: str, values: Sequence[float], beside: float | None = None, bar: str = "") -> None:
    """Print a line; `ratio` is the median of `values` to `beside`."""
    ratio = f"{middle(values) / beside:6.2f}" if beside else "      "
    figures = " ".join(f"{value:9.1f}" for value in (middle(values), late(values), min(values), max(values)))
    print(f"{what:52} {figures} {ratio}  {bar}", flush=True)
