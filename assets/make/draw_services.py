"""The kinds of work, the ways to help and to be helped."""

from __future__ import annotations

from draw_craft import box, dot, fill, line, move, oval, turn
from paint import (
    AMBER,
    BERRY,
    BIRCH,
    COFFEE,
    CREMA,
    NIGHT,
    PINE,
    RIVER,
    SLATE,
    STONE,
    WOOD,
    WOOD_DARK,
    paper,
    shade,
)
from people import (
    BRONZE,
    BROWN,
    DARK,
    GREY,
    PALE,
    SAND,
    UMBER,
    arm,
    bald,
    bun,
    curls,
    hat,
    headscarf,
    kerchief,
    long,
    person,
    short,
    sitting,
    with_beard,
    with_glasses,
)
from things import (
    DUSK,
    EDGE,
    cup,
    draw_all,
    heart,
    hill,
    house,
    phone,
    shadow,
    sheet,
)


def snow_work() -> str:
    worker = person(290, 500, 1.36, coat=BERRY, skin=BRONZE, head=hat(RIVER, BIRCH), look=1, left=None, right=None)
    shovel = line("M250 250 L500 420", WOOD_DARK, 17) + turn(
        paper("M0 -66 H80 Q104 0 80 66 H0 Q-12 0 0 -66 Z", RIVER), 32, 0, 0
    ).replace('<g transform="', '<g transform="translate(496 418) ')
    arms = arm((348, 268), (392, 346), shade(BERRY, -0.25), SAND, -0.3) + arm(
        (232, 272), (282, 276), shade(BERRY, -0.1), SAND, 0.6
    )
    load = fill("M500 400 q30 -76 96 -30 q60 10 40 80 q-70 40 -126 6 Z", "#C7DCEA") + line(
        "M500 400 q30 -76 96 -30 q60 10 40 80", EDGE, 6
    )
    bank = fill("M40 500 q20 -120 100 -110 q70 -20 90 110 Z", "#C7DCEA") + line(
        "M40 496 q20 -118 100 -108 q70 -18 90 108", EDGE, 6
    )
    return hill() + bank + worker + load + shovel + arms


def errands() -> str:
    basket = (
        paper("M180 300 H540 L500 480 H220 Z", WOOD)
        + line("M196 346 H524 M206 394 H514 M216 440 H504", WOOD_DARK, 9)
        + "".join(line(f"M{x} 300 l{(360 - x) * 0.12:.0f} 180", WOOD_DARK, 8) for x in (240, 300, 360, 420, 480))
        + line("M210 300 Q360 60 510 300", WOOD_DARK, 19)
        + fill(box(166, 286, 388, 30, 12), WOOD_DARK)
    )
    milk = (
        fill("M250 290 V180 L270 146 H326 L346 180 V290 Z", RIVER)
        + fill(box(250, 214, 96, 44), BIRCH)
        + line("M266 236 h64", RIVER, 9)
    )
    bread = turn(
        paper(box(380, 120, 56, 200, 28), AMBER)
        + line("M390 170 l36 -14 M390 210 l36 -14 M390 250 l36 -14", COFFEE, 8),
        14,
        408,
        220,
    )
    apple = dot(470, 270, 34, BERRY) + line("M470 238 q4 -20 18 -26", PINE, 9)
    return hill() + shadow(360, 486, 180) + bread + milk + apple + basket


def carrying() -> str:
    """Two carry an armchair."""
    seat = (
        paper("M268 230 Q268 160 330 160 H396 Q458 160 458 230 V330 H268 Z", RIVER)
        + paper(box(232, 262, 62, 130, 26), shade(RIVER, -0.25))
        + paper(box(432, 262, 62, 130, 26), shade(RIVER, -0.25))
        + fill(box(286, 314, 154, 70, 16), shade(RIVER, 0.2))
        + line("M270 392 l-6 34 M456 392 l6 34", WOOD_DARK, 19)
    )
    left = person(
        136, 500, 1.3, coat=PINE, skin=PALE, head=with_beard(short(BROWN), BROWN), look=1, left=None, right=None
    )
    right = person(592, 500, 1.3, coat=BERRY, skin=UMBER, head=long(DARK), look=-1, left=None, right=None)
    arms = arm((190, 284), (252, 376), shade(PINE, -0.3), PALE, -0.2) + arm(
        (536, 284), (474, 376), shade(BERRY, -0.25), UMBER, 0.2
    )
    return hill() + left + right + seat + arms


def computer() -> str:
    lid = (
        paper("M120 130 Q120 110 140 110 H460 Q480 110 480 130 V370 H120 Z", NIGHT)
        + fill(box(140, 130, 320, 220, 4), RIVER)
        + heart(300, 236, 0.7, BIRCH)
    )
    base = paper("M70 370 H530 L560 420 Q560 432 548 432 H52 Q40 432 40 420 Z", SLATE) + fill(
        box(240, 384, 120, 20, 4), STONE
    )
    call = line("M646 200 q30 40 0 80 M676 180 q48 60 0 120", AMBER, 13)
    return fill(oval(340, 446, 320, 30), DUSK) + lid + base + phone(594, 336, 1.05, angle=6, screen=PINE) + call


def friend() -> str:
    """Two on a bench with a cup each."""
    bench = paper(box(90, 396, 540, 26, 8), WOOD_DARK) + fill(box(130, 420, 24, 84) + box(566, 420, 24, 84), NIGHT)
    back = paper(box(90, 300, 540, 24, 8), WOOD) + paper(box(90, 346, 540, 24, 8), WOOD)
    left = sitting(240, 506, 1.24, coat=PINE, skin=PALE, head=with_glasses(bun(GREY), 1), right=(52, -140)) + cup(
        312, 346, BERRY, 0.36, steaming=True
    )
    right = sitting(470, 506, 1.24, coat=RIVER, skin=UMBER, head=short(DARK), look=-1, right=(52, -140)) + cup(
        396, 346, AMBER, 0.36, -1, steaming=True
    )
    return hill() + back + bench + left + right


def friend_offer() -> str:
    """One comes with two cups to one who sits alone."""
    bench = (
        paper(box(350, 396, 320, 26, 8), WOOD_DARK)
        + fill(box(380, 420, 24, 84) + box(620, 420, 24, 84), NIGHT)
        + paper(box(350, 312, 320, 24, 8), WOOD)
    )
    alone = sitting(540, 506, 1.2, coat=BERRY, skin=PALE, head=with_glasses(bald(GREY), 1), look=-1, right=(34, -108))
    comes = person(
        180,
        500,
        1.32,
        coat=PINE,
        skin=BRONZE,
        head=headscarf(RIVER),
        look=1,
        left=(30, -150),
        right=(86, -150),
        bends=(-0.2, -0.3),
    )
    cups = cup(222, 296, AMBER, 0.38, -1, steaming=True) + cup(306, 296, BERRY, 0.38, steaming=True)
    return hill() + bench + alone + comes + cups + heart(400, 120, 0.62)


def neighbour() -> str:
    tool = (
        line("M150 130 L206 440", WOOD_DARK, 17)
        + line("M124 136 l52 -10", WOOD_DARK, 19)
        + turn(paper("M166 420 h100 q14 90 -50 100 q-64 -10 -50 -100 Z", RIVER), -10, 216, 440)
    )
    return hill() + house(440, 490, 340, BERRY) + tool + fill("M40 516 q60 -80 140 0 Z", "#C7DCEA")


def neighbour_offer() -> str:
    helper = person(
        180,
        500,
        1.32,
        coat=RIVER,
        skin=UMBER,
        head=curls(DARK),
        look=1,
        left=(-66, -92),
        right=(104, -170),
        bends=(0.12, -0.2),
    )
    tool = line("M316 180 L330 430", WOOD_DARK, 15) + paper("M284 410 h96 q10 84 -48 94 q-58 -10 -48 -94 Z", SLATE)
    return (
        hill()
        + house(530, 480, 290, BERRY)
        + person(
            510, 502, 0.86, coat=PINE, skin=PALE, head=kerchief(AMBER), look=-1, left=(-84, -200), bends=(0.3, -0.12)
        )
        + tool
        + helper
        + heart(370, 96, 0.6)
    )


def guidance() -> str:
    post = (
        fill(box(520, 120, 24, 390), WOOD_DARK)
        + paper("M412 130 H606 L652 168 L606 206 H412 Z", AMBER)
        + paper("M652 232 H452 L406 270 L452 308 H652 Z", RIVER)
        + line("M440 168 h130 M490 270 h124", BIRCH, 11)
    )
    folder = paper("M70 250 V214 H176 L198 244 H346 V500 H70 Z", BERRY)
    front = paper("M50 330 H372 L346 506 H76 Z", shade(BERRY, 0.12))
    return (
        hill()
        + post
        + folder
        + sheet(206, 268, 190, 190, angle=-5)
        + front
        + dot(208, 420, 36, BIRCH)
        + line("M190 420 l13 15 26 -30", PINE, 12)
    )


def talk() -> str:
    one = paper(
        "M100 70 H420 Q456 70 456 106 V250 Q456 286 420 286 H250 L168 358 L178 286 H100 Q64 286 64 250 V106 Q64 70 100 70 Z",
        RIVER,
    )
    two = paper(
        "M360 250 H610 Q650 250 650 290 V410 Q650 450 610 450 H570 L580 522 L500 450 H360 Q320 450 320 410 V290 Q320 250 360 250 Z",
        BERRY,
    )
    inside = heart(485, 352, 0.72, BIRCH)
    return one + "".join(dot(x, 178, 20, BIRCH) for x in (180, 260, 340)) + two + inside


def pen() -> str:
    """A pen and a free sheet: something else, in own words."""
    page = sheet(300, 290, 330, 380, lines=5, angle=-4, colour=SLATE)
    quill = turn(
        paper(box(542, 90, 56, 290, 8), PINE)
        + fill("M542 380 H598 L570 456 Z", CREMA)
        + fill("M560 424 H580 L570 456 Z", NIGHT)
        + fill(box(542, 90, 56, 46, 8), BERRY),
        32,
        570,
        270,
    )
    return hill(wide=0.8) + page + move(quill, -60, 36)


PICTURES = {
    "kind_snow": snow_work(),
    "kind_errands": errands(),
    "kind_carrying": carrying(),
    "kind_computer": computer(),
    "service_friend": friend(),
    "service_friend_offer": friend_offer(),
    "service_neighbour": neighbour(),
    "service_neighbour_offer": neighbour_offer(),
    "service_guidance": guidance(),
    "service_other": talk(),
    "topic_other": pen(),
}

if __name__ == "__main__":
    draw_all(PICTURES)
