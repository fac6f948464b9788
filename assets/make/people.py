"""People of cut paper: skin in four tones, two dots for eyes and a direction to look in.

Every person stands with the feet at (0, 0), is 310 high at size 1 and looks to the left (-1), straight ahead (0)
or to the right (1). What is on the head is a pair: what lies behind the face, what lies on it.
"""

from __future__ import annotations

from draw_craft import box, dot, fill, line, move, oval
from paint import (
    AMBER,
    BERRY,
    BIRCH,
    HONEY,
    ICE,
    NIGHT,
    PINE,
    RIVER,
    SLATE,
    SNOW,
    STONE,
    paper,
    shade,
)

PALE, SAND, BRONZE, UMBER = ("#F3CBAE", "#DDA67C", "#AE744C", "#744528")
#: Hair from fair to grey.
FAIR, BROWN, DARK, GREY = "#C8923F", "#6B4226", "#2B1D18", "#8795A1"

Head = tuple[str, str]

CAP = "M-45 -244 Q-52 -304 0 -304 Q52 -304 45 -244 Q40 -272 12 -276 Q-26 -274 -36 -262 Z"
ROUND = "M-50 -242 Q-54 -306 0 -306 Q54 -306 50 -242"


def short(colour: str) -> Head:
    return "", fill(CAP, colour)


def long(colour: str) -> Head:
    return paper(f"{ROUND} L56 -176 Q0 -158 -56 -176 Z", colour), fill(CAP, colour)


def bun(colour: str) -> Head:
    return dot(4, -312, 21, shade(colour, -0.15)), fill(CAP, colour)


def curls(colour: str) -> Head:
    back = "".join(
        dot(x, y, 24, colour) for x, y in ((-42, -232), (-44, -268), (-22, -298), (16, -302), (44, -270), (44, -234))
    )
    return back, fill(CAP, colour)


def braids(colour: str, ribbon: str = BERRY) -> Head:
    plaits = line("M-44 -236 q-18 40 -8 76 M44 -236 q18 40 8 76", colour, 18)
    return plaits, fill(CAP, colour) + dot(-52, -168, 11, ribbon) + dot(52, -168, 11, ribbon)


def bald(colour: str) -> Head:
    return dot(-40, -250, 15, colour) + dot(40, -250, 15, colour), ""


def hat(colour: str, band: str = SNOW, *, hair: str = "") -> Head:
    back = paper(f"{ROUND} L54 -186 Q0 -170 -54 -186 Z", hair) if hair else ""
    knit = paper("M-49 -258 Q-54 -322 0 -322 Q54 -322 49 -258 Q0 -276 -49 -258 Z", colour)
    return back, knit + line("M-46 -260 Q0 -278 46 -260", band, 15) + dot(0, -322, 14, band)


def headscarf(colour: str) -> Head:
    back = paper("M-54 -236 Q-58 -308 0 -308 Q58 -308 54 -236 Q60 -190 44 -176 H-44 Q-60 -190 -54 -236 Z", colour)
    frame = (
        "M-46 -244 Q-46 -300 0 -300 Q46 -300 46 -244 Q44 -200 0 -192 Q-44 -200 -46 -244 Z "
        "M-33 -242 Q-30 -208 0 -204 Q30 -208 33 -242 Q32 -276 0 -278 Q-32 -276 -33 -242 Z"
    )
    drape = paper("M-46 -206 Q0 -176 46 -206 L50 -158 Q0 -128 -50 -158 Z", colour)
    return back, f'<path d="{frame}" fill="{shade(colour, 0.1)}" fill-rule="evenodd"/>' + drape


def kerchief(colour: str, flower: str = BERRY) -> Head:
    """A scarf tied under the chin, with flowers, as a grandmother wears it."""
    back, front = headscarf(colour)
    return back, front + dot(-26, -290, 7, flower) + dot(4, -294, 7, flower) + dot(30, -284, 7, flower)


def wreath(hair: str) -> Head:
    flowers = zip(
        (-40, -22, 0, 22, 40), (-272, -294, -302, -294, -272), (BERRY, HONEY, RIVER, HONEY, BERRY), strict=True
    )
    back, front = braids(hair)
    return back, front + "".join(dot(x, y, 13, colour) for x, y, colour in flowers)


def with_beard(head: Head, colour: str) -> Head:
    beard = "M-43 -246 Q-46 -192 0 -184 Q46 -192 43 -246 Q36 -214 14 -224 Q0 -229 -14 -224 Q-36 -214 -43 -246 Z"
    return head[0], head[1] + fill(beard, colour) + line("M-10 -211 q10 7 20 0", shade(colour, 0.55), 5)


def with_glasses(head: Head, look: int = 0) -> Head:
    x = look * 8
    rims = "".join(line(oval(x + side * 16, -247, 13, 12), NIGHT, 4) for side in (-1, 1))
    return head[0], head[1] + rims + line(f"M{x - 4} -249 h8", NIGHT, 4)


def skin_paper(d: str, skin: str) -> str:
    """A piece of skin: a softer shade than that of cloth."""
    return fill(d, skin) + f'<path d="{d}" fill="url(#fold)" opacity="0.5"/>'


def face(skin: str, head: Head, look: int = 0) -> str:
    """The head on its neck, looking towards `look`."""
    x = look * 8
    eyes = dot(x - 15, -246, 5.5, NIGHT) + dot(x + 15, -246, 5.5, NIGHT)
    cheeks = "".join(dot(x + side * 24, -229, 8, "#C8553D", 0.28) for side in (-1, 1))
    mouth = line(f"M{x - 10} -221 q10 9 20 0", shade(skin, -0.55), 4.5)
    neck = fill(box(-15, -216, 30, 34, 8), shade(skin, -0.16))
    return head[0] + neck + skin_paper(oval(0, -246, 42, 46), skin) + cheeks + eyes + mouth + head[1]


def arm(shoulder: tuple[float, float], hand: tuple[float, float], colour: str, skin: str, bend: float = 0) -> str:
    """A sleeve from shoulder to hand; `bend` pushes the elbow to the right of the way (or left, below 0)."""
    (x1, y1), (x2, y2) = shoulder, hand
    elbow = ((x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend)
    way = f"M{x1:g} {y1:g} Q{elbow[0]:g} {elbow[1]:g} {x2:g} {y2:g}"
    return dot(x2, y2, 15, skin) + line(
        way.rsplit(" ", 2)[0] + f" {x1 + (x2 - x1) * 0.9:g} {y1 + (y2 - y1) * 0.9:g}", colour, 27
    )


BODY = "M-42 -192 Q-60 -186 -64 -58 Q0 -40 64 -58 Q60 -186 42 -192 Q0 -206 -42 -192 Z"


def legs(colour: str) -> str:
    shoes = fill("M-44 -2 q0 -20 22 -20 h14 v20 z M8 -22 h14 q22 0 22 20 h-36 z", NIGHT)
    return fill("M-36 -70 h28 v56 h-28 z M8 -70 h28 v56 h-28 z", colour) + shoes


def shirt(colour: str, stitch: str) -> str:
    """An embroidered shirt of Ukraine on a body: the band at the neck and down the front."""
    crosses = "".join(line(f"M-8 {y - 8} l16 16 M8 {y - 8} l-16 16", stitch, 5) for y in range(-168, -90, 24))
    return line(BODY, "#94795A", 5) + line("M-26 -194 Q0 -176 26 -194", stitch, 9) + crosses


def person(
    x: float,
    y: float,
    size: float = 1,
    *,
    coat: str = RIVER,
    skin: str = PALE,
    head: Head | None = None,
    look: int = 0,
    left: tuple[float, float] | None = (-66, -92),
    right: tuple[float, float] | None = (66, -92),
    bends: tuple[float, float] = (0.12, -0.12),
    trousers: str = SLATE,
    on: str = "",
    held: str = "",
) -> str:
    """A person with the feet at (x, y). `left` and `right` are where the hands are (None: out of sight), `on` lies on the
    coat under the arms, `held` lies between coat and arms."""
    sleeve = shade(coat, -0.2)
    arms = "".join(
        arm((side * 44, -172), hand, sleeve if side > 0 else shade(coat, -0.08), skin, bend)
        for side, hand, bend in ((-1, left, bends[0]), (1, right, bends[1]))
        if hand
    )
    body = legs(trousers) + paper(BODY, coat) + on + face(skin, head or short(BROWN), look) + held + arms
    return move(body, x, y, size)


def sitting(
    x: float,
    y: float,
    size: float = 1,
    *,
    coat: str,
    skin: str,
    head: Head,
    look: int = 1,
    trousers: str = SLATE,
    left: tuple[float, float] | None = None,
    right: tuple[float, float] | None = (62, -128),
    on: str = "",
) -> str:
    """A person who sits, turned to the right (to the left when `look` is -1), seat 96 above the feet at (x, y)."""
    thigh = line("M-10 -92 H62 L68 -22", trousers, 36) + fill("M50 -2 q0 -22 22 -22 h8 q26 2 26 22 z", NIGHT)
    arms = arm((40, -172), right, shade(coat, -0.2), skin, 0.25) if right else ""
    far = arm((-40, -172), left, shade(coat, -0.08), skin, 0.2) if left else ""
    body = thigh + move(
        paper("M-42 -192 Q-58 -186 -56 -76 Q0 -64 56 -76 Q58 -186 42 -192 Q0 -206 -42 -192 Z", coat) + on, 0, 0
    )
    whole = body + face(skin, head, abs(look)) + far + arms
    turned = f'<g transform="scale(-1 1)">{whole}</g>' if look < 0 else whole
    return move(turned, x, y, size)


def wheelchair(
    x: float, y: float, size: float = 1, *, coat: str, skin: str, head: Head, look: int = 1, colour: str = RIVER
) -> str:
    """A person in a wheelchair, turned to the right (left: look -1)."""
    wheel = line(oval(-14, -62, 58, 58), NIGHT, 12) + line(oval(-14, -62, 40, 40), STONE, 5) + dot(-14, -62, 9, NIGHT)
    frame = line("M-62 -172 h-22 M-62 -172 V-70 H64 L84 -10 h22", colour, 11) + line(oval(66, -16, 13, 13), NIGHT, 9)
    rider = sitting(0, -8, 1, coat=coat, skin=skin, head=head, look=1, right=(38, -112))
    whole = frame + rider + wheel
    turned = f'<g transform="scale(-1 1)">{whole}</g>' if look < 0 else whole
    return move(turned, x, y, size)


def rollator(x: float, y: float, size: float = 1, colour: str = BERRY) -> str:
    """A walking frame to the right of who stands at (x, y)."""
    frame = line("M58 -116 h26 L104 -20 M84 -112 L52 -20 M62 -62 H96", colour, 11)
    wheels = "".join(line(oval(wx, -15, 14, 14), NIGHT, 9) for wx in (50, 108))
    basket = fill("M66 -62 h36 l6 34 h-44 z", shade(colour, -0.3))
    return move(frame + basket + wheels, x, y, size)


def cane(x: float, y: float, size: float = 1) -> str:
    return move(line("M0 0 V-106 q0 -18 -18 -18", "#8C6239", 11), x, y, size)


def baby(x: float, y: float, size: float = 1, wrap: str = AMBER, skin: str = SAND) -> str:
    """A baby in a blanket, lying with the head to the right; its middle at (x, y)."""
    bundle = paper("M-62 12 Q-60 -34 0 -36 Q52 -36 58 0 Q52 40 0 40 Q-52 42 -62 12 Z", wrap)
    head = (
        paper(oval(30, -8, 27, 27), skin)
        + dot(24, -10, 4, NIGHT)
        + dot(40, -10, 4, NIGHT)
        + line("M26 2 q6 5 12 0", shade(skin, -0.5), 3.5)
    )
    cap = fill("M4 -16 Q8 -44 34 -42 Q58 -38 56 -12 Q34 -28 4 -16 Z", ICE)
    return move(bundle + head + cap + line("M-46 20 Q0 38 40 26", shade(wrap, -0.3), 6), x, y, size)


def hand(
    x: float, y: float, size: float = 1, *, skin: str = SAND, sleeve: str = PINE, angle: float = 0, mirror: bool = False
) -> str:
    """A hand with its sleeve, fingers up; the palm's middle at (x, y)."""
    fingers = "".join(
        paper(box(fx, fy, 24, 84, 12), skin) for fx, fy in ((-46, -92), (-20, -106), (6, -102), (32, -84))
    )
    thumb = line("M-40 22 Q-78 4 -82 -34", skin, 26)
    palm = paper("M-48 -40 H58 V34 Q50 66 6 66 Q-40 66 -48 30 Z", skin)
    cuff = paper(box(-50, 52, 108, 96, 22), sleeve) + fill(box(-58, 50, 124, 34, 12), shade(sleeve, 0.25))
    body = fingers + thumb + palm + cuff
    flipped = f'<g transform="scale(-1 1)">{body}</g>' if mirror else body
    return f'<g transform="translate({x:g} {y:g}) rotate({angle:g}) scale({size:g})">{flipped}</g>'


def mitten(x: float, y: float, size: float = 1, colour: str = BERRY, *, angle: float = 0, mirror: bool = False) -> str:
    """A mitten, open upwards; the palm's middle at (x, y)."""
    palm = paper("M-54 70 V-30 Q-54 -104 4 -104 Q62 -104 62 -30 V70 Z", colour)
    thumb = paper("M-48 30 Q-108 -6 -98 -44 Q-78 -74 -44 -34 Z", shade(colour, 0.08))
    trim = line("M-46 20 H56", BIRCH, 10, dash="4 16") + fill(box(-64, 60, 136, 44, 14), shade(colour, -0.25))
    body = palm + thumb + trim
    flipped = f'<g transform="scale(-1 1)">{body}</g>' if mirror else body
    return f'<g transform="translate({x:g} {y:g}) rotate({angle:g}) scale({size:g})">{flipped}</g>'
