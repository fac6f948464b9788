"""Pictures of demo items for playing, reading, moving and the smallest: toys, books, sport, baby."""

from __future__ import annotations

from pathlib import Path

from draw_categories import baby as pram_scene
from draw_categories import bear
from draw_home_things import placed
from paint import (
    BERRY,
    BIRCH,
    COFFEE,
    CREMA,
    DEEP,
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

OUT = Path(__file__).parents[1] / "demo" / "pictures"


def wheel(x: float, y: float, r: float, rim: str = NIGHT) -> str:
    spokes = "".join(
        f'<path d="M{x} {y - r + 8} v{2 * r - 16}" stroke="{STONE}" stroke-width="4" transform="rotate({at * 36} {x} {y})"/>'
        for at in range(5)
    )
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="none" stroke="{rim}" stroke-width="17"/>{spokes}<circle cx="{x}" cy="{y}" r="13" fill="{rim}"/>'


def teddy(scarf: str) -> str:
    return placed(bear().replace(BERRY, scarf).replace(shade(BERRY, -0.2), shade(scarf, -0.2)), 40, 118)


def blocks(c: str) -> str:
    def block(x: float, y: float, colour: str, sign: str) -> str:
        return f'<rect x="{x}" y="{y}" width="150" height="150" rx="14" fill="{colour}"/><path d="M{x + 104} {y} h32 q14 0 14 14 v122 q0 14 -14 14 h-32 z" fill="{shade(colour, -0.16)}"/><g fill="{SNOW}" transform="translate({x + 70} {y + 75})">{sign}</g>'

    star = '<path d="M0 -44 l12 30 32 2 -25 20 8 32 -27 -18 -27 18 8 -32 -25 -20 32 -2 z"/>'
    return (
        block(170, 490, c, '<circle r="38"/>')
        + block(326, 490, HONEY, star)
        + block(482, 490, PINE, '<path d="M0 -42 L42 32 H-42 z"/>')
        + block(248, 338, BERRY, '<rect x="-34" y="-34" width="68" height="68" rx="8"/>')
        + block(404, 338, DEEP, '<path d="M0 40 C-70 -6 -36 -52 0 -22 C36 -52 70 -6 0 40 z"/>')
        + f'<path d="M326 338 l76 -120 76 120 z" fill="{ROSE}"/>'
    )


def train(c: str) -> str:
    wheels = "".join(
        f'<circle cx="{x}" cy="596" r="44" fill="{BERRY}"/><circle cx="{x}" cy="596" r="18" fill="{SUN}"/>'
        for x in (170, 290, 470, 590, 680)
    )
    return f'<rect x="110" y="440" width="250" height="120" rx="18" fill="{HONEY}"/><circle cx="190" cy="420" r="50" fill="{CREMA}"/><circle cx="280" cy="424" r="44" fill="{MOSS}"/><path d="M360 540 h60" stroke="{NIGHT}" stroke-width="16"/><rect x="420" y="410" width="290" height="150" rx="30" fill="{c}"/><rect x="420" y="290" width="130" height="270" rx="18" fill="{shade(c, -0.2)}"/><rect x="446" y="320" width="78" height="76" rx="10" fill="{ICE}"/><rect x="404" y="270" width="162" height="34" rx="14" fill="{NIGHT}"/><path d="M620 410 l-14 -90 h84 l-14 90 z" fill="{NIGHT}"/><circle cx="650" cy="270" r="34" fill="{SNOW}"/><circle cx="694" cy="226" r="25" fill="{SNOW}" opacity="0.9"/><circle cx="716" cy="480" r="26" fill="{SUN}"/>{wheels}'


def ball(c: str) -> str:
    return f'<circle cx="400" cy="460" r="180" fill="{c}"/><path d="M400 280 q-120 180 0 360 q120 -180 0 -360" fill="{SNOW}"/><path d="M400 280 q-40 180 0 360 M232 400 q170 80 336 0" stroke="{shade(c, -0.2)}" stroke-width="9" fill="none"/><path d="M470 294 a180 180 0 0 1 -30 342 q140 -130 30 -342 z" fill="{NIGHT}" opacity="0.14"/><circle cx="330" cy="370" r="26" fill="{SNOW}" opacity="0.7"/>'


def rings(c: str) -> str:
    out = f'<rect x="230" y="600" width="340" height="40" rx="18" fill="{WOOD}"/><rect x="386" y="230" width="28" height="380" rx="14" fill="{WOOD_DARK}"/>'
    for at, colour in enumerate((c, HONEY, PINE, BERRY, RIVER)):
        out += f'<rect x="{240 + at * 22}" y="{530 - at * 68}" width="{320 - at * 44}" height="66" rx="33" fill="{colour}"/><path d="M{260 + at * 22} {550 - at * 68} h{120 - at * 20}" stroke="{SNOW}" stroke-width="9" stroke-linecap="round" opacity="0.6"/>'
    return out + f'<circle cx="400" cy="222" r="32" fill="{SUN}"/>'


def stack(*colours: str) -> str:
    out = ""
    for at, c in enumerate(colours):
        x, w, y = 180 + (at * 31) % 50, 430 - (at * 23) % 60, 566 - at * 76
        out += f'<rect x="{x}" y="{y}" width="{w}" height="72" rx="12" fill="{c}"/><rect x="{x + w - 44}" y="{y + 10}" width="44" height="52" fill="{BIRCH}"/><path d="M{x + 50} {y} v72 M{x + 68} {y} v72" stroke="{SNOW}" stroke-width="7" opacity="0.8"/><rect x="{x + 100}" y="{y + 28}" width="150" height="14" rx="7" fill="{shade(c, 0.4)}"/>'
    return out


def book(c: str, sign: str) -> str:
    return f'<g transform="rotate(-5 400 420)"><rect x="230" y="180" width="350" height="450" rx="16" fill="{BIRCH}"/><rect x="214" y="170" width="350" height="450" rx="16" fill="{c}"/><path d="M214 186 q0 -16 16 -16 h30 v450 h-30 q-16 0 -16 -16 z" fill="{shade(c, -0.25)}"/><rect x="300" y="220" width="220" height="20" rx="10" fill="{SNOW}" opacity="0.9"/><rect x="300" y="256" width="150" height="14" rx="7" fill="{SNOW}" opacity="0.7"/><g transform="translate(410 440)">{sign}</g></g>'


HEART = f'<path d="M0 90 C-150 -10 -80 -110 0 -50 C80 -110 150 -10 0 90 z" fill="{SUN}"/>'
FOREST = f'<circle cx="60" cy="-70" r="34" fill="{SUN}"/><path d="M-120 100 l60 -170 60 170 z M0 100 l50 -140 50 140 z" fill="{SNOW}"/>'
SPEECH = f'<path d="M-110 -90 h170 q24 0 24 24 v70 q0 24 -24 24 h-90 l-50 46 6 -46 h-36 q-24 0 -24 -24 v-70 q0 -24 24 -24 z" fill="{SNOW}"/><circle cx="-70" cy="-32" r="13" fill="{RIVER}"/><circle cx="-26" cy="-32" r="13" fill="{RIVER}"/><circle cx="18" cy="-32" r="13" fill="{RIVER}"/>'
BOWL = f'<path d="M-110 0 h220 q0 100 -110 100 t-110 -100 z" fill="{SNOW}"/><path d="M-50 -24 q-20 -30 0 -56 M10 -24 q-20 -30 0 -56 M60 -24 q-20 -30 0 -56" stroke="{SNOW}" stroke-width="13" fill="none" stroke-linecap="round"/>'


def skis(c: str) -> str:
    def ski(x: float, turn: float, colour: str) -> str:
        return f'<g transform="rotate({turn} {x} 640)"><path d="M{x - 24} 170 q24 -90 48 0 V640 h-48 z" fill="{colour}"/><path d="M{x - 24} 380 h48 v90 h-48 z" fill="{SNOW}"/><path d="M{x - 22} 240 h44 M{x - 22} 276 h44" stroke="{SUN}" stroke-width="13"/></g>'

    pole = f'<path d="M560 180 L500 640" stroke="{SLATE}" stroke-width="12" stroke-linecap="round"/><ellipse cx="506" cy="600" rx="34" ry="9" fill="none" stroke="{SLATE}" stroke-width="8"/><path d="M566 150 l-8 60" stroke="{NIGHT}" stroke-width="24" stroke-linecap="round"/>'
    return pole + ski(330, -8, c) + ski(400, 6, shade(c, -0.2))


def sled(c: str) -> str:
    return f'<path d="M120 590 q-40 -10 -30 -60 q20 -30 60 0 l40 40 h430 q60 -10 60 -60" fill="none" stroke="{WOOD_DARK}" stroke-width="26" stroke-linecap="round"/><path d="M250 470 v100 M400 470 v100 M560 470 v100" stroke="{WOOD_DARK}" stroke-width="22"/><path d="M170 430 h470 l-14 60 h-440 z" fill="{c}"/><path d="M190 430 h440 l-6 24 h-428 z" fill="{shade(c, 0.25)}"/><path d="M160 520 q-100 -60 -60 -190" stroke="{BERRY}" stroke-width="9" fill="none"/><rect x="300" y="340" width="220" height="90" rx="30" fill="{SNOW}"/><path d="M320 386 h180" stroke="{RIVER}" stroke-width="13" stroke-dasharray="20 14"/>'


def bicycle(c: str) -> str:
    frame = f'<path d="M230 520 L340 360 H520 L420 540 H230 L340 360 L420 540 M520 360 L590 520 M520 360 L500 290 H450 M500 290 q60 -20 70 20 M340 360 L326 310" stroke="{c}" stroke-width="21" fill="none" stroke-linecap="round" stroke-linejoin="round"/>'
    return (
        wheel(230, 520, 118)
        + wheel(590, 520, 118)
        + frame
        + f'<path d="M270 300 q50 -26 110 0 q-10 26 -50 26 q-50 0 -60 -26 z" fill="{COFFEE}"/><circle cx="420" cy="540" r="30" fill="{SLATE}"/><path d="M540 250 h110 l-14 90 h-82 z" fill="{WOOD}"/><path d="M546 280 h98 M550 310 h90" stroke="{WOOD_DARK}" stroke-width="7"/><circle cx="580" cy="236" r="26" fill="{HONEY}"/><circle cx="620" cy="240" r="22" fill="{ROSE}"/>'
    )


def helmet(c: str) -> str:
    return f'<path d="M160 540 q-10 -270 240 -280 q240 6 240 280 z" fill="{c}"/><path d="M430 262 q210 20 210 278 h-130 q40 -180 -80 -278 z" fill="{shade(c, -0.18)}"/><path d="M230 480 q20 -140 110 -170 M330 500 q0 -120 60 -190 M450 500 q20 -110 -10 -190" stroke="{NIGHT}" stroke-width="26" fill="none" stroke-linecap="round"/><path d="M140 530 h530 q20 0 20 24 t-20 24 h-530 q-16 0 -16 -24 t16 -24 z" fill="{NIGHT}"/><path d="M230 578 q20 70 120 60 M560 578 q-30 70 -170 60" stroke="{SLATE}" stroke-width="14" fill="none"/>'


def football(c: str) -> str:
    spots = "".join(
        f'<path d="M400 300 l34 24 -13 40 h-42 l-13 -40 z" fill="{c}" transform="rotate({at * 72} 400 460)"/>'
        for at in range(5)
    )
    return (
        f'<circle cx="400" cy="460" r="180" fill="{SNOW}"/><path d="M470 294 a180 180 0 0 1 -30 342 q140 -130 30 -342 z" fill="{ICE}"/>{spots}<path d="M400 400 l57 42 -22 67 h-70 l-22 -67 z" fill="{c}"/>'
        + "".join(
            f'<path d="M400 400 v-60" stroke="{c}" stroke-width="10" transform="rotate({at * 72} 400 460)"/>'
            for at in range(5)
        )
    )


def backpack(c: str) -> str:
    return f'<path d="M330 210 q0 -60 70 -60 t70 60" fill="none" stroke="{NIGHT}" stroke-width="20"/><path d="M210 360 q0 -170 190 -170 t190 170 v220 q0 60 -60 60 h-260 q-60 0 -60 -60 z" fill="{c}"/><path d="M460 196 q130 22 130 164 v220 q0 60 -60 60 h-80 q70 -200 10 -444 z" fill="{shade(c, -0.2)}"/><rect x="260" y="430" width="280" height="170" rx="30" fill="{shade(c, 0.2)}"/><path d="M260 470 h280" stroke="{NIGHT}" stroke-width="10"/><rect x="386" y="462" width="28" height="46" rx="8" fill="{HONEY}"/><path d="M280 320 q120 40 240 0" stroke="{SNOW}" stroke-width="13" stroke-dasharray="16 14" fill="none"/><circle cx="400" cy="262" r="30" fill="{SUN}"/>'


def skates(c: str) -> str:
    def skate(x: float) -> str:
        return f'<path d="M{x} 250 h100 v150 l110 60 q40 20 40 70 h-250 z" fill="{c}"/><path d="M{x} 250 h100 v50 h-100 z" fill="{SNOW}"/><path d="M{x + 60} 330 h50 M{x + 66} 370 h50 M{x + 80} 408 h54" stroke="{SNOW}" stroke-width="11" stroke-linecap="round"/><path d="M{x + 30} 530 v60 M{x + 200} 530 v60" stroke="{SLATE}" stroke-width="20"/><path d="M{x - 10} 600 h250 q40 0 50 -34" stroke="{STONE}" stroke-width="20" fill="none" stroke-linecap="round"/>'

    return f'<g opacity="0.85" transform="translate(120 -20)">{skate(180)}</g>' + skate(130)


def pram(c: str) -> str:
    body = pram_scene().partition("/>")[2]
    return placed(
        body.replace(RIVER, c)
        .replace(shade(RIVER, -0.2), shade(c, -0.2))
        .replace(DEEP, shade(c, -0.45))
        .replace(shade(DEEP, 0.18), shade(c, -0.3)),
        40,
        116,
    )


def cot(c: str) -> str:
    bars = "".join(
        f'<rect x="{x}" y="330" width="16" height="230" rx="8" fill="{BIRCH}"/>' for x in range(196, 610, 46)
    )
    return f'<rect x="150" y="460" width="500" height="110" rx="16" fill="{SNOW}"/><path d="M300 430 q170 -30 330 0 v110 h-330 z" fill="{c}"/><path d="M330 470 h280 M330 510 h280" stroke="{SNOW}" stroke-width="9" stroke-dasharray="5 22" stroke-linecap="round"/>{bars}<rect x="140" y="280" width="30" height="360" rx="12" fill="{WOOD}"/><rect x="630" y="280" width="30" height="360" rx="12" fill="{WOOD}"/><rect x="140" y="310" width="520" height="30" rx="12" fill="{WOOD}"/><rect x="140" y="556" width="520" height="34" rx="12" fill="{WOOD}"/><path d="M240 120 q80 -40 160 30" stroke="{SLATE}" stroke-width="7" fill="none"/><path d="M400 150 v50 M340 128 v46" stroke="{SLATE}" stroke-width="5"/><path d="M400 200 l12 30 32 2 -25 20 8 32 -27 -18 -27 18 8 -32 -25 -20 32 -2 z" fill="{HONEY}"/><circle cx="340" cy="194" r="22" fill="{ROSE}"/>'


def high_chair(c: str) -> str:
    return f'<path d="M320 420 L250 640 M480 420 L550 640 M280 560 h240" stroke="{WOOD}" stroke-width="24" stroke-linecap="round"/><path d="M300 180 q100 -50 200 0 l14 240 h-228 z" fill="{c}"/><path d="M440 160 q30 6 60 20 l14 240 h-70 z" fill="{shade(c, -0.18)}"/><rect x="230" y="360" width="340" height="44" rx="20" fill="{SNOW}"/><rect x="270" y="404" width="260" height="50" rx="18" fill="{shade(c, -0.1)}"/><path d="M330 350 h90 q0 40 -45 40 t-45 -40 z" fill="{HONEY}"/><circle cx="400" cy="250" r="34" fill="{SUN}"/>'


def bundle(c: str) -> str:
    return (
        f'<path d="M110 240 q290 70 580 0" stroke="{COFFEE}" stroke-width="7" fill="none"/>'
        + "".join(
            f'<g transform="translate({x} {y})"><path d="M-70 0 l40 -16 q30 26 60 0 l40 16 26 56 -40 20 -14 -24 v120 q-42 24 -84 0 v-120 l-14 24 -40 -20 z" fill="{k}"/><circle cy="80" r="18" fill="{SNOW}"/><rect x="-46" y="-34" width="12" height="34" rx="4" fill="{WOOD}"/><rect x="34" y="-34" width="12" height="34" rx="4" fill="{WOOD}"/></g>'
            for x, y, k in ((230, 290, c), (400, 304, HONEY), (570, 290, PINE))
        )
        + f'<g fill="{ROSE}"><ellipse cx="320" cy="600" rx="60" ry="34"/><ellipse cx="470" cy="604" rx="60" ry="34"/></g><circle cx="290" cy="584" r="12" fill="{SNOW}"/><circle cx="440" cy="588" r="12" fill="{SNOW}"/>'
    )


_KINDS = {
    "teddy": (teddy, (BERRY, RIVER, PINE), 190, "morning rose snow"), "blocks": (blocks, (RIVER,), 260, "morning"), "train": (train, (RIVER, BERRY), 300, "snow pine"),
    "ball": (ball, (BERRY, RIVER), 170, "river morning"), "rings": (rings, (BERRY,), 180, "rose"),
    "books": (lambda c: stack(c, PINE, BERRY, HONEY, RIVER), (DEEP, ROSE), 250, "morning snow"),
    "novel": (lambda c: book(c, HEART), (BERRY, DEEP), 210, "dusk rose"), "story_book": (lambda c: book(c, FOREST), (RIVER, PINE), 210, "morning snow"),
    "textbook": (lambda c: book(c, SPEECH), (RIVER, BERRY), 210, "snow morning"), "cookbook": (lambda c: book(c, BOWL), (HONEY, BERRY), 210, "rose pine"),
    "skis": (skis, (BERRY, RIVER), 180, "snow river"), "sled": (sled, (BERRY, HONEY), 300, "snow river"), "bicycle": (bicycle, (RIVER, BERRY, PINE), 320, "morning snow rose"),
    "helmet": (helmet, (HONEY, RIVER), 250, "pine morning"), "football": (football, (NIGHT,), 170, "pine"), "backpack": (backpack, (RIVER, BERRY), 190, "morning snow"),
    "skates": (skates, (BERRY, DEEP), 230, "river snow"), "pram": (pram, (RIVER, BERRY, PINE), 240, "rose morning snow"), "cot": (cot, (ROSE, RIVER), 270, "morning dusk"),
    "high_chair": (high_chair, (RIVER, BERRY), 190, "rose snow"), "baby_bundle": (bundle, (ROSE, RIVER), 260, "morning dusk"),
}  # fmt: skip


def main() -> None:
    for name, (draw, colours, reach, backdrops) in _KINDS.items():
        for number, (colour, backdrop) in enumerate(zip(colours, backdrops.split(), strict=True), 1):
            render(still_life(draw(colour), backdrop=backdrop, reach=reach), OUT / f"{name}_{number}.webp", width=800)


if __name__ == "__main__":
    main()
