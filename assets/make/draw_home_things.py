"""Pictures of demo items of the house: furniture, textiles, kitchen, electronics, other."""

from __future__ import annotations

from pathlib import Path

from draw_categories import sofa
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
    ROSE,
    SLATE,
    SNOW,
    STONE,
    SUN,
    WOOD,
    WOOD_DARK,
    render,
    shade,
    still_life,
)  # fmt: skip
from things import cup, steam

OUT = Path(__file__).parents[1] / "demo" / "pictures"


def placed(body: str, x: float = 40, y: float = 140, size: float = 1.0) -> str:
    """Put a drawing made on the 720 × 540 sheet into the square picture."""
    return f'<g transform="translate({x} {y}) scale({size})">{body}</g>'


def legs(x1: float, x2: float, top: float, colour: str = WOOD_DARK) -> str:
    return f'<path d="M{x1} {top} h30 l-12 {640 - top} h-20 z M{x2} {top} h30 l2 {640 - top} h-20 z" fill="{colour}"/>'


def armchair(c: str) -> str:
    return (
        legs(250, 520, 570)
        + f'<path d="M250 330 q0 -170 150 -170 q150 0 150 170 v150 h-300 z" fill="{c}"/><path d="M400 160 q150 0 150 170 v150 h-150 z" fill="{shade(c, -0.12)}"/>'
        f'<rect x="280" y="430" width="240" height="80" rx="30" fill="{shade(c, 0.22)}"/><path d="M190 420 q0 -54 52 -54 t52 54 v150 h-104 z M506 420 q0 -54 52 -54 t52 54 v150 h-104 z" fill="{shade(c, -0.2)}"/><rect x="240" y="500" width="320" height="74" rx="18" fill="{shade(c, -0.06)}"/>'
        f'<path d="M330 220 q70 -40 140 0 M320 280 q80 -40 160 0" stroke="{shade(c, 0.3)}" stroke-width="8" fill="none" stroke-linecap="round"/>'
    )


def chair(c: str) -> str:
    bars = "".join(
        f'<rect x="{x}" y="220" width="16" height="190" rx="8" fill="{shade(c, 0.12)}"/>' for x in (320, 366, 412, 458)
    )
    return f'<path d="M268 190 h30 l-6 450 h-24 z M500 190 h30 l2 450 h-24 z" fill="{c}"/><rect x="262" y="180" width="276" height="50" rx="20" fill="{c}"/>{bars}<path d="M244 410 h312 l16 56 h-344 z" fill="{shade(c, 0.28)}"/><rect x="230" y="464" width="340" height="26" rx="10" fill="{shade(c, -0.12)}"/><path d="M246 488 h28 l-10 152 h-22 z M526 488 h28 l8 152 h-22 z" fill="{shade(c, -0.25)}"/>'


def table(c: str) -> str:
    vase = (
        f'<path d="M366 300 q-22 60 8 100 h60 q30 -40 8 -100 z" fill="{RIVER}"/><path d="M404 300 q-8 -70 -50 -96 M404 300 q4 -80 30 -110 M404 300 q30 -60 66 -66" stroke="{PINE}" stroke-width="7" fill="none"/>'
        + "".join(
            f'<circle cx="{x}" cy="{y}" r="24" fill="{k}"/><circle cx="{x}" cy="{y}" r="9" fill="{SUN}"/>'
            for x, y, k in ((350, 196, BERRY), (436, 180, ROSE), (474, 228, SNOW))
        )
    )
    return (
        vase
        + f'<rect x="110" y="396" width="580" height="40" rx="14" fill="{c}"/><path d="M110 420 h580 v4 q0 12 -14 12 h-552 q-14 0 -14 -12 z" fill="{shade(c, -0.25)}"/><path d="M150 436 h46 l-14 204 h-26 z M604 436 h46 l-6 204 h-26 z" fill="{shade(c, -0.18)}"/><path d="M200 410 q90 8 160 -2 t220 4" stroke="{shade(c, 0.25)}" stroke-width="4" fill="none"/>'
        + cup(560, 398, BERRY, 0.55)
    )


def coffee_table(c: str) -> str:
    return (
        f'<path d="M220 500 l-30 140 M580 500 l30 140" stroke="{WOOD_DARK}" stroke-width="24" stroke-linecap="round"/><ellipse cx="400" cy="490" rx="290" ry="52" fill="{shade(c, -0.2)}"/><ellipse cx="400" cy="478" rx="290" ry="50" fill="{c}"/><path d="M400 520 v120" stroke="{shade(c, -0.3)}" stroke-width="24" stroke-linecap="round"/>'
        + cup(300, 480, RIVER, 0.8)
        + steam(300, 386, 0.7)
        + f'<rect x="430" y="452" width="150" height="24" rx="4" fill="{BERRY}"/><rect x="444" y="430" width="130" height="22" rx="4" fill="{PINE}"/>'
    )


def bookcase(c: str) -> str:
    rows = ""
    for r, y in enumerate((300, 420, 540)):
        x = 230
        for at in range(9 - r):
            h, k = 70 + (at * 37 + r * 23) % 34, (RIVER, BERRY, HONEY, PINE, DEEP, ROSE, MOSS)[(at * 3 + r) % 7]
            rows += f'<rect x="{x}" y="{y - h}" width="28" height="{h}" rx="3" fill="{k}"/><rect x="{x}" y="{y - h + 14}" width="28" height="7" fill="{SNOW}" opacity="0.7"/>'
            x += 31
    return f'<rect x="196" y="150" width="408" height="490" rx="12" fill="{c}"/><path d="M220 180 h360 v120 h-360 z M220 314 h360 v106 h-360 z M220 434 h360 v106 h-360 z M220 554 h360 v70 h-360 z" fill="{shade(c, -0.38)}"/>{rows}<path d="M480 300 q-12 -46 20 -60 q36 14 24 60 z" fill="{SNOW}"/><path d="M500 240 q-20 -40 -36 -44 M504 240 q10 -44 34 -48" stroke="{PINE}" stroke-width="8" fill="none" stroke-linecap="round"/><rect x="260" y="574" width="120" height="50" rx="8" fill="{CREMA}"/>'


def drawers(c: str) -> str:
    fronts = "".join(
        f'<rect x="214" y="{y}" width="372" height="86" rx="10" fill="{shade(c, 0.14)}"/><circle cx="300" cy="{y + 43}" r="11" fill="{HONEY}"/><circle cx="500" cy="{y + 43}" r="11" fill="{HONEY}"/>'
        for y in (300, 398, 496)
    )
    return (
        legs(220, 550, 590)
        + f'<rect x="190" y="276" width="420" height="324" rx="16" fill="{c}"/><path d="M480 276 h114 q16 0 16 16 v292 q0 16 -16 16 h-114 z" fill="{shade(c, -0.14)}"/>{fronts}<path d="M250 276 l20 -66 h50 l20 66 z" fill="{HONEY}"/><rect x="470" y="190" width="90" height="86" rx="6" fill="{WOOD_DARK}"/><rect x="482" y="202" width="66" height="62" fill="{ICE}"/>'
    )


def bed(c: str) -> str:
    return (
        f'<rect x="110" y="240" width="36" height="400" rx="12" fill="{WOOD_DARK}"/><rect x="650" y="380" width="36" height="260" rx="12" fill="{WOOD_DARK}"/><rect x="120" y="280" width="70" height="220" rx="14" fill="{WOOD}"/><rect x="130" y="480" width="540" height="110" rx="20" fill="{SNOW}"/><path d="M290 430 q180 -46 380 0 v130 h-380 z" fill="{c}"/><path d="M290 430 q180 -46 380 0 v30 q-190 -40 -380 0 z" fill="{shade(c, 0.3)}"/><rect x="160" y="404" width="150" height="86" rx="34" fill="{FROST}"/>'
        + "".join(f'<path d="M{x} 440 v112" stroke="{shade(c, -0.2)}" stroke-width="9"/>' for x in (370, 450, 530, 610))
    )


def lamp(c: str) -> str:
    return f'<path d="M210 330 L590 330 L700 640 H100 z" fill="{SUN}" opacity="0.3"/><rect x="388" y="330" width="24" height="280" fill="{WOOD}"/><ellipse cx="400" cy="622" rx="120" ry="24" fill="{WOOD_DARK}"/><path d="M260 330 l70 -180 h140 l70 180 z" fill="{c}"/><path d="M410 150 h60 l70 180 h-90 z" fill="{shade(c, -0.16)}"/><path d="M272 300 h256" stroke="{SNOW}" stroke-width="9" stroke-dasharray="16 14"/>'


def mirror(c: str) -> str:
    return f'<ellipse cx="400" cy="370" rx="190" ry="250" fill="{c}"/><ellipse cx="400" cy="370" rx="156" ry="214" fill="{ICE}"/><path d="M280 330 L430 190 M290 450 L520 230 M390 500 L540 350" stroke="{SNOW}" stroke-width="22" stroke-linecap="round" opacity="0.85"/>'


def folded(*colours: str) -> str:
    out, y = "", 560
    for at, c in enumerate(colours):
        out += f'<rect x="{180 + at * 6}" y="{y}" width="{440 - at * 12}" height="80" rx="38" fill="{c}"/><path d="M430 {y} h{150 - at * 6} q40 0 40 40 t-40 40 h-{150 - at * 6} z" fill="{shade(c, -0.14)}"/><path d="M226 {y + 40} h340" stroke="{SNOW if c != SNOW else RIVER}" stroke-width="12" stroke-dasharray="24 14"/>'
        y -= 84
    return out


def carpet(c: str) -> str:
    stripes = "".join(
        f'<path d="M{150 + at * 34} {300 + at * 4} l-40 320 h24 l40 -320 z" fill="{(BERRY, HONEY, SNOW, RIVER)[at % 4]}" opacity="0.85"/>'
        for at in range(0, 15, 2)
    )
    fringe = "".join(f'<path d="M{112 + at * 19} 626 v20" stroke="{BIRCH}" stroke-width="5"/>' for at in range(28))
    return f'<path d="M160 290 h520 l-46 340 h-530 z" fill="{c}"/>{stripes}{fringe}<ellipse cx="664" cy="300" rx="34" ry="34" fill="{shade(c, -0.2)}"/><rect x="150" y="266" width="514" height="68" rx="34" fill="{shade(c, 0.16)}"/><circle cx="664" cy="300" r="30" fill="{shade(c, 0.35)}"/><path d="M664 284 a16 16 0 1 1 -14 24" stroke="{shade(c, -0.3)}" stroke-width="6" fill="none"/>'


def curtains(c: str) -> str:
    folds = "".join(
        f'<path d="M{x} 150 q{14} 240 {-6} 490" stroke="{shade(c, -0.2)}" stroke-width="9" fill="none"/>'
        for x in (190, 230, 270, 560, 600, 640)
    )
    return f'<rect x="260" y="190" width="280" height="360" rx="8" fill="{ICE}"/><path d="M400 190 v360 M260 370 h280" stroke="{SNOW}" stroke-width="14"/><circle cx="470" cy="280" r="38" fill="{SUN}"/><rect x="110" y="120" width="580" height="24" rx="12" fill="{WOOD_DARK}"/><path d="M140 140 h180 q10 300 -70 500 h-120 q40 -260 10 -500 z M660 140 h-180 q-10 300 70 500 h120 q-40 -260 -10 -500 z" fill="{c}"/>{folds}<path d="M150 460 q80 30 160 6 M650 460 q-80 30 -160 6" stroke="{HONEY}" stroke-width="16" fill="none" stroke-linecap="round"/>'


def cushion(c: str) -> str:
    arms = "".join(f'<path d="M0 0 V-110 M-26 -86 L0 -60 L26 -86" transform="rotate({at * 60})"/>' for at in range(6))
    return f'<path d="M170 300 q230 -50 460 0 q50 160 0 330 q-230 40 -460 0 q-50 -170 0 -330 z" fill="{c}"/><path d="M420 276 q120 4 210 24 q50 160 0 330 q-60 12 -130 16 q90 -180 -80 -370 z" fill="{shade(c, -0.14)}"/><g transform="translate(400 465)" stroke="{SNOW}" stroke-width="16" fill="none" stroke-linecap="round">{arms}</g>'


def pot(c: str) -> str:
    return (
        f'<path d="M230 370 h340 v190 q0 80 -80 80 h-180 q-80 0 -80 -80 z" fill="{c}"/><path d="M470 370 h100 v190 q0 80 -80 80 h-60 q60 -90 40 -270 z" fill="{shade(c, -0.24)}"/><path d="M212 366 q188 -84 376 0 z" fill="{shade(c, 0.2)}"/><circle cx="400" cy="304" r="23" fill="{NIGHT}"/><path d="M230 420 h-54 q-18 0 -18 20 t18 20 h54 M570 420 h54 q18 0 18 20 t-18 20 h-54" fill="none" stroke="{NIGHT}" stroke-width="20"/><path d="M232 480 h336" stroke="{SNOW}" stroke-width="10" stroke-dasharray="3 28" stroke-linecap="round"/>'
        + steam(400, 270, 1.1)
    )


def coffee_pot(c: str) -> str:
    return (
        f'<path d="M310 260 q90 -40 180 0 l44 370 q-134 30 -268 0 z" fill="{c}"/><path d="M430 246 q36 2 60 14 l44 370 q-48 12 -100 15 q30 -200 -4 -399 z" fill="{shade(c, -0.25)}"/><path d="M300 340 q-90 -18 -126 -84 l42 -8 q30 34 92 42 z" fill="{shade(c, -0.2)}"/><path d="M500 310 q130 -14 114 114 q-12 90 -88 100" fill="none" stroke="{NIGHT}" stroke-width="26" stroke-linecap="round"/><path d="M314 258 q86 -54 172 0" fill="{SLATE}"/><circle cx="400" cy="208" r="22" fill="{NIGHT}"/><path d="M286 470 q114 38 228 0" stroke="{SNOW}" stroke-width="11" fill="none"/>'
        + "".join(
            f'<circle cx="{x}" cy="{y}" r="16" fill="{SNOW}"/><circle cx="{x}" cy="{y}" r="6" fill="{BERRY}"/>'
            for x, y in ((340, 400), (400, 410), (460, 400))
        )
    )


def kettle(c: str) -> str:
    return (
        f'<path d="M250 600 q-10 -280 120 -330 h90 q120 50 110 330 q-160 50 -320 0 z" fill="{c}"/><path d="M460 270 q120 50 110 330 q-50 16 -100 22 q60 -200 -10 -352 z" fill="{shade(c, -0.22)}"/><path d="M256 380 l-90 -70 l44 -26 l70 44 z" fill="{shade(c, -0.1)}"/><path d="M490 300 q150 -40 140 130 q-8 110 -80 120" fill="none" stroke="{NIGHT}" stroke-width="30" stroke-linecap="round"/><rect x="356" y="236" width="118" height="36" rx="16" fill="{NIGHT}"/><ellipse cx="410" cy="624" rx="176" ry="24" fill="{SLATE}"/><rect x="300" y="420" width="22" height="130" rx="11" fill="{ICE}"/>'
        + steam(410, 210, 0.9)
    )


def plates(c: str) -> str:
    stack = "".join(
        f'<ellipse cx="400" cy="{620 - at * 22}" rx="230" ry="38" fill="{SNOW if at % 2 else c}"/><ellipse cx="400" cy="{612 - at * 22}" rx="230" ry="36" fill="{shade(c, 0.5) if at % 2 else shade(c, 0.2)}"/>'
        for at in range(5)
    )
    return (
        stack
        + f'<circle cx="400" cy="330" r="190" fill="{SNOW}"/><path d="M460 150 a190 190 0 0 1 -40 370 q110 -150 40 -370 z" fill="{FROST}"/><circle cx="400" cy="330" r="150" fill="none" stroke="{c}" stroke-width="16" stroke-dasharray="14 16"/><circle cx="400" cy="330" r="104" fill="{FROST}"/><path d="M400 390 q-60 -50 -20 -86 q30 -10 20 30 q-10 -40 20 -30 q40 36 -20 86 z" fill="{c}"/>'
    )


def cups(c: str) -> str:
    return cup(270, 640, c, 1.5) + cup(520, 640, shade(c, 0.25), 1.5) + cup(400, 470, HONEY, 1.3) + steam(400, 300, 0.9)


def radio(c: str) -> str:
    holes = "".join(
        f'<circle cx="{208 + x * 40}" cy="{390 + y * 38}" r="9" fill="{COFFEE}"/>' for y in range(6) for x in range(6)
    )
    return f'<path d="M560 320 L690 150" stroke="{SLATE}" stroke-width="12" stroke-linecap="round"/><circle cx="692" cy="148" r="14" fill="{BERRY}"/><rect x="120" y="310" width="560" height="312" rx="44" fill="{c}"/><path d="M490 310 h146 q44 0 44 44 v224 q0 44 -44 44 h-146 z" fill="{shade(c, -0.22)}"/><rect x="168" y="350" width="270" height="234" rx="24" fill="{BIRCH}"/>{holes}<rect x="466" y="356" width="176" height="66" rx="14" fill="{SUN}"/><path d="M480 390 h148" stroke="{COFFEE}" stroke-width="7" stroke-dasharray="6 12"/><path d="M540 362 v54" stroke="{BERRY}" stroke-width="8"/><circle cx="510" cy="510" r="44" fill="{NIGHT}"/><path d="M510 510 l20 -26" stroke="{SNOW}" stroke-width="9" stroke-linecap="round"/><circle cx="610" cy="510" r="32" fill="{NIGHT}"/><path d="M170 620 h50 v22 h-50 z M580 620 h50 v22 h-50 z" fill="{NIGHT}"/>'


def television(c: str) -> str:
    return f'<rect x="110" y="190" width="580" height="360" rx="24" fill="{NIGHT}"/><rect x="134" y="214" width="532" height="312" rx="8" fill="{ICE}"/><path d="M134 420 q140 -90 260 -20 t272 -60 v186 h-532 z" fill="{SNOW}"/><circle cx="560" cy="290" r="42" fill="{SUN}"/><path d="M220 420 l40 -110 40 110 z M290 440 l50 -140 50 140 z" fill="{c}"/><path d="M360 550 h80 l14 70 h-108 z" fill="{SLATE}"/><rect x="270" y="616" width="260" height="24" rx="12" fill="{NIGHT}"/>'


def washer(c: str) -> str:
    return f'<rect x="200" y="190" width="400" height="450" rx="24" fill="{SNOW}"/><path d="M490 190 h86 q24 0 24 24 v402 q0 24 -24 24 h-86 z" fill="{FROST}"/><rect x="224" y="216" width="150" height="50" rx="12" fill="{ICE}"/><circle cx="470" cy="242" r="26" fill="{c}"/><circle cx="540" cy="242" r="15" fill="{HONEY}"/><circle cx="400" cy="440" r="140" fill="{STONE}"/><circle cx="400" cy="440" r="112" fill="{DEEP}"/><path d="M296 470 q50 -40 104 0 t104 -6 a112 112 0 0 1 -208 6 z" fill="{c}"/><path d="M330 390 q30 -50 90 -40" stroke="{SNOW}" stroke-width="16" fill="none" stroke-linecap="round" opacity="0.8"/><circle cx="380" cy="500" r="14" fill="{SNOW}" opacity="0.8"/><circle cx="430" cy="480" r="9" fill="{SNOW}" opacity="0.8"/>'


def sewing(c: str) -> str:
    return f'<rect x="120" y="570" width="560" height="70" rx="20" fill="{c}"/><path d="M500 570 v-180 h-250 v60 h-70 v-120 q0 -40 40 -40 h320 q70 0 70 70 v210 z" fill="{c}"/><path d="M540 290 q70 0 70 70 v210 h-60 v-200 q0 -50 -40 -80 z" fill="{shade(c, -0.25)}"/><circle cx="640" cy="380" r="40" fill="{SLATE}"/><path d="M215 450 v110" stroke="{SLATE}" stroke-width="9"/><rect x="330" y="240" width="44" height="50" rx="8" fill="{BERRY}"/><path d="M352 240 q-60 -60 -130 60" stroke="{BERRY}" stroke-width="4" fill="none"/><path d="M140 560 q120 -30 240 6 l-10 30 h-240 z" fill="{ROSE}"/><path d="M280 360 h180" stroke="{SNOW}" stroke-width="9" stroke-dasharray="3 20" stroke-linecap="round"/>'


def laptop(c: str) -> str:
    return f'<rect x="190" y="240" width="420" height="290" rx="22" fill="{SLATE}"/><rect x="212" y="262" width="376" height="244" rx="8" fill="{c}"/><path d="M212 430 q100 -70 190 -20 t186 -40 v136 h-376 z" fill="{ICE}"/><circle cx="500" cy="330" r="30" fill="{SUN}"/><path d="M130 560 l60 -30 h420 l60 30 v30 q0 20 -24 20 h-492 q-24 0 -24 -20 z" fill="{STONE}"/><path d="M340 562 h120 v16 h-120 z" fill="{SLATE}"/>'


def suitcase(c: str) -> str:
    return f'<path d="M320 250 q0 -60 80 -60 t80 60" fill="none" stroke="{WOOD_DARK}" stroke-width="24"/><rect x="140" y="250" width="520" height="380" rx="40" fill="{c}"/><path d="M490 250 h130 q40 0 40 40 v300 q0 40 -40 40 h-130 z" fill="{shade(c, -0.18)}"/><path d="M230 250 v380 M570 250 v380" stroke="{WOOD_DARK}" stroke-width="24"/><rect x="360" y="240" width="80" height="46" rx="10" fill="{HONEY}"/><circle cx="330" cy="420" r="50" fill="{SNOW}"/><path d="M306 440 l24 -50 24 50 z" fill="{RIVER}"/><rect x="410" y="460" width="110" height="76" rx="8" fill="{SUN}" transform="rotate(-9 465 498)"/>'


def plant(c: str) -> str:
    leaf = "".join(
        f'<path d="M400 470 q{dx} {-120 - abs(dx) * 0.3} {dx * 1.5} {-230 + abs(dx)} q{-dx * 0.2} 130 {-dx * 1.5} {230 - abs(dx)}" fill="{k}"/>'
        for dx, k in (
            (-110, PINE),
            (110, shade(PINE, 0.15)),
            (-50, MOSS),
            (60, PINE),
            (-150, MOSS),
            (150, MOSS),
            (4, shade(MOSS, 0.15)),
        )
    )
    return (
        leaf
        + f'<path d="M270 460 h260 l-36 180 h-188 z" fill="{c}"/><path d="M440 460 h90 l-36 180 h-80 z" fill="{shade(c, -0.2)}"/><rect x="254" y="440" width="292" height="48" rx="14" fill="{shade(c, 0.14)}"/><path d="M290 540 h214" stroke="{SNOW}" stroke-width="12" stroke-dasharray="20 16"/>'
    )


def lantern(c: str) -> str:
    return f'<circle cx="400" cy="440" r="210" fill="{SUN}" opacity="0.45" filter="url(#soft)"/><path d="M340 240 q0 -80 60 -80 t60 80" fill="none" stroke="{NIGHT}" stroke-width="16"/><path d="M300 300 L400 220 L500 300 z" fill="{c}"/><rect x="310" y="300" width="180" height="300" fill="{SUN}" opacity="0.8"/><path d="M310 300 v300 M490 300 v300 M400 300 v60" stroke="{c}" stroke-width="16"/><rect x="280" y="596" width="240" height="44" rx="10" fill="{c}"/><rect x="370" y="470" width="60" height="126" rx="10" fill="{SNOW}"/><path d="M400 470 q-30 -50 0 -90 q30 40 0 90" fill="{HONEY}"/>'


def clock(c: str) -> str:
    ticks = "".join(
        f'<path d="M400 250 v28" stroke="{NIGHT}" stroke-width="11" stroke-linecap="round" transform="rotate({at * 30} 400 400)"/>'
        for at in range(12)
    )
    return f'<circle cx="400" cy="400" r="220" fill="{c}"/><circle cx="400" cy="400" r="178" fill="{SNOW}"/>{ticks}<path d="M400 400 V290 M400 400 L480 440" stroke="{NIGHT}" stroke-width="17" stroke-linecap="round"/><circle cx="400" cy="400" r="17" fill="{BERRY}"/>'


def framed(c: str) -> str:
    return f'<path d="M400 130 L300 210 M400 130 L500 210" stroke="{SLATE}" stroke-width="7"/><circle cx="400" cy="126" r="12" fill="{SLATE}"/><rect x="170" y="200" width="460" height="370" fill="{c}"/><rect x="200" y="230" width="400" height="310" fill="{BIRCH}"/><rect x="226" y="256" width="348" height="258" fill="{ICE}"/><circle cx="500" cy="320" r="36" fill="{SUN}"/><path d="M226 420 q100 -60 190 -20 t158 -30 v144 h-348 z" fill="{SNOW}"/><path d="M410 400 q-60 50 -20 114 h70 q-50 -60 -20 -114 z" fill="{RIVER}"/><path d="M270 430 l36 -110 36 110 z" fill="{PINE}"/>'


_KINDS = {
    "sofa": (lambda c: placed(sofa(c), 40, 140), (RIVER, BERRY, MOSS), 330, "morning river rose"),
    "armchair": (armchair, (HONEY, PINE, ROSE), 250, "snow dusk morning"),
    "chair": (chair, (WOOD, RIVER, BERRY), 200, "morning snow pine"),
    "table": (table, (WOOD, CREMA), 320, "snow rose"), "coffee_table": (coffee_table, (WOOD, SNOW), 320, "pine dusk"),
    "bookcase": (bookcase, (WOOD, SLATE), 240, "river morning"), "drawers": (drawers, (PINE, WOOD, RIVER), 250, "morning snow rose"),
    "bed": (bed, (RIVER, BERRY), 320, "dusk snow"), "lamp": (lamp, (HONEY, BERRY), 160, "dusk river"), "mirror": (mirror, (WOOD, HONEY), 0, "pine rose"),
    "blankets": (lambda c: folded(c, SNOW, PINE), (BERRY, HONEY), 260, "snow river"), "towels": (lambda c: folded(c, SNOW, c, SNOW), (RIVER, ROSE), 260, "morning snow"),
    "linen": (lambda c: folded(SNOW, c, FROST), (MOSS, RIVER), 260, "dusk rose"), "carpet": (carpet, (CREMA, DEEP), 300, "snow morning"),
    "curtains": (curtains, (ROSE, RIVER), 0, "snow morning"), "cushion": (cushion, (BERRY, RIVER, HONEY), 250, "morning rose snow"),
    "pot": (pot, (PINE, BERRY), 230, "morning snow"), "coffee_pot": (coffee_pot, (RIVER, BERRY, HONEY), 200, "morning snow river"),
    "kettle": (kettle, (STONE, BERRY), 200, "rose pine"), "plates": (plates, (RIVER, BERRY), 240, "morning snow"), "cups": (cups, (BERRY, RIVER), 230, "pine dusk"),
    "radio": (radio, (WOOD, BERRY), 300, "morning river"), "television": (television, (PINE,), 280, "dusk"), "washer": (washer, (RIVER,), 240, "snow"),
    "sewing": (sewing, (DEEP, PINE), 300, "rose morning"), "laptop": (laptop, (RIVER,), 300, "morning"),
    "suitcase": (suitcase, (CREMA, RIVER), 280, "river rose"), "plant": (plant, (BERRY, HONEY), 160, "snow river"), "lantern": (lantern, (NIGHT,), 150, "dusk"),
    "clock": (clock, (WOOD, PINE), 0, "morning snow"), "framed": (framed, (WOOD, NIGHT), 0, "rose snow"),
}  # fmt: skip


def main() -> None:
    for name, (draw, colours, reach, backdrops) in _KINDS.items():
        for number, (colour, backdrop) in enumerate(zip(colours, backdrops.split(), strict=True), 1):
            render(still_life(draw(colour), backdrop=backdrop, reach=reach), OUT / f"{name}_{number}.webp", width=800)


if __name__ == "__main__":
    main()
