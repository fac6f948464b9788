"""How much is brought, and what is not taken."""

from __future__ import annotations

from draw_craft import box, dot, fill, line, move, oval, turn
from paint import (
    AMBER,
    BERRY,
    BIRCH,
    COFFEE,
    DEEP,
    NIGHT,
    PINE,
    RIVER,
    SLATE,
    WOOD,
    WOOD_DARK,
    paper,
    shade,
)
from things import (
    RED,
    bag,
    carton,
    cup,
    draw_all,
    hill,
    shadow,
)


def one() -> str:
    return hill(wide=0.62) + shadow(360, 492, 130) + cup(360, 490, BERRY, 2.4)


def few() -> str:
    return (
        hill()
        + shadow(360, 492, 270)
        + cup(160, 486, RIVER, 1.25)
        + cup(545, 486, PINE, 1.25)
        + cup(350, 500, BERRY, 1.5)
    )


def full_bag() -> str:
    return hill() + shadow(360, 500, 170) + bag(360, 500, 1.75, PINE)


def boxes() -> str:
    return (
        hill()
        + shadow(360, 500, 230)
        + carton(270, 500, 260, 190)
        + carton(510, 500, 190, 140, AMBER)
        + carton(300, 310, 210, 140, AMBER)
    )


def car() -> str:
    """A car from behind, its boot open and full."""
    lid = paper("M150 210 L188 60 Q194 40 216 40 H504 Q526 40 532 60 L570 210 Z", RIVER) + fill(
        "M196 180 L222 76 H498 L524 180 Z", "#BCD3E2"
    )
    body = paper(
        "M130 206 H590 Q620 206 620 240 V420 Q620 450 590 450 H130 Q100 450 100 420 V240 Q100 206 130 206 Z",
        shade(RIVER, -0.15),
    )
    boot = fill(box(158, 222, 404, 150, 12), NIGHT)
    load = (
        carton(254, 372, 150, 110)
        + move(bag(0, 0, 0.6, PINE), 404, 372)
        + fill(box(474, 262, 58, 110, 6), BERRY)
        + fill(box(474, 284, 58, 14), BIRCH)
        + line("M500 262 V190", WOOD_DARK, 13)
        + paper("M460 200 L478 140 H524 L542 200 Z", AMBER)
    )
    lights = fill(box(112, 264, 34, 76, 10), RED) + fill(box(574, 264, 34, 76, 10), RED)
    wheels = fill(box(140, 440, 90, 70, 16), NIGHT) + fill(box(490, 440, 90, 70, 16), NIGHT)
    plate = fill(box(290, 392, 140, 38, 6), BIRCH) + line("M316 411 h88", NIGHT, 9)
    return hill() + lid + wheels + body + boot + load + lights + fill(box(84, 376, 552, 84, 26), DEEP) + plate


def refused(body: str) -> str:
    bar = line("M96 476 L624 76", BIRCH, 56) + line("M96 476 L624 76", RED, 36)
    return body + bar


def broken() -> str:
    left = "M200 190 H350 L322 250 L372 300 L330 352 L352 470 H280 Q216 470 210 400 Z"
    right = "M372 190 H520 L510 400 Q504 470 440 470 H392 L372 356 L414 300 L366 250 Z"
    ring = line("M520 250 q80 -10 80 56 q0 60 -88 56", shade(RIVER, -0.25), 26)
    bits = fill("M300 500 l34 -16 16 26 Z M400 510 l30 -24 22 20 Z", RIVER)
    return ring + turn(paper(left, RIVER), -5, 280, 470) + turn(paper(right, RIVER), 5, 450, 470) + bits


def mattress() -> str:
    pad = (
        paper(box(80, 300, 560, 170, 40), "#64819A")
        + line("M110 386 H610", SLATE, 7, dash="4 22")
        + "".join(dot(x, 338, 9, SLATE) for x in range(150, 620, 84))
    )
    stain = fill("M430 330 q50 -30 90 10 q40 50 -20 60 q-90 10 -70 -70 Z", COFFEE, 0.75)
    spring = line("M200 300 q-20 -16 0 -30 t0 -30 t0 -30 t0 -30", NIGHT, 12)
    pillow = paper("M320 300 Q300 200 340 210 H520 Q570 196 550 300 Z", BERRY)
    return spring + pillow + pad + stain


def building() -> str:
    bricks = "".join(
        paper(box(x, y, 124, 62, 6), BERRY if (x + y) % 3 else shade(BERRY, -0.2))
        for x, y in ((130, 420), (264, 420), (398, 420), (196, 350), (330, 350), (264, 280))
    )
    planks = turn(paper(box(420, 130, 40, 380, 4), WOOD_DARK), 24, 440, 320) + turn(
        paper(box(490, 150, 40, 360, 4), WOOD), 33, 510, 330
    )
    dust = fill("M80 500 Q140 450 220 480 Q380 500 470 474 Q600 450 650 500 Z", SLATE)
    return planks + bricks + dust


def appliance() -> str:
    body = (
        paper(box(210, 60, 300, 440, 26), "#64819A")
        + line("M210 210 H510", NIGHT, 11)
        + line("M250 110 V170 M250 250 V360", NIGHT, 18)
        + fill(box(240, 496, 50, 22, 4) + box(430, 496, 50, 22, 4), NIGHT)
    )
    return (
        body
        + fill("M420 470 q60 20 46 46 h-96 q-6 -34 50 -46 Z", RIVER)
        + line("M510 300 q90 40 50 130 q-20 50 40 70", NIGHT, 13)
    )


def safety() -> str:
    seat = (
        paper(
            "M120 120 Q150 70 210 90 Q264 110 260 200 L270 330 H400 Q440 330 440 380 V430 H190 Q130 430 126 360 Z",
            SLATE,
        )
        + line("M190 150 L300 350 M236 140 L330 350", BERRY, 18)
        + fill(box(170, 430, 240, 60, 12), NIGHT)
    )
    lid = (
        paper("M400 470 Q390 320 520 310 Q650 310 660 460 L650 474 Z", AMBER)
        + fill("M390 460 H670 Q680 490 650 492 H410 Q386 490 390 460 Z", shade(AMBER, -0.4))
        + line("M420 492 q20 30 70 26", NIGHT, 11)
        + line("M470 380 q30 -30 60 -30", BIRCH, 13)
    )
    return seat + lid


def chemicals() -> str:
    tin = (
        paper(box(90, 250, 220, 240, 12), SLATE)
        + fill(oval(200, 250, 110, 30), BERRY)
        + fill("M110 262 q20 20 22 110 q14 24 26 0 q0 -60 22 -90 Z", BERRY)
        + line("M96 260 Q200 60 304 260", NIGHT, 10)
    )
    flask = paper(
        "M400 220 V150 H500 V220 Q580 250 580 330 V470 Q580 490 560 490 H340 Q320 490 320 470 V330 Q320 250 400 220 Z",
        PINE,
    ) + fill(box(390, 110, 120, 56, 10), NIGHT)
    skull = (
        fill("M450 290 q62 0 62 62 q0 30 -22 42 v26 h-80 v-26 q-22 -12 -22 -42 q0 -62 62 -62 Z", BIRCH)
        + dot(428, 350, 15, NIGHT)
        + dot(472, 350, 15, NIGHT)
        + line("M436 420 v-18 M464 420 v-18", NIGHT, 7)
    )
    pills = fill(oval(626, 470, 40, 20), BERRY) + fill(box(600, 500, 60, 22, 11), RIVER)
    return tin + flask + skull + pills


PICTURES = {
    "amount_one": one(),
    "amount_few": few(),
    "amount_bag": full_bag(),
    "amount_box": boxes(),
    "amount_car": car(),
    "refused_broken": refused(broken()),
    "refused_mattress": refused(mattress()),
    "refused_building": refused(building()),
    "refused_appliance": refused(appliance()),
    "refused_safety": refused(safety()),
    "refused_chemicals": refused(chemicals()),
}

if __name__ == "__main__":
    draw_all(PICTURES)
