"""Pictures of things for babies and their parents."""

from __future__ import annotations

from draw_craft import (
    about,
    bar,
    box,
    button,
    cut,
    dot,
    fill,
    finish,
    flower,
    hung,
    line,
    move,
    oval,
    rect,
    render_all,
    row,
    seam,
    stands,
    star,
    stool,
    sym,
    tex,
    wheel,
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
    ICE,
    MOSS,
    NIGHT,
    PINE,
    RIVER,
    ROSE,
    SLATE,
    SNOW,
    STONE,
    SUN,
    WOOD,
    shade,
)


def pram(colour: str, lining: str, motif: str) -> str:
    """Return a classic pram with a folding hood and four spoked wheels."""
    steel = "#B4C0C9"
    out = bar("M232 372 Q150 330 108 232", steel, 12) + bar("M92 250 L132 206", COFFEE, 24)
    out += bar("M250 560 Q400 470 560 560", steel, 11) + bar(
        "M256 470 Q340 560 540 556 M556 470 Q460 560 262 556", steel, 11
    )
    body = "M186 344 L620 344 Q640 366 620 420 Q580 500 470 500 L320 500 Q214 498 192 412 Z"
    inner = rect(150, 344, 520, 30, shade(colour, 0.16)) + seam("M190 384 L630 384")
    inner += "".join(star(x, 434, 20, motif) for x in range(256, 580, 62)) + "".join(
        dot(x, 434, 4, motif) for x in range(287, 560, 62)
    )
    inner += fill("M180 470 Q400 500 640 470 L640 520 L180 520 Z", shade(colour, -0.2))
    quilt = "M196 346 Q210 306 270 312 Q330 296 392 318 L420 350 Z"
    out += cut(
        quilt,
        lining,
        "".join(
            line(f"M{x} 290 L{x + 40} 350 M{x + 40} 290 L{x} 350", shade(lining, -0.14), 3) for x in range(180, 420, 36)
        ),
    )
    hood = "M384 348 Q372 176 500 164 Q640 176 632 348 Z"
    folds = fill("M384 348 Q372 176 500 164 Q400 220 420 348 Z", shade(colour, 0.2))
    folds += fill("M420 348 Q404 220 500 164 Q470 230 492 348 Z", shade(colour, 0.08))
    folds += fill("M560 348 Q560 220 500 164 Q640 176 640 348 Z", shade(colour, -0.12))
    folds += seam("M398 340 Q386 190 500 174", SNOW)
    out += (
        cut(hood, colour, folds)
        + cut(body, colour, inner)
        + bar("M404 330 L520 250", steel, 7)
        + button(404, 332, 12, steel)
    )
    lace = "".join(dot(x, 348, 11, SNOW) for x in range(200, 400, 20))
    out += lace + cut(box(176, 332, 460, 16, 8), SNOW)
    return out + wheel(256, 556, 86, steel) + wheel(556, 556, 86, steel)


def stroller(colour: str, lining: str) -> str:
    """Return a light folding stroller."""
    frame = "#6C7A86"
    out = bar("M286 584 L526 214", frame, 15) + bar("M526 214 Q556 176 590 196", COFFEE, 22)
    out += bar("M400 410 L540 588", frame, 15) + bar("M290 580 L536 580", frame, 10)
    seat = "M296 470 L420 486 Q452 480 462 450 L520 270 L476 244 L402 404 L300 420 Q280 444 296 470 Z"
    out += cut("M296 440 L250 548 L316 566 L352 464 Z", shade(colour, -0.2)) + cut(box(226, 536, 92, 20, 10), frame)
    out += cut(
        seat,
        lining,
        "".join(line(f"M{280 + k} 220 L{340 + k} 520", shade(lining, -0.12), 3) for k in range(-40, 260, 30)),
    )
    out += cut("M296 470 L420 486 Q452 480 462 450 L520 270 L506 262 L444 430 Q432 456 400 454 L292 442 Z", colour)
    hood = "M508 272 Q520 168 420 152 Q320 150 290 268 Q384 232 508 272 Z"
    out += cut(
        hood,
        colour,
        fill("M508 272 Q520 168 420 152 Q450 190 440 250 Z", shade(colour, -0.16))
        + fill("M420 152 Q320 150 290 268 L350 240 Q360 180 420 152 Z", shade(colour, 0.18))
        + "".join(flower(x, y, 15, SNOW, SUN) for x, y in ((330, 222), (388, 186), (398, 226), (464, 196), (478, 240))),
    )
    out += bar("M316 416 Q330 356 410 372", frame, 12) + cut(
        "M372 514 L500 514 L488 566 L394 566 Z", shade(colour, -0.28), seam("M376 526 L500 526")
    )
    for x in (282, 546):
        out += wheel(x + 26, 582, 44, STONE, spokes=8, tyre=0.24) + wheel(x, 590, 50, "#C3CDD5", spokes=8, tyre=0.24)
    return out


def cot(tone: str, blanket: str) -> str:
    """Return a wooden cot with a mobile of stars and a moon above it."""
    out = bar("M616 340 L616 130 Q616 96 580 96 L400 96", shade(tone, 0.1), 12)
    hang = ((300, 190, 0), (360, 230, 1), (430, 186, 2), (494, 226, 1))
    out += bar("M290 120 L504 120", shade(tone, 0.1), 9) + line("M400 96 L400 120", COFFEE, 4)
    for x, y, kind in hang:
        out += line(f"M{x} 122 L{x} {y - 24}", STONE, 2.5)
        if kind == 0:
            out += cut(
                f"M{x + 8} {y - 30} Q{x - 34} {y - 22} {x - 26} {y + 10} Q{x - 8} {y + 34} {x + 24} {y + 18} "
                f"Q{x - 14} {y + 12} {x + 8} {y - 30} Z",
                HONEY,
            )
        else:
            out += cut(oval(x, y, 26, 26), BERRY if kind == 1 else RIVER, star(x, y, 20, SNOW))
    out += wood(box(196, 350, 408, 20, 10), shade(tone, -0.3))
    out += "".join(wood(box(x, 360, 13, 130, 5), shade(tone, -0.28)) for x in range(222, 590, 36))
    out += cut(box(186, 474, 428, 66, 18), SNOW) + cut(
        box(196, 446, 120, 60, 28), BIRCH, seam(box(206, 454, 100, 42, 20), CREMA)
    )
    cloth = "".join(star(x, y, 20, SNOW) for y in (470, 512, 554) for x in range(320 + (y // 42 % 2) * 28, 640, 56))
    out += cut(
        "M306 462 Q450 436 614 458 L614 560 L306 560 Z", blanket, cloth + line("M306 476 Q450 450 614 472", SNOW, 12)
    )
    out += "".join(wood(box(x, 352, 17, 238, 6), tone) for x in range(204, 590, 37))
    for x in (166, 602):
        out += wood(box(x, 308, 34, 336, 12), shade(tone, -0.05)) + wood(oval(x + 17, 306, 23, 21), shade(tone, 0.12))
    return (
        out + wood(box(160, 330, 480, 34, 16), shade(tone, 0.12)) + wood(box(180, 572, 440, 32, 8), shade(tone, 0.04))
    )


def high_chair(tone: str, cushion: str) -> str:
    """Return a wooden high chair with a tray and a cushion."""
    out = wood("M300 200 L330 200 L316 470 L286 470 Z", shade(tone, -0.15)) + wood(
        "M500 200 L470 200 L484 470 L514 470 Z", shade(tone, -0.22)
    )
    out += wood(sym("M400 154 Q300 154 286 182 L292 236 Q340 218 400 218"), shade(tone, 0.05))
    heart = "M400 204 Q376 190 380 178 Q390 168 400 180 Q410 168 420 178 Q424 190 400 204 Z"
    out += fill(heart, shade(tone, -0.45))
    cloth = "".join(
        flower(x, y, 14, SNOW, SUN) for y in range(250, 480, 48) for x in range(318 + (y // 48 % 2) * 26, 500, 52)
    )
    out += cut(sym("M400 232 Q318 232 316 268 L310 420 Q350 432 400 432"), cushion, cloth)
    out += wood("M290 456 L330 456 L268 646 L236 646 Z", shade(tone, -0.05)) + wood(
        "M510 456 L470 456 L532 646 L564 646 Z", shade(tone, -0.2)
    )
    out += wood(box(256, 562, 288, 26, 10), shade(tone, -0.1)) + wood(box(286, 430, 228, 38, 16), shade(tone, -0.08))
    out += wood(box(268, 356, 26, 84, 10), tone) + wood(box(506, 356, 26, 84, 10), shade(tone, -0.15))
    out += wood(sym("M400 330 Q230 330 226 362 Q228 392 400 394"), shade(tone, 0.28)) + line(
        sym("M400 342 Q256 342 252 362 Q260 378 400 380"), shade(tone, -0.05), 4
    )
    bowl = cut(oval(380, 346, 52, 11), shade(RIVER, -0.2)) + cut(
        "M328 346 Q334 388 380 388 Q426 388 432 346 Q380 362 328 346 Z", RIVER, rect(320, 366, 130, 6, SNOW, 0.7)
    )
    return out + bowl + bar("M458 372 L500 340", HONEY, 8) + cut(oval(508, 334, 15, 11), HONEY)


def bath(colour: str, duck: str) -> str:
    """Return a baby bath full of foam, with a toy duck and a towel."""
    out = "".join(
        dot(x, y, r, SNOW, 0.95) + dot(x - r * 0.3, y - r * 0.3, r * 0.35, "#FFFFFF")
        for x, y, r in ((236, 392, 34), (292, 376, 44), (356, 386, 36), (520, 384, 38), (576, 398, 30), (470, 396, 28))
    )
    body = cut(
        "M372 352 Q368 398 430 398 Q500 398 508 330 Q480 356 452 342 Q478 316 452 288 Q420 266 392 290 Q374 314 392 336 Q376 342 372 352 Z",
        duck,
        fill("M420 358 Q456 340 484 354 Q470 388 430 384 Z", shade(duck, -0.14)),
    )
    out += body + cut("M390 306 Q350 300 346 316 Q362 332 394 324 Z", "#E07B39")
    out += "".join(dot(x, y, r, SNOW) for x, y, r in ((400, 404, 24), (440, 408, 26), (330, 410, 24), (546, 410, 22)))
    shell = "M150 404 L650 404 Q654 520 596 600 Q580 636 540 640 L260 640 Q220 636 204 600 Q146 520 150 404 Z"
    inner = fill("M190 430 Q200 540 250 610 Q226 600 214 580 Q170 510 172 430 Z", "#FFFFFF", 0.5)
    inner += "".join(
        dot(x, y, 9, "#FFFFFF", 0.35)
        for x, y in ((300, 480), (380, 540), (470, 470), (540, 540), (330, 590), (460, 600))
    )
    out += cut(shell, colour, inner) + cut(box(126, 390, 548, 36, 18), shade(colour, 0.22))
    towel = "M520 380 Q566 366 628 380 L634 560 L528 566 Z"
    out += cut(
        towel,
        BIRCH,
        tex("fleece") + rect(500, 500, 160, 14, BERRY) + rect(500, 522, 160, 6, BERRY) + star(578, 454, 22, BERRY),
    )
    for x, y, r in ((250, 280, 17), (304, 236, 11), (560, 280, 14), (230, 220, 8), (608, 226, 9)):
        out += (
            dot(x, y, r, "#FFFFFF", 0.6)
            + line(oval(x, y, r, r), "#FFFFFF", 2)
            + dot(x - r * 0.35, y - r * 0.35, r * 0.25, "#FFFFFF")
        )
    return out


def baby_clothes(colour: str, print_: str, other: str) -> str:
    """Return a body suit, tiny trousers and socks on a line."""
    rope = "M-20 190 Q400 246 820 176"
    out = line(rope, COFFEE, 7) + line(rope, shade(WOOD, 0.4), 4, dash="9 7", cap="butt")
    suit = sym(
        "M260 262 Q226 258 214 226 L176 236 Q128 262 110 340 Q134 368 170 362 L178 332 Q176 420 172 470 Q186 520 226 548 Q242 560 260 560",
        260,
    )
    cloth = "".join(
        flower(x, y, 12, print_, SUN) if (x + y) % 3 else star(x, y, 13, print_)
        for y in range(250, 560, 44)
        for x in range(110 + (y // 44 % 2) * 24, 420, 48)
    )
    out += cut(suit, colour, cloth, cast=18)
    out += line("M172 470 Q190 520 228 546 M348 470 Q330 520 292 546", other, 9) + line(
        "M214 226 Q226 262 260 264 Q294 262 306 226", other, 10
    )
    out += line("M112 338 Q136 364 168 358 M408 338 Q384 364 352 358", other, 9) + "".join(
        button(x, 552, 8, other) for x in (242, 260, 278)
    )
    legs = sym("M512 226 L440 226 Q424 330 436 470 Q438 520 444 560 L496 560 L508 400 L512 400", 512)
    stripes = "".join(rect(400, y, 230, 15, shade(other, 0.35)) for y in range(290, 530, 36))
    out += cut(
        legs,
        other,
        stripes
        + rect(400, 524, 240, 60, shade(other, -0.14))
        + tex("rib", 400, 524, 240, 60)
        + tex("rib", 400, 220, 240, 40),
        cast=18,
    )
    sock = "M640 230 L706 228 L708 310 Q708 334 690 346 L640 376 Q604 384 604 354 Q606 334 640 320 Z"
    out += cut(
        sock, print_, rect(600, 226, 130, 22, other) + fill(oval(608, 366, 34, 30), other) + tex("knit"), cast=16
    )
    pegs = ((206, 196), (302, 200), (454, 204), (560, 200), (658, 192))
    return out + "".join(wood(box(x, y, 15, 52, 5), shade(WOOD, 0.3)) + rect(x, y + 24, 15, 4, STONE) for x, y in pegs)


def car_seat(colour: str, lining: str) -> str:
    """Return an infant car seat with its handle up."""
    out = bar("M250 470 Q270 214 430 218 Q560 226 566 400", "#55636E", 30)
    out += cut("M168 560 Q260 660 440 640 Q560 628 600 560 L560 540 L220 530 Z", "#3B4751")
    shell = "M150 480 Q170 610 330 616 L470 612 Q600 590 640 400 Q666 290 612 262 Q566 256 548 320 Q520 440 430 460 Q330 474 250 448 Q164 430 150 480 Z"
    out += cut(shell, colour, seam("M170 500 Q200 594 330 600 L470 596 Q580 570 622 400 Q640 310 608 280"))
    pad = "M190 452 Q200 520 320 530 L440 524 Q540 500 584 390 Q614 300 596 290 Q574 300 560 350 Q530 450 430 470 Q320 480 250 456 Q210 440 190 452 Z"
    cloth = "".join(
        star(x, y, 14, SNOW)
        for x, y in ((240, 484), (300, 502), (362, 502), (424, 496), (480, 470), (528, 426), (562, 372), (586, 322))
    )
    out += cut(pad, lining, cloth)
    out += bar("M440 500 Q470 440 520 400", NIGHT, 13) + cut(box(424, 470, 34, 40, 8), BERRY)
    hood = "M640 400 Q680 250 590 190 Q520 170 470 220 Q560 230 572 330 Q600 340 640 400 Z"
    out += cut(
        hood,
        shade(colour, -0.12),
        fill("M590 190 Q520 170 470 220 Q520 222 548 256 Q570 220 590 190 Z", shade(colour, 0.12)),
    )
    return (
        out
        + cut(oval(256, 476, 30, 30), "#6F7E8A")
        + cut(oval(256, 476, 13, 13), HONEY)
        + cut("M190 600 L250 616 L236 644 L196 640 Z", "#2B353D")
        + cut("M560 596 L500 616 L516 644 L560 640 Z", "#2B353D")
    )


def potty(colour: str, trim: str) -> str:
    """Return a child's potty with a heart."""
    out = cut(
        "M250 410 Q246 270 330 262 L470 262 Q554 270 550 410 Z",
        shade(colour, -0.1),
        fill("M278 400 Q276 300 336 290 L464 290 Q524 300 522 400 Z", shade(colour, 0.1)),
    )
    out += cut(oval(400, 420, 196, 52), shade(colour, 0.24)) + cut(
        oval(400, 420, 124, 30), shade(colour, -0.4), fill(oval(414, 434, 118, 26), shade(colour, -0.25))
    )
    base = "M206 430 Q230 480 400 482 Q570 480 594 430 Q590 540 556 600 Q570 622 584 640 L216 640 Q230 622 244 600 Q210 540 206 430 Z"
    inner = fill("M240 476 Q250 560 284 606 Q250 600 236 540 Z", "#FFFFFF", 0.45) + rect(180, 612, 460, 40, trim)
    out += cut(base, colour, inner)
    return out + cut("M400 590 Q334 550 346 514 Q366 490 400 520 Q434 490 454 514 Q466 550 400 590 Z", trim)


def blanket(colour: str, yarn: str, third: str) -> str:
    """Return a folded baby blanket with a pair of knitted bootees on a stool."""
    out = stool(540) + fill(oval(412, 544, 172, 14), NIGHT, 0.25)
    for i in range(3):
        y = 478 - i * 60
        waves = (
            zigzag(y + 26, 16, 17, yarn, 6) + row(y + 50, 34, 5, third, 210)
            if i != 1
            else "".join(star(x, y + 34, 20, third) for x in range(240, 600, 52))
        )
        out += cut(box(228, y, 344, 68, 32), (colour, shade(colour, 0.35), colour)[i], waves + tex("knit"))
    boot = "M270 236 L338 236 L340 300 Q342 352 318 356 L232 358 Q194 350 204 318 Q224 296 266 298 Z"
    inner = (
        rect(190, 230, 170, 22, SNOW)
        + tex("rib", 190, 230, 170, 26)
        + fill(oval(206, 336, 34, 32), shade(yarn, 0.1))
        + tex("knit")
    )
    one = (
        cut(boot, third, inner)
        + line("M266 276 L340 276", SNOW, 6)
        + line("M270 278 Q240 262 244 290 M270 278 Q256 310 250 312", SNOW, 5)
    )
    return out + move(one, 190, -8) + move(one, 70, 2)


def carrier(colour: str, lining: str, motif: str) -> str:
    """Return a soft baby carrier hanging by its straps."""
    strap = shade(colour, -0.2)
    out = line("M330 300 Q318 150 392 116 M470 300 Q482 150 408 116", NIGHT, 46, opacity=0.12)
    out += bar("M330 310 Q316 160 394 118", strap, 42) + bar("M470 310 Q484 160 406 118", shade(strap, -0.1), 42)
    out += seam("M322 300 Q312 166 384 124") + seam("M478 300 Q488 166 416 124") + dot(400, 117, 15, WOOD)
    out += bar("M170 600 Q400 540 630 600", strap, 46) + cut(
        box(596, 570, 60, 58, 12), "#3B4751", rect(610, 588, 32, 22, STONE, 1, 5)
    )
    panel = sym("M400 262 Q330 252 296 276 Q286 300 300 340 Q286 440 232 520 Q236 600 400 606")
    cloth = "".join(
        flower(x, y, 20, motif, SUN, 6)
        for x, y in (
            (350, 350),
            (450, 350),
            (400, 420),
            (320, 440),
            (480, 440),
            (350, 510),
            (450, 510),
            (280, 530),
            (520, 530),
        )
    )
    cloth += "".join(
        fill(f"M{x} {y} q14 -18 30 -8 q-10 18 -30 8 Z", MOSS)
        for x, y in ((366, 380), (416, 450), (336, 470), (466, 378), (376, 545))
    )
    out += cut(panel, colour, cloth, cast=20)
    return (
        out
        + cut(
            sym("M400 250 Q322 244 290 270 L300 318 Q340 304 400 304"), lining, seam("M300 306 Q400 290 500 306", strap)
        )
        + cut(
            sym("M400 556 Q300 552 226 536 L226 596 Q300 614 400 616"), lining, seam("M236 590 Q400 610 564 590", strap)
        )
    )


LINE_SCENE = {
    "baby_clothes_rose": finish(window() + baby_clothes("#FBF4EA", ROSE, MOSS), "rose", ground=720, reach=0),
    "baby_clothes_river": finish(window() + baby_clothes(ICE, RIVER, "#D98B4A"), "morning", ground=720, reach=0),
}

PICTURES: dict[str, str] = LINE_SCENE | {
    "pram_river": stands(pram(DEEP, BIRCH, SUN), "snow", reach=270, outside=11),
    "pram_rose": stands(pram("#B8616B", SNOW, BIRCH), "morning", reach=270, outside=14),
    "stroller": stands(about(stroller(PINE, BIRCH), 1.08), "pine", reach=230, outside=9),
    "cot": stands(cot(WOOD, RIVER), "dusk", reach=280),
    "high_chair": stands(high_chair(WOOD, BERRY), "morning", reach=200),
    "high_chair_birch": stands(high_chair("#D9B98C", "#6E9A8B"), "river", reach=200),
    "baby_bath": stands(bath("#7DB4C9", HONEY), "rose", reach=290),
    "car_seat": stands(car_seat("#4B5F73", "#C3A98B"), "morning", reach=270),
    "potty": stands(potty(MOSS, SNOW), "snow", reach=220),
    "baby_blanket": stands(blanket("#D9B7A4", SNOW, BERRY), "pine", reach=190),
    "baby_carrier": hung(carrier(SLATE, "#D8C3A4", ROSE), "river"),
}

if __name__ == "__main__":
    render_all(PICTURES)
