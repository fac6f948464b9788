"""Thanks, and what is handed over."""

from __future__ import annotations

from draw_craft import box, dot, fill, line, oval
from paint import (
    AMBER,
    BERRY,
    BIRCH,
    NIGHT,
    PINE,
    RIVER,
    SLATE,
    WOOD,
    WOOD_DARK,
    paper,
)
from people import (
    SAND,
)
from things import (
    EDGE,
    RED,
    SHEET,
    bag,
    bow,
    carton,
    cup,
    draw_all,
    heart,
    hill,
    shadow,
    star,
)


def scan() -> str:
    """A hand holds a phone under the beam of the reader."""
    reader = (
        paper("M470 60 H640 Q660 60 660 80 V170 Q660 190 640 190 H510 L470 150 Z", NIGHT)
        + fill("M470 76 L446 92 V130 L470 146 Z", RED)
        + paper("M560 190 H630 L614 330 H560 Z", SLATE)
    )
    beam = fill("M446 92 V130 L240 300 L170 200 Z", RED, 0.35) + line("M446 111 L205 250", RED, 7)
    code = "".join(
        fill(box(x, y, 22, 22), NIGHT)
        for x, y in (
            (-46, -50),
            (-2, -50),
            (24, -50),
            (-46, -6),
            (-24, 16),
            (2, -6),
            (24, 20),
            (-46, 30),
            (0, 30),
            (-24, -28),
        )
    )
    screen = f'<g transform="translate(210 270) rotate(-8)">{fill(box(-86, -150, 172, 300, 26), NIGHT)}{fill(box(-70, -120, 140, 230, 6), SHEET)}{code}</g>'
    grip = (
        line("M216 466 Q208 450 220 420", PINE, 108)
        + paper(oval(222, 400, 66, 46), SAND)
        + line("M138 380 q-20 -30 4 -58 M292 392 q34 -20 22 -62", SAND, 30)
    )
    return (
        beam
        + grip
        + screen
        + line("M290 360 q24 -16 18 -46", SAND, 30)
        + line("M120 372 q-6 -26 10 -48", SAND, 30)
        + reader
    )


def handed_over() -> str:
    return hill(wide=0.66) + shadow(360, 502, 170) + bag(360, 500, 1.55, RIVER, full=True) + bow(360, 252, 1.25, BERRY)


def waiting_chair(*, with_bow: bool = False) -> str:
    back = (
        line("M222 504 L240 330 L206 60 M500 504 L484 330", WOOD_DARK, 26)
        + line("M240 330 L216 96", WOOD_DARK, 26)
        + line("M300 330 L280 70", WOOD_DARK, 22)
    )
    seat = paper(box(216, 316, 300, 46, 14), WOOD_DARK) + paper(box(222, 282, 288, 46, 23), BERRY)
    slats = line("M216 130 q36 12 72 0 M222 190 q36 12 72 0 M230 250 q34 12 66 0", WOOD, 22)
    ribbon = bow(372, 270, 1.35, RIVER) if with_bow else ""
    return hill(wide=0.62) + shadow(360, 504, 180) + back + slats + seat + ribbon


def thanks_cup() -> str:
    wire = line("M60 40 Q200 150 400 140 T680 40", SLATE, 6) + "".join(
        dot(x, y, 15, colour)
        for x, y, colour in (
            (130, 90, BERRY),
            (230, 132, AMBER),
            (330, 146, RIVER),
            (470, 132, BERRY),
            (560, 104, AMBER),
            (640, 64, RIVER),
        )
    )
    return hill() + wire + shadow(360, 496, 160) + cup(360, 496, BERRY, 2.1, steaming=False) + heart(360, 216, 0.75)


def thanks_letter() -> str:
    """A letter falls into the box."""
    post = fill(box(330, 400, 60, 110, 4), WOOD_DARK)
    body = (
        paper("M180 250 Q180 180 250 180 H470 Q540 180 540 250 V420 H180 Z", AMBER)
        + fill(box(236, 232, 248, 24, 12), NIGHT)
        + heart(360, 340, 0.8, BIRCH)
    )
    note = (
        fill(box(270, 60, 180, 180, 6), SHEET)
        + line("M270 240 V66 H450 V240", EDGE, 7)
        + line("M276 72 L360 150 L444 72", EDGE, 7)
    )
    return hill() + post + body + note + fill(box(236, 238, 248, 18, 9), NIGHT)


def thanks_box() -> str:
    """A box on the shelf."""
    shelf = (
        paper(box(60, 400, 600, 42, 8), WOOD)
        + fill(box(74, 440, 572, 14, 4), WOOD_DARK)
        + fill("M130 454 h34 v22 q0 34 -34 42 Z M556 454 h34 v64 q-34 -8 -34 -42 Z", WOOD_DARK)
    )
    return (
        shelf
        + carton(300, 400, 280, 220)
        + heart(236, 320, 0.5, BERRY)
        + fill(box(480, 250, 36, 150, 4), BERRY)
        + fill(box(520, 280, 36, 120, 4), RIVER)
        + fill(box(560, 262, 36, 138, 4), PINE)
        + bow(300, 178, 0.9, RIVER)
    )


def thanks_star() -> str:
    lights = "".join(
        dot(x, y, 13, colour)
        for x, y, colour in (
            (120, 130, BERRY),
            (600, 110, RIVER),
            (90, 330, RIVER),
            (640, 320, BERRY),
            (200, 60, PINE),
            (520, 50, PINE),
        )
    )
    return (
        lights
        + star(360, 260, 2.7)
        + dot(324, 250, 13, NIGHT)
        + dot(396, 250, 13, NIGHT)
        + line("M332 294 q28 26 56 0", NIGHT, 9)
    )


PICTURES = {
    "scan": scan(),
    "handed_over": handed_over(),
    "waiting_chair": waiting_chair(),
    "thanks": thanks_cup(),
    "thanks_letter": thanks_letter(),
    "thanks_box": thanks_box(),
    "thanks_star": thanks_star(),
    "thanks_chair": waiting_chair(with_bow=True),
}

if __name__ == "__main__":
    draw_all(PICTURES)
