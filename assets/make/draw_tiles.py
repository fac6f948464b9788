"""The pictures of choices: home, services, groups. Drawn on nothing, to lie on a coloured tile."""

from __future__ import annotations

from pathlib import Path

from paint import (
    BERRY,
    BIRCH,
    COFFEE,
    CREMA,
    DEEP,
    FROST,
    HONEY,
    ICE,
    MOSS,
    NIGHT,
    PINE,
    RIVER,
    SLATE,
    SNOW,
    STONE,
    SUN,
    WOOD,
    WOOD_DARK,
    picture,
    render,
    shade,
)  # fmt: skip

ART = Path(__file__).parents[1] / "art"
W, H = 720, 540


def glow(x: float, y: float, r: float, colour: str = SUN, opacity: float = 0.75) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}" opacity="{opacity}"/>'


def snow_ground(y: float = 450, colour: str = SNOW) -> str:
    return (
        f'<path d="M20 {y + 30} C 180 {y - 30}, 330 {y + 20}, 470 {y - 5} S 680 {y + 5}, 700 {y + 40} Q 700 {y + 72} 640 {y + 72} '
        f'H 80 Q 20 {y + 72} 20 {y + 30} Z" fill="{colour}"/>'
        f'<path d="M60 {y + 52} Q 300 {y + 30} 660 {y + 58}" stroke="{ICE}" stroke-width="5" fill="none" stroke-linecap="round"/>'
    )


def flakes(*places: tuple[float, float, float]) -> str:
    return "".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="{SNOW}"/>' for x, y, r in places)


def cup(x: float, y: float, colour: str, size: float = 1.0, handle: int = 1) -> str:
    """A cup of coffee standing on (x, y), 130 wide at size 1."""
    dark = shade(colour, -0.22)
    ring = f'<path d="M62 -78 q44 -6 44 26 q0 36 -52 34" fill="none" stroke="{dark}" stroke-width="15" stroke-linecap="round"/>'
    return (
        f'<g transform="translate({x} {y}) scale({size * handle} {size})">{ring}'
        f'<path d="M-66 -104 H66 V-40 Q66 0 24 0 H-24 Q-66 0 -66 -40 Z" fill="{colour}"/>'
        f'<path d="M20 -104 H66 V-40 Q66 0 24 0 H8 Q34 -20 32 -60 Z" fill="{dark}" opacity="0.55"/>'
        f'<ellipse cx="0" cy="-104" rx="66" ry="17" fill="{shade(colour, 0.35)}"/>'
        f'<ellipse cx="0" cy="-102" rx="55" ry="12" fill="{COFFEE}"/><ellipse cx="-12" cy="-104" rx="28" ry="6" fill="{CREMA}"/>'
        f'<path d="M-40 -62 q40 22 80 0" stroke="{SNOW}" stroke-width="6" fill="none" stroke-linecap="round" opacity="0.85"/></g>'
    )


def steam(x: float, y: float, size: float = 1.0) -> str:
    return (
        f'<g transform="translate({x} {y}) scale({size})" stroke="{SNOW}" stroke-width="13" fill="none" stroke-linecap="round" '
        'opacity="0.9"><path d="M-24 0 q-20 -26 0 -48 t0 -48"/><path d="M20 6 q-20 -28 0 -54 t0 -52"/></g>'
    )


def person(x: float, y: float, coat: str, hat: str, size: float = 1.0) -> str:
    """A person seen from behind, feet at (x, y), 230 high at size 1."""
    return (
        f'<g transform="translate({x} {y}) scale({size})">'
        f'<path d="M-26 -40 h20 v40 h-24 q-6 -8 4 -14 z M8 -40 h20 l0 26 q10 6 4 14 h-24 z" fill="{NIGHT}"/>'
        f'<path d="M-50 -40 Q-58 -150 0 -154 Q58 -150 50 -40 Q0 -24 -50 -40 Z" fill="{coat}"/>'
        f'<path d="M10 -153 Q58 -146 50 -40 Q30 -33 12 -32 Q30 -90 10 -153 Z" fill="{shade(coat, -0.2)}"/>'
        f'<path d="M-34 -146 q34 22 68 0 l-4 26 q-30 16 -60 0 z" fill="{shade(hat, 0.2)}"/>'
        f'<circle cx="0" cy="-182" r="32" fill="{shade(hat, -0.12)}"/>'
        f'<path d="M-34 -182 q-2 -44 34 -44 t34 44 q-34 12 -68 0 z" fill="{hat}"/>'
        f'<path d="M-36 -178 q36 14 72 0" stroke="{SNOW}" stroke-width="10" fill="none" stroke-linecap="round"/>'
        f'<circle cx="0" cy="-230" r="12" fill="{SNOW}"/></g>'
    )


def check_in() -> str:
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
        f'<path d="M110 466 h40 l-12 70 h-34 z M570 466 h40 l6 70 h-34 z" fill="{WOOD_DARK}"/>'
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


def goods() -> str:
    shelf = (
        f'<g filter="url(#lift)"><rect x="90" y="60" width="540" height="430" rx="18" fill="{WOOD_DARK}"/>'
        f'<rect x="112" y="82" width="496" height="182" fill="{BIRCH}"/><rect x="112" y="286" width="496" height="184" fill="{shade(BIRCH, -0.06)}"/>'
        f'<rect x="90" y="262" width="540" height="26" fill="{WOOD}"/><rect x="90" y="466" width="540" height="28" rx="8" fill="{WOOD}"/></g>'
    )
    lamp = (
        f'<path d="M150 166 l30 -72 h64 l30 72 z" fill="{HONEY}"/><path d="M214 94 h30 l30 72 h-40 z" fill="{shade(HONEY, -0.16)}"/>'
        f'<rect x="205" y="166" width="14" height="80" fill="{SLATE}"/><ellipse cx="212" cy="254" rx="44" ry="11" fill="{SLATE}"/>'
        f'<path d="M150 166 h124 l30 96 h-184 z" fill="{SUN}" opacity="0.35"/>'
    )
    bear = (
        f'<g transform="translate(372 262)"><circle cx="-38" cy="-132" r="19" fill="{CREMA}"/><circle cx="38" cy="-132" r="19" fill="{CREMA}"/>'
        f'<ellipse cx="0" cy="-46" rx="56" ry="50" fill="{CREMA}"/><circle cx="0" cy="-102" r="49" fill="{shade(CREMA, 0.08)}"/>'
        f'<ellipse cx="0" cy="-88" rx="24" ry="18" fill="{BIRCH}"/><circle cx="-18" cy="-112" r="6" fill="{NIGHT}"/><circle cx="18" cy="-112" r="6" fill="{NIGHT}"/>'
        f'<ellipse cx="0" cy="-95" rx="8" ry="6" fill="{NIGHT}"/><path d="M-46 -60 q46 22 92 0 l-4 -14 q-42 18 -84 0 z" fill="{BERRY}"/>'
        f'<ellipse cx="-40" cy="-14" rx="24" ry="16" fill="{shade(CREMA, -0.15)}"/><ellipse cx="40" cy="-14" rx="24" ry="16" fill="{shade(CREMA, -0.15)}"/></g>'
    )
    books = "".join(
        f'<rect x="{470 + at * 27}" y="{262 - h}" width="25" height="{h}" rx="3" fill="{c}"/><rect x="{470 + at * 27}" y="{282 - h}" width="25" height="8" fill="{SNOW}" opacity="0.7"/>'
        for at, (h, c) in enumerate(((138, RIVER), (118, MOSS), (146, BERRY), (124, DEEP)))
    )
    sweater = (
        f'<path d="M140 350 q56 -34 112 0 l44 54 -26 26 -26 -20 v56 h-96 v-56 l-26 20 -26 -26 z" fill="{PINE}"/>'
        f'<path d="M150 386 h92" stroke="{SNOW}" stroke-width="14" stroke-dasharray="12 10"/><path d="M172 342 q24 22 48 0" stroke="{SNOW}" stroke-width="9" fill="none"/>'
    )
    chair = (
        f'<path d="M360 330 q50 -30 100 0 v90 h-100 z" fill="{RIVER}"/><rect x="344" y="404" width="132" height="30" rx="12" fill="{shade(RIVER, 0.2)}"/>'
        f'<path d="M356 434 l-8 34 h16 l10 -34 z M464 434 l8 34 h-16 l-10 -34 z" fill="{WOOD_DARK}"/>'
    )
    kettle = (
        f'<path d="M512 466 q-14 -76 46 -86 q60 10 46 86 z" fill="{BERRY}"/><path d="M574 384 q40 18 30 82 h-30 q16 -40 0 -82 z" fill="{shade(BERRY, -0.25)}"/>'
        f'<path d="M524 388 q34 -56 68 0" fill="none" stroke="{NIGHT}" stroke-width="11"/><circle cx="558" cy="376" r="9" fill="{NIGHT}"/>'
    )
    return glow(360, 270, 250, ICE, 0.8) + shelf + lamp + bear + books + sweater + chair + kettle


def ticket() -> str:
    cells = [
        (c, r)
        for r in range(7)
        for c in range(7)
        if (c * 5 + r * 3 + c * r) % 3 != 1
        and not (c < 3 and r < 3)
        and not (c > 3 and r < 3)
        and not (c < 3 and r > 3)
    ]
    code = "".join(f'<rect x="{c * 22}" y="{r * 22}" width="22" height="22"/>' for c, r in cells)
    eyes = "".join(
        f'<path d="M{x} {y} h66 v66 h-66 z M{x + 14} {y + 14} v38 h38 v-38 z M{x + 24} {y + 24} h18 v18 h-18 z" fill-rule="evenodd"/>'
        for x, y in ((0, 0), (88, 0), (0, 88))
    )
    paper = (
        f'<g transform="rotate(-7 360 250)" filter="url(#lift)"><path d="M130 110 H590 V210 a34 34 0 0 0 0 68 V380 H130 V278 a34 34 0 0 0 0 -68 Z" fill="{SNOW}"/>'
        f'<path d="M130 110 H590 V150 H130 Z" fill="{BERRY}"/><path d="M360 168 V366" stroke="{ICE}" stroke-width="6" stroke-dasharray="12 12"/>'
        f'<g transform="translate(396 178)" fill="{NIGHT}">{code}{eyes}</g>'
        f'<path d="M196 346 v-50 h-12 v-12 q44 -44 88 0 v12 h-12 v50 z" fill="{WOOD}"/><rect x="188" y="296" width="80" height="22" rx="8" fill="{RIVER}"/>'
        f'<path d="M200 200 q28 -26 56 0 v80 h-56 z" fill="{RIVER}"/></g>'
    )
    mitten = (
        f'<g filter="url(#lift)" transform="rotate(10 560 420)"><path d="M470 540 V410 q0 -58 62 -58 q66 0 66 60 V540 z" fill="{PINE}"/>'
        f'<path d="M478 430 q-56 -34 -48 -70 q18 -30 50 4 q16 18 18 40 z" fill="{shade(PINE, 0.12)}"/>'
        f'<path d="M476 440 h118" stroke="{SNOW}" stroke-width="15" stroke-dasharray="14 11"/><path d="M476 472 h118" stroke="{BERRY}" stroke-width="12"/>'
        f'<rect x="462" y="498" width="146" height="56" rx="14" fill="{SNOW}"/></g>'
    )
    return glow(360, 265, 235, ICE, 0.85) + paper + mitten


def help_() -> str:
    river = f'<path d="M40 500 Q240 440 300 400 T 420 350 Q520 330 690 360 V500 Q690 520 640 520 H80 Q40 520 40 500 Z" fill="{SNOW}"/><path d="M250 520 Q330 440 420 410 T 560 360 L600 366 Q520 420 470 450 T 400 520 Z" fill="{RIVER}" opacity="0.75"/>'
    arms = f'<path d="M286 330 Q 350 372 420 334" stroke="{shade(BERRY, -0.15)}" stroke-width="34" fill="none" stroke-linecap="round"/>'
    return (
        glow(365, 230, 225)
        + river
        + person(268, 480, BERRY, PINE, 1.42)
        + person(440, 480, RIVER, HONEY, 1.18)
        + arms
        + flakes((120, 130, 9), (200, 70, 7), (560, 110, 9), (620, 190, 6), (500, 60, 6))
    )


def friend() -> str:
    bench = (
        f'<rect x="110" y="330" width="500" height="30" rx="8" fill="{WOOD}"/><rect x="110" y="376" width="500" height="30" rx="8" fill="{shade(WOOD, -0.14)}"/>'
        f'<path d="M150 400 h26 v80 h-26 z M544 400 h26 v80 h-26 z" fill="{WOOD_DARK}"/>'
    )
    return (
        glow(360, 220, 215)
        + snow_ground()
        + person(262, 440, PINE, BERRY, 1.25)
        + person(440, 440, HONEY, RIVER, 1.25)
        + bench
        + cup(352, 332, SNOW, 0.52)
        + steam(352, 268, 0.55)
    )


def neighbour() -> str:
    house = (
        f'<g filter="url(#lift)"><path d="M330 250 h300 v210 h-300 z" fill="{BERRY}"/><path d="M300 258 L480 120 L660 258 z" fill="{SLATE}"/>'
        f'<path d="M292 262 L480 112 L668 262 l-20 4 L480 140 L312 266 z" fill="{SNOW}"/><rect x="380" y="330" width="78" height="130" rx="6" fill="{WOOD_DARK}"/>'
        f'<circle cx="444" cy="396" r="6" fill="{HONEY}"/><rect x="500" y="306" width="92" height="76" rx="6" fill="{SUN}"/><path d="M546 306 v76 M500 344 h92" stroke="{SNOW}" stroke-width="8"/></g>'
    )
    shovel = f'<g transform="rotate(-14 180 330)"><rect x="170" y="100" width="18" height="250" rx="8" fill="{WOOD}"/><rect x="140" y="92" width="78" height="20" rx="10" fill="{WOOD_DARK}"/><path d="M110 344 h138 l-10 110 q-60 24 -118 0 z" fill="{RIVER}"/><path d="M180 344 h68 l-10 110 q-30 12 -58 12 z" fill="{DEEP}" opacity="0.5"/></g>'
    path = f'<path d="M380 460 h80 l60 70 h-190 z" fill="{FROST}"/>'
    return (
        glow(380, 240, 220, ICE, 0.8)
        + snow_ground()
        + house
        + path
        + shovel
        + f'<path d="M60 480 q70 -80 150 0 z" fill="{SNOW}"/>'
    )


def guidance() -> str:
    sign = (
        f'<rect x="500" y="110" width="22" height="380" fill="{WOOD_DARK}"/><path d="M400 130 h190 l40 34 -40 34 h-190 z" fill="{HONEY}"/><path d="M632 220 h-190 l-40 34 40 34 h190 z" fill="{RIVER}"/>'
        f'<path d="M424 164 h140 M470 254 h140" stroke="{SNOW}" stroke-width="10" stroke-linecap="round"/><path d="M396 132 q100 -26 196 -2 l-2 8 h-192 z" fill="{SNOW}"/>'
    )
    papers = (
        f'<g filter="url(#lift)"><path d="M80 240 h230 q20 0 20 20 v220 h-250 z" fill="{CREMA}"/><path d="M80 240 v-30 h110 l22 30 z" fill="{shade(CREMA, -0.15)}"/>'
        f'<rect x="112" y="196" width="186" height="230" rx="6" fill="{SNOW}" transform="rotate(-6 200 300)"/><path d="M80 300 h262 l-22 180 q-2 10 -14 10 h-226 z" fill="{shade(CREMA, 0.15)}"/></g>'
        f'<g stroke="{STONE}" stroke-width="8" stroke-linecap="round" transform="rotate(-6 200 300)"><path d="M136 232 h116 M136 256 h136 M136 280 h90"/></g>'
    )
    return (
        glow(350, 270, 225)
        + snow_ground()
        + sign
        + papers
        + f'<circle cx="210" cy="400" r="26" fill="{BERRY}"/><path d="M198 400 l9 10 18 -20" stroke="{SNOW}" stroke-width="7" fill="none" stroke-linecap="round"/>'
    )


def other() -> str:
    return (
        glow(360, 260, 225)
        + f'<g filter="url(#lift)"><path d="M110 120 h300 q34 0 34 34 v130 q0 34 -34 34 h-170 l-76 66 8 -66 h-62 q-34 0 -34 -34 v-130 q0 -34 34 -34 z" fill="{RIVER}"/></g>'
        + f'<g fill="{SNOW}"><circle cx="180" cy="220" r="18"/><circle cx="250" cy="220" r="18"/><circle cx="320" cy="220" r="18"/></g>'
        + f'<g filter="url(#lift)"><path d="M360 270 h240 q30 0 30 30 v110 q0 30 -30 30 h-40 l6 58 -66 -58 h-140 q-30 0 -30 -30 v-110 q0 -30 30 -30 z" fill="{SNOW}"/></g>'
        + f'<path d="M480 414 C 400 360 430 306 480 338 C 530 306 560 360 480 414 Z" fill="{BERRY}"/>'
    )


def family() -> str:
    return (
        glow(360, 250, 215)
        + snow_ground()
        + person(230, 480, RIVER, BERRY, 1.4)
        + person(430, 480, PINE, HONEY, 1.25)
        + person(330, 490, HONEY, RIVER, 0.82)
        + person(530, 490, BERRY, SNOW, 0.7)
    )


def older() -> str:
    cane = f'<path d="M500 480 V320 q0 -34 -32 -34 t-32 30" fill="none" stroke="{WOOD_DARK}" stroke-width="15" stroke-linecap="round"/>'
    return (
        glow(360, 250, 215)
        + snow_ground()
        + person(280, 480, BERRY, STONE, 1.4)
        + person(410, 480, SLATE, BIRCH, 1.3)
        + cane
    )


def young() -> str:
    board = f'<g transform="rotate(-12 500 400)"><rect x="480" y="180" width="64" height="300" rx="32" fill="{HONEY}"/><path d="M480 280 h64 M480 320 h64" stroke="{BERRY}" stroke-width="16"/></g>'
    return (
        glow(360, 250, 215, ICE, 0.85)
        + snow_ground()
        + board
        + person(330, 480, PINE, BERRY, 1.4)
        + f'<rect x="288" y="300" width="84" height="96" rx="22" fill="{HONEY}"/><path d="M304 330 h52" stroke="{WOOD_DARK}" stroke-width="9" stroke-linecap="round"/>'
    )


def sunflower() -> str:
    petals = "".join(
        f'<ellipse cx="0" cy="-112" rx="27" ry="62" fill="{HONEY if at % 2 else SUN}" transform="rotate({at * 22.5})"/>'
        for at in range(16)
    )
    seeds = "".join(
        f'<circle cx="{x}" cy="{y}" r="6" fill="{WOOD_DARK}"/>'
        for x, y in ((0, 0), (26, 12), (-24, 16), (12, -28), (-18, -24), (38, -18), (-42, -4), (4, 36))
    )
    ears = "".join(
        f'<ellipse cx="{x + 12 * side}" cy="{y}" rx="10" ry="20" fill="{CREMA}" transform="rotate({28 * side} {x + 12 * side} {y})"/>'
        for x in (560, 150)
        for y in (250, 290, 330)
        for side in (-1, 1)
    )
    stems = f'<path d="M360 300 V510" stroke="{PINE}" stroke-width="22"/><path d="M360 430 q90 -70 130 -8 q-70 46 -130 8 M360 460 q-90 -70 -130 -8 q70 46 130 8" fill="{MOSS}"/><path d="M560 240 V510 M150 240 V510" stroke="{CREMA}" stroke-width="10"/>'
    return (
        glow(360, 250, 230, ICE, 0.9)
        + stems
        + ears
        + f'<g transform="translate(360 220)">{petals}<circle r="72" fill="{COFFEE}"/>{seeds}</g>'
    )


def somebody() -> str:
    return (
        glow(360, 250, 215)
        + snow_ground()
        + person(360, 480, STONE, FROST, 1.45)
        + flakes((170, 150, 10), (560, 130, 10), (600, 260, 7), (130, 290, 7))
    )


def footprints() -> str:
    steps = "".join(
        f'<g transform="translate({x} {y}) scale({s}) rotate(8)"><ellipse rx="30" ry="46" fill="{ICE}"/><ellipse cy="62" rx="22" ry="20" fill="{ICE}"/></g>'
        for x, y, s in ((250, 470, 1.0), (350, 420, 0.85), (310, 350, 0.7), (385, 310, 0.55), (360, 268, 0.45))
    )
    door = f'<g filter="url(#lift)"><rect x="300" y="60" width="160" height="190" rx="10" fill="{BERRY}"/><rect x="318" y="78" width="124" height="172" fill="{SUN}"/><path d="M318 78 l60 20 v152 h-60 z" fill="{WOOD_DARK}"/></g>'
    return (
        f'<path d="M40 250 H680 V500 Q680 520 640 520 H80 Q40 520 40 500 Z" fill="{SNOW}"/>'
        + glow(380, 160, 150)
        + door
        + steps
    )


def hooks() -> str:
    rail = f'<rect x="110" y="110" width="500" height="40" rx="12" fill="{WOOD}"/>' + "".join(
        f'<circle cx="{x}" cy="150" r="13" fill="{WOOD_DARK}"/>' for x in (190, 360, 530)
    )
    scarf = f'<path d="M166 150 h48 l8 230 h-64 z" fill="{BERRY}"/><path d="M160 330 h60 M162 290 h58" stroke="{SNOW}" stroke-width="12"/>'
    return (
        glow(360, 280, 225)
        + rail
        + scarf
        + cup(360, 300, RIVER, 0.95)
        + f'<path d="M360 150 v44" stroke="{SLATE}" stroke-width="8"/>'
        + f'<g transform="translate(530 160)"><path d="M-46 30 q46 -60 92 0 l10 70 h-112 z" fill="{PINE}"/><path d="M-56 92 h112" stroke="{SNOW}" stroke-width="20" stroke-linecap="round"/><circle cy="-2" r="16" fill="{SNOW}"/></g>'
        + snow_ground(450, BIRCH)
    )


PICTURES = {
    "home_check_in": check_in(), "home_goods": goods(), "home_ticket": ticket(), "home_help": help_(),
    "service_friend": friend(), "service_neighbour": neighbour(), "service_guidance": guidance(), "service_other": other(),
    "group_family": family(), "group_older": older(), "group_young": young(), "group_ukrainian": sunflower(),
    "group_other": somebody(), "first_yes": footprints(), "first_no": hooks(),
}  # fmt: skip


def main() -> None:
    for name, body in PICTURES.items():
        render(picture(body, width=W, height=H), ART / f"{name}.png", width=W if name.startswith("home") else 560)


if __name__ == "__main__":
    main()
