"""Pictures of demo items for playing and reading: toys, books."""

from __future__ import annotations

from pathlib import Path

from draw_categories import bear
from draw_home_things import placed
from paint import (
    BERRY,
    BIRCH,
    CREMA,
    DEEP,
    HONEY,
    ICE,
    MOSS,
    NIGHT,
    PINE,
    RIVER,
    ROSE,
    SNOW,
    SUN,
    WOOD,
    WOOD_DARK,
    render,
    shade,
    still_life,
)  # fmt: skip

OUT = Path(__file__).parents[1] / "demo" / "pictures"


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


_KINDS = {
    "teddy": (teddy, (BERRY, RIVER, PINE), 190, "morning rose snow"), "blocks": (blocks, (RIVER,), 260, "morning"), "train": (train, (RIVER, BERRY), 300, "snow pine"),
    "ball": (ball, (BERRY, RIVER), 170, "river morning"), "rings": (rings, (BERRY,), 180, "rose"),
    "books": (lambda c: stack(c, PINE, BERRY, HONEY, RIVER), (DEEP, ROSE), 250, "morning snow"),
    "novel": (lambda c: book(c, HEART), (BERRY, DEEP), 210, "dusk rose"), "story_book": (lambda c: book(c, FOREST), (RIVER, PINE), 210, "morning snow"),
    "textbook": (lambda c: book(c, SPEECH), (RIVER, BERRY), 210, "snow morning"), "cookbook": (lambda c: book(c, BOWL), (HONEY, BERRY), 210, "rose pine"),
}  # fmt: skip


def main() -> None:
    for name, (draw, colours, reach, backdrops) in _KINDS.items():
        for number, (colour, backdrop) in enumerate(zip(colours, backdrops.split(), strict=True), 1):
            render(still_life(draw(colour), backdrop=backdrop, reach=reach), OUT / f"{name}_{number}.webp", width=800)


if __name__ == "__main__":
    main()
