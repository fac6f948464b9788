"""The scenes: welcome, the quiet backdrop, the large pictures of states, the mark."""

from __future__ import annotations

import random
from pathlib import Path

from draw_tiles import cup, flakes, glow, person, steam
from paint import (
    BERRY,
    BIRCH,
    CREMA,
    DEEP,
    FROST,
    HONEY,
    ICE,
    NIGHT,
    PINE,
    RIVER,
    ROSE,
    SLATE,
    SNOW,
    SUN,
    WOOD,
    WOOD_DARK,
    gradient,
    picture,
    render,
    shade,
)  # fmt: skip

ART = Path(__file__).parents[1] / "art"


def spruce(x: float, y: float, h: float, colour: str = PINE) -> str:
    layers = "".join(
        f'<path d="M{x} {y - h * (0.42 + 0.19 * at)} l{h * (0.26 - 0.055 * at)} {h * 0.3} q{-h * (0.26 - 0.055 * at)} {h * 0.07} '
        f'{-2 * h * (0.26 - 0.055 * at)} 0 z" fill="{shade(colour, 0.06 * at)}"/>'
        f'<path d="M{x} {y - h * (0.42 + 0.19 * at)} l{-h * 0.1} {h * 0.13} q{h * 0.1} {h * 0.03} {h * 0.17} {-h * 0.02} z" fill="{SNOW}" opacity="0.9"/>'
        for at in range(4)
    )
    return f'<rect x="{x - h * 0.03}" y="{y - h * 0.15}" width="{h * 0.06}" height="{h * 0.15}" fill="{WOOD_DARK}"/>{layers}'


def birch(x: float, y: float, h: float) -> str:
    marks = "".join(
        f'<path d="M{x - 5} {y - h * part} h{6 + at % 3 * 3}" stroke="{SLATE}" stroke-width="4"/>'
        for at, part in enumerate((0.12, 0.2, 0.31, 0.42, 0.5, 0.61))
    )
    twigs = "".join(
        f'<path d="M{x} {y - h * part} q{side * h * 0.12} {-h * 0.1} {side * h * 0.2} {-h * 0.3}" stroke="{BIRCH}" stroke-width="{5}" fill="none" stroke-linecap="round"/>'
        for part, side in ((0.55, 1), (0.65, -1), (0.75, 1), (0.8, -1))
    )
    return f'<path d="M{x - 8} {y} L{x - 3} {y - h} h6 L{x + 8} {y} z" fill="{SNOW}"/>{marks}{twigs}'


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


def welcome(w: int, h: int, horizon: float, hall_x: float, hall_w: float) -> str:
    """The village at the river in winter light: calm sky above the `horizon`, the centre with its open door."""
    chance = random.Random(7)
    sky = (
        gradient("sky", "#E6F0F8", "#FFF0D6")
        + gradient("river", shade(RIVER, 0.25), DEEP)
        + gradient("snow", "#FFFFFF", "#D9E8F3")
    )
    sun = f'<circle cx="{w * 0.8}" cy="{horizon - 40}" r="{h * 0.19}" fill="{SUN}" opacity="0.4" filter="url(#soft)"/><circle cx="{w * 0.8}" cy="{horizon - 30}" r="{h * 0.075}" fill="{SUN}"/>'
    far = f'<path d="M0 {horizon} Q{w * 0.2} {horizon - 46} {w * 0.45} {horizon - 18} T{w} {horizon - 34} V{h} H0 z" fill="#D3E3EF"/>'
    wood = "".join(
        spruce(x, horizon + 8 + chance.uniform(-6, 14), chance.uniform(60, 120), "#7FA3A0")
        for x in range(0, w, 46)
        if not w * 0.36 < x < w * 0.42
    )
    near = f'<path d="M0 {horizon + 50} Q{w * 0.25} {horizon + 6} {w * 0.5} {horizon + 46} T{w} {horizon + 36} V{h} H0 z" fill="url(#snow)"/>'
    river = (
        f'<path d="M{w * 0.39} {horizon + 34} C{w * 0.47} {horizon + 70},{w * 0.2} {horizon + 120},{w * 0.24} {horizon + 190} S{w * 0.5} {h - 160},{w * 0.34} {h} '
        f'H{w * 0.03} C{w * 0.1} {h - 170},{w * 0.04} {horizon + 180},{w * 0.2} {horizon + 110} S{w * 0.39} {horizon + 60},{w * 0.375} {horizon + 34} z" fill="url(#river)"/>'
        + "".join(
            f'<path d="M{w * a} {h - b} q60 -16 120 0" stroke="{ICE}" stroke-width="7" fill="none" stroke-linecap="round" opacity="0.7"/>'
            for a, b in ((0.12, 60), (0.2, 130), (0.1, 210))
        )
        + f'<path d="M{w * 0.1} {h - 100} l80 -26 50 20 -70 30 z M{w * 0.22} {h - 40} l70 -24 40 22 -60 24 z" fill="{SNOW}" opacity="0.9"/>'
    )
    village = (
        church(w * 0.53, horizon + 40, 0.62)
        + house(w * 0.44, horizon + 62, 96, HONEY)
        + house(w * 0.62, horizon + 58, 86, RIVER)
        + house(w * 0.9, horizon + 66, 110, PINE)
    )
    y = horizon + 300 if h < w else horizon + 330
    hall = centre(hall_x, y, hall_w)
    trees = (
        spruce(hall_x - 70, y + 24, 300)
        + spruce(hall_x + hall_w + 60, y + 10, 340)
        + spruce(hall_x + hall_w + 130, y + 50, 240, shade(PINE, -0.15))
        + birch(hall_x - 150, y + 40, 360)
    )
    path = f'<path d="M{hall_x + hall_w * 0.39} {y} h{hall_w * 0.17} Q{hall_x + hall_w * 0.62} {y + 160} {hall_x + hall_w * 0.3} {h} h{-hall_w * 0.5} Q{hall_x + hall_w * 0.36} {y + 170} {hall_x + hall_w * 0.39} {y} z" fill="{FROST}"/>'
    px, py = hall_x + hall_w * 0.4, y + 130
    people = (
        person(px + 20, py - 30, PINE, HONEY, 0.62)
        + person(px - 70, py + 70, BERRY, RIVER, 0.86)
        + person(px + 10, py + 82, HONEY, BERRY, 0.5)
        + person(px + 150, py + 20, SLATE, SNOW, 0.7)
        + person(px + 214, py + 34, RIVER, ROSE, 0.66)
    )
    table = (
        f'<g transform="translate({hall_x + hall_w * 0.72} {y + 66}) scale(0.62)"><path d="M-120 0 h240 v24 h-240 z" fill="{WOOD}"/><path d="M-96 24 h22 v90 h-22 z M74 24 h22 v90 h-22 z" fill="{WOOD_DARK}"/></g>'
        + cup(hall_x + hall_w * 0.69, y + 66, RIVER, 0.42)
        + cup(hall_x + hall_w * 0.76, y + 66, HONEY, 0.42)
        + steam(hall_x + hall_w * 0.69, y + 14, 0.42)
        + steam(hall_x + hall_w * 0.76, y + 14, 0.42)
    )
    snow = flakes(*((chance.uniform(0, w), chance.uniform(0, h * 0.9), chance.uniform(2.5, 6)) for _ in range(110)))
    return picture(
        f'<rect width="{w}" height="{h}" fill="url(#sky)"/>{sun}{far}{wood}{near}{village}{river}{path}{trees}{hall}{table}{people}{snow}',
        width=w,
        height=h,
        defs=sky,
    )


def backdrop() -> str:
    w, h = 1920, 1200
    defs = gradient("paper", "#F8FBFE", "#E4EFF7")
    hills = '<path d="M0 1010 Q400 930 900 990 T1920 950 V1200 H0 z" fill="#DCE9F3"/><path d="M0 1080 Q500 1010 1000 1060 T1920 1030 V1200 H0 z" fill="#E9F2F8"/><path d="M1180 1046 C1300 1070,1020 1110,1120 1140 S1340 1170,1260 1200 H1020 C1040 1170,920 1120,1060 1090 S1160 1060,1180 1046 z" fill="#C6DCEB"/>'
    return picture(f'<rect width="{w}" height="{h}" fill="url(#paper)"/>{hills}', width=w, height=h, defs=defs)


def thanks() -> str:
    heart = f'<path d="M480 250 C 350 160 400 60 480 116 C 560 60 610 160 480 250 Z" fill="{ROSE}" opacity="0.95"/><path d="M480 300 q-24 -22 0 -48" stroke="{ROSE}" stroke-width="15" fill="none" stroke-linecap="round"/>'
    lights = "".join(
        f'<circle cx="{x}" cy="{y}" r="13" fill="{c}"/>'
        for x, y, c in (
            (150, 130, HONEY),
            (240, 170, BERRY),
            (330, 190, HONEY),
            (630, 190, RIVER),
            (720, 170, HONEY),
            (810, 130, BERRY),
        )
    )
    wire = f'<path d="M60 70 Q200 200 400 200 M560 200 Q760 200 900 70" stroke="{SLATE}" stroke-width="5" fill="none"/>'
    return (
        glow(480, 380, 290)
        + wire
        + lights
        + heart
        + f'<ellipse cx="480" cy="636" rx="270" ry="42" fill="{SNOW}"/><ellipse cx="480" cy="628" rx="210" ry="28" fill="{FROST}"/>'
        + cup(480, 630, BERRY, 2.6)
    )


def empty_shelf() -> str:
    shelf = "".join(
        f'<rect x="170" y="{y}" width="620" height="32" rx="8" fill="{WOOD}"/><path d="M170 {y + 20} h620 v12 h-620 z" fill="{WOOD_DARK}" opacity="0.5"/>'
        for y in (240, 420, 600)
    )
    sides = f'<rect x="150" y="130" width="32" height="520" rx="8" fill="{WOOD_DARK}"/><rect x="778" y="130" width="32" height="520" rx="8" fill="{WOOD_DARK}"/>'
    arms = "".join(f'<path d="M0 0 V-64 M-16 -50 L0 -36 L16 -50" transform="rotate({at * 60})"/>' for at in range(6))
    return (
        glow(480, 380, 270, ICE, 0.85)
        + sides
        + shelf
        + f'<g transform="translate(480 345)" stroke="{RIVER}" stroke-width="11" fill="none" stroke-linecap="round">{arms}</g>'
    )


def no_session() -> str:
    door = f'<g filter="url(#lift)"><rect x="330" y="110" width="300" height="500" rx="14" fill="{DEEP}"/><rect x="352" y="132" width="256" height="478" rx="8" fill="{RIVER}"/><rect x="382" y="420" width="196" height="150" rx="6" fill="{DEEP}" opacity="0.5"/></g><circle cx="580" cy="390" r="13" fill="{HONEY}"/>'
    wreath = (
        f'<circle cx="480" cy="270" r="74" fill="none" stroke="{PINE}" stroke-width="36"/><circle cx="480" cy="270" r="74" fill="none" stroke="{shade(PINE, 0.25)}" stroke-width="12" stroke-dasharray="8 20"/>'
        + "".join(
            f'<circle cx="{x}" cy="{y}" r="10" fill="{BERRY}"/>'
            for x, y in ((420, 230), (540, 230), (424, 318), (538, 316), (480, 196))
        )
    )
    bow = f'<path d="M480 344 l-48 -22 v56 z M480 344 l48 -22 v56 z" fill="{BERRY}"/><circle cx="480" cy="346" r="14" fill="{shade(BERRY, -0.2)}"/>'
    lantern = f'<circle cx="740" cy="540" r="100" fill="{SUN}" opacity="0.5"/><path d="M704 480 h72 l10 120 h-92 z" fill="{SUN}"/><path d="M700 470 h80 l-18 -30 h-44 z M690 600 h100 v18 h-100 z" fill="{SLATE}"/><path d="M704 480 v120 M776 480 v120" stroke="{SLATE}" stroke-width="9"/><path d="M740 590 q-26 -34 0 -66 q26 32 0 66" fill="{HONEY}"/>'
    return (
        glow(480, 370, 280, ICE, 0.8)
        + f'<path d="M80 620 Q300 570 480 610 T880 620 Q880 690 820 690 H140 Q80 690 80 620 z" fill="{SNOW}"/>'
        + door
        + wreath
        + bow
        + lantern
    )


def sealed() -> str:
    letter = f'<g filter="url(#lift)"><rect x="160" y="190" width="640" height="400" rx="22" fill="{BIRCH}"/><path d="M160 560 L400 380 M800 560 L560 380" stroke="{shade(BIRCH, -0.15)}" stroke-width="8"/><path d="M164 204 L480 440 L796 204 Q790 190 778 190 H182 Q168 190 164 204 z" fill="{shade(BIRCH, -0.1)}"/></g>'
    wax = f'<path d="M480 336 q40 -14 62 18 q36 12 26 50 q12 38 -24 52 q-22 34 -60 20 q-40 14 -62 -20 q-36 -14 -26 -52 q-10 -38 26 -50 q20 -32 58 -18 z" fill="{BERRY}"/><circle cx="482" cy="406" r="48" fill="{shade(BERRY, -0.18)}"/>'
    lock = f'<rect x="456" y="398" width="52" height="40" rx="8" fill="{SNOW}"/><path d="M466 398 v-14 a16 16 0 0 1 32 0 v14" fill="none" stroke="{SNOW}" stroke-width="9"/>'
    return glow(480, 380, 290) + letter + wax + lock


def trouble() -> str:
    sign = f'<rect x="464" y="300" width="32" height="330" fill="{WOOD_DARK}"/><g filter="url(#lift)"><path d="M480 110 L690 440 Q700 470 664 470 H296 Q260 470 270 440 z" fill="{HONEY}"/></g><path d="M480 220 v120" stroke="{NIGHT}" stroke-width="34" stroke-linecap="round"/><circle cx="480" cy="408" r="21" fill="{NIGHT}"/><path d="M452 150 Q480 84 508 150 l30 46 q-60 -24 -116 0 z" fill="{SNOW}"/>'
    return (
        glow(480, 370, 270, ICE, 0.8)
        + sign
        + f'<path d="M120 640 Q330 540 520 590 T850 640 Q850 690 800 690 H170 Q120 690 120 640 z" fill="{SNOW}"/>'
    )


def no_photo() -> str:
    return (
        f'<rect x="110" y="190" width="260" height="190" rx="14" fill="{CREMA}"/><path d="M110 204 q0 -14 14 -14 h232 q14 0 14 14 v26 h-260 z" fill="{shade(CREMA, 0.2)}"/>'
        f'<rect x="216" y="190" width="48" height="190" fill="{SNOW}" opacity="0.75"/><path d="M240 190 q-90 -20 -64 -76 q50 -20 64 76 q14 -96 64 -76 q26 56 -64 76" fill="{RIVER}"/><circle cx="240" cy="186" r="17" fill="{DEEP}"/>'
    )


def logo() -> str:
    return (
        f'<circle cx="240" cy="256" r="216" fill="{RIVER}"/><path d="M240 40 a216 216 0 0 1 0 432 q90 -90 20 -180 t0 -252 z" fill="{DEEP}"/>'
        f'<path d="M110 200 h250 v60 q0 110 -96 110 h-58 q-96 0 -96 -110 z" fill="{SNOW}"/><path d="M360 214 q66 -8 62 46 q-6 50 -76 46" fill="none" stroke="{SNOW}" stroke-width="24"/>'
        f'<path d="M180 200 C 240 230 170 262 226 290 S 250 340 236 370 H 280 C 300 330 300 300 262 276 S 270 230 262 200 z" fill="{RIVER}"/>'
        f'<path d="M196 168 q-18 -26 0 -50 t0 -48 M262 168 q-18 -26 0 -50 t0 -48" stroke="{SUN}" stroke-width="17" fill="none" stroke-linecap="round"/>'
    )


STATES = {"thanks": thanks, "empty_shelf": empty_shelf, "no_session": no_session, "sealed": sealed, "trouble": trouble}


def main() -> None:
    render(welcome(1920, 1200, 700, 1090, 560), ART / "welcome_landscape.jpg", width=1920)
    render(welcome(1200, 1920, 1010, 430, 560), ART / "welcome_portrait.jpg", width=1200)
    render(backdrop(), ART / "backdrop.jpg", width=1920)
    for name, draw in STATES.items():
        render(picture(draw(), width=960, height=720), ART / f"{name}.png", width=800)
    render(picture(no_photo(), width=480, height=480), ART / "no_photo.png", width=480)
    render(picture(logo(), width=512, height=512), ART / "logo.png", width=512)


if __name__ == "__main__":
    main()
