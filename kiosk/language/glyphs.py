"""Font fallback for characters that the text font (Manrope) lacks, and bidirectional order.

Arabic and other scripts, arrows and symbols come from DejaVu Sans, which is part of Kivy; Chinese and Japanese from
Droid Sans Fallback and emoji from Symbola, if Debian's fonts-droid-fallback and fonts-symbola are installed. Characters that no font has are left out rather than drawn as an empty box.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from kiosk.files.resources import fallback_fonts, font

#: Characters in every weight of Manrope. They cover nearly all text, which then needs no further processing.
_PLAIN = re.compile(
    "[ -~\n\u00a0-\u00ff\u0100-\u0113\u0116-\u011b\u0160\u0161\u017d\u017e\u0400-\u045f\u0490\u0491–—‘’‚“”„…•€→×]*"
)
#: CLDR writes the Ukrainian apostrophe as U+02BC, which Manrope lacks; U+2019 looks the same.
_SUBSTITUTES = {"\u02bc": "\u2019"}
#: Invisible characters: soft hyphens, joiners, direction marks, emoji variation selectors and skin tones.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
#: Bidirectional classes of right-to-left characters.
_RTL = ("R", "AL")
#: The text font itself.
OWN = ""


class GlyphRun(NamedTuple):
    """A run of characters in one font: OWN, or a name of `kiosk.files.resources.fallback_fonts`."""

    text: str
    font: str


def is_plain(text: str) -> bool:
    """Return whether the text font has every character of `text`."""
    return _PLAIN.fullmatch(text) is not None and "\u00ad" not in text


def shown(text: str) -> str:
    """Return `text` without characters that no font has."""
    return text if is_plain(text) else "".join(letter for letter, _ in _letters(text))


def runs_left(text: str) -> bool:
    """Return whether `text` has right-to-left characters."""
    return not is_plain(text) and any(unicodedata.bidirectional(letter) in _RTL for letter in text)


def visual(line: str) -> str:
    """Return one line in visual order, Arabic letters shaped (Unicode Standard Annex 9), for drawing code without
    bidirectional support."""
    line = shown(line)
    if not runs_left(line):
        return line
    from arabic_reshaper import reshape  # only for the few texts that need them
    from bidi.algorithm import get_display

    return str(get_display(reshape(line)))


@lru_cache(maxsize=1 << 10)
def runs(line: str) -> tuple[GlyphRun, ...]:
    """Return one line in visual order, as runs by font."""
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
    """Yield each character that some font has, with the font."""
    before = OWN
    for letter in unicodedata.normalize("NFC", _INVISIBLE.sub("", text)):
        letter = _SUBSTITUTES.get(letter, letter)
        if letter == "\n":
            yield letter, OWN
            continue
        if unicodedata.combining(letter) and ord(letter) in _coverage(before):
            yield letter, before  # a combining mark belongs to the character before
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
