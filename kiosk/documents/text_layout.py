"""Fonts and line breaking for drawing with Pillow (slips, labels)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import barcode
import font_manrope
from PIL import ImageDraw, ImageFont

from kiosk.files.resources import fallback_fonts
from kiosk.language.glyphs import OWN, is_plain, runs, shown

_MANROPE = Path(font_manrope.font_directory)
_FILES = {
    "regular": _MANROPE / "Manrope-Medium.ttf",
    "bold": _MANROPE / "Manrope-Bold.ttf",
    "heavy": _MANROPE / "Manrope-ExtraBold.ttf",
    "mono": Path(barcode.__file__).parent / "fonts" / "DejaVuSansMono.ttf",
}


@lru_cache(maxsize=64)
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font ("regular", "bold", "heavy", "mono", or of `fallback_fonts`) with an em of `size` pixels."""
    if face in _FILES:
        return ImageFont.truetype(str(_FILES[face]), max(1, size))
    # Basic layout: text in these fonts is already in visual order and shaped.
    return ImageFont.truetype(str(fallback_fonts()[face]), max(1, size), layout_engine=ImageFont.Layout.BASIC)


def tidy(text: str) -> str:
    """Return `text` with characters that the fonts have, white space collapsed to single spaces; a no-break space stays."""
    return re.sub(r"[^\S\u00a0]+", " ", shown(text)).strip(" ")


def breadth(text: str, face: ImageFont.FreeTypeFont) -> int:
    """Return the width of `text` in pixels, the larger of ink and advance."""
    if not is_plain(text):
        return sum(_breadth(run.text, _face(run.font, face)) for run in runs(text))
    return _breadth(text, face)


def write(
    pen: ImageDraw.ImageDraw, place: tuple[float, float], text: str, face: ImageFont.FreeTypeFont, fill: str | int
) -> None:
    """Write one line with its upper left corner at `place`, with font fallback."""
    if is_plain(text):
        pen.text(place, text, font=face, fill=fill)
        return
    x, y = place
    for run in runs(text):
        other = _face(run.font, face)
        pen.text((x, y + face.getmetrics()[0]), run.text, font=other, fill=fill, anchor="ls")
        x += _breadth(run.text, other)


def _face(name: str, face: ImageFont.FreeTypeFont) -> ImageFont.FreeTypeFont:
    return face if name == OWN else font(name, int(face.size))


def _breadth(text: str, face: ImageFont.FreeTypeFont) -> int:
    left, _, right, _ = face.getbbox(text)
    return int(max(face.getlength(text), right) - min(0, left) + 0.999)


def wrap(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Return `text` as lines up to `width` pixels. A longer word (Finnish compounds) is hyphenated; no text is lost."""
    lines: list[str] = []
    line = ""
    for word in tidy(text).split(" "):
        joined = f"{line} {word}" if line else word
        if breadth(joined, face) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while breadth(word, face) > width and len(word) > 1:
            cut = _cut(word, face, width)
            lines.append(word[:cut] if word[cut - 1] in "-/–" else word[:cut] + "-")
            word = word[cut:]
        line = word
    return [*lines, line] if line else lines


def balanced(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Like `wrap` with the same number of lines, balanced in length, so that a heading does not end with a single
    word."""
    lines = wrap(text, face, width)
    low, high = 1, width
    while len(lines) > 1 and low < high:
        middle = (low + high) // 2
        longest = max(breadth(word, face) for word in tidy(text).split(" "))
        if middle >= min(longest, width) and len(wrap(text, face, middle)) <= len(lines):
            high = middle
        else:
            low = middle + 1
    return wrap(text, face, high) if len(lines) > 1 else lines


def fitting(text: str, face: str, size: int, width: int, least: float = 0.72) -> ImageFont.FreeTypeFont:
    """Return the font at `size`, or smaller down to `least` of it, so that the longest word fits."""
    smallest = max(1, round(size * least))
    for pixels in range(size, smallest, -1):
        if all(breadth(word, font(face, pixels)) <= width for word in tidy(text).split(" ")):
            return font(face, pixels)
    return font(face, smallest)


def _cut(word: str, face: ImageFont.FreeTypeFont, width: int) -> int:
    cut = 1
    while cut < len(word) - 1 and breadth(word[: cut + 1] + "-", face) <= width:
        cut += 1
    # At least two letters on the next line; prefer a hyphen of the word itself if one is near.
    own = max(word.rfind("-", 0, cut), word.rfind("/", 0, cut)) + 1
    return own if own > cut // 2 else max(1, min(cut, len(word) - 2))
