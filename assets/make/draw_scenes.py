"""The scenes: welcome and the quiet backdrop."""

from __future__ import annotations

import random

from paint import (
    AMBER,
    BERRY,
    BIRCH,
    DEEP,
    FROST,
    HONEY,
    ICE,
    PINE,
    RIVER,
    SLATE,
    SNOW,
    SUN,
    WOOD,
    WOOD_DARK,
    gradient,
    picture,
    render,
    shade,
)
from people import BRONZE, DARK, GREY, PALE, SAND, UMBER, bun, curls, hat, headscarf, person
from things import ART, cup, steam


def flakes(*places: tuple[float, float, float]) -> str:
    return "".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="{SNOW}"/>' for x, y, r in places)


def spruce(x: float, y: float, h: float, colour: str = PINE) -> str:
    layers = "".join(
        f'<path d="M{x} {y - h * (0.42 + 0.19 * at)} l{h * (0.26 - 0.055 * at)} {h * 0.3} q{-h * (0.26 - 0.055 * at)} {h * 0.07} '
        f'{-2 * h * (0.26 - 0.055 * at)} 0 z" fill="{shade(colour, 0.06 * at)}"/>'
        f'<path d="M{x} {y - h * (0.42 + 0.19 * at)} l{-h * 0.1} {h * 0.13} q{h * 0.1} {h * 0.03} {h * 0.17} {-h * 0.02} z" fill="{SNOW}" opacity="0.9"/>'
        for at in range(4)
    )
    return f'<rect x="{x - h * 0.03}" y="{y - h * 0.15}" width="{h * 0.06}" height="{h * 0.15}" fill="{WOOD_DARK}"/>{layers}'


def house(x: float, y: float, w: float, colour: str, *, lit: bool = True) -> str:
    h = w * 0.55
    pane = SUN if lit else ICE
    windows = "".join(
        f'<rect x="{x + w * part}" y="{y - h * 0.72}" width="{w * 0.15}" height="{h * 0.36}" rx="3" fill="{pane}"/>'
        f'<path d="M{x + w * (part + 0.075)} {y - h * 0.72} v{h * 0.36} M{x + w * part} {y - h * 0.56} h{w * 0.15}" stroke="{SNOW}" stroke-width="{w * 0.016}"/>'
        for part in (0.12, 0.72)
    )
    return (
        f'<rect x="{x + w * 0.7}" y="{y - h * 1.75}" width="{w * 0.09}" height="{h * 0.6}" fill="{shade(colour, -0.35)}"/><rect x="{x + w * 0.69}" y="{y - h * 1.8}" width="{w * 0.11}" height="{h * 0.09}" rx="3" fill="{SNOW}"/>'
        f'<rect x="{x}" y="{y - h}" width="{w}" height="{h}" fill="{colour}"/><rect x="{x + w * 0.6}" y="{y - h}" width="{w * 0.4}" height="{h}" fill="{shade(colour, -0.16)}"/>'
        f'<path d="M{x - w * 0.07} {y - h + 4} L{x + w / 2} {y - h * 1.72} L{x + w * 1.07} {y - h + 4} z" fill="{SNOW}"/>'
        f'<path d="M{x + w / 2} {y - h * 1.72} L{x + w * 1.07} {y - h + 4} h{-w * 0.3} z" fill="{ICE}"/>'
        f'{windows}<rect x="{x + w * 0.42}" y="{y - h * 0.74}" width="{w * 0.18}" height="{h * 0.74}" rx="3" fill="{shade(colour, -0.4)}"/>'
    )


def centre(x: float, y: float, w: float) -> str:
    """The help centre: a long warm house with an open door."""
    h = w * 0.36
    windows = "".join(
        f'<rect x="{x + w * part}" y="{y - h * 0.74}" width="{w * 0.105}" height="{h * 0.42}" rx="4" fill="{SUN}"/>'
        f'<path d="M{x + w * (part + 0.052)} {y - h * 0.74} v{h * 0.42} M{x + w * part} {y - h * 0.55} h{w * 0.105}" stroke="{SNOW}" stroke-width="6"/>'
        for part in (0.07, 0.22, 0.62, 0.78)
    )
    door = (
        f'<rect x="{x + w * 0.4}" y="{y - h * 0.82}" width="{w * 0.15}" height="{h * 0.82}" fill="{SUN}"/>'
        f'<path d="M{x + w * 0.4} {y - h * 0.82} l{-w * 0.075} {h * 0.08} v{h * 0.82} l{w * 0.075} {-h * 0.08} z" fill="{WOOD_DARK}"/>'
        f'<path d="M{x + w * 0.4} {y} h{w * 0.15} l{w * 0.13} {h * 0.5} h{-w * 0.42} z" fill="{SUN}" opacity="0.55"/>'
    )
    lights = "".join(
        f'<circle cx="{x + w * (0.02 + 0.06 * at)}" cy="{y - h + 16 + (at % 2) * 9}" r="7" fill="{HONEY}"/>'
        for at in range(17)
    )
    return (
        f'<rect x="{x + w * 0.82}" y="{y - h * 1.9}" width="{w * 0.06}" height="{h * 0.6}" fill="{shade(BERRY, -0.4)}"/><rect x="{x + w * 0.81}" y="{y - h * 1.94}" width="{w * 0.08}" height="{h * 0.08}" rx="4" fill="{SNOW}"/>'
        f'<rect x="{x}" y="{y - h}" width="{w}" height="{h}" fill="{BERRY}"/><rect x="{x + w * 0.6}" y="{y - h}" width="{w * 0.4}" height="{h}" fill="{shade(BERRY, -0.13)}"/>'
        + "".join(
            f'<path d="M{x + w * 0.035 * at} {y - h} v{h}" stroke="{shade(BERRY, -0.22)}" stroke-width="2" opacity="0.5"/>'
            for at in range(1, 28)
        )
        + f'<path d="M{x - w * 0.05} {y - h + 6} L{x + w * 0.14} {y - h * 1.7} H{x + w * 0.86} L{x + w * 1.05} {y - h + 6} z" fill="{SNOW}"/>'
        f'<path d="M{x + w * 0.6} {y - h * 1.7} H{x + w * 0.86} L{x + w * 1.05} {y - h + 6} H{x + w * 0.66} z" fill="{ICE}"/>{windows}{door}{lights}'
        f'<path d="M{x + w * 0.84} {y - h * 1.98} q-26 -40 6 -74 t-4 -84" stroke="{SNOW}" stroke-width="16" fill="none" stroke-linecap="round" opacity="0.7"/>'
    )


def church(x: float, y: float, s: float) -> str:
    return (
        f'<g transform="translate({x} {y}) scale({s})" opacity="0.9"><rect x="-30" y="-150" width="60" height="150" fill="{BIRCH}"/><rect x="8" y="-150" width="22" height="150" fill="{shade(BIRCH, -0.15)}"/>'
        f'<path d="M-38 -148 L0 -290 L38 -148 z" fill="{SLATE}"/><path d="M0 -290 v-34 M-11 -310 h22" stroke="{HONEY}" stroke-width="6"/><rect x="30" y="-84" width="150" height="84" fill="{BIRCH}"/>'
        f'<path d="M22 -80 L60 -140 H160 L190 -80 z" fill="{SNOW}"/><path d="M64 -56 v40 M104 -56 v40 M144 -56 v40" stroke="{SUN}" stroke-width="14" stroke-linecap="round"/><circle cx="0" cy="-112" r="11" fill="{SUN}"/></g>'
    )


def welcome(w: int, h: int, horizon: float, hall_x: float, hall_w: float, *, church_x: float, honey_x: float) -> str:
    """The village at the river in winter light: calm sky above the `horizon`, the centre with its open door, and in front a
    bank of snow for the buttons. The welcome screen covers neither the house nor the people (`CLEAR` of its code)."""
    chance = random.Random(7)
    sky = (
        gradient("sky", "#E6F0F8", "#FFF0D6")
        + gradient("river", shade(RIVER, 0.25), DEEP)
        + gradient("snow", "#FFFFFF", "#D9E8F3")
    )
    sun = f'<circle cx="{w * 0.8}" cy="{horizon - 130}" r="{min(w, h) * 0.22}" fill="{SUN}" opacity="0.4" filter="url(#soft)"/><circle cx="{w * 0.8}" cy="{horizon - 130}" r="{min(w, h) * 0.085}" fill="{SUN}"/>'
    far = f'<path d="M0 {horizon} Q{w * 0.2} {horizon - 46} {w * 0.45} {horizon - 18} T{w} {horizon - 34} V{h} H0 z" fill="#D3E3EF"/>'
    wood = "".join(
        spruce(x, horizon + 8 + chance.uniform(-6, 14), chance.uniform(50, 100), "#7FA3A0")
        for x in range(0, w, 46)
        if h > w or x > w * 0.3  # words stand on the left of a wide screen
    )
    near = f'<path d="M0 {horizon + 50} Q{w * 0.25} {horizon + 6} {w * 0.5} {horizon + 46} T{w} {horizon + 36} V{h} H0 z" fill="url(#snow)"/>'
    river = (
        f'<path d="M{w * 0.34} {horizon + 34} C{w * 0.42} {horizon + 60},{w * 0.18} {horizon + 90},{w * 0.22} {horizon + 150} S{w * 0.44} {horizon + 340},{w * 0.3} {h} '
        f'H{w * 0.02} C{w * 0.08} {horizon + 330},{w * 0.02} {horizon + 150},{w * 0.17} {horizon + 90} S{w * 0.34} {horizon + 52},{w * 0.325} {horizon + 34} z" fill="url(#river)"/>'
        + "".join(
            f'<path d="M{w * a} {horizon + b} q60 -16 120 0" stroke="{ICE}" stroke-width="7" fill="none" stroke-linecap="round" opacity="0.7"/>'
            for a, b in ((0.12, 210), (0.18, 270), (0.1, 320))
        )
    )
    bank = horizon + 330
    front = (
        f'<path d="M0 {bank + 22} Q{w * 0.22} {bank - 26} {w * 0.5} {bank + 12} T{w} {bank + 6} V{h} H0 z" fill="#E9F2F9"/>'
        f'<path d="M0 {bank + 62} Q{w * 0.3} {bank + 20} {w * 0.62} {bank + 58} T{w} {bank + 40} V{h} H0 z" fill="{SNOW}"/>'
    )
    village = (
        church(w * church_x, horizon + 40, 0.62)
        + house(w * honey_x, horizon + 62, 96, HONEY)
        + house(w * 0.9, horizon + 46, 110, PINE)
    )
    y = horizon + 170
    hall = centre(hall_x, y, hall_w)
    trees = (
        spruce(hall_x - 70, y + 24, 300)
        + spruce(hall_x + hall_w + 60, y + 10, 340)
        + spruce(hall_x + hall_w + 130, y + 50, 240, shade(PINE, -0.15))
    )
    path = f'<path d="M{hall_x + hall_w * 0.39} {y} h{hall_w * 0.17} Q{hall_x + hall_w * 0.62} {y + 160} {hall_x + hall_w * 0.3} {h} h{-hall_w * 0.5} Q{hall_x + hall_w * 0.36} {y + 170} {hall_x + hall_w * 0.39} {y} z" fill="{FROST}"/>'
    px, py = hall_x + hall_w * 0.4, y + 100
    people = (
        person(px + 20, py - 30, 0.46, coat=PINE, skin=UMBER, head=curls(DARK))
        + person(px - 70, py + 40, 0.64, coat=BERRY, skin=PALE, head=hat(RIVER, BIRCH, hair=GREY), look=1)
        + person(px + 14, py + 52, 0.38, coat=AMBER, skin=SAND, head=hat(BERRY, BIRCH), look=-1)
        + person(px + 92, py - 4, 0.52, coat=SLATE, skin=BRONZE, head=headscarf(RIVER), look=1)
        + person(px + 268, py + 2, 0.5, coat=RIVER, skin=PALE, head=bun(GREY), look=-1)
    )
    table = (
        f'<g transform="translate({hall_x + hall_w * 0.72} {y + 46}) scale(0.62)"><path d="M-120 0 h240 v24 h-240 z" fill="{WOOD}"/><path d="M-96 24 h22 v90 h-22 z M74 24 h22 v90 h-22 z" fill="{WOOD_DARK}"/></g>'
        + cup(hall_x + hall_w * 0.69, y + 46, RIVER, 0.42)
        + cup(hall_x + hall_w * 0.76, y + 46, HONEY, 0.42)
        + steam(hall_x + hall_w * 0.69, y - 6, 0.42)
        + steam(hall_x + hall_w * 0.76, y - 6, 0.42)
    )
    snow = flakes(*((chance.uniform(0, w), chance.uniform(0, h * 0.9), chance.uniform(2.5, 6)) for _ in range(110)))
    return picture(
        f'<rect width="{w}" height="{h}" fill="url(#sky)"/>{sun}{far}{wood}{near}{village}{river}{path}{trees}{hall}{front}{table}{people}{snow}',
        width=w,
        height=h,
        defs=sky,
    )


def backdrop() -> str:
    w, h = 1920, 1200
    defs = gradient("paper", "#F8FBFE", "#E4EFF7")
    hills = '<path d="M0 1010 Q400 930 900 990 T1920 950 V1200 H0 z" fill="#DCE9F3"/><path d="M0 1080 Q500 1010 1000 1060 T1920 1030 V1200 H0 z" fill="#E9F2F8"/><path d="M1180 1046 C1300 1070,1020 1110,1120 1140 S1340 1170,1260 1200 H1020 C1040 1170,920 1120,1060 1090 S1160 1060,1180 1046 z" fill="#C6DCEB"/>'
    return picture(f'<rect width="{w}" height="{h}" fill="url(#paper)"/>{hills}', width=w, height=h, defs=defs)


def main() -> None:
    landscape = welcome(1920, 1200, 590, 1080, 560, church_x=0.5, honey_x=0.43)
    portrait = welcome(1200, 1920, 950, 430, 560, church_x=0.24, honey_x=0.08)
    render(landscape, ART / "welcome_landscape.jpg", width=1920)
    render(portrait, ART / "welcome_portrait.jpg", width=1200)
    render(backdrop(), ART / "backdrop.jpg", width=1920)


if __name__ == "__main__":
    main()
