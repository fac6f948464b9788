"""What two people like to do together."""

from __future__ import annotations

from draw_craft import box, dot, fill, line, move, oval, turn
from paint import (
    AMBER,
    BERRY,
    BIRCH,
    COFFEE,
    CREMA,
    DEEP,
    HONEY,
    NIGHT,
    PINE,
    RIVER,
    SLATE,
    WOOD,
    WOOD_DARK,
    paper,
    shade,
)
from people import (
    BRONZE,
    DARK,
    GREY,
    PALE,
    UMBER,
    arm,
    braids,
    bun,
    face,
    hat,
    person,
    sitting,
)
from things import (
    EDGE,
    SHEET,
    chair,
    cup,
    draw_all,
    flower,
    heart,
    hill,
    shadow,
    spruce,
    table,
)


def coffee() -> str:
    jug = paper("M300 150 Q360 120 420 150 L444 404 Q360 430 276 404 Z", RIVER) + fill(
        "M296 196 Q236 186 206 136 L238 130 Q262 158 300 160 Z", DEEP
    )
    lid = (
        fill("M304 146 Q360 108 416 146 Z", NIGHT)
        + dot(360, 116, 15, NIGHT)
        + line("M430 186 q86 -6 76 76 q-8 56 -62 64", NIGHT, 19)
    )
    return (
        table(360, 530, 640, 120, WOOD)
        + jug
        + lid
        + cup(146, 412, BERRY, 0.95, -1, steaming=True)
        + cup(580, 412, PINE, 0.95, steaming=True)
    )


def walk() -> str:
    poles = line("M180 330 L126 500 M300 318 L350 500", NIGHT, 8)
    pack = paper(box(152, 218, 60, 124, 22), AMBER)
    first = person(
        240,
        500,
        1.3,
        coat=PINE,
        skin=PALE,
        head=hat(BERRY, BIRCH, hair=GREY),
        look=1,
        left=(-50, -130),
        right=(48, -138),
    )
    dog = dog_walking(500, 500)
    lead = line("M306 322 Q380 430 458 420", BERRY, 6)
    return (
        hill()
        + spruce(420, 462, 210, shade(PINE, -0.15))
        + spruce(596, 470, 350)
        + shadow(300, 502, 120)
        + pack
        + first
        + poles
        + dog
        + lead
    )


def dog_walking(x: float, y: float) -> str:
    legs = line(f"M{x - 36} {y} v-50 M{x - 12} {y} v-46 M{x + 46} {y} v-46 M{x + 66} {y} v-50", COFFEE, 14)
    body = paper(
        f"M{x - 50} {y - 92} Q{x} {y - 108} {x + 76} {y - 90} Q{x + 90} {y - 50} {x + 60} {y - 40} H{x - 40} Q{x - 62} {y - 50} {x - 50} {y - 92} Z",
        WOOD_DARK,
    )
    tail = line(f"M{x + 74} {y - 86} q34 -16 30 -50", WOOD_DARK, 15)
    head = (
        paper(oval(x - 58, y - 106, 34, 30), WOOD_DARK)
        + fill(oval(x - 88, y - 96, 22, 15), COFFEE)
        + dot(x - 104, y - 100, 7, NIGHT)
        + dot(x - 66, y - 112, 5, NIGHT)
        + fill(f"M{x - 50} {y - 134} q34 4 26 50 q-26 4 -32 -22 Z", COFFEE)
    )
    return tail + legs + body + head


def garden() -> str:
    can = (
        paper("M420 300 H580 L566 470 H434 Z", RIVER)
        + line("M434 340 L330 250 M580 320 q70 20 60 80 q-10 50 -62 40", DEEP, 19)
        + fill("M300 262 L346 214 L356 240 L322 274 Z", DEEP)
    )
    drops = "".join(line(f"M{x} {y} v20", RIVER, 8) for x, y in ((296, 300), (272, 326), (310, 338), (284, 366)))
    bed = fill(oval(220, 474, 190, 34), COFFEE)
    return hill() + bed + flower(120, 466, 220, BERRY, 1.5) + flower(200, 470, 300, AMBER, 1.6) + drops + can


def craft() -> str:
    ball = (
        paper(oval(250, 360, 140, 136), BERRY)
        + "".join(
            line(
                f"M{150 + k * 24} {270 + k * 10} Q{300 + k * 10} {320 + k * 6} {200 + k * 36} {470 - k * 10}",
                shade(BERRY, -0.35),
                7,
            )
            for k in range(5)
        )
        + line("M140 330 Q240 260 370 310 M124 380 Q250 320 388 360", shade(BERRY, 0.3), 7)
    )
    needles = (
        line("M190 90 L330 400 M420 70 L250 410", WOOD_DARK, 15) + dot(188, 84, 18, HONEY) + dot(424, 64, 18, HONEY)
    )
    thread = line("M380 410 Q470 490 520 420 T640 440", BERRY, 9)
    sock = (
        paper("M450 120 H570 V290 Q570 320 600 330 L650 352 Q672 400 630 408 H520 Q456 400 452 330 Z", RIVER)
        + fill(box(440, 100, 140, 44, 10), BIRCH)
        + line(box(440, 100, 140, 44, 10), EDGE, 5)
        + line("M458 190 h106 M458 230 h106", BIRCH, 10, dash="3 18")
    )
    return hill() + needles + ball + sock + thread


def cook() -> str:
    pan = (
        paper("M140 300 H500 V420 Q500 486 436 486 H204 Q140 486 140 420 Z", BERRY)
        + line("M140 336 h-44 q-18 0 -18 20 t18 20 h44 M500 336 h44 q18 0 18 20 t-18 20 h-44", NIGHT, 18)
        + fill("M126 300 Q320 214 514 300 Z", shade(BERRY, -0.3))
        + dot(320, 240, 22, NIGHT)
    )
    steam_ = line("M250 200 q-22 -28 0 -54 t0 -54 M390 200 q-22 -28 0 -54 t0 -54", "#7F9DB5", 13)
    spoon = turn(
        fill(box(598, 180, 22, 310, 11), WOOD_DARK)
        + fill(oval(609, 150, 44, 60), WOOD_DARK)
        + fill(oval(604, 146, 24, 38), CREMA),
        10,
        609,
        330,
    )
    loaf = paper("M40 500 Q40 420 120 420 Q200 420 200 500 Z", AMBER) + line(
        "M84 440 l14 34 M124 436 l14 34", COFFEE, 8
    )
    return hill() + spoon + steam_ + pan + loaf


def reading() -> str:
    pages = fill(
        "M360 190 Q250 120 90 160 V420 Q250 384 360 450 Q470 384 630 420 V160 Q470 120 360 190 Z", SHEET
    ) + fill("M360 190 Q470 120 630 160 V420 Q470 384 360 450 Z", "#CFDFEB")
    rows = line(
        "M130 216 q110 -22 190 18 M130 268 q110 -22 190 18 M130 320 q110 -22 190 18 M130 370 q110 -22 190 18", EDGE, 9
    )
    cover = line("M360 194 V456 M84 158 V428 Q250 392 360 460 Q470 392 636 428 V158", BERRY, 19)
    note = (
        dot(452, 346, 26, NIGHT)
        + dot(566, 322, 26, NIGHT)
        + line("M474 344 V226 L588 204 V320", NIGHT, 13)
        + line("M474 236 L588 214", NIGHT, 26)
    )
    return hill() + pages + rows + cover + note


def sport() -> str:
    skis = line("M90 506 H560 q46 0 60 -30 M140 520 H610 q40 0 54 -24", BERRY, 13)
    poles = line("M446 300 L520 500 M250 330 L170 500", NIGHT, 9)
    skier = (
        line("M300 360 L250 430 L196 504 M330 360 L400 424 L400 506", SLATE, 40)
        + fill("M176 506 h60 v-22 h-52 Z M380 508 h60 v-22 h-52 Z", NIGHT)
        + turn(
            move(
                paper("M-42 -192 Q-60 -186 -56 -58 Q0 -44 56 -58 Q60 -186 42 -192 Q0 -206 -42 -192 Z", RIVER)
                + fill(box(-20, -150, 44, 52, 6), BIRCH)
                + face(BRONZE, hat(BERRY, HONEY), 1),
                300,
                420,
                1.25,
            ),
            14,
            300,
            380,
        )
        + arm((382, 236), (446, 306), shade(RIVER, -0.25), BRONZE, -0.35)
        + arm((288, 226), (252, 332), shade(RIVER, -0.1), BRONZE, 0.3)
    )
    return hill() + spruce(630, 462, 280) + skis + poles + skier


def children() -> str:
    blocks = (
        paper(box(436, 402, 90, 90, 8), BERRY)
        + paper(box(532, 402, 90, 90, 8), RIVER)
        + paper(box(486, 306, 90, 90, 8), AMBER)
        + heart(481, 446, 0.36, BIRCH)
        + dot(577, 447, 22, BIRCH)
        + fill("M531 326 l28 52 h-56 Z", BIRCH)
    )
    child = person(
        330, 500, 1.05, coat=PINE, skin=UMBER, head=braids(DARK, HONEY), look=1, right=(96, -150), bends=(0.12, -0.3)
    )
    big = sitting(150, 500, 1.25, coat=BERRY, skin=PALE, head=bun(GREY), right=(70, -120))
    return hill() + shadow(380, 502, 260) + chair(140, 500, 1.25, WOOD_DARK) + big + blocks + child


PICTURES = {
    "interest_coffee": coffee(),
    "interest_walk": walk(),
    "interest_garden": garden(),
    "interest_craft": craft(),
    "interest_cook": cook(),
    "interest_books": reading(),
    "interest_sport": sport(),
    "interest_children": children(),
}

if __name__ == "__main__":
    draw_all(PICTURES)
