"""Pictures to choose from for a category of the centre's own."""

from __future__ import annotations

from draw_craft import DEFS, box, fill, line, move, oval, turn
from draw_empty import dog
from draw_home_things import sewing
from draw_sport import bicycle, helmet, skates
from paint import BERRY, DEEP, HONEY, ICE, NIGHT, SLATE, SNOW, WOOD, WOOD_DARK, picture, render, shade
from things import ART, glow


def placed(thing: str, *, colour: str = ICE) -> str:
    """Return a thing of 800 × 800 units before the low sun, on a picture of 720 × 540."""
    return glow(360, 285, 235, colour, 0.85) + move(thing, 64, -40, 0.74)


def tools() -> str:
    hammer = (
        fill(box(336, 150, 44, 380, 18), WOOD)
        + fill(box(362, 150, 18, 380, 9), WOOD_DARK)
        + fill("M230 84 H430 Q486 96 496 150 Q450 132 430 170 H300 L282 184 H230 Z", SLATE)
        + fill(box(206, 84, 40, 100, 10), NIGHT)
    )
    driver = fill(box(346, 96, 28, 230, 6), shade(SLATE, 0.2)) + fill(box(326, 310, 68, 190, 30), BERRY)
    driver += line("M346 340 V470 M374 340 V470", SNOW, 7)
    saw = (
        fill("M120 404 L560 330 L572 412 L150 470 Z", shade(SLATE, 0.35))
        + line("M150 470 l20 -18 14 14 20 -18 14 14 20 -18 14 14 20 -18 14 14 20 -18 14 14 20 -18 14 14", SLATE, 8)
        + fill("M540 312 Q640 300 662 372 Q660 440 580 440 Q552 420 540 312 Z", WOOD)
        + fill(oval(604, 380, 26, 30), ICE)
    )
    return glow(360, 280, 235) + turn(driver, 28, 360, 300) + turn(hammer, -24, 360, 320) + move(saw, 0, 40)


PICTURES = {
    "bicycles": placed(bicycle(DEEP, WOOD_DARK, basket=False)) + move(helmet(BERRY, SNOW), 440, 300, 0.34),
    "winter": placed(skates(BERRY, SNOW, HONEY)),
    "tools": tools(),
    "pets": dog(),
    "sewing": placed(sewing(DEEP)),
}


def main() -> None:
    for name, body in PICTURES.items():
        render(picture(body, width=720, height=540, defs=DEFS), ART / f"own_{name}.png", width=480)


if __name__ == "__main__":
    main()
