"""Letters that the text font (Manrope) lacks: which font has them instead, and in which order they stand.

Arabic and other alphabets, arrows and signs come from DejaVu Sans, which is a part of Kivy; emoji from Symbola, where Debian's
fonts-symbola is installed. What none of them has is left out: no reader is helped by an empty box.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from kiosk.files.resources import fallback_fonts, font

#: Letters that every weight of Manrope has: nearly all text. Nothing else is looked at for it.
_PLAIN = re.compile(
    "[ -~\n\u00a0-\u00ff\u0100-\u0113\u0116-\u011b\u0160\u0161\u017d\u017e\u0400-\u045f\u0490\u0491–—‘’‚“”„…•€→×]*"
)
#: CLDR writes the Ukrainian apostrophe as U+02BC, which Manrope lacks; U+2019 looks the same.
_SUBSTITUTES = {"\u02bc": "\u2019"}
#: What is only there for other programs: soft hyphens, joiners, marks of direction, variants and skins of emoji.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
#: Classes of letters that run from right to left.
_RTL = ("R", "AL")
#: The text font itself.
OWN = ""


class GlyphRun(NamedTuple):
    """Neighbouring letters of one font: OWN, or the name of another in `kiosk.files.resources.fallback_fonts`."""

    text: str
    font: str


def is_plain(text: str) -> bool:
    """Tell whether the text font has every letter of `text`, so that nothing is to be done."""
    return _PLAIN.fullmatch(text) is not None and "\u00ad" not in text


def shown(text: str) -> str:
    """Return `text` without what no font has."""
    return text if is_plain(text) else "".join(letter for letter, _ in _letters(text))


def runs_left(text: str) -> bool:
    """Tell whether some of `text` runs from right to left."""
    return not is_plain(text) and any(unicodedata.bidirectional(letter) in _RTL for letter in text)


def visual(line: str) -> str:
    """Return one line as its letters stand from left to right, those of Arabic joined (Unicode Standard Annex 9): for what
    draws letters one after the other."""
    line = shown(line)
    if not runs_left(line):
        return line
    from arabic_reshaper import reshape  # only for the few texts that need them
    from bidi.algorithm import get_display

    return str(get_display(reshape(line)))


@lru_cache(maxsize=1 << 10)
def runs(line: str) -> tuple[GlyphRun, ...]:
    """Return one line as it stands from left to right, by fonts."""
    if is_plain(line):
        return (GlyphRun(line, OWN),)
    found: list[GlyphRun] = []
    for letter, name in _letters(visual(line)):
        if letter == " " and found:
            name = found[-1].font
        if found and found[-1].font == name:
            found[-1] = GlyphRun(found[-1].text + letter, name)
        else:
            found.append(GlyphRun(letter, name))
    return tuple(found)


def _letters(text: str) -> Iterator[tuple[str, str]]:
    """Yield each letter that some font has, and the font."""
    before = OWN
    for letter in unicodedata.normalize("NFC", _INVISIBLE.sub("", text)):
        letter = _SUBSTITUTES.get(letter, letter)
        if letter == "\n":
            yield letter, OWN
            continue
        if unicodedata.combining(letter) and ord(letter) in _coverage(before):
            yield letter, before  # it belongs to the letter before
            continue
        for name in (OWN, *fallback_fonts()):
            if ord(letter) in _coverage(name):
                before = name
                yield letter, name
                break


@cache
def _coverage(name: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # only for the few texts that need it

    path: Path = font("Medium") if name == OWN else fallback_fonts()[name]
    with TTFont(path, lazy=True) as file:
        return frozenset(file.getBestCmap())
