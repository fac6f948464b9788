"""What guidance is about, and how to reach somebody."""

from __future__ import annotations

from draw_craft import box, dot, fill, line, oval
from paint import (
    AMBER,
    BERRY,
    BIRCH,
    COFFEE,
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
    PALE,
    SAND,
    UMBER,
    curls,
    headscarf,
    long,
    person,
    short,
    with_beard,
    with_glasses,
)
from things import (
    EDGE,
    clock,
    draw_all,
    heart,
    hill,
    house,
    phone,
    shadow,
    sheet,
)


def housing() -> str:
    key = line("M520 330 V470 M520 424 h40 M520 464 h54", AMBER, 22) + line(oval(520, 280, 48, 48), AMBER, 24)
    return hill() + house(260, 490, 340, BERRY) + key


def health() -> str:
    case = (
        paper(box(110, 200, 500, 300, 36), BERRY)
        + line("M270 200 V150 Q270 110 310 110 H410 Q450 110 450 150 V200", SLATE, 26)
        + fill(oval(360, 350, 104, 104), BIRCH)
        + fill("M330 276 h60 v44 h44 v60 h-44 v44 h-60 v-44 h-44 v-60 h44 Z", PINE)
    )
    return hill() + case


def school() -> str:
    walls = (
        paper(box(90, 240, 540, 250), "#C98F2A")
        + fill("M66 250 L200 160 H520 L654 250 Z", SLATE)
        + fill(box(304, 330, 112, 160, 6), WOOD_DARK)
        + "".join(
            fill(box(x, 290, 76, 84, 4), DEEP) + line(f"M{x + 38} 290 v84", BIRCH, 6) for x in (126, 212, 436, 522)
        )
    )
    tower = paper(box(300, 130, 120, 120), AMBER) + fill("M284 136 L360 60 L436 136 Z", SLATE) + clock(360, 192, 36)
    flag = (
        line("M560 166 V50", NIGHT, 9)
        + fill(box(564, 52, 92, 60), BIRCH)
        + line(box(564, 52, 92, 60), EDGE, 4)
        + fill(box(588, 52, 18, 60) + box(564, 74, 92, 17), "#1F5FA8")
    )
    return (
        hill()
        + flag
        + walls
        + tower
        + person(206, 512, 0.66, coat=BERRY, skin=UMBER, head=curls(DARK), look=1)
        + person(520, 512, 0.66, coat=RIVER, skin=PALE, head=long("#C8923F"), look=-1)
    )


def work() -> str:
    helper = person(
        210,
        500,
        1.36,
        coat=RIVER,
        skin=BRONZE,
        head=(
            short(DARK)[0],
            fill("M-52 -262 Q-52 -326 0 -326 Q52 -326 52 -262 Z", "#D98E04") + fill("M-64 -266 H64 v14 h-128 Z", AMBER),
        ),
        look=1,
        left=(-66, -92),
        right=(74, -112),
        on=fill("M-40 -190 L-26 -60 H-8 L-22 -190 Z M40 -190 L26 -60 H8 L22 -190 Z", "#F2C46B"),
    )
    case = (
        paper(box(400, 320, 250, 170, 20), WOOD_DARK)
        + line("M480 320 V290 Q480 268 502 268 H548 Q570 268 570 290 V320", COFFEE, 17)
        + fill(box(400, 384, 250, 16), COFFEE)
        + fill(box(502, 372, 46, 44, 6), HONEY)
    )
    return (
        hill()
        + shadow(340, 500, 250)
        + helper
        + case
        + line("M306 356 L352 270 M352 270 l-20 -34 M352 270 l36 -18", SLATE, 17)
    )


def papers() -> str:
    stamp = (
        paper("M500 250 Q474 200 510 176 Q560 150 600 190 Q622 220 592 260 V330 H512 Z", WOOD_DARK)
        + paper(box(450, 330, 196, 60, 12), BERRY)
        + fill(box(450, 388, 196, 16, 4), NIGHT)
    )
    passport = (
        paper(box(96, 240, 200, 260, 16), DEEP)
        + line(oval(196, 346, 46, 46), HONEY, 9)
        + line("M150 346 h92 M196 300 q-30 46 0 92 M196 300 q30 46 0 92", HONEY, 6)
        + line("M150 440 h92", HONEY, 11)
    )
    return hill() + sheet(360, 280, 250, 330, lines=6, angle=3) + passport + stamp


def benefits() -> str:
    coins = "".join(
        paper(oval(x, y, 62, 62), AMBER)
        + line(oval(x, y, 46, 46), "#FFE2A1", 6)
        + line(f"M{x + 20} {y - 22} q-42 -14 -42 22 t42 22 M{x - 34} {y - 7} h38 M{x - 34} {y + 9} h38", "#FFF3D6", 8)
        for x, y in ((270, 190), (410, 130), (470, 250))
    )
    palm = line("M628 480 Q600 430 520 404", RIVER, 84)
    fingers = (
        paper(
            "M150 360 Q150 330 184 332 L330 352 Q420 330 500 360 L560 420 Q520 500 420 496 H280 Q180 470 150 360 Z",
            SAND,
        )
        + line("M402 372 Q356 330 372 296", SAND, 42)
        + line("M190 360 h96 M206 394 h86 M236 428 h76", shade(SAND, -0.35), 7)
    )
    return coins + palm + fingers + line("M560 372 L520 474", shade(RIVER, -0.3), 26)


def finnish() -> str:
    """A teacher and a learner speak; the cup of the learner is named on a card."""
    one_ = person(
        140,
        520,
        1.24,
        coat=PINE,
        skin=PALE,
        head=with_glasses(long("#C8923F"), 1),
        look=1,
        right=(74, -140),
        bends=(0.12, -0.3),
    )
    two = person(590, 520, 1.24, coat=BERRY, skin=BRONZE, head=with_beard(short(DARK), DARK), look=-1)
    said = paper(
        "M226 50 H500 Q530 50 530 80 V180 Q530 210 500 210 H310 L236 256 L256 210 H226 Q196 210 196 180 V80 Q196 50 226 50 Z",
        RIVER,
    )
    letters = (
        line("M240 164 L272 104 L304 164 M252 144 h40", BIRCH, 12)
        + line(oval(272, 82, 8, 8), BIRCH, 6)
        + line("M338 164 L370 104 L402 164 M350 144 h40 M354 82 h2 M384 82 h2", BIRCH, 12)
        + line(oval(462, 134, 26, 30), BIRCH, 12)
        + line("M448 82 h2 M474 82 h2", BIRCH, 12)
    )
    return hill() + one_ + two + said + letters


def rings() -> str:
    waves = "".join(
        line(d, AMBER, 18)
        for d in (
            "M196 170 q-60 100 0 200",
            "M132 130 q-100 140 0 280",
            "M524 170 q60 100 0 200",
            "M588 130 q100 140 0 280",
        )
    )
    return waves + phone(360, 270, 2.2, angle=0, screen=PINE) + heart(360, 262, 0.62, BIRCH)


def desk() -> str:
    clerk = person(
        360,
        420,
        1.26,
        coat=BERRY,
        skin=SAND,
        head=headscarf(RIVER),
        look=-1,
        left=(-90, -190),
        right=(56, -120),
        bends=(0.3, -0.2),
    )
    counter = (
        paper(box(70, 340, 580, 180, 10), WOOD_DARK)
        + paper(box(46, 318, 628, 40, 10), WOOD)
        + fill(box(110, 390, 500, 100, 8), shade(WOOD_DARK, -0.25))
        + heart(360, 442, 0.6, BIRCH)
    )
    bell = (
        fill("M520 318 Q520 262 570 262 Q620 262 620 318 Z", HONEY)
        + line("M520 318 Q520 262 570 262 Q620 262 620 318 Z", "#8A5A00", 7)
        + dot(570, 252, 11, NIGHT)
    )
    return clerk + counter + bell + fill(box(130, 230, 110, 92, 8), NIGHT) + fill(box(142, 242, 86, 60, 2), RIVER)


PICTURES = {
    "topic_housing": housing(),
    "topic_health": health(),
    "topic_school": school(),
    "topic_work": work(),
    "topic_papers": papers(),
    "topic_benefits": benefits(),
    "topic_finnish": finnish(),
    "reach_phone": rings(),
    "reach_desk": desk(),
}

if __name__ == "__main__":
    draw_all(PICTURES)
