"""Scissors, yarn and wood: the small shapes the pictures of clothes, baby things and sports gear share.

Everything returns SVG text for a square of 800 × 800 units (see `paint.still_life`).
"""

from __future__ import annotations

import itertools
import math
import random
import re
import sys
from pathlib import Path

from paint import BACKDROPS, BIRCH, DEEP, HONEY, MOSS, NIGHT, PINE, SUN, WOOD, render, shade, still_life

_ids = itertools.count(1)
_TOKEN = re.compile(r"[MLQCZ]|-?\d+(?:\.\d+)?")

DEFS = (
    '<linearGradient id="side" x1="0" y1="0" x2="1" y2="0.25"><stop offset="0" stop-color="#FFF4DC" stop-opacity=".26"/>'
    '<stop offset=".42" stop-color="#FFF4DC" stop-opacity="0"/><stop offset=".58" stop-color="#0E2A3E" stop-opacity="0"/>'
    '<stop offset="1" stop-color="#0E2A3E" stop-opacity=".27"/></linearGradient>'
    '<filter id="paper" x="-35%" y="-35%" width="175%" height="175%">'
    '<feDropShadow dx="4" dy="6" stdDeviation="4" flood-color="#0E2A3E" flood-opacity=".3"/></filter>'
    '<filter id="cast" x="-30%" y="-30%" width="170%" height="170%"><feGaussianBlur stdDeviation="9"/></filter>'
    '<pattern id="knit" width="16" height="13" patternUnits="userSpaceOnUse">'
    '<path d="M1 1 L8 9 L15 1" fill="none" stroke="#0E2A3E" stroke-opacity=".15" stroke-width="3.4"/>'
    '<path d="M1 -4 L8 4 L15 -4 M1 9 L8 17 L15 9" fill="none" stroke="#fff" stroke-opacity=".14" stroke-width="2.4"/>'
    "</pattern>"
    '<pattern id="rib" width="13" height="20" patternUnits="userSpaceOnUse">'
    '<rect width="5" height="20" fill="#0E2A3E" opacity=".17"/><rect x="6" width="3" height="20" fill="#fff" opacity=".15"/>'
    "</pattern>"
    '<pattern id="fleece" width="15" height="15" patternUnits="userSpaceOnUse" patternTransform="rotate(38)">'
    '<rect x="0" width="4" height="15" fill="#fff" opacity=".09"/><rect x="8" width="3" height="15" fill="#0E2A3E" opacity=".06"/>'
    "</pattern>"
    '<filter id="grain" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".55" '
    'numOctaves="2" seed="7"/><feColorMatrix values="0 0 0 0 .2  0 0 0 0 .16  0 0 0 0 .1  .9 0 0 0 -.4"/></filter>'
)


def points(d: str) -> list[tuple[str, list[tuple[float, float]]]]:
    """Return the segments of a path made of absolute M, L, Q, C and Z only."""
    out: list[tuple[str, list[float]]] = []
    for token in _TOKEN.findall(d):
        if token.isalpha():
            out.append((token, []))
        else:
            out[-1][1].append(float(token))
    return [(cmd, list(zip(n[::2], n[1::2], strict=True))) for cmd, n in out]


def mirror(d: str, axis: float = 400) -> str:
    """Return path `d` turned over the upright line x = `axis`."""
    return " ".join(cmd + " ".join(f"{2 * axis - x:g} {y:g}" for x, y in pts) for cmd, pts in points(d))


def sym(d: str, axis: float = 400) -> str:
    """Return a closed path from its left half, which runs from the top of the axis to its bottom."""
    segments = points(d)
    back = []
    for i in range(len(segments) - 1, 0, -1):
        cmd, pts = segments[i]
        way = [*pts[:-1][::-1], segments[i - 1][1][-1]]
        back.append(cmd + " ".join(f"{2 * axis - x:g} {y:g}" for x, y in way))
    return f"{d} {' '.join(back)} Z"


def oval(x: float, y: float, rx: float, ry: float) -> str:
    """Return the path of an ellipse."""
    return f"M{x - rx} {y} a{rx} {ry} 0 1 1 {2 * rx} 0 a{rx} {ry} 0 1 1 {-2 * rx} 0 Z"


def box(x: float, y: float, w: float, h: float, r: float = 0) -> str:
    """Return the path of a rectangle with round corners."""
    r = min(r, w / 2, h / 2)
    a = f"a{r} {r} 0 0 1"
    return (
        f"M{x + r} {y} h{w - 2 * r} {a} {r} {r} v{h - 2 * r} {a} {-r} {r} h{-(w - 2 * r)} {a} {-r} {-r} "
        f"v{-(h - 2 * r)} {a} {r} {-r} Z"
    )


def fill(d: str, colour: str, opacity: float = 1) -> str:
    """Return a plain filled path."""
    return f'<path d="{d}" fill="{colour}" opacity="{opacity:g}"/>'


def line(d: str, colour: str, width: float, *, opacity: float = 1, dash: str = "", cap: str = "round") -> str:
    """Return a stroked path."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linecap="{cap}" '
        f'stroke-linejoin="round" opacity="{opacity:g}"{dashes}/>'
    )


def seam(d: str, colour: str = "#FFFFFF", opacity: float = 0.55) -> str:
    """Return a stitched seam."""
    return line(d, colour, 3, opacity=opacity, dash="9 8")


def cut(d: str, colour: str, inner: str = "", *, cast: float = 0, lift: bool = True, lit: bool = True) -> str:
    """Return one piece of cut paper: lit from the left, `inner` kept inside its edge.

    `cast` is the distance of its shadow on the wall behind (0 for none); `lift` is the short shadow on
    the paper right below.
    """
    name = f"k{next(_ids)}"
    far = (
        f'<path d="{d}" transform="translate({cast} {cast * 1.15:g})" fill="{DEEP}" opacity=".2" filter="url(#cast)"/>'
        if cast
        else ""
    )
    shadow = ' filter="url(#paper)"' if lift else ""
    light = f'<path d="{d}" fill="url(#side)"/>' if lit else ""
    return (
        f'{far}<path d="{d}" fill="{colour}"{shadow}/><clipPath id="{name}"><path d="{d}"/></clipPath>'
        f'<g clip-path="url(#{name})">{inner}{light}</g>'
    )


def tex(pattern: str, x: float = 0, y: float = 0, w: float = 800, h: float = 800) -> str:
    """Return a rectangle of `knit`, `rib` or `fleece`."""
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="url(#{pattern})"/>'


def rect(x: float, y: float, w: float, h: float, colour: str, opacity: float = 1, r: float = 0) -> str:
    """Return a rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="{colour}" opacity="{opacity:g}"/>'


def dot(x: float, y: float, r: float, colour: str, opacity: float = 1) -> str:
    """Return a disc."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{colour}" opacity="{opacity:g}"/>'


def turn(body: str, angle: float, x: float, y: float) -> str:
    """Return `body` turned by `angle` degrees around a point."""
    return f'<g transform="rotate({angle:g} {x:g} {y:g})">{body}</g>'


def move(body: str, dx: float, dy: float, scale: float = 1) -> str:
    """Return `body` scaled from the origin, then moved."""
    return f'<g transform="translate({dx:g} {dy:g}) scale({scale:g})">{body}</g>'


def about(body: str, scale: float, x: float = 400, y: float = 640) -> str:
    """Return `body` scaled around a point."""
    return move(body, x * (1 - scale), y * (1 - scale), scale)


def flip(body: str, axis: float = 400) -> str:
    """Return `body` turned over the upright line x = `axis`."""
    return f'<g transform="translate({2 * axis:g} 0) scale(-1 1)">{body}</g>'


def button(x: float, y: float, r: float, colour: str) -> str:
    """Return a button with two holes."""
    hole = shade(colour, -0.5)
    return cut(oval(x, y, r, r), colour, line(oval(x, y, r * 0.68, r * 0.68), hole, 1.5, opacity=0.4)) + "".join(
        dot(x + k * r * 0.26, y, r * 0.14, hole) for k in (-1, 1)
    )


def star(x: float, y: float, r: float, colour: str, angle: float = 0) -> str:
    """Return the eight-petalled star of Nordic knitting."""
    petal = f"M0 {-0.08 * r:g} L{0.24 * r:g} {-0.5 * r:g} L0 {-r:g} L{-0.24 * r:g} {-0.5 * r:g} Z"
    return (
        f'<g transform="translate({x:g} {y:g}) rotate({angle:g})" fill="{colour}">'
        + "".join(f'<path d="{petal}" transform="rotate({45 * k})"/>' for k in range(8))
        + "</g>"
    )


def zigzag(y: float, height: float, step: float, colour: str, width: float, x0: float = 0, x1: float = 800) -> str:
    """Return a zigzag band."""
    n = int((x1 - x0) / step) + 1
    way = " L".join(f"{x0 + i * step:g} {y + (height if i % 2 else 0):g}" for i in range(n))
    return line(f"M{way}", colour, width, cap="butt")


def row(y: float, step: float, r: float, colour: str, x0: float = 0, x1: float = 800) -> str:
    """Return a row of diamonds (single stitches of another colour)."""
    out, x = "", x0
    while x <= x1:
        out += f'<path d="M{x:g} {y - r:g} L{x + r:g} {y:g} L{x:g} {y + r:g} L{x - r:g} {y:g} Z" fill="{colour}"/>'
        x += step
    return out


def flower(x: float, y: float, r: float, petal: str, heart: str, petals: int = 5) -> str:
    """Return a small flower."""
    ring = "".join(
        dot(
            x + r * 0.62 * math.sin(k * math.tau / petals),
            y - r * 0.62 * math.cos(k * math.tau / petals),
            r * 0.46,
            petal,
        )
        for k in range(petals)
    )
    return ring + dot(x, y, r * 0.36, heart)


def sprig(x: float, y: float, height: float, colour: str, angle: float = 0) -> str:
    """Return a twig with pairs of leaves, growing upwards from a point."""
    out = line(f"M{x} {y} L{x} {y - height}", colour, height * 0.035)
    for k in range(1, 6):
        base, size = y - height * k / 6, height * (0.24 - 0.022 * k)
        for side in (-1, 1):
            out += fill(
                f"M{x} {base} Q{x + side * size * 0.3} {base - size * 0.7} {x + side * size} {base - size * 0.55} "
                f"Q{x + side * size * 0.8} {base} {x} {base} Z",
                shade(colour, 0.12 if side < 0 else -0.08),
            )
    return turn(out, angle, x, y)


def wood(d: str, colour: str = WOOD, *, cast: float = 0) -> str:
    """Return a piece of wood with a few lines of grain."""
    grain = "".join(
        line(f"M-20 {y} C200 {y - 9} 420 {y + 11} 820 {y - 3}", shade(colour, -0.3), 1.6, opacity=0.3)
        for y in range(90, 720, 11)
    )
    return cut(d, colour, grain, cast=cast)


def rail(pegs: tuple[int, ...] = (130, 400, 670), y: float = 96) -> str:
    """Return a wall rail with wooden pegs."""
    out = wood(f"M-20 {y} L820 {y} L820 {y + 42} L-20 {y + 42} Z", shade(WOOD, 0.18), cast=12)
    out += rect(-20, y, 840, 5, "#FFFFFF", 0.35)
    for x in pegs:
        out += cut(oval(x, y + 21, 17, 17), shade(WOOD, -0.12), cast=8) + dot(x - 4, y + 16, 7, "#FFFFFF", 0.25)
    return out


def hanger(y: float = 218, width: float = 116, hook: str = "#9AA7B1") -> str:
    """Return a wooden hanger whose hook sits on the middle peg; its shoulders begin at `y`."""
    bar = sym(
        f"M400 {y - 30} Q386 {y - 30} 372 {y - 20} L{400 - width} {y + 18} Q{390 - width} {y + 34} {412 - width} {y + 34} "
        f"Q{400 - width / 2} {y + 2} 400 {y}"
    )
    wire = f"M400 {y - 26} L400 {y - 52} Q400 {y - 66} 414 {y - 74} Q428 {y - 84} 420 104 Q402 88 386 108"
    return line(wire, shade(hook, -0.25), 8) + line(wire, hook, 5) + wood(bar, shade(WOOD, 0.05), cast=10)


def clips(y: float = 200, half: float = 84) -> str:
    """Return a bar hanger with two clips at 400 ± `half` for trousers and skirts."""
    wire = f"M400 {y - 20} L400 {y - 44} Q400 {y - 60} 414 {y - 68} Q428 {y - 78} 420 104 Q402 88 386 108"
    out = line(wire, "#73808B", 8) + line(wire, "#9AA7B1", 5)
    out += wood(box(400 - half - 36, y - 26, 2 * half + 72, 20, 10), cast=10)
    for x in (400 - half, 400 + half):
        out += cut(box(x - 13, y - 32, 26, 52, 7), "#AEB9C2") + rect(x - 7, y - 4, 14, 4, "#73808B", 0.7, 2)
    return out


def wheel(x: float, y: float, r: float, rim: str, *, spokes: int = 18, tyre: float = 0.12) -> str:
    """Return a wheel with a tyre, a rim and thin spokes."""
    out = "".join(
        line(
            f"M{x} {y} L{x + r * 0.9 * math.cos(k * math.tau / spokes):.1f} {y + r * 0.9 * math.sin(k * math.tau / spokes):.1f}",
            "#8795A1",
            max(1.5, r * 0.016),
        )
        for k in range(spokes)
    )
    out += line(oval(x, y, r * (1 - tyre / 2), r * (1 - tyre / 2)), "#27343E", r * tyre)
    out += line(oval(x, y, r * (1 - tyre * 1.25), r * (1 - tyre * 1.25)), rim, r * tyre * 0.6)
    out += line(
        f"M{x - r * 0.93} {y} Q{x - r * 0.9} {y - r * 0.75} {x - r * 0.1} {y - r * 0.94}",
        "#FFFFFF",
        r * 0.025,
        opacity=0.5,
    )
    return out + cut(oval(x, y, r * 0.13, r * 0.13), rim)


def bar(d: str, colour: str, width: float) -> str:
    """Return a round tube or rod, lit along its upper left."""
    return (
        line(d, shade(colour, -0.28), width)
        + f'<g transform="translate({-width * 0.1:g} {-width * 0.1:g})">{line(d, colour, width * 0.72)}</g>'
        + f'<g transform="translate({-width * 0.2:g} {-width * 0.2:g})">{line(d, shade(colour, 0.4), width * 0.18, opacity=0.8)}</g>'
    )


def stool(y: float = 520, colour: str = WOOD) -> str:
    """Return a round stool whose seat is at height `y` and whose legs stand on 640."""
    out = ""
    for x0, x1, tone in ((322, 286, -0.22), (478, 514, -0.3), (400, 400, -0.12)):
        out += wood(f"M{x0 - 15} {y + 10} L{x0 + 15} {y + 10} L{x1 + 11} 648 L{x1 - 11} 648 Z", shade(colour, tone))
    out += wood(
        f"M308 {(y + 640) / 2 + 12} L492 {(y + 640) / 2 + 12} L494 {(y + 640) / 2 + 28} L306 {(y + 640) / 2 + 28} Z",
        shade(colour, -0.18),
    )
    return (
        out + wood(box(216, y - 4, 368, 40, 20), shade(colour, -0.05)) + wood(oval(400, y, 184, 26), shade(colour, 0.2))
    )


def window(opacity: float = 0.5) -> str:
    """Return the light of a window, low and slanting, on the wall."""
    panes = "".join(
        f'<path d="M{x} {y} L{x + 150} {y - 34} L{x + 150} {y + 156} L{x} {y + 190} Z" fill="#FFFBEF"/>'
        for x, y in ((60, 250), (226, 212), (60, 458), (226, 420))
    )
    return f'<g opacity="{opacity}">{panes}</g>'


def spruce(x: float, y: float, height: float, colour: str, opacity: float = 1) -> str:
    """Return a spruce of three layers of paper, with snow on its lit side."""
    out = rect(x - height * 0.03, y - height * 0.12, height * 0.06, height * 0.14, shade(colour, -0.3))
    for k, (base, top, half) in enumerate(((0.08, 0.52, 0.27), (0.32, 0.75, 0.21), (0.56, 1.0, 0.15))):
        w, b, t = half * height, y - base * height, y - top * height
        tone = shade(colour, 0.05 * k)
        out += fill(
            f"M{x} {t} Q{x - w * 0.4} {b - (b - t) * 0.3} {x - w} {b} Q{x} {b + height * 0.05} {x + w} {b} "
            f"Q{x + w * 0.4} {b - (b - t) * 0.3} {x} {t} Z",
            tone,
        )
        out += fill(
            f"M{x} {t} Q{x - w * 0.4} {b - (b - t) * 0.3} {x - w} {b} Q{x - w * 0.5} {b - (b - t) * 0.16} "
            f"{x - w * 0.28} {b - (b - t) * 0.3} Q{x - w * 0.12} {b - (b - t) * 0.6} {x} {t} Z",
            "#FFFFFF",
            0.62,
        )
    return f'<g opacity="{opacity}">{out}</g>'


def outdoors(backdrop: str, ground: float = 640, seed: int = 1) -> str:
    """Return a low sun, a far ridge, spruces and a few snowflakes behind a thing which stands outside."""
    dice = random.Random(seed)
    bottom = BACKDROPS[backdrop][1]
    far, near = shade(bottom, -0.05), shade(bottom, -0.11)
    out = dot(610, 200, 66, SUN, 0.25) + dot(610, 200, 48, SUN, 0.85) + dot(602, 192, 30, "#FFF4DC", 0.7)
    edge = f"L800 {ground - 52} C520 {ground - 12} 220 {ground - 78} 0 {ground - 42} Z"
    out += fill(
        f"M0 {ground - 190} C150 {ground - 260} 260 {ground - 150} 430 {ground - 190} S700 {ground - 270} 800 {ground - 210} {edge}",
        far,
    )
    out += fill(
        f"M0 {ground - 110} C130 {ground - 90} 240 {ground - 160} 400 {ground - 120} S660 {ground - 100} 800 {ground - 150} {edge}",
        near,
    )
    tree = shade(PINE, 0.25)
    for x, h in ((52, 210), (128, 140), (700, 160), (764, 235)):
        out += spruce(x + dice.randint(-14, 14), ground - 50, h + dice.randint(-20, 24), tree, 0.62)
    for _ in range(26):
        out += dot(dice.randint(20, 780), dice.randint(30, int(ground) - 130), dice.uniform(2.2, 5.2), "#FFFFFF", 0.9)
    return out


def room(backdrop: str, ground: float = 640) -> str:
    """Return window light and a jug of twigs far to the side, for a thing which stands indoors."""
    jug = (
        sprig(700, ground - 150, 150, MOSS, 12)
        + sprig(690, ground - 150, 170, PINE, -10)
        + sprig(696, ground - 150, 190, MOSS, 2)
        + cut(
            f"M672 {ground - 160} L720 {ground - 160} Q716 {ground - 128} 734 {ground - 96} Q744 {ground - 50} 720 {ground - 34} "
            f"L674 {ground - 34} Q650 {ground - 50} 660 {ground - 96} Q676 {ground - 128} 672 {ground - 160} Z",
            BIRCH,
            rect(640, ground - 92, 110, 10, HONEY, 0.7),
        )
    )
    return window(0.42) + f'<g opacity=".8">{jug}</g>'


def hung(thing: str, backdrop: str) -> str:
    """Return the picture of a thing on the wall rail (it hangs within y 96..690)."""
    return finish(window() + rail() + thing, backdrop, ground=752, reach=0)


def stands(thing: str, backdrop: str, *, reach: float = 260, outside: int = 0) -> str:
    """Return the picture of a thing standing on y = 640, indoors, or outside with trees of seed `outside`."""
    behind = outdoors(backdrop, seed=outside) if outside else room(backdrop)
    shadow = (
        f'<ellipse cx="{400 + reach * 0.2}" cy="648" rx="{reach}" ry="{max(14.0, reach * 0.09)}" fill="{NIGHT}" opacity=".2" '
        'filter="url(#cast)"/>'
    )
    return finish(behind + shadow + thing, backdrop, ground=640, reach=reach)


def finish(body: str, backdrop: str, *, ground: float, reach: float) -> str:
    """Return the whole picture with the grain of paper over it."""
    grain = '<rect width="800" height="800" filter="url(#grain)" opacity=".13"/>'
    return still_life(body + grain, backdrop=backdrop, ground=ground, reach=reach, defs=DEFS)


def render_all(pictures: dict[str, str]) -> None:
    """Render `pictures` (or those named on the command line) as 800 px WebP files."""
    folder = Path(__file__).resolve().parents[1] / "demo" / "pictures"
    for name, svg in pictures.items():
        if len(sys.argv) < 2 or name in sys.argv[1:]:
            render(svg, folder / f"{name}.webp", width=800)
