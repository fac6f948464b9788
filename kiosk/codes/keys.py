"""Decodes a scanner's key events to characters: by position on a US keyboard, by the system's layout, and by Alt codes
typed on the keypad."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

#: USB HID usages (Universal Serial Bus HID Usage Tables, 10), which SDL reports as scancodes.
_LETTERS = {4 + at: letter for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_DIGITS = {30 + at: digit for at, digit in enumerate("1234567890")}
_KEYPAD = {89 + at: digit for at, digit in enumerate("1234567890")}
_SIGNS = dict(zip((44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56), " -=[]\\#;'`,./", strict=True))
_SIGNS |= {84: "/", 85: "*", 86: "-", 87: "+", 99: "."}
#: With Shift, on a US keyboard.
_SHIFTED = dict(zip("1234567890-=[]\\;'`,./", '!@#$%^&*()_+{}|:"~<>?', strict=True))
_ENDS = frozenset((40, 43, 88))  # Enter, Tab, Enter of the keypad
_END_LETTERS = frozenset("\r\n\t")
_SHIFTS = frozenset((225, 229, 57, 83))  # both Shifts, Caps Lock, Num Lock: modifiers of other keys
_ALTS = frozenset((226, 230))
_HELD = frozenset(("ctrl", "alt", "meta", "super", "alt-gr"))
_NAMES = {40: "Enter", 88: "Enter", 43: "Tab", 41: "Esc", 44: "Space", 42: "Back", 76: "Del", 73: "Ins"}
_NAMES |= {57 + at: f"F{at}" for at in range(1, 13)} | {91 + at: f"F{at}" for at in range(13, 25)}
#: Ukrainian letters by US key.
_CYRILLIC = dict(zip("йцукенгшщзфівапролдячсмить", "QWERTYUIOPASDFGHJKLZXCVBNM", strict=True))
#: Maximum digits of an Alt code.
_MOST_DIGITS = 5


class Sign(NamedTuple):
    """The decoding of one key. `place` and `plain` are its character on a US keyboard with and without Shift; `letter`
    that of the system's layout; all "" for a key without one. `name` is shown to staff."""

    place: str
    plain: str
    letter: str
    name: str
    ends: bool = False


class Keys:
    """Decodes key events."""

    def __init__(self) -> None:
        self._alt = ""

    @property
    def begun(self) -> bool:
        """Whether an Alt code is being typed."""
        return bool(self._alt)

    def press(self, scancode: int, codepoint: str | None, modifiers: Collection[str]) -> list[Sign]:
        """Return the signs decoded by a key press: none for a Shift, two when it also ends an Alt code."""
        if scancode in _SHIFTS:
            return []
        if scancode in _ALTS:
            return self.flush()
        if scancode in _KEYPAD and "alt" in modifiers and len(self._alt) < _MOST_DIGITS:
            self._alt += _KEYPAD[scancode]
            return []
        return [*self.flush(), _sign(scancode, codepoint, modifiers)]

    def flush(self) -> list[Sign]:
        """Return the sign of the pending Alt code: there is no event for the release of Alt."""
        number, self._alt = self._alt, ""
        if not number:
            return []
        letter, name = chr(int(number)), f"Alt {number}"
        if letter in _END_LETTERS:
            return [Sign("", "", "", name, ends=True)]
        if not " " <= letter <= "~":
            letter = ""
        return [Sign(letter.upper(), letter.upper(), letter.upper(), name)]

    def clear(self) -> None:
        """Discard a pending Alt code."""
        self._alt = ""


def _sign(scancode: int, codepoint: str | None, modifiers: Collection[str]) -> Sign:
    held = _HELD & set(modifiers)
    plain = _LETTERS.get(scancode) or _DIGITS.get(scancode) or _KEYPAD.get(scancode) or _SIGNS.get(scancode, "")
    letter = _letter(codepoint)
    name = _NAMES.get(scancode) or (plain if scancode else letter) or f"#{scancode}"
    if held:
        ends = "ctrl" in held and plain in ("J", "M")  # some scanners send line ends as Ctrl+J or Ctrl+M
        return Sign("", "", "", "Enter" if ends else f"{min(held).title()} {name}", ends)
    if scancode in _ENDS or (not scancode and codepoint in _END_LETTERS):
        return Sign("", "", "", _NAMES.get(scancode, "Enter"), ends=True)
    if not scancode:
        return Sign(letter, letter, letter, name)
    shifted = _SHIFTED.get(plain, plain) if "shift" in modifiers and scancode not in _KEYPAD else plain
    return Sign(shifted, plain, letter, shifted if scancode not in _NAMES and shifted else name)


def _letter(codepoint: str | None) -> str:
    letter = (codepoint or "").lower()
    if letter in _CYRILLIC:
        return _CYRILLIC[letter]
    return letter.upper() if len(letter) == 1 and " " <= letter <= "~" else ""
