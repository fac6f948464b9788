"""The one parser for scanners that act as keyboards: a strict alphabet, one length, one pace, one end.

A scanner types on the keys of a US keyboard whatever layout is active, so keys are known by their place (USB HID usage,
which SDL hands on as the scancode); only where that is missing by the letter. What is no code of ours is said once and
goes nowhere: no text of a scan ever leaves this file but a checked code (BadBarcode, DOMAIN.md 4.3).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from .codes import LONGEST_INPUT, BadCode, Code, parse

#: Longest pause between two keys of one scan, seconds (DOMAIN.md 4.3).
GAP = 0.05
#: Fewer keys than this in a row are somebody leaning on a keyboard, not a scan.
LEAST = 4
#: A key within this time of one of a burst is of the same hand, such as a second Enter, seconds.
REST = 0.3
#: The same code again within this time is one scan read twice, seconds.
TWICE = 1.0

#: What the one long text we make begins with, an invitation to a hub, and the most letters it has.
INVITATION, LONGEST_INVITATION = "HUB", 4000
#: So many digits in a row are a recovery key.
KEY_DIGITS = 96

_PLACES = {4 + at: letter for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_PLACES |= {30 + at: digit for at, digit in enumerate("1234567890")}
_PLACES |= {89 + at: digit for at, digit in enumerate("1234567890")}
_PLACES |= {44: " ", 45: "-", 86: "-"}
_ENDS = frozenset((40, 43, 88))  # Enter, Tab, Enter of the keypad
_SHIFTS = frozenset((225, 229, 57))  # both Shifts and Caps Lock: capitals
_HELD = frozenset(("ctrl", "alt", "meta", "super", "alt-gr"))
#: Ukrainian letters by the US key they lie on.
_CYRILLIC = dict(zip("йцукенгшщзфівапролдячсмить", "QWERTYUIOPASDFGHJKLZXCVBNM", strict=True))


class Invitation(NamedTuple):
    """Letters and digits that may be an invitation to a hub; whoever takes it checks it."""

    text: str


@dataclass(frozen=True)
class PaperKey:
    """Digits that may be a recovery key; whoever takes them checks them."""

    digits: str = field(repr=False)


#: What a scan can be.
Heard = Code | Invitation | PaperKey


class Scanner:
    """Fed with keys, gives codes. `gap` is the longest pause between two keys of one scan, seconds."""

    def __init__(self, gap: float = GAP) -> None:
        self._gap = gap
        self._typed = ""
        self._keys = 0
        self._spoilt = False
        self._at = float("-inf")
        self._last: tuple[str, float] = ("", -TWICE)

    def key(
        self, *, scancode: int, codepoint: str | None, modifiers: Collection[str], at: float, slack: float = 0.0
    ) -> Heard | BadCode | None:
        """Take a key that was pressed at `at` seconds, known to within `slack` seconds. Returns the code or invitation
        it ends, a BadCode for a burst that is none, else None. Never raises."""
        told = self._late(at, slack)
        if scancode in _SHIFTS:
            return told
        ends = scancode in _ENDS or (scancode == 0 and codepoint in ("\r", "\n", "\t"))
        if ends and not _HELD & set(modifiers):
            return self._end(at) or told
        self._at = at
        most = LONGEST_INPUT
        if self._typed.startswith(INVITATION):
            most = LONGEST_INVITATION
        elif self._typed.isdigit():
            most = KEY_DIGITS
        self._keys = min(self._keys + 1, most + 1)
        symbol = _PLACES.get(scancode, "") if scancode else _symbol(codepoint)
        if not symbol or _HELD & set(modifiers) or self._keys > most:
            self._spoilt = True
            self._typed = ""
        elif not self._spoilt:
            self._typed += symbol
        return told

    def busy(self, at: float, slack: float = 0.0) -> bool:
        """Tell whether a key at `at` seconds comes so soon after another that a scanner may have sent it."""
        return at - self._at <= REST + slack

    def pause(self, at: float, slack: float = 0.0) -> BadCode | None:
        """Notice, at `at` seconds, that a burst was never ended."""
        return self._late(at, slack)

    def _late(self, at: float, slack: float) -> BadCode | None:
        """Forget keys that the one of now does not belong to."""
        if not self._keys or at - self._at <= self._gap + slack:
            return None
        burst = self._keys >= LEAST
        self._forget()
        return BadCode() if burst else None

    def _end(self, at: float) -> Heard | BadCode | None:
        typed, keys, spoilt = self._typed, self._keys, self._spoilt
        self._forget()
        self._at = at
        if keys < LEAST:
            return None
        try:
            code = code_in("" if spoilt else typed)
        except BadCode as error:
            return error
        if not isinstance(code, Code):
            return code
        before, then = self._last
        self._last = (code.text, at)
        return None if before == code.text and at - then < TWICE else code

    def _forget(self) -> None:
        self._typed, self._keys, self._spoilt = "", 0, False


def code_in(text: str) -> Heard:
    """Return what a symbol says. Raises BadCode for what is not ours."""
    if (
        text.startswith(INVITATION)
        and LONGEST_INPUT < len(text) <= LONGEST_INVITATION
        and text.isalnum()
        and text.isascii()
    ):
        return Invitation(text)
    if len(text) == KEY_DIGITS and text.isascii() and text.isdigit():
        return PaperKey(text)
    return parse(text)


def _symbol(codepoint: str | None) -> str:
    letter = (codepoint or "").lower()
    if letter in _CYRILLIC:
        return _CYRILLIC[letter]
    return letter.upper() if len(letter) == 1 and letter.isascii() and (letter.isalnum() or letter in " -") else ""
