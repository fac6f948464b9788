"""Nothing here, all done, out of order; what stands for a missing photo, and the mark."""

from __future__ import annotations

from draw_craft import box, dot, fill, line, oval, turn
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
    ROSE,
    SLATE,
    STONE,
    WOOD,
    WOOD_DARK,
    paper,
    picture,
    render,
    shade,
)
from things import (
    ART,
    DUSK,
    EDGE,
    SHEET,
    bow,
    draw_all,
    heart,
    hill,
    shadow,
    spruce,
    tablet,
)


def dog() -> str:
    """A dog with its nose in the snow, in a trail of paws."""
    fur, dark = "#A9713C", COFFEE
    legs = line("M286 360 L276 486 M330 370 L330 486", dark, 30) + line("M500 360 L520 486 M548 350 L566 486", fur, 32)
    body = paper("M256 300 Q250 240 330 236 H500 Q590 236 590 320 Q590 400 520 404 H360 Q270 410 256 300 Z", fur)
    tail = line("M576 270 q70 -30 60 -110", fur, 30)
    neck = line("M290 300 Q220 330 186 404", fur, 76)
    head = (
        paper(oval(176, 416, 62, 48), fur)
        + fill(oval(122, 452, 40, 27), shade(fur, 0.25))
        + dot(92, 462, 15, NIGHT)
        + dot(154, 402, 8, NIGHT)
        + fill("M204 372 q62 10 46 100 q-44 10 -60 -44 Z", dark)
    )
    scarf = line("M226 330 Q270 350 284 392", BERRY, 30)
    paws = "".join(fill(oval(x, y, 13, 8), DUSK) for x, y in ((620, 500), (660, 484), (590, 512)))
    snow = fill("M40 484 q30 -34 66 -10 q30 -10 48 16 Z", "#C7DCEA") + line(
        "M40 484 q30 -34 66 -10 q30 -10 48 16", EDGE, 5
    )
    return hill() + shadow(420, 490, 190) + paws + tail + legs + neck + body + head + scarf + snow


def cat() -> str:
    """A cat asleep on a chair: all is done."""
    seat = (
        paper(box(170, 330, 380, 40, 12), WOOD_DARK)
        + line("M196 370 L186 504 M524 370 L534 504", WOOD_DARK, 22)
        + line("M190 340 L176 90 M530 340 L544 90", WOOD_DARK, 20)
        + paper(box(166, 86, 388, 40, 14), WOOD_DARK)
        + line("M270 126 V330 M360 126 V330 M450 126 V330", WOOD, 14)
    )
    cushion = paper(box(188, 296, 344, 46, 23), RIVER)
    fur = "#B8682B"
    body = paper("M226 306 Q210 190 350 184 Q500 180 506 306 Z", fur)
    tail = line("M500 290 q60 30 20 110 q-10 26 6 40", fur, 28)
    head = (
        paper(oval(284, 248, 66, 58), fur)
        + fill("M226 224 L230 160 L274 196 Z M342 224 L338 160 L294 196 Z", fur)
        + fill("M238 210 L240 178 L262 196 Z M330 210 L328 178 L306 196 Z", ROSE)
    )
    sleep = (
        line("M248 246 q12 12 24 0 M296 246 q12 12 24 0", NIGHT, 6)
        + fill("M276 262 h16 l-8 10 Z", NIGHT)
        + line(
            "M284 272 q-8 10 -16 4 M284 272 q8 10 16 4 M232 262 l-36 -4 M232 272 l-34 8 M336 262 l36 -4 M336 272 l34 8",
            NIGHT,
            4,
        )
    )
    stripes = line("M400 190 q10 26 4 50 M440 204 q10 24 4 46 M360 184 q10 26 4 50", shade(fur, -0.4), 12)
    return hill() + shadow(360, 500, 210) + seat + cushion + tail + body + stripes + head + sleep


def printer() -> str:
    body = (
        paper(box(150, 230, 420, 220, 26), SLATE)
        + fill(box(190, 290, 340, 34, 12), NIGHT)
        + dot(516, 262, 11, AMBER)
        + fill(box(190, 440, 50, 22, 6) + box(480, 440, 50, 22, 6), NIGHT)
    )
    cable = line("M570 400 Q660 400 640 460 T560 500", NIGHT, 12) + turn(
        fill(box(500, 484, 60, 34, 8), NIGHT) + line("M500 492 h-26 M500 510 h-26", STONE, 7), 0, 530, 500
    )
    return hill() + body + cable


def no_stick() -> str:
    """The slot of a tablet that waits for a stick."""
    side = (
        paper(box(60, 120, 250, 330, 26), NIGHT)
        + fill(box(84, 146, 202, 278, 8), RIVER)
        + fill(box(300, 250, 20, 84, 4), STONE)
    )
    place = line(box(380, 236, 220, 112, 18), EDGE, 9, dash="26 20") + line(
        box(344, 258, 36, 68, 6), EDGE, 9, dash="18 14"
    )
    arrow = line("M560 420 H400 M440 384 L400 420 L440 456", AMBER, 19)
    return hill() + side + place + arrow + heart(185, 286, 0.6, BIRCH)


def shutters() -> str:
    """A window with closed shutters, lantern out: no gathering."""
    wall = paper(box(110, 70, 500, 390, 12), BERRY) + "".join(
        line(f"M{x} 74 V456", shade(BERRY, -0.25), 5) for x in range(160, 600, 50)
    )
    frame = fill(box(206, 130, 308, 260, 8), BIRCH)
    leaves = "".join(
        paper(box(x, 144, 140, 232, 4), PINE)
        + "".join(line(f"M{x + 18} {y} h104", shade(PINE, -0.4), 10) for y in range(170, 370, 26))
        for x in (218, 362)
    )
    snow = line("M196 388 H524", "#C7DCEA", 26)
    roof = line("M90 74 H630", "#C7DCEA", 34) + line("M90 96 H630", SLATE, 12)
    bench = (
        paper(box(400, 440, 240, 22, 8), WOOD_DARK)
        + line("M430 462 V506 M612 462 V506", WOOD_DARK, 19)
        + line("M404 436 H636", "#C7DCEA", 16)
    )
    return hill() + wall + roof + frame + leaves + snow + bench


def alone() -> str:
    """One tablet by itself under the sky."""
    moon = fill("M560 60 a58 58 0 1 0 54 92 a48 48 0 0 1 -54 -92 Z", AMBER)
    face = dot(322, 268, 13, BIRCH) + dot(398, 268, 13, BIRCH) + line("M330 312 q30 18 60 0", BIRCH, 10)
    return (
        hill()
        + spruce(110, 470, 220)
        + spruce(620, 474, 170, shade(PINE, -0.15))
        + shadow(360, 490, 110)
        + tablet(360, 490, 330, 240)
        + face
        + moon
    )


def offline() -> str:
    """A cable under the snow, pulled apart."""
    left = line("M20 420 Q120 300 220 340", NIGHT, 19) + turn(
        paper(box(210, 306, 110, 68, 14), RIVER) + line("M320 324 h32 M320 356 h32", SLATE, 13), 8, 265, 340
    )
    right = line("M700 420 Q610 260 520 300", NIGHT, 19) + turn(
        paper(box(416, 262, 112, 76, 14), BERRY) + fill(box(410, 276, 16, 48, 4), NIGHT), -8, 470, 300
    )
    drift = fill(
        "M60 470 q70 -120 160 -60 q60 -30 90 60 Z M470 480 q50 -110 120 -60 q70 -20 80 60 Z", "#C7DCEA"
    ) + line("M60 470 q70 -120 160 -60 q60 -30 90 60 M470 480 q50 -110 120 -60 q70 -20 80 60", EDGE, 6)
    spark = line("M366 210 v-50 M400 226 l34 -36 M332 226 l-34 -36", AMBER, 14)
    return left + right + hill() + drift + spark


def sealed() -> str:
    """A letter under a seal with a lock."""
    body = (
        fill(box(90, 110, 540, 350, 18), SHEET)
        + line("M96 450 L300 280 M624 450 L420 280", EDGE, 7)
        + fill("M96 120 H624 L360 330 Z", "#CFDFEB")
        + line("M100 122 L360 330 L620 122", EDGE, 7)
        + line(box(90, 110, 540, 350, 18), EDGE, 7)
    )
    wax = paper(
        "M360 216 q40 -14 62 18 q36 12 26 50 q12 38 -24 52 q-22 34 -64 20 q-40 14 -62 -20 q-36 -14 -26 -52 q-10 -38 26 -50 q20 -32 62 -18 Z",
        BERRY,
    )
    lock = (
        fill(box(330, 280, 60, 48, 8), BIRCH)
        + line("M340 280 v-16 a20 20 0 0 1 40 0 v16", BIRCH, 10)
        + dot(360, 304, 7, NIGHT)
    )
    return body + wax + lock


def trouble() -> str:
    """A warning sign in the snow."""
    post = fill(box(344, 380, 32, 120), WOOD_DARK)
    d = "M360 60 L560 376 Q572 404 540 404 H180 Q148 404 160 376 Z"
    return (
        hill(wide=0.62)
        + post
        + paper(d, HONEY)
        + line(d, "#8A5A00", 22)
        + line("M360 176 v100", NIGHT, 42)
        + dot(360, 346, 27, NIGHT)
    )


def missing_photo() -> str:
    """A parcel, for a thing that has no photo yet."""
    return (
        fill(box(110, 190, 260, 190, 14), CREMA)
        + line(box(110, 190, 260, 190, 14), WOOD_DARK, 6)
        + fill(box(216, 190, 48, 190), RIVER)
        + bow(240, 188, 1.1, RIVER)
    )


def logo() -> str:
    """The river that flows out of a cup."""
    return (
        dot(240, 256, 216, RIVER)
        + fill("M240 40 a216 216 0 0 1 0 432 q90 -90 20 -180 t0 -252 z", DEEP)
        + fill("M110 200 h250 v60 q0 110 -96 110 h-58 q-96 0 -96 -110 z", "#F6F9FC")
        + line("M360 214 q66 -8 62 46 q-6 50 -76 46", "#F6F9FC", 24, cap="butt")
        + fill(
            "M180 200 C 240 230 170 262 226 290 S 250 340 236 370 H 280 C 300 330 300 300 262 276 S 270 230 262 200 z",
            RIVER,
        )
        + line("M196 168 q-18 -26 0 -50 t0 -48 M262 168 q-18 -26 0 -50 t0 -48", "#FFD98A", 17)
    )


PICTURES = {
    "nothing_found": dog(),
    "all_done": cat(),
    "no_printer": printer(),
    "no_stick": no_stick(),
    "no_session": shutters(),
    "alone": alone(),
    "offline": offline(),
    "sealed": sealed(),
    "trouble": trouble(),
}


def main() -> None:
    draw_all(PICTURES)
    render(picture(missing_photo(), width=480, height=480), ART / "no_photo.png", width=480)
    render(picture(logo(), width=512, height=512), ART / "logo.png", width=512)


if __name__ == "__main__":
    main()
