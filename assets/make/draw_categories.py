"""The pictures of the categories: a few things each, drawn on nothing."""

from __future__ import annotations

from paint import (
    AMBER,
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
    ROSE,
    SLATE,
    SNOW,
    STONE,
    SUN,
    WOOD,
    WOOD_DARK,
    picture,
    render,
    shade,
)
from things import ART, cup, glow, hill, steam


def sofa(colour: str = RIVER) -> str:
    return (
        f'<g><path d="M150 330 q0 -110 100 -110 h220 q100 0 100 110 v60 h-420 z" fill="{colour}"/><path d="M360 220 h110 q100 0 100 110 v60 h-210 z" fill="{shade(colour, -0.12)}"/>'
        f'<rect x="172" y="340" width="186" height="76" rx="24" fill="{shade(colour, 0.22)}"/><rect x="362" y="340" width="186" height="76" rx="24" fill="{shade(colour, 0.12)}"/>'
        f'<path d="M100 330 q0 -46 46 -46 t46 46 v120 h-92 z M528 330 q0 -46 46 -46 t46 46 v120 h-92 z" fill="{shade(colour, -0.2)}"/><rect x="140" y="404" width="440" height="56" rx="16" fill="{shade(colour, -0.08)}"/>'
        f'<path d="M150 456 h30 l-8 44 h-20 z M540 456 h30 l-2 44 h-20 z" fill="{WOOD_DARK}"/><rect x="212" y="278" width="92" height="84" rx="18" fill="{HONEY}" transform="rotate(-10 258 320)"/>'
        f'<path d="M226 300 l66 -12 M230 324 l66 -12" stroke="{SNOW}" stroke-width="8" transform="rotate(2 258 320)"/></g>'
    )


def furniture() -> str:
    lamp = f'<path d="M590 110 l24 -50 h60 l24 50 z" fill="{HONEY}" transform="translate(-20 30)"/><rect x="618" y="140" width="12" height="340" fill="{SLATE}"/><ellipse cx="624" cy="486" rx="52" ry="12" fill="{SLATE}"/>'
    return glow(360, 270, 225) + lamp + sofa()


def clothes() -> str:
    hanger = f'<path d="M360 120 q-4 -40 26 -42 q34 4 22 36 q-8 20 -48 26" fill="none" stroke="{SLATE}" stroke-width="11" stroke-linecap="round"/><path d="M360 134 L190 226 H530 z" fill="{WOOD}"/>'
    coat = (
        f'<path d="M270 180 q90 44 180 0 l92 66 l40 190 l-70 20 l-30 -120 v180 h-244 v-180 l-30 120 l-70 -20 l40 -190 z" fill="{BERRY}"/>'
        f'<path d="M360 202 q50 -4 90 -22 l92 66 l40 190 l-70 20 l-30 -120 v180 h-122 z" fill="{shade(BERRY, -0.16)}"/>'
        f'<path d="M262 174 q98 70 196 0 l16 30 q-114 74 -228 0 z" fill="{BIRCH}"/><rect x="352" y="220" width="14" height="296" fill="{SNOW}"/>'
        + "".join(f'<circle cx="384" cy="{y}" r="10" fill="{HONEY}"/>' for y in (270, 340, 410))
        + f'<path d="M258 400 h70 v60 h-70 z M400 430 h60 v50 h-60 z" fill="{shade(BERRY, -0.3)}" opacity="0.6"/>'
    )
    return glow(360, 280, 235, ICE, 0.85) + hanger + coat


def kitchen() -> str:
    pot = (
        f'<path d="M180 260 h300 v140 q0 60 -60 60 h-180 q-60 0 -60 -60 z" fill="{PINE}"/><path d="M400 260 h80 v140 q0 60 -60 60 h-60 q50 -60 40 -200 z" fill="{shade(PINE, -0.25)}"/>'
        f'<path d="M166 256 q164 -70 328 0 z" fill="{shade(PINE, 0.2)}"/><circle cx="330" cy="204" r="19" fill="{NIGHT}"/><path d="M180 300 h-44 q-16 0 -16 18 t16 18 h44 M480 300 h44 q16 0 16 18 t-16 18 h-44" fill="none" stroke="{NIGHT}" stroke-width="18"/>'
        f'<path d="M180 340 h300" stroke="{SNOW}" stroke-width="9" stroke-dasharray="3 26" stroke-linecap="round"/>'
    )
    spoon = f'<g transform="rotate(16 590 300)"><rect x="582" y="200" width="18" height="260" rx="9" fill="{WOOD}"/><ellipse cx="591" cy="180" rx="38" ry="54" fill="{WOOD}"/><ellipse cx="587" cy="176" rx="23" ry="36" fill="{WOOD_DARK}" opacity="0.5"/></g>'
    return glow(350, 290, 230) + pot + spoon + steam(330, 170, 0.9) + cup(130, 480, BERRY, 0.75)


def bear() -> str:
    return (
        f'<g><circle cx="274" cy="130" r="44" fill="{CREMA}"/><circle cx="446" cy="130" r="44" fill="{CREMA}"/><circle cx="274" cy="132" r="24" fill="{BIRCH}"/><circle cx="446" cy="132" r="24" fill="{BIRCH}"/>'
        f'<ellipse cx="360" cy="390" rx="130" ry="122" fill="{CREMA}"/><path d="M400 275 q96 30 90 120 q-10 90 -110 116 q70 -100 20 -236 z" fill="{shade(CREMA, -0.16)}"/><ellipse cx="350" cy="410" rx="72" ry="76" fill="{BIRCH}"/>'
        f'<circle cx="360" cy="210" r="118" fill="{shade(CREMA, 0.08)}"/><ellipse cx="360" cy="246" rx="58" ry="46" fill="{BIRCH}"/><ellipse cx="360" cy="226" rx="20" ry="14" fill="{NIGHT}"/><path d="M360 240 v20 M334 262 q26 20 52 0" stroke="{NIGHT}" stroke-width="8" fill="none" stroke-linecap="round"/>'
        f'<circle cx="316" cy="188" r="13" fill="{NIGHT}"/><circle cx="404" cy="188" r="13" fill="{NIGHT}"/><path d="M252 300 q108 62 216 0 l-6 42 q-104 50 -204 0 z" fill="{BERRY}"/><path d="M420 328 l54 76 -40 10 -36 -70 z" fill="{shade(BERRY, -0.2)}"/>'
        f'<ellipse cx="262" cy="488" rx="56" ry="36" fill="{shade(CREMA, -0.1)}"/><ellipse cx="458" cy="488" rx="56" ry="36" fill="{shade(CREMA, -0.2)}"/></g>'
    )


def toys() -> str:
    blocks = f'<rect x="70" y="420" width="100" height="100" rx="10" fill="{RIVER}"/><circle cx="120" cy="470" r="26" fill="{SNOW}"/><rect x="560" y="420" width="100" height="100" rx="10" fill="{HONEY}"/><path d="M610 444 l28 52 h-56 z" fill="{SNOW}"/><rect x="572" y="320" width="96" height="96" rx="10" fill="{PINE}" transform="rotate(8 620 368)"/><path d="M596 352 l46 6 -6 44 -46 -6 z" fill="{SNOW}"/>'
    return glow(360, 290, 235) + bear() + blocks


def baby() -> str:
    return (
        glow(360, 270, 230, ROSE, 0.5)
        + f'<path d="M140 250 H560 q0 170 -150 170 H290 Q140 420 140 250 Z" fill="{RIVER}"/><path d="M400 250 h160 q0 170 -150 170 h-60 q70 -60 50 -170 z" fill="{shade(RIVER, -0.2)}"/><path d="M350 250 V90 Q150 90 140 250 Z" fill="{DEEP}"/><path d="M350 250 V90 Q270 100 240 250 Z" fill="{shade(DEEP, 0.18)}"/>'
        + f'<path d="M560 250 q50 -70 90 -70" stroke="{SLATE}" stroke-width="17" fill="none" stroke-linecap="round"/><path d="M220 420 l260 60 M480 420 l-260 60" stroke="{SLATE}" stroke-width="13"/>'
        + "".join(
            f'<circle cx="{x}" cy="476" r="48" fill="{NIGHT}"/><circle cx="{x}" cy="476" r="29" fill="{FROST}"/><circle cx="{x}" cy="476" r="9" fill="{NIGHT}"/>'
            for x in (226, 480)
        )
        + f'<path d="M140 250 h420 v26 h-412 z" fill="{SNOW}"/><path d="M420 250 q20 -60 66 -46 q40 20 20 46 z" fill="{SUN}"/>'
    )


def electronics() -> str:
    radio = f'<path d="M500 190 L610 60" stroke="{SLATE}" stroke-width="11" stroke-linecap="round"/><circle cx="612" cy="58" r="12" fill="{BERRY}"/><rect x="110" y="180" width="500" height="290" rx="40" fill="{WOOD}"/><path d="M440 180 h130 q40 0 40 40 v210 q0 40 -40 40 h-130 z" fill="{WOOD_DARK}" opacity="0.6"/>'
    front = f'<rect x="146" y="216" width="230" height="218" rx="22" fill="{BIRCH}"/>' + "".join(
        f'<circle cx="{178 + c * 34}" cy="{246 + r * 32}" r="8" fill="{COFFEE}"/>' for r in range(6) for c in range(6)
    )
    dials = f'<rect x="410" y="220" width="160" height="60" rx="12" fill="{SUN}"/><path d="M424 252 h132" stroke="{COFFEE}" stroke-width="6" stroke-dasharray="5 11"/><path d="M470 226 v48" stroke="{BERRY}" stroke-width="7"/><circle cx="450" cy="362" r="40" fill="{NIGHT}"/><path d="M450 362 l18 -24" stroke="{SNOW}" stroke-width="8" stroke-linecap="round"/><circle cx="540" cy="362" r="28" fill="{NIGHT}"/><path d="M150 470 h50 v26 h-50 z M520 470 h50 v26 h-50 z" fill="{NIGHT}"/>'
    return glow(360, 290, 235, ICE, 0.85) + radio + front + dials


def books() -> str:
    def book(x: float, y: float, w: float, colour: str) -> str:
        return f'<rect x="{x}" y="{y}" width="{w}" height="66" rx="10" fill="{colour}"/><rect x="{x + w - 40}" y="{y + 9}" width="40" height="48" fill="{BIRCH}"/><path d="M{x + 44} {y} v66 M{x + 60} {y} v66" stroke="{SNOW}" stroke-width="6" opacity="0.8"/>'

    leaves = f'<path d="M360 170 Q270 110 140 150 V300 Q270 262 360 316 Q450 262 580 300 V150 Q450 110 360 170 Z" fill="{SNOW}"/><path d="M360 170 Q450 110 580 150 V300 Q450 262 360 316 Z" fill="{FROST}"/><path d="M180 188 q80 -16 140 18 M180 226 q80 -16 140 18 M400 206 q70 -34 140 -18 M400 244 q70 -34 140 -18" stroke="{STONE}" stroke-width="8" fill="none" stroke-linecap="round"/><path d="M500 140 v120 l20 -16 20 16 v-114 z" fill="{BERRY}"/>'
    return (
        glow(360, 280, 235)
        + book(130, 440, 460, RIVER)
        + book(170, 372, 400, BERRY)
        + book(150, 306, 430, PINE)
        + leaves
    )


def sport() -> str:
    skis = f'<g transform="rotate(12 250 300)"><path d="M220 60 q18 -44 36 0 V500 h-36 z" fill="{BERRY}"/><path d="M220 240 h36 v70 h-36 z" fill="{SNOW}"/><path d="M222 130 h32 M222 160 h32" stroke="{HONEY}" stroke-width="10"/></g><g transform="rotate(-8 330 300)"><path d="M310 60 q18 -44 36 0 V500 h-36 z" fill="{shade(BERRY, -0.2)}"/><path d="M310 240 h36 v70 h-36 z" fill="{SNOW}"/></g>'
    ball = f'<circle cx="520" cy="410" r="96" fill="{SNOW}"/><path d="M560 322 a96 96 0 0 1 -20 182 q40 -90 20 -182 z" fill="{ICE}"/><path d="M520 366 l44 32 -17 52 h-54 l-17 -52 z" fill="{NIGHT}"/><path d="M520 366 v-50 M564 398 l48 -16 M547 450 l30 44 M493 450 l-30 44 M476 398 l-48 -16" stroke="{NIGHT}" stroke-width="9"/>'
    helmet = f'<path d="M420 240 q0 -110 110 -110 q104 0 104 110 z" fill="{HONEY}"/><path d="M540 130 q94 6 94 110 h-60 q10 -66 -34 -110 z" fill="{shade(HONEY, -0.18)}"/><path d="M404 238 h240 v22 h-240 z" fill="{NIGHT}"/><path d="M460 180 q20 -30 50 -34" stroke="{SNOW}" stroke-width="13" fill="none" stroke-linecap="round"/>'
    return glow(360, 280, 235, ICE, 0.85) + skis + helmet + ball


def textiles() -> str:
    def fold(y: float, colour: str, trim: str) -> str:
        return f'<rect x="160" y="{y}" width="400" height="76" rx="36" fill="{colour}"/><path d="M400 {y} h124 q36 0 36 38 t-36 38 h-124 z" fill="{shade(colour, -0.14)}"/><path d="M200 {y + 38} h320" stroke="{trim}" stroke-width="12" stroke-dasharray="22 14"/>'

    roll = f'<g><path d="M250 90 h240 v110 h-240 z" fill="{CREMA}"/><path d="M250 112 h240 M250 176 h240" stroke="{BERRY}" stroke-width="11"/><ellipse cx="490" cy="145" rx="26" ry="55" fill="{shade(CREMA, 0.3)}"/><path d="M490 115 q16 30 0 60 q-14 -24 0 -44" fill="none" stroke="{COFFEE}" stroke-width="6"/><ellipse cx="250" cy="145" rx="26" ry="55" fill="{shade(CREMA, -0.2)}"/></g>'
    return (
        glow(360, 290, 235, ROSE, 0.45)
        + roll
        + fold(210, PINE, SNOW)
        + fold(292, SNOW, RIVER)
        + fold(374, BERRY, SUN)
        + fold(456, RIVER, SNOW)
    )


def others() -> str:
    case = f'<path d="M290 150 q0 -50 70 -50 t70 50" fill="none" stroke="{WOOD_DARK}" stroke-width="22"/><rect x="120" y="150" width="480" height="330" rx="34" fill="{CREMA}"/><path d="M440 150 h126 q34 0 34 34 v262 q0 34 -34 34 h-126 z" fill="{shade(CREMA, -0.16)}"/><path d="M200 150 v330 M520 150 v330" stroke="{WOOD_DARK}" stroke-width="22"/><rect x="320" y="140" width="80" height="44" rx="10" fill="{HONEY}"/>'
    return (
        glow(360, 290, 235)
        + case
        + f'<circle cx="290" cy="300" r="44" fill="{RIVER}"/><path d="M270 320 l20 -44 20 44 z" fill="{SNOW}"/><rect x="360" y="330" width="100" height="70" rx="8" fill="{PINE}" transform="rotate(-9 410 365)"/><path d="M376 368 l70 -10" stroke="{SNOW}" stroke-width="9"/>'
    )


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
    return hill() + shelf + lamp + bear + books + sweater + chair + kettle


def new() -> str:
    star = f'<path d="M560 60 l18 44 48 4 -37 31 12 47 -41 -26 -41 26 12 -47 -37 -31 48 -4 z" fill="{AMBER}"/>'
    box = f'<rect x="150" y="250" width="380" height="250" rx="16" fill="{BERRY}"/><path d="M380 250 h134 q16 0 16 16 v218 q0 16 -16 16 h-134 z" fill="{shade(BERRY, -0.18)}"/><rect x="128" y="210" width="424" height="72" rx="14" fill="{shade(BERRY, 0.12)}"/><rect x="304" y="210" width="72" height="290" fill="{SUN}"/><path d="M340 208 q-120 -20 -92 -96 q64 -34 92 96 q28 -130 92 -96 q28 76 -92 96" fill="{SUN}"/><circle cx="340" cy="204" r="23" fill="{HONEY}"/>'
    return glow(350, 290, 225, ROSE, 0.5) + box + star


PICTURES = {
    "furniture": furniture,
    "clothes": clothes,
    "kitchen": kitchen,
    "toys": toys,
    "baby": baby,
    "electronics": electronics,
    "books": books,
    "sport": sport,
    "textiles": textiles,
    "other": others,
    "new": new,
    "all": goods,
}


def main() -> None:
    render(picture(goods(), width=720, height=540), ART / "home_goods.png", width=560)
    for name, draw in PICTURES.items():
        render(picture(draw(), width=720, height=540), ART / f"category_{name}.png", width=480)


if __name__ == "__main__":
    main()
