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

from .files.resources import fallback_fonts, font

#: Letters that every weight of Manrope has: nearly all text. Nothing else is looked at for it.
_PLAIN = re.compile("[ -~\n\u00a0-\u017f\u0400-\u045f\u0490\u0491–—‘’‚“”„…•€→×]*")
#: CLDR writes the Ukrainian apostrophe as U+02BC, which Manrope lacks; U+2019 looks the same.
_SUBSTITUTES = {"\u02bc": "\u2019"}
#: What is only there for other programs: soft hyphens, joiners, marks of direction, variants and skins of emoji.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
#: The text font itself.
OWN = ""


class Run(NamedTuple):
    """Neighbouring letters of one font: OWN, or the name of another in `kiosk.files.resources.fallback_fonts`."""

    text: str
    font: str
    rtl: bool = False


def is_plain(text: str) -> bool:
    """Tell whether the text font has every letter of `text`, so that nothing is to be done."""
    return _PLAIN.fullmatch(text) is not None and "\u00ad" not in text


def shown(text: str) -> str:
    """Return `text` without what no font has."""
    return text if is_plain(text) else "".join(letter for letter, _ in _letters(text))


@lru_cache(maxsize=1 << 10)
def runs(text: str) -> tuple[Run, ...]:
    """Return one line of `text` as it stands from left to right; inside a run that is `rtl` the font's engine turns it."""
    if is_plain(text):
        return (Run(text, OWN),)
    found: list[Run] = []
    parts = _parts(list(_letters(text)))
    for letters, rtl in reversed(parts) if parts and parts[0][1] else parts:
        own = list(_by_font(letters, rtl))
        found += reversed(own) if rtl else own
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


def _parts(letters: list[tuple[str, str]]) -> list[tuple[list[tuple[str, str]], bool]]:
    """Return the letters by direction (Unicode Standard Annex 9, for one level): signs between two of a kind are of that kind,
    others of the whole line's, which is that of its first letter. That one comes first."""
    ways: list[bool | None] = []
    for letter, _ in letters:
        ways.append(ways[-1] if ways and unicodedata.combining(letter) else _way(letter))
    base = next((way for way in ways if way is not None), False)
    parts: list[tuple[list[tuple[str, str]], bool]] = []
    for at, one in enumerate(letters):
        way = ways[at]
        if way is None:
            before = next((way for way in ways[at::-1] if way is not None), base)
            after = next((way for way in ways[at:] if way is not None), base)
            way = before if before == after else base
        if parts and parts[-1][1] == way:
            parts[-1][0].append(one)
        else:
            parts.append(([one], way))
    if parts and parts[0][1] != base:  # signs before the first letter
        parts.insert(0, ([], base))
    return parts


def _way(letter: str) -> bool | None:
    """Tell whether a letter runs from right to left; None for a sign, which runs with its neighbours."""
    kind = unicodedata.bidirectional(letter)
    return True if kind in ("R", "AL") else False if kind in ("L", "EN", "AN") else None


def _by_font(letters: list[tuple[str, str]], rtl: bool) -> Iterator[Run]:
    text, last = "", OWN
    for letter, name in letters:
        if letter == " " and text:
            name = last
        if name != last and text:
            yield Run(text, last, rtl)
            text = ""
        text, last = text + letter, name
    if text:
        yield Run(text, last, rtl)


@cache
def _coverage(name: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # only for the few texts that need it

    path: Path = font("Medium") if name == OWN else fallback_fonts()[name]
    with TTFont(path, lazy=True) as file:
        return frozenset(file.getBestCmap())
