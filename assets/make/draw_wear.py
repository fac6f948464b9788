"""Pictures of small clothes: mittens, scarves, caps, socks, shoes and a pile of sweaters."""

from __future__ import annotations

import math

from draw_craft import (
    about,
    box,
    cut,
    dot,
    fill,
    finish,
    flip,
    hung,
    line,
    move,
    oval,
    rect,
    row,
    seam,
    sprig,
    stands,
    star,
    stool,
    sym,
    tex,
    turn,
    window,
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


def mittens(colour: str, yarn: str, third: str) -> str:
    """Return a pair of Selbu mittens on a cord over the middle peg."""
    knit = tex("knit")
    hand = "M222 388 L216 520 Q216 650 292 656 Q368 650 368 520 L362 388 Z"
    thumb = "M236 440 Q168 452 158 530 Q158 580 192 578 Q222 568 240 500 Z"
    inner = (
        star(292, 500, 58, yarn)
        + row(582, 30, 7, third, 202)
        + row(610, 30, 7, yarn, 217)
        + zigzag(414, 18, 15, yarn, 6)
    )
    inner += row(446, 30, 5, third, 202)
    wrist = rect(180, 330, 240, 18, yarn) + rect(180, 358, 240, 10, third) + tex("rib")
    one = cut(thumb, shade(colour, -0.08), knit, cast=20) + cut(hand, colour, inner + knit, cast=20)
    one += cut(box(214, 312, 156, 84, 16), shade(colour, -0.05), wrist, cast=0)
    cord = line("M292 316 Q330 170 392 122 M508 316 Q470 170 408 122", shade(yarn, -0.2), 9)
    cord += line("M292 316 Q330 170 392 122 M508 316 Q470 170 408 122", third, 5, dash="8 9", cap="butt")
    right = one.replace(shade(colour, -0.08), shade(colour, -0.14))
    return cord + turn(one, 5, 292, 312) + flip(turn(right, 5, 292, 312)) + dot(400, 117, 15, shade(WOOD, -0.05))


def scarf(colour: str, stripe: str, third: str, *, nordic: bool = False) -> str:
    """Return a long knitted scarf thrown over the middle peg."""

    def tail(d: str, x0: float, x1: float, y: float, tone: str) -> str:
        fringe = "".join(
            line(f"M{x} {y - 6} Q{x - 4 + k % 3 * 3} {y + 22} {x - 3 + k % 2 * 6} {y + 46}", (tone, stripe)[k % 2], 8)
            for k, x in enumerate(range(int(x0) + 6, int(x1), 12))
        )
        bands = "".join(
            rect(200, yy, 400, 34, stripe) + rect(200, yy + 44, 400, 8, third) for yy in range(int(y) - 128, 180, -116)
        )
        if nordic:
            bands = "".join(
                star((x0 + x1) / 2, yy, 40, stripe) + row(yy + 58, 24, 6, third, x0 - 10, x1 + 10)
                for yy in range(int(y) - 80, 170, -116)
            ) + rect(200, y - 24, 400, 10, third)
        return fringe + cut(d, tone, bands + tex("knit"), cast=22)

    back = tail("M388 128 Q476 128 488 250 L508 566 L398 572 L392 240 Z", 398, 508, 570, shade(colour, -0.12))
    front = tail(
        "M420 112 Q318 120 302 240 L268 640 L396 650 L418 270 Q424 170 448 134 Q444 112 420 112 Z",
        270,
        396,
        645,
        colour,
    )
    fold = line("M420 124 Q352 150 344 260 M436 130 Q388 176 384 270", NIGHT, 6, opacity=0.13)
    return back + front + fold


def cap(colour: str, yarn: str, third: str, pompom: str) -> str:
    """Return a knitted cap with a pompom on a stool."""
    dome = sym("M400 216 Q262 220 248 440 L250 500 Q330 508 400 508")
    inner = (
        "".join(star(x, 372, 40, yarn) for x in (214, 307, 400, 493, 586))
        + row(372, 93, 10, third, 260)
        + zigzag(300, 20, 19, yarn, 7)
    )
    inner += row(276, 38, 6, third, 210) + zigzag(424, 14, 19, yarn, 6) + tex("knit")
    out = stool(522) + fill(oval(412, 524, 168, 14), NIGHT, 0.25) + cut(dome, colour, inner)
    out += cut(
        box(228, 432, 344, 84, 32), shade(colour, -0.12), tex("rib", 228, 432, 344, 84) + rect(220, 466, 360, 10, third)
    )
    fluff = ""
    for n, r, size, tone in ((18, 54, 19, -0.12), (15, 40, 19, 0.0), (10, 24, 18, 0.12), (5, 9, 15, 0.28)):
        fluff += "".join(
            dot(
                400 - (54 - r) * 0.16 + r * math.cos(k * math.tau / n + r),
                186 - (54 - r) * 0.18 + r * math.sin(k * math.tau / n + r),
                size,
                shade(pompom, tone + (k % 2) * 0.07),
            )
            for k in range(n)
        )
    return out + fluff


def pair(one: str, dx: float = 150, dy: float = -20) -> str:
    """Return two shoes, the second behind the first and in its shade."""
    return move(one, dx - 66, dy) + move(one, -66, 0)


def winter_boots(colour: str, fur: str, lace: str) -> str:
    """Return laced winter boots with a warm lining."""
    dark = shade(colour, -0.3)
    boot = "M316 300 L486 300 L496 470 Q512 550 506 612 L196 612 Q176 548 226 522 Q300 494 318 440 Z"
    inner = fill("M180 560 Q250 510 330 590 L330 640 L170 640 Z", dark, 0.75) + fill(
        "M440 480 Q500 470 520 500 L520 640 L450 640 Z", dark, 0.6
    )
    inner += seam("M324 592 Q300 540 244 530", shade(colour, 0.5)) + seam(
        "M446 620 Q428 520 470 482", shade(colour, 0.5)
    )
    out = cut(boot, colour, inner)
    out += cut(
        "M180 596 Q176 640 206 640 L506 640 Q518 620 510 596 Q350 612 180 596 Z",
        BIRCH,
        "".join(rect(x, 626, 16, 20, CREMA) for x in range(190, 520, 30)),
    )
    tongue = "M312 324 L372 330 L356 450 Q330 492 286 506 Q312 470 322 430 Z"
    out += cut(tongue, shade(colour, -0.16))
    for k in range(5):
        y = 346 + k * 32
        x = 318 - max(0, k - 2) * 6
        out += line(f"M{x} {y} L{x + 52} {y + 20} M{x + 54} {y - 4} L{x - 2} {y + 26}", lace, 6) + dot(
            x + 54, y + 4, 6, HONEY
        )
    out += line("M330 350 Q268 340 262 384 M334 352 Q296 390 302 420", lace, 6)
    return out + "".join(
        dot(312 + k * 12, 296 + 5 * math.sin(k * 2), 19, shade(fur, 0.1 if k % 2 else -0.08)) for k in range(16)
    )


def rubber_boots(colour: str, trim: str) -> str:
    """Return shiny rubber boots with a coloured edge."""
    boot = "M318 270 L470 270 L478 470 Q500 540 494 616 L190 616 Q172 548 236 526 Q306 500 316 430 Z"
    inner = fill("M340 300 Q358 296 358 330 L354 460 Q336 500 330 440 Z", "#FFFFFF", 0.42) + fill(
        oval(250, 556, 36, 12), "#FFFFFF", 0.42
    )
    inner += line("M316 470 Q390 500 484 480", shade(colour, -0.25), 4, opacity=0.6)
    out = cut(oval(394, 270, 76, 14), shade(colour, -0.5), lift=False) + cut(boot, colour, inner)
    out += cut("M316 264 Q394 284 472 264 L474 306 Q394 324 316 306 Z", trim)
    out += cut(
        "M180 598 Q174 640 204 640 L360 640 L366 628 L410 628 L412 640 L498 640 Q506 620 498 598 Q340 614 180 598 Z",
        trim,
    )
    return out + star(430, 390, 26, trim)


def sneakers(colour: str, stripe: str) -> str:
    """Return everyday laced shoes."""
    shoe = "M188 556 Q270 546 322 468 Q340 446 364 464 Q400 486 440 466 Q478 440 496 452 Q516 520 508 606 L182 606 Q172 574 188 556 Z"
    inner = fill("M170 560 Q236 540 262 606 L262 640 L160 640 Z", SNOW) + fill(
        "M450 500 L520 500 L520 620 L440 620 Z", stripe
    )
    inner += line("M352 600 Q380 560 362 506 M384 600 Q412 560 394 506", stripe, 12) + seam(
        "M270 600 Q262 556 226 550", shade(colour, 0.6)
    )
    out = cut("M322 466 Q344 416 384 446 L400 486 L340 500 Z", shade(colour, 0.25)) + cut(shoe, colour, inner)
    out += "".join(line(f"M{318 - k * 20} {482 + k * 18} L{352 - k * 20} {504 + k * 16}", SNOW, 8) for k in range(4))
    out += line("M330 484 Q290 440 268 462 Q262 488 316 490 M330 484 Q352 424 326 416", SNOW, 6)
    out += cut(
        "M174 590 Q170 640 206 640 L500 640 Q520 622 512 590 Q340 610 174 590 Z", SNOW, rect(160, 616, 380, 6, stripe)
    )
    return out


def socks(colour: str, yarn: str, third: str) -> str:
    """Return wool socks pegged to a line."""
    rope = "M-20 170 Q400 226 820 160"
    out = line(rope, COFFEE, 7) + line(rope, shade(WOOD, 0.4), 4, dash="9 7", cap="butt")
    sock = "M262 200 L384 206 L384 448 Q384 486 352 514 L252 610 Q208 640 172 604 Q142 566 180 526 Q250 462 254 420 Z"
    knit = (
        rect(100, 196, 320, 60, shade(colour, -0.1))
        + tex("rib", 100, 196, 320, 60)
        + rect(100, 270, 320, 22, yarn)
        + rect(100, 300, 320, 8, third)
    )
    knit += (
        star(318, 366, 40, yarn)
        + rect(100, 424, 320, 8, third)
        + fill(oval(384, 484, 66, 54), yarn)
        + fill(oval(176, 590, 76, 60), yarn)
    )
    knit += turn(rect(60, 500, 18, 200, third), 0, 70, 500) + tex("knit")
    one = cut(sock, colour, knit, cast=22)
    for dx in (20, 270):
        out += move(one, dx, 6 if dx < 100 else 2)
        out += "".join(
            wood(box(x + dx, 172, 18, 62, 6), shade(WOOD, 0.3)) + rect(x + dx, 198, 18, 4, STONE) for x in (272, 354)
        )
    return out


def pile() -> str:
    """Return four folded sweaters and a sprig on a stool."""
    out = stool(540) + fill(oval(412, 544, 172, 14), NIGHT, 0.25)
    sets = ((BERRY, SNOW, "star"), (HONEY, "#FFF4DC", "plain"), (RIVER, SNOW, "zig"), ("#E9DCC6", COFFEE, "row"))
    for i, (colour, yarn, kind) in enumerate(sets):
        y, x, w = 470 - i * 72, 236 + i % 2 * 12, 330 - i * 8
        pattern = {
            "star": "".join(star(k, y + 38, 24, yarn) for k in range(int(x) + 30, 600, 58)),
            "plain": "".join(line(f"M{k} {y} L{k} {y + 80}", yarn, 3, opacity=0.35) for k in range(220, 600, 26)),
            "zig": zigzag(y + 30, 18, 16, yarn, 7) + row(y + 18, 32, 5, SUN, 208),
            "row": row(y + 28, 30, 9, BERRY, 210) + row(y + 52, 30, 7, yarn, 225),
        }[kind]
        out += cut(
            box(x, y, w, 76, 34),
            colour,
            pattern
            + tex("knit")
            + line(f"M{x + w} {y + 38} Q{x + 160} {y + 46} {x + 40} {y + 40}", NIGHT, 5, opacity=0.25),
        )
    return (
        out
        + turn(sprig(340, 254, 150, PINE), 74, 340, 254)
        + "".join(dot(x, y, 10, BERRY) for x, y in ((352, 240), (372, 246), (360, 226)))
    )


WEAR: dict[str, str] = {
    "mittens_river": hung(mittens(DEEP, SNOW, HONEY), "morning"),
    "mittens_berry": hung(mittens(BERRY, SNOW, SUN), "snow"),
    "scarf_stripes": hung(scarf(HONEY, "#D9783A", BIRCH), "river"),
    "scarf_nordic": hung(scarf(PINE, SNOW, ROSE, nordic=True), "rose"),
    "cap_river": stands(cap(RIVER, SNOW, SUN, BIRCH), "morning", reach=190),
    "cap_berry": stands(cap("#C4574E", "#FBE9D4", PINE, "#F1D9C0"), "pine", reach=190),
    "winter_boots": stands(pair(winter_boots("#A5683A", BIRCH, BERRY)), "snow", reach=270, outside=3),
    "rubber_boots": stands(pair(rubber_boots(HONEY, DEEP), 160), "river", reach=270, outside=5),
    "rubber_boots_pine": stands(pair(rubber_boots(PINE, "#C9D9B4"), 160), "rose", reach=270),
    "sneakers": stands(about(pair(sneakers(RIVER, HONEY), 130, -56), 1.16, 330), "morning", reach=270),
    "wool_socks": finish(window() + socks("#E6DCCB", BERRY, MOSS), "dusk", ground=752, reach=0),
    "sweater_pile": stands(pile(), "river", reach=190),
}
