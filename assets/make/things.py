"""Things of cut paper that many pictures share. Each stands with the middle of its foot at (x, y); pictures are 720 × 540."""

from __future__ import annotations

import math
from pathlib import Path

from draw_craft import box, dot, fill, line, move, oval, turn
from paint import (
    BERRY,
    BIRCH,
    COFFEE,
    CREMA,
    HONEY,
    ICE,
    NIGHT,
    PINE,
    RIM_COLOUR,
    RIVER,
    SLATE,
    STONE,
    SUN,
    WOOD,
    WOOD_DARK,
    paper,
    picture,
    render,
    shade,
)

ART = Path(__file__).parents[1] / "art"
#: Paper of letters and notes: seen against a white card by its edge.
SHEET, EDGE = "#EAF1F7", "#587891"
DUSK = "#B5CFE0"
RED = "#B3261E"


def glow(x: float, y: float, r: float, colour: str = SUN, opacity: float = 0.75) -> str:
    """The low sun behind a thing."""
    return dot(x, y, r, colour, opacity)


def hill(y: float = 452, *, wide: float = 1) -> str:
    """The snow a scene stands on, with the shade at its foot."""
    d = f"M24 {y + 38} Q30 {y - 6} 170 {y} Q360 {y - 22} 560 {y} Q690 {y - 6} 696 {y + 38} Q690 {y + 76} 600 {y + 76} H120 Q30 {y + 76} 24 {y + 38} Z"
    body = fill(d, RIM_COLOUR) + line(f"M90 {y + 60} Q340 {y + 42} 640 {y + 60}", DUSK, 5)
    return f'<g transform="translate(360 0) scale({wide} 1) translate(-360 0)">{body}</g>'


def shadow(x: float, y: float, rx: float, ry: float = 14) -> str:
    return fill(oval(x + rx * 0.14, y, rx, ry), DUSK)


def cup(
    x: float,
    y: float,
    colour: str = BERRY,
    size: float = 1,
    handle: int = 1,
    *,
    steaming: bool = False,
    smile: bool = True,
) -> str:
    """A cup of coffee, 132 wide at size 1."""
    ring = line("M60 -78 q44 -6 44 26 q0 36 -50 34", shade(colour, -0.25), 15)
    body = paper("M-66 -104 H66 V-40 Q66 0 24 0 H-24 Q-66 0 -66 -40 Z", colour)
    top = fill(oval(0, -104, 66, 17), shade(colour, 0.3)) + fill(oval(0, -102, 55, 12), COFFEE)
    band = line("M-36 -62 q36 20 72 0", BIRCH, 6) if smile else ""
    warm = steam(0, -130) if steaming else ""
    return f'<g transform="translate({x:g} {y:g}) scale({size * handle:g} {size:g})">{ring}{body}{top}{band}{warm}</g>'


def steam(x: float, y: float, size: float = 1) -> str:
    return move(line("M-24 0 q-20 -26 0 -48 t0 -48 M20 6 q-20 -28 0 -54 t0 -52", "#7F9DB5", 12), x, y, size)


def table(x: float, y: float, width: float = 320, height: float = 150, colour: str = WOOD) -> str:
    left, top = x - width / 2, y - height
    legs = fill(
        f"M{left + 26} {top + 18} h24 l-8 {height - 18} h-22 Z M{left + width - 50} {top + 18} h24 l6 {height - 18} h-22 Z",
        WOOD_DARK,
    )
    return (
        legs
        + paper(box(left, top, width, 26, 8), colour)
        + fill(box(left + 10, top + 22, width - 20, 14, 4), shade(WOOD_DARK, -0.1))
    )


def chair(x: float, y: float, size: float = 1, colour: str = WOOD_DARK, *, look: int = 1) -> str:
    """A chair turned to the right (left: look -1), seat 84 high at size 1."""
    back = (
        line("M-52 0 L-46 -84 L-58 -196", colour, 15)
        + line("M50 0 L44 -84", colour, 15)
        + paper(box(-58, -92, 116, 20, 8), colour)
    )
    rungs = line("M-54 -170 h14 M-52 -136 h10", shade(colour, -0.25), 12)
    turned = f'<g transform="scale(-1 1)">{back + rungs}</g>' if look < 0 else back + rungs
    return move(turned, x, y, size)


def carton(
    x: float, y: float, width: float = 170, height: float = 120, colour: str = CREMA, *, shut: bool = True
) -> str:
    """A box of brown board, its tape or its open flaps."""
    left, top, dark = x - width / 2, y - height, shade(colour, -0.28)
    front = paper(box(left, top, width, height, 6), shade(colour, -0.1)) + line(
        box(left, top, width, height, 6), dark, 5
    )
    if shut:
        return (
            front
            + fill(box(x - 15, top, 30, height * 0.46), dark)
            + fill(box(x - width * 0.36, y - 34, 40, 16, 3), dark)
        )
    flaps = fill(f"M{left} {top} l-34 -30 h62 l34 30 Z M{left + width} {top} l34 -30 h-62 l-34 30 Z", colour)
    return fill(box(left + 8, top - 20, width - 16, 30), dark) + flaps + front


def bag(x: float, y: float, size: float = 1, colour: str = PINE, *, full: bool = True) -> str:
    """A cloth bag with handles, with clothes looking out when it is full."""
    inside = (
        paper("M-70 -168 q-4 -46 40 -48 q20 -36 62 -14 q44 0 40 62 Z", BERRY)
        + fill("M-60 -168 q10 -40 50 -34 l10 34 Z", HONEY)
        if full
        else ""
    )
    handles = line("M-44 -160 Q-44 -246 0 -246 Q44 -246 44 -160", shade(colour, -0.3), 14)
    body = paper("M-92 -172 H92 L104 -10 Q104 0 92 0 H-92 Q-104 0 -104 -10 Z", colour)
    heart = fill("M0 -56 C-56 -92 -34 -134 0 -112 C34 -134 56 -92 0 -56 Z", BIRCH)
    return move(inside + body + handles + heart, x, y, size)


def sheet(
    x: float, y: float, width: float = 110, height: float = 140, *, lines: int = 4, angle: float = 0, colour: str = EDGE
) -> str:
    """A written sheet of paper, its middle at (x, y)."""
    left, top = x - width / 2, y - height / 2
    body = fill(box(left, top, width, height, 6), SHEET) + line(box(left, top, width, height, 6), EDGE, 5)
    step = height / (lines + 1.4)
    rows = "".join(
        line(f"M{left + 18} {top + step * (at + 1)} h{width - (36 if at % 2 else 58)}", colour, 7)
        for at in range(lines)
    )
    return turn(body + rows, angle, x, y)


def heart(x: float, y: float, size: float = 1, colour: str = BERRY) -> str:
    return move(paper("M0 60 C-110 -10 -74 -92 0 -46 C74 -92 110 -10 0 60 Z", colour), x, y, size)


def star(x: float, y: float, size: float = 1, colour: str = HONEY, edge: str = "#8A5A00") -> str:
    d = "M0 -76 L22 -26 L76 -22 L34 14 L48 68 L0 38 L-48 68 L-34 14 L-76 -22 L-22 -26 Z"
    return move(paper(d, colour) + line(d, edge, 7), x, y, size)


def sun(x: float, y: float, r: float = 60, *, rays: bool = True) -> str:
    beams = (
        "".join(turn(line(f"M{x} {y - r - 18} v-26", "#B87400", 12), at * 45, x, y) for at in range(8)) if rays else ""
    )
    return beams + paper(oval(x, y, r, r), HONEY) + line(oval(x, y, r, r), "#B87400", 6)


def flower(x: float, y: float, height: float, petal: str = BERRY, size: float = 1) -> str:
    stem = line(f"M{x} {y} v{-height}", PINE, 9) + fill(f"M{x} {y - height * 0.3} q34 -8 40 -42 q-38 2 -40 42 Z", PINE)
    petals = "".join(
        turn(fill(oval(x, y - height - 22 * size, 14 * size, 22 * size), petal), at * 60, x, y - height)
        for at in range(6)
    )
    return stem + petals + dot(x, y - height, 13 * size, HONEY)


def spruce(x: float, y: float, height: float, colour: str = PINE) -> str:
    tiers = "".join(
        paper(
            f"M{x} {y - height * (0.46 + 0.18 * at)} l{height * (0.27 - 0.055 * at)} {height * 0.34} h{-2 * height * (0.27 - 0.055 * at)} Z",
            shade(colour, 0.06 * at),
        )
        for at in range(4)
    )
    return fill(box(x - height * 0.035, y - height * 0.14, height * 0.07, height * 0.14), WOOD_DARK) + tiers


def house(x: float, y: float, width: float = 200, colour: str = BERRY, *, lit: bool = True) -> str:
    """A wooden house with a chimney and snow of its own on the roof."""
    left, high = x - width / 2, width * 0.56
    wall = paper(box(left, y - high, width, high), colour)
    roof = fill(f"M{left - 18} {y - high + 6} L{x} {y - high * 1.86} L{left + width + 18} {y - high + 6} Z", SLATE)
    snow = line(f"M{left - 16} {y - high} L{x} {y - high * 1.84} L{left + width + 16} {y - high}", RIM_COLOUR, 15)
    window = fill(box(left + width * 0.6, y - high * 0.72, width * 0.24, high * 0.36, 4), HONEY if lit else ICE)
    cross = line(
        f"M{left + width * 0.72} {y - high * 0.72} v{high * 0.36} M{left + width * 0.6} {y - high * 0.54} h{width * 0.24}",
        BIRCH,
        5,
    )
    door = fill(box(left + width * 0.18, y - high * 0.7, width * 0.22, high * 0.7, 4), shade(colour, -0.5))
    chimney = fill(box(x + width * 0.2, y - high * 1.8, width * 0.11, high * 0.5), shade(colour, -0.4))
    return chimney + roof + wall + snow + window + cross + door


def tablet(x: float, y: float, width: float = 200, height: float = 140, screen: str = RIVER) -> str:
    """A tablet that stands, its foot at (x, y)."""
    left, top = x - width / 2, y - height - 18
    foot = fill(f"M{x - 50} {y} L{x - 30} {y - 30} H{x + 30} L{x + 50} {y} Z", SLATE)
    return (
        foot
        + fill(box(left, top, width, height, 14), NIGHT)
        + paper(box(left + 14, top + 14, width - 28, height - 28, 4), screen)
    )


def phone(x: float, y: float, size: float = 1, *, angle: float = 0, screen: str = RIVER) -> str:
    body = fill(box(-46, -84, 92, 168, 16), NIGHT) + paper(box(-36, -66, 72, 122, 4), screen) + dot(0, 70, 8, STONE)
    return f'<g transform="translate({x:g} {y:g}) rotate({angle:g}) scale({size:g})">{body}</g>'


def bow(x: float, y: float, size: float = 1, colour: str = BERRY) -> str:
    loops = paper("M0 0 Q-70 -58 -78 -8 Q-76 44 0 0 Z", colour) + paper("M0 0 Q70 -58 78 -8 Q76 44 0 0 Z", colour)
    tails = fill("M-4 4 L-44 74 L-18 66 L0 84 L8 8 Z M4 4 L48 70 L24 66 L10 84 L-6 8 Z", shade(colour, -0.2))
    return move(tails + loops + dot(0, 0, 16, shade(colour, -0.3)), x, y, size)


def clock(x: float, y: float, r: float, *, share: float | None = None, colour: str = RIVER) -> str:
    """A clock; `share` of its face (0..1, from twelve) is filled."""
    face = fill(oval(x, y, r, r), SHEET)
    if share is not None and share < 1:
        turned = 2 * math.pi * share
        end = f"{x + r * math.sin(turned):.1f} {y - r * math.cos(turned):.1f}"
        face += fill(f"M{x} {y} V{y - r} A{r} {r} 0 {int(share > 0.5)} 1 {end} Z", colour)
    elif share:
        face += fill(oval(x, y, r, r), colour)
    marks = "".join(turn(line(f"M{x} {y - r + 16} v14", NIGHT, 8), at * 30, x, y) for at in range(0, 12, 3))
    return face + marks + line(oval(x, y, r, r), NIGHT, 14) + dot(x, y, 12, NIGHT)


def calendar(
    x: float, y: float, width: float, height: float, *, marked: tuple[int, ...] = (), columns: int = 7, rows: int = 4
) -> str:
    """A page of a calendar, its middle at (x, y); `marked` days (from 0) are filled."""
    left, top, head = x - width / 2, y - height / 2, height * 0.2
    page = fill(box(left, top, width, height, 14), SHEET) + fill(box(left, top, width, head + 10, 14), BERRY)
    rings = "".join(line(f"M{left + width * part} {top - 16} v40", NIGHT, 12) for part in (0.25, 0.75))
    step, rise = (width - 32) / columns, (height - head - 36) / rows
    days = "".join(
        fill(
            box(left + 20 + step * (at % columns), top + head + 26 + rise * (at // columns), step - 9, rise - 9, 5),
            RIVER if at in marked else "#CFDCE6",
        )
        for at in range(columns * rows)
    )
    return page + days + rings + line(box(left, top, width, height, 14), EDGE, 7)


def draw_all(pictures: dict[str, str], *, width: int = 560) -> None:
    """Render the bodies of `pictures` (720 × 540) into assets/art."""
    for name, body in pictures.items():
        render(picture(body, width=720, height=540), ART / f"{name}.png", width=width)
