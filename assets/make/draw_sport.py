"""Pictures of things for sports and the outdoors."""

from __future__ import annotations

import math

from draw_craft import (
    about,
    bar,
    box,
    cut,
    dot,
    fill,
    flip,
    flower,
    hung,
    line,
    move,
    oval,
    rect,
    render_all,
    row,
    seam,
    spruce,
    stands,
    star,
    sym,
    tex,
    turn,
    wheel,
    wood,
    zigzag,
)
from paint import (
    BERRY,
    BIRCH,
    COFFEE,
    CREMA,
    DEEP,
    HONEY,
    MOSS,
    NIGHT,
    PINE,
    RIVER,
    ROSE,
    SNOW,
    STONE,
    SUN,
    WOOD,
    shade,
)


def drift(x: float, width: float, y: float = 640) -> str:
    """Return a small heap of snow in front of something stuck into it."""
    return cut(
        f"M{x - width} {y + 14} Q{x - width * 0.7} {y - 26} {x - width * 0.2} {y - 34} Q{x + width * 0.5} {y - 44} {x + width} {y + 14} Z",
        SNOW,
        lift=False,
    )


def skis(colour: str, stripe: str, third: str) -> str:
    """Return crossed cross-country skis with poles, standing in snow."""

    def ski(tone: str) -> str:
        d = "M382 640 L378 200 Q378 130 400 78 Q422 130 422 200 L418 640 Z"
        inner = (
            rect(370, 240, 60, 12, stripe)
            + rect(370, 262, 60, 6, third)
            + "".join(star(400, y, 17, stripe) for y in (170, 214))
        )
        inner += (
            rect(370, 560, 60, 10, stripe)
            + zigzag(300, 14, 10, third, 4, 370, 440)
            + line("M392 90 L390 640", "#FFFFFF", 4, opacity=0.3)
        )
        binding = (
            cut(box(384, 400, 32, 60, 6), "#35424D")
            + cut(box(388, 388, 24, 22, 6), HONEY)
            + rect(388, 420, 24, 5, STONE)
        )
        return cut(d, tone, inner, cast=12) + binding

    def pole() -> str:
        out = bar("M400 190 L400 634", "#A9B5BE", 9) + bar("M400 176 L400 232", COFFEE, 18)
        out += line("M396 186 Q362 214 392 248", NIGHT, 6) + cut(oval(400, 594, 30, 8), BERRY)
        return out

    out = turn(pole(), -30, 400, 640) + turn(pole(), 30, 400, 640)
    out += turn(ski(shade(colour, -0.1)), 13, 400, 560) + turn(ski(colour), -13, 400, 560)
    return out + drift(400, 230)


def skates(colour: str, trim: str, lace: str) -> str:
    """Return a pair of ice skates hanging by their laces."""
    steel = "#C5D0D8"
    boot = "M318 300 L454 300 L462 430 Q474 500 468 540 L214 540 Q196 500 240 476 Q300 452 316 400 Z"
    inner = fill("M200 510 Q330 530 480 510 L480 560 L200 560 Z", trim) + fill(
        "M420 290 L470 290 L480 420 Q440 420 430 390 Z", shade(colour, -0.12)
    )
    inner += seam("M322 440 Q380 470 466 450", trim) + star(410, 400, 22, trim)
    one = cut("M226 610 Q196 604 190 580 Q200 592 230 594 L486 594 L486 610 Z", steel) + "".join(
        cut(f"M{x} 540 L{x + 44} 540 L{x + 36} 598 L{x + 8} 598 Z", shade(steel, -0.15)) for x in (250, 410)
    )
    one += (
        cut(boot, colour, inner, cast=18)
        + cut(box(208, 534, 264, 14, 7), COFFEE)
        + cut("M312 286 L460 286 L458 314 L314 314 Z", trim)
    )
    one += cut("M306 306 L354 312 L336 420 Q320 450 282 468 Q306 430 310 390 Z", shade(colour, -0.08))
    for k in range(5):
        y = 330 + k * 27
        x = 312 - max(0, k - 2) * 9
        one += line(f"M{x} {y} L{x + 40} {y + 14} M{x + 40} {y} L{x} {y + 16}", lace, 5) + dot(x + 41, y + 6, 4, STONE)
    left = turn(move(one, -110, 56), 12, 250, 300)
    right = turn(move(one, 150, 66), -10, 540, 300)
    cord = line("M232 360 Q330 190 394 120 M484 366 Q440 200 406 120", lace, 7)
    return cord + right + left + dot(400, 117, 15, WOOD)


def pulkka(colour: str, rope: str) -> str:
    """Return a plastic sled with brakes and a pulling rope."""
    dark = shade(colour, -0.3)
    out = line("M636 470 Q742 470 716 590 Q690 650 620 632 Q570 616 590 660", shade(rope, -0.3), 10) + line(
        "M636 470 Q742 470 716 590 Q690 650 620 632 Q570 616 590 660", rope, 6, dash="10 5", cap="butt"
    )
    hull = "M128 476 Q126 600 210 632 Q240 644 300 642 L520 642 Q610 630 664 500 Q684 430 640 410 Z"
    out += cut(
        hull,
        dark,
        line("M160 560 Q260 610 420 606 Q560 596 650 500", shade(colour, -0.1), 10)
        + line("M180 600 Q300 636 460 630", NIGHT, 6, opacity=0.3),
    )
    rim = "M128 470 Q130 400 220 396 L560 372 Q672 366 676 416 Q670 480 560 520 Q460 552 300 552 Q140 552 128 470 Z"
    hollow = "M164 470 Q168 430 236 426 L556 404 Q634 400 636 424 Q620 468 540 492 Q450 520 304 522 Q168 520 164 470 Z"
    out += cut(rim, colour) + line("M146 452 Q160 412 224 408 L560 386", "#FFFFFF", 5, opacity=0.5)
    floor = fill("M200 500 Q220 452 300 450 L560 428 Q630 424 640 440 Q560 540 300 540 Z", shade(colour, -0.16))
    floor += "".join(line(f"M{x} 452 Q{x - 30} 480 {x - 20} 520", dark, 7, opacity=0.6) for x in range(320, 600, 54))
    floor += cut(
        "M176 470 Q200 440 250 438 L300 436 Q280 480 296 520 Q190 520 176 470 Z", SUN, star(236, 478, 22, colour)
    )
    out += cut(hollow, shade(colour, -0.32), floor, lift=False)
    return (
        out
        + bar("M352 560 Q330 500 300 452", "#35424D", 17)
        + bar("M470 400 Q452 370 430 346", "#35424D", 17)
        + cut(oval(298, 448, 20, 15), HONEY)
        + cut(oval(428, 342, 20, 15), HONEY)
    )


def kelkka(tone: str, cord: str) -> str:
    """Return a wooden sled with curled runners and a woven seat."""
    out = ""
    for dx, dy, dim in ((60, -42, -0.22), (0, 0, 0.0)):
        t = shade(tone, dim)
        out += move(bar("M120 622 L560 622 Q664 620 668 530 Q664 470 612 476 Q584 486 600 512", t, 18), dx, dy)
        out += "".join(move(bar(f"M{x} 616 L{x + 6} 512", t, 17), dx, dy) for x in (206, 366, 520))
        out += move(bar("M150 506 L590 506", t, 16), dx, dy)
    for k, x in enumerate(range(150, 580, 52)):
        out += wood(f"M{x} 500 L{x + 40} 500 L{x + 100} 452 L{x + 62} 452 Z", shade(tone, 0.2 if k % 2 else 0.1))
    out += cut(
        "M300 492 L430 492 L480 448 L352 448 Z",
        BERRY,
        "".join(star(x, 470, 17, SNOW) for x in range(330, 470, 38)) + tex("knit"),
    )
    return (
        out
        + line("M614 480 Q700 380 650 330 Q600 300 560 350 Q540 386 680 440", cord, 7)
        + rect(110, 630, 470, 8, "#9AA7B1", 0.9, 4)
    )


def kick_sledge(tone: str, seat: str) -> str:
    """Return a kick sledge: long steel runners, a wooden seat and a handle."""
    out = ""
    for dx, dy, dim in ((54, -34, -0.25), (0, 0, 0.0)):
        t = shade(tone, dim)
        out += move(bar("M92 634 L600 634 Q668 630 676 566", "#8593A0" if dim else "#A9B5BE", 11), dx, dy)
        out += move(
            bar("M340 628 Q330 440 286 244", t, 19) + bar("M566 628 L544 470", t, 18) + bar("M566 560 L360 600", t, 11),
            dx,
            dy,
        )
        out += move(bar("M330 466 L600 466", t, 18), dx, dy)
    out += "".join(
        wood(f"M{x} 462 L{x + 36} 462 L{x + 88} 424 L{x + 54} 424 Z", shade(seat, 0.1 if k % 2 else 0.0))
        for k, x in enumerate(range(336, 570, 44))
    )
    for k, y in enumerate((290, 336, 382)):
        x = 298 + k * 11
        out += wood(f"M{x} {y} L{x + 54} {y - 34} L{x + 58} {y - 8} L{x + 5} {y + 27} Z", shade(seat, 0.15 - k * 0.06))
    out += bar("M250 264 L372 190", COFFEE, 24) + dot(250, 264, 14, BERRY) + dot(372, 190, 14, BERRY)
    out += wood("M120 626 L214 626 L220 634 L120 634 Z", shade(tone, 0.1))
    basket = cut(
        "M410 396 L560 388 L540 452 L424 456 Z",
        CREMA,
        "".join(
            line(f"M400 {y} L570 {y - 6}", shade(CREMA, -0.3), 3, opacity=0.6)
            + line(f"M{400 + y % 160} 380 L{400 + y % 160} 470", shade(CREMA, -0.3), 2, opacity=0.5)
            for y in range(398, 460, 11)
        ),
    )
    blanket = cut(
        "M426 394 Q480 360 548 388 Q530 424 500 404 Q460 420 426 394 Z",
        BERRY,
        tex("knit") + row(390, 26, 5, SNOW, 420, 560),
    )
    return out + basket + blanket


def bicycle(colour: str, saddle: str, *, basket: bool) -> str:
    """Return a step-through town bicycle, with a basket of flowers or a sports bicycle's straight bar."""
    dark, steel = shade(colour, -0.2), "#B4C0C9"
    out = wheel(216, 520, 118, steel, spokes=28, tyre=0.09) + wheel(584, 520, 118, steel, spokes=28, tyre=0.09)
    out += bar("M88 540 Q86 394 216 390 Q300 394 332 460", dark, 11) + bar(
        "M474 460 Q506 392 584 390 Q668 394 700 470", dark, 11
    )
    out += bar("M216 520 L386 524 M216 520 L330 352", dark, 12) + bar("M338 320 L386 524", colour, 18)
    if basket:
        out += bar("M512 300 Q490 420 386 524", colour, 19) + bar("M518 322 Q470 410 366 440", colour, 13)
    else:
        out += bar("M516 322 L386 524", colour, 19) + bar("M516 310 L344 346", colour, 17)
    out += bar("M504 260 L524 350 Q548 440 584 520", colour, 17)
    out += bar("M336 320 L330 286", steel, 11) + cut(
        "M266 270 Q320 256 384 278 Q396 290 376 296 Q330 296 318 310 Q270 314 262 290 Z", saddle
    )
    out += bar("M506 266 L498 224 Q470 206 436 226", steel, 12) + bar("M462 212 L430 230", COFFEE, 19)
    out += bar("M140 372 L320 372 M160 376 L212 516", "#73808B", 9) + dot(128, 388, 12, BERRY)
    out += line("M386 524 L216 508 M386 540 L216 532", "#35424D", 4)
    out += cut(
        "M206 500 L380 486 Q424 492 424 526 Q420 560 384 562 L212 540 Q196 520 206 500 Z",
        shade(colour, 0.12),
        seam("M216 508 L380 496"),
    )
    out += (
        cut(oval(386, 524, 26, 26), steel)
        + bar("M386 524 L424 590", "#73808B", 11)
        + cut(box(402, 584, 56, 15, 6), "#35424D")
    )
    out += bar("M330 540 L300 636", "#73808B", 9)
    if basket:
        out += "".join(
            flower(x, y, 24, p, SUN, 6) + line(f"M{x} {y + 20} L590 330", MOSS, 4)
            for x, y, p in ((556, 222, ROSE), (600, 204, SNOW), (640, 226, BERRY))
        )
        weave = "".join(
            line(f"M500 {y} L700 {y}", shade(CREMA, -0.3), 3, opacity=0.7) for y in range(262, 360, 13)
        ) + "".join(
            line(f"M{x} 240 L{x + (600 - x) * 0.15:.0f} 360", shade(CREMA, -0.3), 3, opacity=0.5)
            for x in range(530, 680, 15)
        )
        out += cut("M528 250 L674 250 L656 346 L548 346 Z", CREMA, weave) + cut(
            box(520, 240, 162, 18, 9), shade(CREMA, 0.15)
        )
    else:
        out += cut("M530 292 L566 284 L566 316 L534 314 Z", "#35424D") + cut(oval(568, 300, 9, 18), SUN)
    return out


def helmet(colour: str, stripe: str) -> str:
    """Return a bicycle helmet with air slots and a chin strap."""
    out = line("M250 500 Q300 640 420 630 Q520 620 540 498", "#35424D", 15) + line(
        "M320 500 Q350 600 412 626", "#35424D", 11
    )
    out += cut(box(386, 606, 64, 34, 9), "#222C34", rect(404, 618, 28, 8, STONE, 1, 4))
    shell = "M140 492 Q130 250 396 236 Q640 244 664 470 Q670 508 630 510 Q420 470 200 524 Q146 530 140 492 Z"
    inner = fill("M140 470 Q400 400 670 456 L680 560 L120 560 Z", shade(colour, -0.22)) + fill(
        "M180 400 Q220 270 390 256 Q250 300 224 420 Z", "#FFFFFF", 0.28
    )
    inner += line("M140 462 Q400 394 668 448", stripe, 12)
    out += cut(shell, colour, inner)
    for d in (
        "M388 276 Q440 268 486 286 Q440 306 398 300 Z",
        "M264 344 Q310 302 372 308 Q330 340 284 380 Z",
        "M402 328 Q490 316 556 352 Q500 380 416 362 Z",
        "M220 426 Q270 380 330 366 Q320 396 244 440 Z",
        "M396 390 Q500 374 596 410 Q540 424 410 412 Z",
    ):
        out += fill(d, NIGHT, 0.8) + line(d, shade(colour, 0.4), 3, opacity=0.5)
    return out + cut("M606 452 Q690 462 706 510 Q660 506 610 504 Z", shade(colour, -0.35))


def football() -> str:
    """Return a leather football in the snow."""
    x, y, r = 400, 450, 190

    def pent(cx: float, cy: float, s: float, a: float, squeeze: float) -> str:
        pts = " L".join(f"{s * math.sin(k * math.tau / 5):.1f} {-s * math.cos(k * math.tau / 5):.1f}" for k in range(5))
        return f'<g transform="translate({cx:.1f} {cy:.1f}) rotate({a}) scale(1 {squeeze}) rotate(36)"><path d="M{pts} Z" fill="{DEEP}"/></g>'

    inner = ""
    for k in range(5):
        a = k * 72 - 12
        c, s = math.sin(math.radians(a)), -math.cos(math.radians(a))
        cx, cy = x + 152 * c, y + 152 * s
        c1, s1 = math.sin(math.radians(a + 36)), -math.cos(math.radians(a + 36))
        inner += line(f"M{x + 60 * c} {y + 60 * s} L{x + 106 * c} {y + 106 * s}", STONE, 5)
        inner += line(
            f"M{x + 112 * c} {y + 112 * s} L{x + 128 * c1} {y + 128 * s1} L{x + 112 * math.sin(math.radians(a + 72))} "
            f"{y - 112 * math.cos(math.radians(a + 72))} M{x + 128 * c1} {y + 128 * s1} L{x + 190 * c1} {y + 190 * s1}",
            STONE,
            5,
        )
        inner += pent(cx, cy, 66, a, 0.66)
    inner += (
        pent(x, y, 66, -12 + 180 + 36 - 36, 1)
        + fill(oval(330, 360, 70, 50), "#FFFFFF", 0.55)
        + fill(
            f"M{x - 150} {y + 120} Q{x + 120} {y + 160} {x + 180} {y - 90} L{x + 200} {y + 200} L{x - 150} {y + 200} Z",
            NIGHT,
            0.16,
        )
    )
    return cut(oval(x, y, r, r), SNOW, inner) + drift(300, 120) + drift(520, 90)


def fishing() -> str:
    """Return a fishing rod leaning on a tackle basket, with a float on the line."""
    out = bar("M196 640 L540 110", COFFEE, 7) + line("M540 110 Q600 270 612 430", NIGHT, 2.5, opacity=0.7)
    out += bar("M196 640 L282 506", CREMA, 24) + line(
        "M210 618 L268 528", shade(CREMA, -0.35), 24, dash="5 12", cap="butt", opacity=0.5
    )
    out += "".join(line(oval(x + 10, y + 6, 9, 9), "#73808B", 4) for x, y in ((352, 400), (420, 296), (482, 200)))
    out += (
        bar("M294 486 L330 510", "#55636E", 10)
        + cut(oval(342, 516, 40, 40), "#55636E", line(oval(342, 516, 26, 26), SUN, 5))
        + bar("M342 516 L378 540", STONE, 8)
        + dot(380, 542, 11, BERRY)
    )
    out += cut("M612 430 Q642 458 612 506 Q582 458 612 430 Z", SNOW, rect(570, 426, 90, 44, BERRY)) + line(
        "M612 506 L612 536", NIGHT, 3
    )
    weave = "".join(
        line(f"M380 {y} L680 {y}", shade(CREMA, -0.32), 4, opacity=0.7) for y in range(520, 650, 15)
    ) + "".join(line(f"M{x} 500 L{x} 650", shade(CREMA, -0.32), 4, opacity=0.45) for x in range(390, 680, 17))
    out += cut("M404 512 L652 512 Q658 580 634 640 L422 640 Q398 580 404 512 Z", CREMA, weave)
    out += cut(
        "M394 490 Q400 476 420 476 L636 476 Q656 476 662 490 L662 522 L394 522 Z",
        shade(CREMA, 0.16),
        "".join(line(f"M{x} 470 L{x} 530", shade(CREMA, -0.2), 3, opacity=0.5) for x in range(400, 670, 17)),
    )
    out += (
        cut(box(506, 476, 40, 84, 8), COFFEE)
        + cut(box(514, 534, 24, 20, 5), HONEY)
        + bar("M404 520 Q352 560 416 620", COFFEE, 13)
    )
    fish = "M424 470 Q470 424 540 446 L576 424 L572 484 L540 466 Q470 492 424 470 Z"
    return out + cut(
        fish,
        "#7FA3B5",
        fill("M420 472 Q470 446 580 470 L560 500 L420 500 Z", "#DCE7ED")
        + "".join(line(f"M{x} 436 L{x - 6} 464", DEEP, 5, opacity=0.5) for x in (480, 502, 524)),
    )


def backpack(colour: str, leather: str, flap: str) -> str:
    """Return a canvas backpack with leather straps and a rolled mat."""
    out = (
        line("M330 226 Q400 130 470 226", COFFEE, 18)
        + bar("M236 330 Q196 440 236 590", shade(colour, -0.35), 30)
        + bar("M564 330 Q604 440 564 590", shade(colour, -0.4), 30)
    )
    out += cut(
        box(212, 150, 376, 92, 46),
        BERRY,
        rect(200, 140, 60, 120, shade(BERRY, -0.2))
        + rect(540, 140, 60, 120, shade(BERRY, -0.2))
        + "".join(star(x, 196, 24, SNOW) for x in (310, 400, 490)),
    )
    body = sym("M400 222 L296 222 Q236 236 232 320 L222 590 Q226 640 290 640 L400 640")
    out += cut(
        body, colour, tex("fleece") + fill("M222 600 L580 600 L580 660 L220 660 Z", leather) + seam("M226 592 L576 592")
    )
    for x, tone in ((186, 0.04), (540, -0.16)):
        out += (
            cut(box(x, 450, 74, 150, 24), shade(colour, tone))
            + cut(box(x - 4, 440, 82, 46, 16), shade(flap, tone))
            + cut(box(x + 28, 470, 18, 50, 5), leather)
        )
    out += cut(box(280, 440, 240, 168, 24), shade(colour, 0.08), tex("fleece") + seam(box(292, 470, 216, 126, 16)))
    out += cut(sym("M400 430 L286 430 Q276 440 276 456 L282 494 Q340 506 400 506"), shade(flap, 0.04))
    out += cut(
        sym("M400 214 L300 214 Q228 226 224 320 L226 384 Q300 412 400 412"),
        flap,
        seam("M234 376 Q400 424 566 376") + fill("M240 330 Q250 240 310 226 Q270 270 262 370 Z", "#FFFFFF", 0.16),
    )
    for x in (314, 458):
        out += cut(box(x, 300, 28, 154, 8), leather, seam(f"M{x + 6} 306 L{x + 6} 450", BIRCH)) + line(
            box(x - 5, 408, 38, 28, 5), HONEY, 6
        )
    for x in (222, 550):
        out += cut(box(x, 140, 24, 112, 8), leather)
    return (
        out
        + cut(oval(400, 330, 36, 36), BIRCH, spruce(400, 358, 52, PINE))
        + cut(box(384, 480, 32, 56, 8), leather)
        + line(box(380, 508, 40, 24, 5), HONEY, 5)
    )


def hockey(colour: str) -> str:
    """Return two ice-hockey sticks and a puck."""

    def stick(tone: str, tape: str) -> str:
        out = wood("M388 96 L414 96 L428 566 L400 570 Z", tone)
        out += cut(
            "M400 556 L428 552 L434 594 L560 606 Q580 616 572 642 L416 640 Q396 632 398 600 Z",
            tone,
            rect(470, 590, 120, 60, tape)
            + "".join(line(f"M{x} 590 L{x - 10} 650", "#FFFFFF", 3, opacity=0.3) for x in range(480, 590, 14)),
        )
        return out + cut(
            "M386 90 L416 90 L419 190 L390 190 Z",
            tape,
            "".join(line(f"M380 {y} L424 {y + 12}", "#FFFFFF", 3, opacity=0.35) for y in range(90, 190, 13)),
        )

    out = turn(flip(stick(shade(colour, -0.08), "#35424D"), 412), 16, 400, 640) + turn(
        stick(shade(WOOD, 0.25), BERRY), -16, 400, 640
    )
    puck = (
        cut("M324 608 L324 640 Q400 676 476 640 L476 608 Z", "#1D262D")
        + cut(oval(400, 608, 76, 22), "#36434D")
        + line(oval(400, 606, 56, 14), "#5A6873", 3)
    )
    return out + move(puck, 0, 14)


PICTURES: dict[str, str] = {
    "skis": stands(skis(RIVER, SNOW, SUN), "snow", reach=220, outside=21),
    "skis_berry": stands(skis("#C2473F", SNOW, HONEY), "dusk", reach=220, outside=22),
    "skates": hung(skates(SNOW, RIVER, BERRY), "river"),
    "skates_black": hung(skates("#3A4650", HONEY, SNOW), "morning"),
    "pulkka_red": stands(about(pulkka("#D2493F", SUN), 1.06), "snow", reach=290, outside=24),
    "pulkka_river": stands(about(pulkka("#3B86AD", BERRY), 1.06), "morning", reach=290, outside=25),
    "wooden_sled": stands(kelkka(WOOD, BERRY), "river", reach=300, outside=26),
    "kick_sledge": stands(kick_sledge("#C46A3C", WOOD), "dusk", reach=300, outside=27),
    "bicycle_pine": stands(bicycle(PINE, COFFEE, basket=True), "morning", reach=310, outside=28),
    "bicycle_red": stands(about(bicycle("#C9453D", NIGHT, basket=False), 0.9), "river", reach=290, outside=29),
    "helmet": stands(helmet(HONEY, DEEP), "pine", reach=250),
    "football": stands(football(), "pine", reach=190, outside=31),
    "fishing_rod": stands(fishing(), "river", reach=250, outside=32),
    "backpack_pine": stands(backpack("#5F7F5B", COFFEE, PINE), "morning", reach=230, outside=33),
    "backpack_river": stands(backpack("#5D8FAE", CREMA, DEEP), "rose", reach=230, outside=34),
    "hockey_sticks": stands(hockey(RIVER), "snow", reach=220, outside=35),
}

if __name__ == "__main__":
    render_all(PICTURES)
