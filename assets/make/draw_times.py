"""When, how often and how long; now or later; yes or no; wishes."""

from __future__ import annotations

from draw_craft import box, dot, fill, line, move, oval, turn
from paint import (
    AMBER,
    BERRY,
    BIRCH,
    DEEP,
    PINE,
    RIVER,
    SLATE,
    paper,
    shade,
)
from people import (
    BRONZE,
    DARK,
    SAND,
    UMBER,
    hand,
    long,
    mitten,
    sitting,
)
from things import (
    calendar,
    chair,
    clock,
    draw_all,
    hill,
    house,
    spruce,
    star,
    sun,
)


def time_of_day(height: float, colour: str, *, moon: bool = False) -> str:
    """The sky over a house: the sun low in the east, high, or the moon."""
    sky = paper("M60 470 V240 Q60 40 360 40 Q660 40 660 240 V470 Z", colour)
    light = (
        fill("M470 96 a74 74 0 1 0 70 118 a60 60 0 0 1 -70 -118 Z", "#FFE2A1")
        + "".join(dot(x, y, 7, "#FFE2A1") for x, y in ((160, 170), (250, 110), (330, 190), (580, 300), (200, 270)))
        if moon
        else sun(*((190, 360) if height < 0.5 else (360, 160)), 62)
    )
    return (
        sky
        + light
        + fill("M60 430 Q220 360 400 410 T660 400 V490 Q660 520 620 520 H100 Q60 520 60 490 Z", "#DCEAF4")
        + house(480, 456, 170, BERRY if not moon else shade(BERRY, -0.25))
        + spruce(610, 460, 150, shade(PINE, -0.2))
    )


def once() -> str:
    return calendar(360, 290, 520, 420, marked=(9,))


def weekly() -> str:
    return calendar(360, 290, 520, 420, marked=(2, 9, 16, 23))


def winter() -> str:
    arms = "".join(turn(line("M0 0 V-84 M-24 -64 L0 -42 L24 -64", DEEP, 15), at * 60, 0, 0) for at in range(6))
    disc = fill(oval(0, 0, 116, 116), BIRCH) + line(oval(0, 0, 116, 116), DEEP, 9)
    return calendar(320, 290, 520, 420, marked=(2, 9, 16, 23)) + move(disc + arms, 580, 400)


def wait_now() -> str:
    guest = sitting(270, 500, 1.36, coat=RIVER, skin=BRONZE, head=long(DARK), look=1, right=(44, -120))
    return hill() + chair(256, 500, 1.36) + guest + clock(540, 200, 120, share=0.17, colour=AMBER)


def book_time() -> str:
    return calendar(320, 280, 500, 410, marked=(16,)) + hand(560, 380, 0.92, skin=UMBER, sleeve=BERRY, angle=-32)


def card(sign: str, colour: str) -> str:
    """A round card with a sign, held up."""
    ground = paper(oval(360, 226, 186, 186), colour) + line(oval(360, 226, 164, 164), BIRCH, 8)
    thumb = paper(box(300, 356, 50, 120, 25), SAND) + paper(box(356, 350, 50, 126, 25), SAND)
    return (
        ground
        + sign
        + thumb
        + paper(box(276, 446, 156, 86, 26), BERRY)
        + fill(box(268, 436, 172, 34, 14), shade(BERRY, 0.25))
    )


def yes() -> str:
    return card(line("M268 226 L334 294 L456 160", BIRCH, 44), PINE)


def no() -> str:
    return card(line("M290 156 L430 296 M430 156 L290 296", BIRCH, 44), SLATE)


def wish() -> str:
    """A mitten catches a falling star."""
    trail = "".join(
        line(d, AMBER, 12) for d in ("M120 60 Q220 90 290 150", "M70 140 Q170 150 262 200", "M200 30 Q290 60 340 110")
    )
    return trail + star(372, 190, 1.4) + mitten(462, 378, 1.15, BERRY, angle=-24)


PICTURES = {
    "part_morning": time_of_day(0.3, "#E8A08A"),
    "part_afternoon": time_of_day(0.9, "#5E9CC2"),
    "part_evening": time_of_day(0, "#1E3A5C", moon=True),
    "repeat_once": once(),
    "repeat_weekly": weekly(),
    "repeat_winter": winter(),
    "length_half_hour": clock(360, 270, 220, share=0.5),
    "length_hour": clock(360, 270, 220, share=1),
    "length_hours": "".join(clock(x, y, 132, share=1) for x, y in ((190, 200), (530, 200), (360, 360))),
    "length_day": time_of_day(0.9, "#5E9CC2") + clock(196, 336, 120, share=0.5, colour=AMBER),
    "guidance_now": wait_now(),
    "guidance_later": book_time(),
    "answer_yes": yes(),
    "answer_no": no(),
    "wish": wish(),
}

if __name__ == "__main__":
    draw_all(PICTURES)
