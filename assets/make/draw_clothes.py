"""Pictures of clothes which hang on the rail in the hall of the give-away centre."""

from __future__ import annotations

import math

from draw_craft import (
    about,
    box,
    button,
    clips,
    cut,
    dot,
    fill,
    flip,
    flower,
    hanger,
    hung,
    line,
    mirror,
    oval,
    rect,
    render_all,
    row,
    seam,
    star,
    sym,
    tex,
    turn,
    zigzag,
)
from paint import (
    BERRY,
    BIRCH,
    COFFEE,
    CREMA,
    DEEP,
    FROST,
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
    shade,
)

SLEEVE = "M306 222 Q240 236 224 310 L158 566 Q190 592 238 588 L290 420 Z"
TORSO = "M400 262 Q344 258 334 208 L286 226 Q254 240 256 306 L250 612 Q330 622 400 622"


def sleeves(colour: str, inner: str = "", d: str = SLEEVE) -> str:
    """Return both sleeves; `inner` is drawn for the left one."""
    return cut(d, shade(colour, -0.04), inner, cast=22) + cut(mirror(d), shade(colour, -0.1), flip(inner), cast=22)


def neck(colour: str, y: float = 208, depth: float = 40) -> str:
    """Return the inside of the back, seen through the neck, and the hanger in it."""
    back = f"M328 {y - 2} Q400 {y - 26} 472 {y - 2} L480 {y + depth + 40} L320 {y + depth + 40} Z"
    return hanger(216) + cut(back, shade(colour, -0.34), lit=False)


def cuff(inner: str) -> str:
    """Return `inner` (drawn around y 540..600, x 130..270) laid across the end of the left sleeve."""
    return turn(inner, 14, 200, 575)


def collar_rib(colour: str) -> str:
    """Return the ribbed round collar of a sweater."""
    d = sym("M400 282 Q326 276 318 210 L338 202 Q348 252 400 254")
    return cut(d, colour, tex("rib", 300, 190, 200, 120))


def sweater(colour: str, yarn: str, third: str, pattern: str) -> str:
    """Return a knitted sweater: `pattern` is yoke, stars or stripes."""
    knit = tex("knit")
    rim = rect(120, 552, 160, 70, shade(colour, -0.12)) + tex("rib", 120, 552, 160, 70)
    if pattern == "yoke":
        body = ring_of(yarn, third) + hem(yarn, third, 520)
        arm = cuff(
            zigzag(520, 16, 14, yarn, 6, 120, 290) + row(508, 28, 6, third, 120, 290) + row(546, 28, 6, third, 120, 290)
        )
    elif pattern == "stars":
        body = "".join(star(x, y, 34, yarn) for y in (380, 480) for x in range(230, 600, 85))
        body += (
            "".join(row(y, 42.5, 7, third, 230, 600) for y in (330, 430, 530))
            + zigzag(300, 16, 17, yarn, 6)
            + hem(yarn, third, 545)
        )
        arm = cuff(
            star(200, 490, 30, yarn)
            + star(206, 400, 30, yarn)
            + row(534, 28, 6, third, 120, 290)
            + row(446, 28, 6, third, 120, 300)
        )
    else:
        body = "".join(rect(200, y, 400, 30, yarn) + rect(200, y + 30, 400, 6, third) for y in range(300, 570, 72))
        arm = turn(
            "".join(rect(80, y, 260, 30, yarn) + rect(80, y + 30, 260, 6, third) for y in range(290, 540, 72)),
            14,
            200,
            575,
        )
    torso = cut(
        sym(TORSO),
        colour,
        body + knit + rect(200, 582, 400, 60, shade(colour, -0.1)) + tex("rib", 200, 582, 400, 60),
        cast=22,
    )
    return neck(colour) + sleeves(colour, arm + knit + cuff(rim)) + torso + collar_rib(shade(colour, -0.06))


def ring_of(yarn: str, third: str) -> str:
    """Return the round yoke of an Icelandic sweater: rings of motifs around the neck."""
    out = line(oval(400, 190, 172, 172), yarn, 58) + line(oval(400, 190, 212, 212), third, 8, dash="10 12", cap="butt")
    out += line(oval(400, 190, 132, 132), third, 7, dash="10 12", cap="butt") + line(oval(400, 190, 110, 110), yarn, 7)
    for k in range(-5, 6):
        out += turn(star(400, 362, 25, third, 22.5), k * 19, 400, 190) + turn(
            row(362, 9, 5, DEEP, 400, 400), k * 19 + 9.5, 400, 190
        )
        out += turn(fill("M386 418 L400 392 L414 418 L400 440 Z", yarn), k * 11, 400, 190)
    return out


def hem(yarn: str, third: str, y: float) -> str:
    """Return a narrow pattern above the hem."""
    return zigzag(y, 18, 16, yarn, 7) + row(y - 12, 32, 6, third, 208) + row(y + 32, 32, 6, third, 208)


def cardigan(colour: str, knob: str) -> str:
    """Return an open-necked cardigan with cables, pockets and wooden buttons."""
    knit, rim = tex("knit"), rect(120, 552, 160, 70, shade(colour, -0.14)) + tex("rib", 120, 552, 160, 70)
    torso = "M400 372 Q362 330 340 206 L288 226 Q254 240 256 306 L248 622 Q330 632 400 632"
    cable = ""
    for x in (302, 498):
        for y in range(250, 580, 44):
            cable += line(
                f"M{x - 14} {y} Q{x - 14} {y + 22} {x} {y + 22} Q{x + 14} {y + 22} {x + 14} {y + 44}",
                shade(colour, 0.3),
                8,
            )
            cable += line(
                f"M{x + 14} {y} Q{x + 14} {y + 14} {x + 6} {y + 18} M{x - 6} {y + 27} Q{x - 14} {y + 32} {x - 14} {y + 44}",
                shade(colour, 0.14),
                8,
            )
    body = cut(
        sym(torso),
        colour,
        knit + cable + rect(200, 592, 400, 60, shade(colour, -0.12)) + tex("rib", 200, 592, 400, 60),
        cast=22,
    )
    band = "M334 204 Q356 340 384 384 L384 632 L416 632 L416 384 Q444 340 466 204 L450 200 Q430 330 400 366 Q370 330 350 200 Z"
    body += cut(band, shade(colour, -0.1), tex("rib", 300, 190, 200, 460))
    for x in (276, 438):
        body += cut(
            box(x, 500, 88, 78, 8),
            shade(colour, 0.04),
            knit + rect(x, 500, 88, 18, shade(colour, -0.14)) + tex("rib", x, 500, 88, 18),
        )
    body += "".join(button(400, y, 14, knob) for y in (404, 452, 500, 548, 596))
    return neck(colour, depth=80) + sleeves(colour, knit + cuff(rim)) + body


def hood(colour: str, lining: str, fur: str = "") -> str:
    """Return a hood hanging open, with a rim of `fur` if a colour is given."""
    out = cut(sym("M400 152 Q300 152 292 226 Q292 292 400 300"), shade(colour, -0.05), cast=18)
    if fur:
        for n, rx, ry, r in ((34, 90, 74, 17), (28, 76, 60, 15)):
            for k in range(n):
                a, tone = k * math.tau / n, shade(fur, (-0.12, 0.1, 0.3)[k % 3] if r > 16 else (0.0, 0.25)[k % 2])
                out += dot(400 + rx * math.cos(a), 226 + ry * math.sin(a), r, tone)
        out += line(oval(408, 234, 98, 80), NIGHT, 10, opacity=0.06)
    wide = 62 if fur else 74
    out += cut(
        oval(400, 226, wide, wide * 0.76),
        shade(lining, -0.2),
        fill(oval(410, 238, wide, wide * 0.76), lining),
        lift=False,
    )
    return out


def parka(colour: str, lining: str, fur: str) -> str:
    """Return a long winter coat with a fur hood, a drawn-in waist and big pockets."""
    dark, pale = shade(colour, -0.22), shade(colour, 0.14)
    rim = rect(120, 562, 170, 60, dark)
    torso = "M400 292 Q320 292 304 216 Q256 230 252 306 L262 450 L238 650 Q320 664 400 664"
    inner = (
        line("M250 452 Q400 470 550 452", dark, 12)
        + seam("M250 440 Q400 458 550 440")
        + seam("M240 640 Q400 656 560 640")
    )
    inner += line("M262 330 Q400 350 538 330", dark, 3, opacity=0.6)
    body = cut(sym(torso), colour, inner, cast=24)
    body += cut("M378 286 L422 286 L424 664 L380 664 Z", pale, seam("M414 300 L416 656") + seam("M388 300 L388 656"))
    body += "".join(cut(box(389, y, 22, 22, 11), fur) for y in (322, 386, 520, 588))
    body += (
        line("M376 458 Q350 500 362 524 M424 458 Q446 496 440 532", fur, 5)
        + dot(362, 526, 7, CREMA)
        + dot(440, 534, 7, CREMA)
    )
    for x in (268, 440):
        body += cut(
            box(x, 520, 92, 96, 10), shade(colour, 0.05), seam(f"M{x + 9} 560 L{x + 9} 606 L{x + 83} 606 L{x + 83} 560")
        )
        body += cut(f"M{x - 4} 512 L{x + 96} 512 L{x + 96} 536 Q{x + 46} 560 {x - 4} 536 Z", pale) + button(
            x + 46, 538, 8, CREMA
        )
    arm = cuff(rim) + turn(line("M140 450 L290 450", dark, 3, opacity=0.5), 14, 200, 575)
    return hanger() + sleeves(colour, arm) + body + hood(colour, lining, fur)


def wool_coat(colour: str, knob: str) -> str:
    """Return a double-breasted wool coat with wide lapels."""
    dark = shade(colour, -0.18)
    torso = "M400 366 Q350 300 336 204 L288 224 Q254 238 256 306 L266 430 L232 668 Q320 680 400 680"
    body = cut(
        sym(torso),
        colour,
        tex("fleece")
        + line("M420 372 L420 680", dark, 4)
        + line("M318 300 L312 660 M486 300 L490 660", dark, 2, opacity=0.35)
        + seam("M428 380 L428 672", shade(colour, 0.5)),
        cast=24,
    )
    lapel = "M338 200 L400 378 L372 400 L300 316 L326 300 L292 280 Z"
    body += cut(mirror(lapel), shade(colour, 0.02), tex("fleece")) + cut(lapel, shade(colour, 0.12), tex("fleece"))
    body += cut(sym("M400 236 Q350 236 338 196 L314 214 L296 268 L330 292 Q346 252 400 252"), dark)
    body += "".join(button(x, y, 15, knob) for y in (424, 496, 568) for x in (368, 452))
    for x in (262, 446):
        body += turn(
            cut(box(x, 540, 92, 30, 6), dark, seam(f"M{x + 6} 562 L{x + 86} 562")), -5 if x < 400 else 5, x + 46, 555
        )
    arm = cuff(rect(120, 540, 170, 14, dark) + dot(178, 570, 7, knob) + dot(204, 570, 7, knob)) + tex("fleece")
    return neck(colour, depth=70) + sleeves(colour, arm) + body


def rain_jacket(colour: str, trim: str) -> str:
    """Return a shiny rain jacket with reflecting bands."""
    dark, pale = shade(colour, -0.14), shade(colour, 0.4)
    torso = "M400 292 Q320 292 304 216 Q256 230 252 306 L234 628 Q320 642 400 642"
    shine = fill("M272 320 Q292 300 300 330 L290 470 Q276 480 272 460 Z", pale, 0.75) + fill(
        "M474 340 Q486 330 488 352 L490 420 Q480 426 476 414 Z", pale, 0.5
    )
    bands = rect(200, 432, 400, 26, "#E4ECF1") + rect(200, 440, 400, 8, "#B9C7D1")
    body = cut(sym(torso), colour, bands + shine + seam("M238 616 Q400 640 562 616", shade(colour, -0.4)), cast=24)
    body += cut(
        "M374 288 L420 288 L424 642 L376 642 Z", shade(colour, 0.1), seam("M412 300 L414 634", shade(colour, -0.4))
    )
    body += "".join(cut(oval(397, y, 10, 10), trim) for y in (316, 380, 490, 550, 610))
    for x in (262, 446):
        body += cut(f"M{x} 520 L{x + 92} 520 L{x + 94} 552 Q{x + 46} 570 {x - 2} 552 Z", dark) + dot(
            x + 46, 548, 8, trim
        )
    arm = cuff(rect(110, 470, 200, 24, "#E4ECF1") + rect(110, 477, 200, 8, "#B9C7D1") + rect(120, 566, 170, 60, dark))
    arm += fill("M248 300 Q262 290 262 316 L238 410 Q226 418 228 400 Z", pale, 0.7)
    return hanger() + sleeves(colour, arm) + body + hood(colour, trim)


def hoodie(colour: str, motif: str) -> str:
    """Return a soft hooded sweatshirt with a spruce on its chest."""
    dark = shade(colour, -0.16)
    torso = "M400 296 Q316 292 304 216 Q254 232 256 306 L250 612 Q330 622 400 622"
    tree = fill(
        "M400 330 L366 384 L384 384 L356 428 L392 428 L392 450 L408 450 L408 428 L444 428 L416 384 L434 384 Z", motif
    )
    body = cut(sym(torso), colour, tree + rect(200, 582, 400, 60, dark) + tex("rib", 200, 582, 400, 60), cast=22)
    body += cut(
        "M322 478 L478 478 L512 552 L512 584 L288 584 L288 552 Z",
        shade(colour, 0.05),
        seam("M330 486 L296 556") + seam("M470 486 L504 556"),
    )
    body += (
        line("M366 282 Q358 330 362 372 M434 282 Q442 320 438 356", SNOW, 6)
        + dot(362, 374, 7, CREMA)
        + dot(438, 358, 7, CREMA)
    )
    rim = rect(120, 552, 160, 70, dark) + tex("rib", 120, 552, 160, 70)
    return hanger() + sleeves(colour, cuff(rim)) + body + hood(colour, dark)


def shirt(colour: str, check: str, thread: str) -> str:
    """Return a checked flannel shirt."""

    def checks(x0: int, x1: int) -> str:
        return "".join(
            rect(x, 150, 30, 520, check, 0.55) + rect(x + 44, 150, 4, 520, thread, 0.8) for x in range(x0, x1, 62)
        ) + "".join(
            rect(60, y, 680, 30, check, 0.55) + rect(60, y + 44, 680, 4, thread, 0.8) for y in range(160, 670, 62)
        )

    cloth = checks(64, 740)
    body = cut(
        sym("M400 262 Q344 258 334 208 L286 226 Q254 240 256 306 L256 596 Q280 636 330 622 Q370 610 400 610"),
        colour,
        cloth,
        cast=22,
    )
    body += cut(box(382, 256, 36, 358, 4), shade(colour, 0.06), cloth) + "".join(
        button(400, y, 10, BIRCH) for y in range(300, 610, 58)
    )
    body += cut("M444 330 L520 330 L520 400 L482 418 L444 400 Z", shade(colour, 0.08), turn(cloth, 45, 482, 370)) + dot(
        482, 344, 7, BIRCH
    )
    for d in ("M400 266 Q350 250 334 200 L306 222 L346 304 Z",):
        body += cut(d, shade(colour, 0.14), turn(cloth, 30, 350, 250)) + cut(
            mirror(d), shade(colour, 0.02), turn(cloth, -30, 450, 250)
        )
    arm = turn(cloth, 14, 200, 575) + cuff(
        rect(120, 548, 170, 70, shade(colour, -0.16)) + line("M120 548 L290 548", thread, 3, opacity=0.6)
    )
    return neck(colour) + sleeves(colour, arm) + body


def tee(colour: str, stripe: str) -> str:
    """Return a striped T-shirt with a breast pocket."""
    bands = "".join(rect(100, y, 600, 22, stripe) for y in range(276, 600, 46))
    arm = "M306 220 Q250 232 222 284 L168 392 Q206 428 258 432 L296 350 Z"
    inner = turn("".join(rect(80, y, 300, 22, stripe) for y in range(266, 470, 46)), 24, 230, 340)
    body = cut(
        sym("M400 262 Q344 258 334 208 L286 226 Q254 240 258 306 L254 606 Q330 616 400 616"),
        colour,
        bands + seam("M254 592 Q400 606 546 592", shade(stripe, -0.2)),
        cast=22,
    )
    body += cut("M440 326 L514 326 L514 396 L477 412 L440 396 Z", stripe, seam("M440 338 L514 338", SNOW))
    body += cut(sym("M400 276 Q332 272 322 208 L338 202 Q348 252 400 256"), stripe)
    return neck(colour) + sleeves(colour, inner + seam("M168 376 Q210 414 262 418", shade(stripe, -0.2)), arm) + body


def dress(colour: str, print_: str, heart: str, flowers: bool) -> str:
    """Return a summer dress with a round collar; flowers or dots."""
    cloth = ""
    for i, y in enumerate(range(230, 680, 46)):
        for x in range(150 + (i % 2) * 29, 680, 58):
            cloth += flower(x, y, 15, print_, heart) if flowers else dot(x, y, 9, print_)
    arm = "M308 220 Q246 226 226 292 L214 356 Q246 384 292 372 L300 300 Z"
    skirt = sym("M400 404 L290 404 Q252 520 182 650 Q290 690 400 690")
    folds = "".join(
        line(f"M{400 + k * 34} 410 Q{400 + k * 60} 540 {400 + k * 88} 690", NIGHT, 9, opacity=0.1)
        for k in (-2, -1, 0, 1, 2)
    )
    body = cut(skirt, colour, cloth + folds + line("M176 634 Q400 692 624 634", print_, 7), cast=24)
    body += cut(sym("M400 254 Q346 252 336 206 L288 226 Q270 300 290 412 Q350 420 400 420"), colour, cloth, cast=0)
    body += cut(sym("M400 396 Q340 396 287 388 L290 424 Q340 434 400 434"), shade(heart, -0.05))
    lapel = "M398 264 Q350 262 332 202 L306 218 Q300 284 352 306 Q396 310 398 264 Z"
    body += cut(lapel, SNOW) + cut(mirror(lapel), FROST) + "".join(button(400, y, 8, heart) for y in (312, 342, 372))
    return neck(colour) + sleeves(colour, cloth + line("M208 346 Q246 380 296 366", print_, 7), arm) + body


def trousers(colour: str, thread: str, *, denim: bool) -> str:
    """Return trousers clipped by the waist: jeans with faded knees, or plain wool ones with a crease."""
    leg = sym("M400 186 L284 188 Q270 300 258 420 L240 668 L372 676 L396 380 L400 380")
    tone = shade(colour, 0.2)
    inner = line("M400 226 L400 372", shade(colour, -0.3), 4)
    if denim:
        inner += fill(oval(306, 500, 34, 90), tone, 0.55) + fill(oval(494, 500, 34, 90), tone, 0.4)
        inner += "".join(line(f"M{296 + k} 470 Q{310 + k} 480 {326 + k} 472", SNOW, 3, opacity=0.3) for k in (0, 190))
        inner += seam("M270 232 Q300 300 346 300 Q352 260 350 232", thread, 0.95) + seam(
            "M530 232 Q500 300 454 300 Q448 260 450 232", thread, 0.95
        )
        inner += (
            seam("M412 232 L412 310 Q410 344 400 350", thread, 0.95)
            + seam("M380 400 L358 670", thread, 0.8)
            + seam("M420 400 L442 670", thread, 0.8)
        )
        ends = "M236 630 L376 638 L373 682 L232 674 Z"
        turnup = cut(ends, shade(colour, 0.32), seam("M236 664 L374 671", thread)) + cut(
            mirror(ends), shade(colour, 0.24), seam("M426 671 L564 664", thread)
        )
    else:
        inner += line("M318 250 L304 670 M482 250 L496 670", shade(colour, -0.25), 4) + line(
            "M322 250 L308 670", shade(colour, 0.25), 3
        )
        inner += line("M272 236 L314 300 M528 236 L486 300", shade(colour, -0.3), 4) + tex("fleece")
        turnup = ""
    out = cut(leg, colour, inner, cast=24) + turnup
    out += cut(
        sym("M400 180 L283 182 L279 228 Q340 234 400 234"),
        shade(colour, -0.07),
        seam("M280 220 Q400 232 520 220", thread, 0.9),
    )
    out += "".join(cut(box(x, 176, 16, 62, 4), shade(colour, -0.16)) for x in (302, 348, 436, 482)) + button(
        406, 208, 12, CREMA
    )
    return out + clips(196, 94)


def skirt(colour: str, band: str, third: str) -> str:
    """Return a pleated skirt with a woven folk band at the hem."""
    inner = rect(100, 556, 600, 12, third) + rect(100, 572, 600, 44, band) + rect(100, 620, 600, 12, third)
    inner += "".join(star(x, 594, 17, SNOW) for x in range(156, 680, 61)) + row(594, 61, 6, SUN, 186)
    inner += "".join(
        fill(f"M{400 + k * 22} 226 L{400 + k * 50} 660 L{414 + k * 50} 660 Z", NIGHT, 0.2)
        + line(f"M{400 + k * 22} 226 L{400 + k * 50} 660", "#FFFFFF", 2, opacity=0.3)
        for k in range(-5, 6)
    )
    out = cut(sym("M400 214 L286 216 Q220 420 138 632 Q260 664 400 664"), colour, inner, cast=24)
    return (
        out
        + cut(sym("M400 186 L288 188 L284 230 Q340 236 400 236"), shade(colour, -0.16))
        + button(492, 211, 12, SUN)
        + clips(202, 92)
    )


def snowsuit(colour: str, lower: str, lining: str) -> str:
    """Return a child's padded one-piece with a hood, knee patches and reflectors."""
    dark = shade(colour, -0.2)
    suit = sym("M400 290 Q322 290 306 218 Q262 232 260 300 L256 420 L222 690 Q290 714 362 704 L391 470 L400 470")
    quilt = "".join(line(f"M200 {y} Q400 {y + 24} 600 {y}", dark, 3, opacity=0.55) for y in (330, 384))
    inner = (
        quilt
        + rect(150, 412, 500, 310, lower)
        + line("M200 412 Q400 424 600 412", SNOW, 12)
        + line("M200 414 Q400 426 600 414", STONE, 3)
    )
    inner += fill(oval(304, 560, 42, 46), shade(lower, 0.16)) + fill(oval(496, 560, 42, 46), shade(lower, 0.16))
    inner += seam(oval(304, 560, 34, 38)) + seam(oval(496, 560, 34, 38))
    inner += rect(200, 640, 400, 14, SNOW, 0.9) + rect(200, 666, 400, 60, dark)
    body = cut(suit, colour, inner, cast=24) + line(
        "M400 290 C392 350 380 380 356 420 L340 470", NIGHT, 9, opacity=0.45
    )
    body += line("M400 290 C392 350 380 380 356 420 L340 470", SUN, 4, dash="3 6", cap="butt") + cut(
        box(333, 462, 14, 30, 6), SUN
    )
    body += cut("M440 326 L518 320 L520 388 L444 392 Z", lower, line("M440 340 L520 334", SNOW, 5)) + star(
        482, 366, 16, SUN
    )
    arm = turn(rect(110, 466, 200, 14, SNOW) + line("M130 400 L300 400", dark, 3, opacity=0.5), 14, 200, 575)
    arm += cuff(rect(120, 540, 170, 90, dark) + tex("rib", 120, 540, 170, 90))
    return hanger() + sleeves(colour, arm) + body + hood(colour, lining)


HANGING: dict[str, str] = {
    "winter_coat_pine": hung(parka(PINE, HONEY, BIRCH), "morning"),
    "winter_coat_berry": hung(about(parka(BERRY, ROSE, "#E8D3BC"), 0.86, 400, 110), "snow"),
    "winter_coat_slate": hung(parka("#3F5873", ICE, "#C9B79F"), "rose"),
    "wool_coat_camel": hung(wool_coat(CREMA, COFFEE), "river"),
    "rain_jacket_yellow": hung(rain_jacket(HONEY, DEEP), "river"),
    "rain_jacket_blue": hung(about(rain_jacket(RIVER, SUN), 0.86, 400, 110), "morning"),
    "sweater_river": hung(sweater(RIVER, SNOW, SUN, "yoke"), "morning"),
    "sweater_berry": hung(sweater(BERRY, SNOW, "#F0C9A8", "stars"), "pine"),
    "sweater_birch": hung(sweater("#E9DCC6", COFFEE, BERRY, "yoke"), "dusk"),
    "sweater_stripes": hung(about(sweater(MOSS, SNOW, HONEY, "stripes"), 0.84, 400, 110), "rose"),
    "cardigan_moss": hung(cardigan("#7C9A78", COFFEE), "rose"),
    "hoodie_dusk": hung(hoodie("#7E78A8", SNOW), "dusk"),
    "shirt_check": hung(shirt("#B8443F", NIGHT, SUN), "snow"),
    "tee_stripes": hung(about(tee(SNOW, RIVER), 0.9, 400, 110), "morning"),
    "dress_flowers": hung(dress(DEEP, ROSE, SUN, True), "rose"),
    "dress_dots": hung(about(dress("#C95A5F", SNOW, SUN, False), 0.86, 400, 110), "river"),
    "jeans": hung(trousers("#3F6A94", "#F0B56A", denim=True), "morning"),
    "trousers_slate": hung(trousers(SLATE, STONE, denim=False), "pine"),
    "skirt_folk": hung(skirt(PINE, BERRY, HONEY), "morning"),
    "snowsuit_red": hung(about(snowsuit("#D0523F", DEEP, SUN), 0.92, 400, 110), "snow"),
    "snowsuit_river": hung(about(snowsuit("#4A8FB0", "#5B4A7D", ROSE), 0.92, 400, 110), "dusk"),
}

if __name__ == "__main__":
    from draw_wear import WEAR

    render_all(HANGING | WEAR)
