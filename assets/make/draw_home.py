"""The ways from home, and the first visit."""

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
    SNOW,
    WOOD,
    WOOD_DARK,
    paper,
    shade,
)
from people import (
    BRONZE,
    BROWN,
    DARK,
    FAIR,
    GREY,
    PALE,
    SAND,
    UMBER,
    arm,
    bun,
    cane,
    curls,
    hat,
    headscarf,
    long,
    mitten,
    person,
    short,
    sitting,
    with_glasses,
)
from things import (
    DUSK,
    EDGE,
    SHEET,
    carton,
    chair,
    cup,
    draw_all,
    glow,
    heart,
    hill,
    shadow,
    sheet,
    spruce,
    star,
    steam,
    table,
)


def coffee_table() -> str:
    pot = (
        f'<g filter="url(#lift)"><path d="M300 150 q70 -34 140 0 l28 240 q-98 30 -196 0 z" fill="{RIVER}"/>'
        f'<path d="M392 138 q28 2 48 12 l28 240 q-34 10 -70 14 q24 -130 -6 -266 z" fill="{DEEP}" opacity="0.55"/>'
        f'<path d="M292 210 q-66 -14 -92 -62 l30 -6 q22 24 66 30 z" fill="{DEEP}"/>'
        f'<path d="M448 190 q96 -10 84 84 q-8 66 -66 74" fill="none" stroke="{NIGHT}" stroke-width="20" stroke-linecap="round"/>'
        f'<path d="M304 148 q66 -40 132 0" fill="{SLATE}"/><circle cx="370" cy="112" r="16" fill="{NIGHT}"/>'
        f'<path d="M282 300 q88 30 178 0" stroke="{SNOW}" stroke-width="8" fill="none"/>'
        f'<path d="M370 236 v40 M350 256 h40 M356 242 l28 28 M384 242 l-28 28" stroke="{SNOW}" stroke-width="6" stroke-linecap="round"/></g>'
    )
    table = (
        f'<path d="M40 420 h640 l-22 46 h-596 z" fill="{WOOD}"/><path d="M40 420 h640 l-8 16 h-624 z" fill="{shade(WOOD, 0.25)}"/>'
        f'<path d="M110 466 h40 l-10 56 h-32 z M570 466 h40 l6 56 h-32 z" fill="{WOOD_DARK}"/>'
    )
    bun = (
        f'<g><ellipse cx="560" cy="416" rx="96" ry="15" fill="{SNOW}"/><path d="M486 406 q8 -58 74 -58 t74 58 z" fill="{CREMA}"/>'
        f'<path d="M520 396 q10 -40 48 -34 q34 6 22 34" stroke="{COFFEE}" stroke-width="9" fill="none" stroke-linecap="round"/>'
        + "".join(
            f'<circle cx="{x}" cy="{y}" r="4" fill="{SNOW}"/>'
            for x, y in ((520, 370), (548, 358), (580, 364), (604, 384), (540, 386))
        )
        + "</g>"
    )
    return glow(370, 250, 235) + table + pot + bun + cup(180, 424, BERRY) + steam(180, 300)


def queue() -> str:
    left = chair(150, 500, 1.2) + sitting(
        160, 496, 1.2, coat=PINE, skin=PALE, head=with_glasses(bun(GREY), 1), right=(78, -138)
    )
    right = chair(570, 500, 1.2, look=-1) + sitting(
        560, 496, 1.2, coat=BERRY, skin=BRONZE, head=short(DARK), look=-1, right=(78, -138)
    )
    return (
        hill()
        + left
        + right
        + table(360, 500, 250, 168)
        + cup(330, 334, RIVER, 0.62, steaming=True)
        + sheet(420, 322, 62, 22, lines=0)
    )


def notice_board() -> str:
    flags = "".join(
        fill(f"M{x} {y} h58 l-29 54 Z", colour)
        for x, y, colour in (
            (86, 62, BERRY),
            (170, 84, RIVER),
            (256, 96, PINE),
            (342, 98, BERRY),
            (428, 92, RIVER),
            (512, 78, PINE),
            (590, 54, BERRY),
        )
    )
    rope = line("M50 40 Q360 150 680 36", SLATE, 7)
    board = fill(box(110, 170, 500, 290, 14), WOOD_DARK) + paper(box(132, 192, 456, 246, 6), "#D9B98C")
    posts = fill(box(150, 450, 26, 60) + box(544, 450, 26, 60), WOOD_DARK)
    notes = (
        turn(fill(box(160, 216, 120, 140, 4), SHEET) + cup(220, 330, BERRY, 0.62), -4, 220, 286)
        + turn(
            fill(box(306, 212, 120, 96, 4), SHEET) + line("M326 240 h80 M326 262 h80 M326 284 h46", EDGE, 8),
            3,
            366,
            260,
        )
        + turn(fill(box(452, 216, 112, 140, 4), SHEET) + move(star(0, 0), 508, 290, 0.55), 5, 508, 286)
        + turn(fill(box(306, 326, 120, 92, 4), SHEET) + heart(366, 376, 0.42, RIVER), -3, 366, 372)
    )
    pins = "".join(dot(x, y, 9, BERRY) for x, y in ((220, 222), (366, 222), (508, 226), (366, 334)))
    return hill() + posts + rope + flags + board + notes + pins


def bring() -> str:
    """A guest with a box at the open door."""
    room = fill(box(392, 92, 220, 408, 6), shade(PINE, -0.4)) + fill(box(412, 112, 180, 388, 2), "#F2C46B")
    leaf = paper("M592 112 L676 84 V528 L592 500 Z", PINE) + dot(612, 320, 10, HONEY)
    mat = fill("M392 500 H612 L640 526 H372 Z", DUSK)
    box_ = carton(330, 372, 150, 112, shut=False)
    toys = cup(306, 262, RIVER, 0.42) + fill(box(340, 206, 18, 58, 4) + box(362, 218, 18, 46, 4), BERRY)
    guest = person(
        226, 500, 1.28, coat=BERRY, skin=SAND, head=hat(RIVER, BIRCH, hair=BROWN), look=1, left=None, right=None
    )
    arms = arm((270, 280), (312, 352), shade(BERRY, -0.25), SAND, -0.2) + arm(
        (172, 282), (274, 372), shade(BERRY, -0.1), SAND, -0.3
    )
    return hill() + room + mat + leaf + guest + toys + box_ + arms


def volunteer() -> str:
    """Two carry a table."""
    left = person(140, 506, 1.2, coat=RIVER, skin=UMBER, head=curls(DARK), look=1, left=None, right=None)
    right = person(580, 506, 1.2, coat=AMBER, skin=PALE, head=long(FAIR), look=-1, left=None, right=None, trousers=PINE)
    top = move(table(0, 0, 330, 130), 360, 424)
    arms = arm((186, 300), (222, 314), shade(RIVER, -0.25), UMBER, 0.9) + arm(
        (534, 300), (498, 314), shade(AMBER, -0.4), PALE, -0.9
    )
    plant = fill(box(336, 252, 48, 44, 6), "#A5502F") + line(
        "M360 254 q-30 -30 -44 -64 M360 254 v-76 M360 254 q30 -30 44 -64", PINE, 11
    )
    return hill() + left + right + top + plant + arms


def company() -> str:
    """Two arm in arm on the way to the river, one of them old."""
    old = person(
        270, 500, 1.3, coat=BERRY, skin=PALE, head=with_glasses(hat(PINE, BIRCH, hair=GREY), 1), look=1, right=None
    )
    young = person(440, 500, 1.36, coat=RIVER, skin=BRONZE, head=headscarf(AMBER), look=-1, left=None)
    linked = (
        line("M322 282 Q366 350 400 320", shade(BERRY, -0.2), 36)
        + line("M382 276 Q356 330 338 352", shade(RIVER, -0.15), 36)
        + dot(334, 356, 19, BRONZE)
    )
    return (
        hill()
        + spruce(96, 470, 190)
        + spruce(632, 474, 230, shade(PINE, -0.15))
        + shadow(360, 500, 190)
        + cane(166, 500, 1.3)
        + old
        + young
        + linked
    )


def ticket() -> str:
    """A stub with the picture of a chair, and the mitten that holds it."""
    d = "M96 104 H620 V206 a36 36 0 0 0 0 72 V392 H96 V278 a36 36 0 0 0 0 -72 Z"
    cells = [
        (c, r)
        for r in range(9)
        for c in range(9)
        if (c * 5 + r * 3 + c * r) % 3 != 1 and not (((c < 4 or c > 4) and r < 4) or (c < 4 and r > 4))
    ]
    code = "".join(fill(box(c * 19, r * 19, 19.4, 19.4), NIGHT) for c, r in cells)
    eyes = "".join(
        fill(box(x, y, 66, 66), NIGHT)
        + fill(box(x + 12, y + 12, 42, 42), SHEET)
        + fill(box(x + 22, y + 22, 22, 22), NIGHT)
        for x, y in ((0, 0), (105, 0), (0, 105))
    )
    stub = (
        fill(d, SHEET)
        + fill("M96 104 H620 V148 H96 Z", BERRY)
        + line(d, EDGE, 7)
        + line("M372 166 V384", EDGE, 6, dash="4 16")
    )
    seat = (
        line("M180 372 L190 300 L176 184 M296 372 L288 300", WOOD_DARK, 17)
        + paper(box(170, 286, 138, 26, 8), RIVER)
        + line("M182 214 q18 8 36 4 M186 250 q16 6 32 2", WOOD_DARK, 14)
    )
    palm = mitten(566, 408, 1.1, PINE, angle=-14)
    return turn(stub + move(seat, 8, -2) + move(code + eyes, 410, 178), -6, 360, 250) + palm


def first_yes() -> str:
    """A hand opens the door from outside."""
    light = fill(box(236, 56, 250, 446, 6), shade(RIVER, -0.5)) + fill(box(258, 78, 206, 424, 2), "#F2C46B")
    inside = table(352, 470, 120, 96) + cup(346, 374, BERRY, 0.5, steaming=True)
    leaf = paper("M464 78 L602 40 V526 L464 502 Z", RIVER) + fill(
        "M486 116 L576 94 V262 L486 258 Z M486 300 L576 306 V484 L486 456 Z", shade(RIVER, -0.3)
    )
    knob = line("M520 282 h44", HONEY, 20) + dot(520, 282, 17, HONEY)
    fist = paper(oval(560, 288, 36, 32), SAND) + line(
        "M540 272 q16 -10 32 -2 M536 288 q18 -8 36 0 M540 304 q16 -6 30 0", shade(SAND, -0.4), 5
    )
    sleeve = line("M672 424 Q640 370 604 316", BERRY, 74) + line("M622 338 l-30 -32", shade(BERRY, 0.3), 70, cap="butt")
    return hill() + light + inside + leaf + knob + sleeve + fist


PICTURES = {
    "home_check_in": coffee_table(),
    "home_queue": queue(),
    "home_calendar": notice_board(),
    "home_bring": bring(),
    "home_volunteer": volunteer(),
    "home_help": company(),
    "home_ticket": ticket(),
    "first_yes": first_yes(),
}

if __name__ == "__main__":
    draw_all(PICTURES)
