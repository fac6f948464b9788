"""The drawn pictures: cut out without black fringes, told apart from the card they lie on, each one shown somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from kiosk.services.goods.categories import PICTURES
from kiosk.vocabulary.words import NOT_TAKEN
from screens.tools.pixels import drawn
from screens.widgets.theme import COLOURS
from screens.words.desk import CATEGORY_WORDS
from screens.words.gatherings import GROUP_WORDS

ROOT = Path(__file__).parents[2]
ART = ROOT / "assets" / "art"
CUT_OUT = sorted(ART.glob("*.png"))
#: WCAG 2.2, 1.4.11: what informs against what it lies on.
LEAST = 3.0
#: All of them, bytes; a tablet is updated from a stick.
MOST = 3_000_000


def luminance(colour: tuple[int, ...]) -> float:
    """Return the relative luminance (0..1) of an sRGB colour, WCAG 2.2."""
    parts = [part / 255 for part in colour[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def darkest_allowed(ground: str) -> float:
    """Return the luminance that is `LEAST` darker than `ground` (#RRGGBB)."""
    return (luminance(tuple(bytes.fromhex(ground[1:]))) + 0.05) / LEAST - 0.05


@pytest.mark.parametrize("path", CUT_OUT, ids=lambda path: path.stem)
def test_nothing_black_lies_under_an_edge(path: Path) -> None:
    for image in (Image.open(path).convert("RGBA"), shown(path, 150)):
        hidden = [colour for _, colour in image.getcolors(image.width * image.height) if colour[3] < 16]
        assert hidden
        assert min(min(colour[:3]) for colour in hidden) > 160


def shown(path: Path, side: int) -> Image.Image:
    """Return the picture as it goes to the graphics card, kept whole in a square of `side` pixels."""
    width, height, pixels, _ = drawn(path, side, side, False)
    return Image.frombytes("RGBA", (width, height), pixels)


@pytest.mark.parametrize("path", CUT_OUT, ids=lambda path: path.stem)
@pytest.mark.parametrize("ground", ["card", "ground"])
def test_what_informs_is_told_apart_from_its_ground(path: Path, ground: str) -> None:
    """What is 3:1 against the ground, alone, has to hold the picture: it spans most of it, and is no thin trace."""
    colour = COLOURS["normal"][ground]
    image = shown(path, 200)
    laid = Image.new("RGBA", image.size, colour)
    laid.alpha_composite(image)
    most = darkest_allowed(colour)
    seen = Image.new("L", image.size)
    seen.putdata([255 if luminance(pixel) <= most else 0 for pixel in laid.getdata()])
    box, whole = seen.getbbox(), image.getchannel("A").point(lambda alpha: 255 if alpha > 127 else 0).getbbox()
    assert box
    assert whole
    assert (box[2] - box[0]) * (box[3] - box[1]) > 0.45 * (whole[2] - whole[0]) * (whole[3] - whole[1])
    assert seen.filter(ImageFilter.MinFilter(3)).histogram()[255] > 0.025 * image.width * image.height


@pytest.mark.parametrize("path", CUT_OUT, ids=lambda path: path.stem)
def test_on_black_the_outline_is_seen(path: Path) -> None:
    """In high contrast the cards are black: the rim of paper tells a dark coat apart."""
    image = shown(path, 200)
    solid = image.getchannel("A").point(lambda alpha: 255 if alpha > 127 else 0)
    rim = ImageChops.subtract(solid, solid.filter(ImageFilter.MinFilter(3)))
    laid = Image.new("RGBA", image.size, COLOURS["high"]["card"])
    laid.alpha_composite(image)
    outline = [luminance(colour) for colour, edge in zip(laid.getdata(), rim.getdata(), strict=True) if edge]
    assert sum((light + 0.05) / 0.05 >= LEAST for light in outline) > 0.95 * len(outline)


@pytest.mark.parametrize("path", CUT_OUT, ids=lambda path: path.stem)
def test_a_picture_ends_before_its_edge(path: Path) -> None:
    """A straight cut through a thing or a disc shows on the card."""
    alpha = Image.open(path).convert("RGBA").getchannel("A")
    width, height = alpha.size
    sides = ((0, 0, 1, height), (width - 1, 0, width, height), (0, 0, width, 1), (0, height - 1, width, height))
    for side in sides:
        solid = alpha.crop(side).histogram()[255]
        assert solid <= 0.02 * max(width, height)


def named() -> set[str]:
    """Return the file names of art in the code of the kiosk, those put together from a key too."""
    sources = [*(ROOT / "screens").rglob("*.py"), *(ROOT / "screens").rglob("*.kv"), *(ROOT / "kiosk").rglob("*.py")]
    words = "\n".join(path.read_text() for path in sources)
    whole = set(re.findall(r'"([a-z_]+\.(?:png|jpg))"', words))
    assert '"category_" + self.key + ".png"' in words
    assert 'f"group_{key}.png"' in words
    assert 'f"refused_{key}.png"' in words
    kinds = {"category": CATEGORY_WORDS, "group": GROUP_WORDS, "refused": NOT_TAKEN}
    assert 'f"{own.drawing}.png"' in words
    whole |= {f"{name}.png" for name in PICTURES}
    return whole | {f"{kind}_{key}.png" for kind, keys in kinds.items() for key in keys}


def test_every_picture_named_is_there_and_every_one_there_is_named() -> None:
    there = {path.name for path in ART.iterdir()}
    assert named() - there == set()
    assert there - named() == set()


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in ART.iterdir()) < MOST
