"""The groups of people."""

from __future__ import annotations

from draw_craft import box, dot, fill, line, oval, turn
from paint import (
    AMBER,
    BERRY,
    COFFEE,
    DEEP,
    HONEY,
    PINE,
    RIVER,
    ROSE,
    SLATE,
    paper,
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
    baby,
    bald,
    braids,
    bun,
    cane,
    curls,
    hat,
    headscarf,
    kerchief,
    long,
    person,
    rollator,
    shirt,
    short,
    wheelchair,
    with_beard,
    with_glasses,
    wreath,
)
from things import (
    draw_all,
    hill,
    shadow,
)


def family() -> str:
    return (
        hill()
        + shadow(360, 502, 270)
        + person(160, 498, 1.3, coat=RIVER, skin=UMBER, head=with_beard(short(DARK), DARK), look=1, right=(70, -84))
        + person(
            330,
            498,
            1.25,
            coat=BERRY,
            skin=SAND,
            head=long(BROWN),
            look=0,
            left=(-40, -108),
            right=(42, -112),
            held=baby(0, -124, 0.95, AMBER, BRONZE),
        )
        + person(474, 502, 0.82, coat=PINE, skin=BRONZE, head=curls(DARK), look=-1)
        + person(590, 502, 0.66, coat=AMBER, skin=BRONZE, head=braids(DARK), look=-1, trousers=RIVER)
    )


def older() -> str:
    return (
        hill()
        + shadow(340, 502, 230)
        + person(
            220,
            498,
            1.35,
            coat=PINE,
            skin=PALE,
            head=with_glasses(with_beard(bald(GREY), GREY), 1),
            look=1,
            left=(-74, -84),
        )
        + cane(112, 500, 1.15)
        + person(
            430,
            498,
            1.28,
            coat=BERRY,
            skin=SAND,
            head=with_glasses(bun("#A3B0BA"), 1),
            look=1,
            left=(56, -112),
            right=(72, -116),
            bends=(-0.1, -0.3),
        )
        + rollator(440, 500, 1.28)
    )


def young() -> str:
    board = turn(paper(box(560, 150, 66, 350, 33), RIVER) + line("M562 270 h62 M562 312 h62", HONEY, 18), 9, 590, 330)
    bag_ = line("M-40 -186 Q-30 -120 -36 -70 M40 -186 Q30 -120 36 -70", HONEY, 13)
    return (
        hill()
        + board
        + shadow(330, 502, 220)
        + person(
            200,
            498,
            1.3,
            coat=BERRY,
            skin=BRONZE,
            head=curls(DARK),
            look=1,
            on=bag_,
            left=(-64, -90),
            right=(96, -246),
            bends=(0.1, -0.3),
        )
        + person(
            430,
            498,
            1.3,
            coat=PINE,
            skin=PALE,
            head=hat(HONEY, BERRY, hair=FAIR),
            look=-1,
            right=(100, -112),
            trousers=DEEP,
        )
    )


def ukrainian() -> str:
    linen = "#F3E9DC"
    return (
        hill()
        + shadow(360, 502, 280)
        + person(130, 498, 1.3, coat=linen, skin=PALE, head=short(BROWN), look=1, on=shirt(BERRY, BERRY), trousers=DEEP)
        + person(
            300, 498, 1.25, coat=linen, skin=PALE, head=wreath(FAIR), look=0, on=shirt(BERRY, RIVER), trousers=BERRY
        )
        + person(462, 502, 0.8, coat=linen, skin=PALE, head=short(FAIR), look=1, on=shirt(RIVER, RIVER), trousers=RIVER)
        + person(
            600,
            498,
            1.16,
            coat=PINE,
            skin=SAND,
            head=kerchief(BERRY, HONEY),
            look=-1,
            left=(-60, -150),
            bends=(0.4, -0.12),
            held=sunflower_small(-62, -150),
        )
    )


def sunflower_small(x: float, y: float) -> str:
    petals = "".join(turn(fill(oval(x, y - 74, 10, 24), "#C98A00"), at * 30, x, y - 50) for at in range(12))
    return line(f"M{x} {y + 30} V{y - 50}", PINE, 9) + petals + dot(x, y - 50, 20, COFFEE)


def anyone() -> str:
    """Five people, no two alike."""
    return (
        hill()
        + shadow(360, 504, 300)
        + person(96, 490, 1.12, coat=PINE, skin=UMBER, head=headscarf(RIVER), look=1)
        + person(232, 484, 1.22, coat=SLATE, skin=PALE, head=with_glasses(with_beard(short(FAIR), FAIR)), look=0)
        + person(478, 484, 1.2, coat=BERRY, skin=SAND, head=long(DARK), look=-1)
        + person(622, 490, 1.1, coat=AMBER, skin=BRONZE, head=bald(GREY), look=-1, trousers=DEEP)
        + wheelchair(350, 512, 1.14, coat=ROSE, skin=BRONZE, head=curls(BROWN), look=1)
    )


PICTURES = {
    "group_family": family(),
    "group_older": older(),
    "group_young": young(),
    "group_ukrainian": ukrainian(),
    "group_other": anyone(),
}

if __name__ == "__main__":
    draw_all(PICTURES)
