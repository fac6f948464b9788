"""Printed charts, readable without colours: every bar and share has its number, every line its own dashes."""

from __future__ import annotations

import math
from typing import Any

from kiosk.reports.model import Chart
from kiosk.reports.wording import Say

#: Heights in mm: a chart, its labels, the numbers above the bars.
CHART_MM, LABELS_MM, OVER_MM = 62.0, 8.0, 6.0
#: Line height of a share, mm.
SHARE_MM = 7.0
#: Fills and dashes of the series, dark to light: they differ in a greyscale print too.
SERIES = ((28, 91, 130), (233, 150, 80), (140, 170, 190), (60, 60, 60))
DASHES = ((0.0, 0.0), (2.2, 1.2), (0.7, 0.9), (3.5, 1.0))
GRID = (205, 214, 221)


def draw_chart(paper: Any, chart: Chart, ink: tuple[int, int, int], quiet: tuple[int, int, int]) -> None:
    """Draw a chart across the page at the current position, and move the position below it."""
    paper.set_font("Text", size=8)
    paper.set_text_color(*quiet)
    if len(chart.series) > 1:
        _legend(paper, chart)
    if chart.kind == "shares":
        _shares(paper, chart, ink)
    else:
        _upright(paper, chart)
    paper.set_text_color(*ink)
    paper.set_dash_pattern()


def spoken_chart(chart: Chart, say: Say) -> str:
    """Return the alternative text of a chart: its title and its numbers."""
    lines = [chart.title]
    for series in chart.series:
        values = zip(chart.labels, series.values, strict=True)
        numbers = ", ".join(f"{label}: {'–' if value is None else say.number(value)}" for label, value in values)
        lines.append(f"{series.title}: {numbers}" if len(chart.series) > 1 else numbers)
    return ". ".join(lines)


def steps(most: float) -> tuple[float, int]:
    """Return a tick step (1, 2 or 5 times a power of ten) and the number of ticks, at most five, that cover `most`."""
    rough = max(most, 1.0) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    step = max(1.0, step)
    return step, max(1, math.ceil(max(most, 1.0) / step))


def _legend(paper: Any, chart: Chart) -> None:
    left, top = paper.l_margin, paper.get_y()
    for at, series in enumerate(chart.series):
        paper.set_fill_color(*SERIES[at % len(SERIES)])
        if chart.kind == "lines":
            _stroke(paper, at)
            paper.line(left, top + 2.5, left + 8, top + 2.5)
        else:
            paper.rect(left, top + 1, 4, 3, style="F")
        paper.set_xy(left + 9, top)
        paper.cell(paper.get_string_width(series.title) + 2, 5, series.title)
        left += paper.get_string_width(series.title) + 20
    paper.set_dash_pattern()
    paper.set_xy(paper.l_margin, top + 7)


def _upright(paper: Any, chart: Chart) -> None:
    """Draw bars or lines above their labels, beside a scale."""
    scale, top = 12.0, paper.get_y()
    left, width = paper.l_margin + scale, paper.epw - scale
    height = CHART_MM - LABELS_MM - OVER_MM
    base = top + OVER_MM + height
    known = [value for series in chart.series for value in series.values if value is not None]
    step, count = steps(max(known, default=0.0))
    full = step * count
    for line in range(count + 1):
        y = base - height * line / count
        paper.set_draw_color(*GRID)
        paper.set_dash_pattern()
        paper.set_line_width(0.2)
        paper.line(left, y, left + width, y)
        paper.set_xy(paper.l_margin, y - 2)
        paper.cell(scale - 2, 4, paper.say.number(step * line), align="R")
    slot = width / max(1, len(chart.labels))
    if chart.kind == "bars":
        _bars(paper, chart, left, base, slot, height / full)
    else:
        _lines(paper, chart, left, base, slot, height / full)
    every = max(1, math.ceil(9.0 / slot))
    for at, label in enumerate(chart.labels):
        if at % every == 0:
            paper.set_xy(left + slot * at - slot * (every - 1) / 2, base + 1)
            paper.cell(slot * every, 5, label, align="C")
    paper.set_xy(paper.l_margin, base + LABELS_MM)


def _bars(paper: Any, chart: Chart, left: float, base: float, slot: float, each: float) -> None:
    one = slot * 0.72 / len(chart.series)
    for number, series in enumerate(chart.series):
        paper.set_fill_color(*SERIES[number % len(SERIES)])
        for at, value in enumerate(series.values):
            if value is None:
                continue
            x = left + slot * at + slot * 0.14 + one * number
            paper.rect(x, base - value * each, one, max(0.0, value * each), style="F")
            if one >= 5.5 and value:
                paper.set_xy(x - 3, base - value * each - 4.2)
                paper.cell(one + 6, 4, paper.say.number(value), align="C")


def _lines(paper: Any, chart: Chart, left: float, base: float, slot: float, each: float) -> None:
    for number, series in enumerate(chart.series):
        _stroke(paper, number)
        before: tuple[float, float] | None = None
        for at, value in enumerate(series.values):
            here = None if value is None else (left + slot * (at + 0.5), base - value * each)
            if here and before:
                paper.line(*before, *here)
            before = here


def _stroke(paper: Any, number: int) -> None:
    dash, gap = DASHES[number % len(DASHES)]
    paper.set_draw_color(*SERIES[number % len(SERIES)])
    paper.set_line_width(0.7)
    paper.set_dash_pattern(dash, gap)


def _shares(paper: Any, chart: Chart, ink: tuple[int, int, int]) -> None:
    """Draw a bar for each part, with its number and its share; a suppressed part has no bar."""
    [series] = chart.series
    known = [value for value in series.values if value is not None]
    whole, most = chart.whole or sum(known), max(known, default=0.0)
    name, number = 48.0, 26.0
    room = paper.epw - name - number
    for label, value in zip(chart.labels, series.values, strict=True):
        if paper.will_page_break(SHARE_MM):
            paper.add_page(same=True)
        y = paper.get_y()
        paper.set_text_color(*ink)
        paper.cell(name, SHARE_MM, label)
        if value is not None and most:
            paper.set_fill_color(*SERIES[0])
            paper.rect(paper.l_margin + name, y + 1.2, max(0.3, room * value / most), SHARE_MM - 2.4, style="F")
            paper.set_x(paper.l_margin + name + room * value / most + 2)
            paper.cell(number, SHARE_MM, f"{paper.say.number(value)}  ({paper.say.language.percent(value / whole)})")
        paper.set_xy(paper.l_margin, y + SHARE_MM)
