"""The parser of keyboard-wedge scanners: a strict alphabet, fixed length, one check symbol.

A scanner types the keys of a US keyboard whatever the active layout is, so keys are decoded first by position, then by
the system's layout. Timing only groups keys into bursts; whether a burst is a code is decided by alphabet, length and
check symbol. A burst that is no code and comes at a person's pace is typing: its text is returned. Foreign text at a
scanner's pace is reported once as BadCode and never leaves this file (BadBarcode, DOMAIN.md 4.3); the names of its keys
are shown to staff on request, see `kiosk.codes.hearing`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .codes import LONGEST_INPUT, BadCode, Code, parse
from .keys import Keys, Sign

#: Longest pause between two keys of a scan, seconds: slow scanners send one every 0.12, and the event loop may be late.
GAP = 0.18
#: Minimum number of keys of a burst that is reported; fewer are an accidental touch of a keyboard.
LEAST = 4
#: A key within this time after a burst belongs to it, such as a second Enter, seconds.
REST = 0.3
#: Keys that come faster on average are a scanner's, seconds: its interval is 1 to 20 ms, that of a fast typist (120 words
#: a minute) 100 ms.
PACE = 0.04
#: Debounce: the same code within this time is one scan, seconds.
TWICE = 1.0

#: Prefix of the only long text, an invitation to a hub, and its length in characters. No code begins with it.
INVITATION, SHORTEST_INVITATION, LONGEST_INVITATION = "HUB", 40, 4000
#: Number of digits of a recovery key.
KEY_DIGITS = 96
#: Maximum number of keys of a burst: the longest text with prefix and suffix.
MOST_KEYS = LONGEST_INVITATION + LONGEST_INPUT
#: AIM symbology identifier such as "]Q1" (ISO/IEC 15424); some layouts lose the bracket.
_AIM = re.compile(r"\][A-Z][0-9A-Z]")
_AIM_LENGTH = 3
#: The letters of a scanner that is set to a German, Czech or Hungarian keyboard; the check symbol tells which reading is right.
_QWERTZ = str.maketrans("YZ", "ZY")
#: Letters that a person types in nearly every word and no code has: see `kiosk.codes.codes`.
_VOWELS = frozenset("AEU")


class Invitation(NamedTuple):
    """Text that may be an invitation to a hub; the receiver validates it."""

    text: str


@dataclass(frozen=True)
class PaperKey:
    """Digits that may be a recovery key; the receiver validates them."""

    digits: str = field(repr=False)


@dataclass(frozen=True)
class Typed:
    """Text that a person typed with `count` keys; `ended`: by Enter or Tab."""

    text: str = field(repr=False)
    count: int = 0
    ended: bool = False


#: The result types of a scan.
Heard = Code | Invitation | PaperKey


class Scanner:
    """Turns key events into codes. `gap` is the longest pause between two keys of a scan, seconds; `prefix` and
    `suffix` are those configured in the scanner."""

    def __init__(self, gap: float = GAP, prefix: str = "", suffix: str = "") -> None:
        self._gap, self._prefix, self._suffix = max(gap, GAP), prefix, suffix
        self._keys = Keys()
        self._signs: list[Sign] = []
        self._texts: list[str] = []
        self._began = 0.0
        self._at = float("-inf")
        self._typing = False  # the last burst, or what there is of the present one, was typed by a person
        self._last: tuple[str, float] = ("", -TWICE)

    def key(
        self, *, scancode: int, codepoint: str | None, modifiers: Collection[str], at: float, slack: float = 0.0
    ) -> Heard | Typed | BadCode | None:
        """Process a key pressed at `at` seconds, accurate to `slack` seconds. Returns the code, invitation or typed
        text that it ends, a BadCode for a burst that is none of them, else None. Never raises."""
        fresh = self._is_late(at, slack)
        before = self._over() if fresh else None
        signs = self._keys.press(scancode, codepoint, modifiers)
        for sign in signs:
            if sign.ends:
                return self._end(at, before)
            self._typing = self._typing and not fresh
            if not self._signs:
                self._began = at - slack
            if len(self._signs) <= MOST_KEYS:
                self._signs.append(sign)
        if signs or self._signs or self._keys.begun:  # a Shift alone does not start a burst
            self._at = at
        return before

    def text(self, text: str) -> Typed | None:
        """Add the text that the system's layout makes of the last key. Returns what was typed as soon as the burst can
        be no scan, so that a person sees it at once; else the text waits for the end of the burst."""
        if len(self._texts) <= MOST_KEYS:
            self._texts.append(text)
        if self._typing or not self._signs or (len(self._signs) >= LEAST and self._is_typing()):
            return self._typed()
        return None

    def flush(self) -> Typed:
        """End the burst as typed: a key was pressed that no scanner sends."""
        return self._typed()

    def busy(self, at: float, slack: float = 0.0) -> bool:
        """Return whether a key at `at` seconds follows another so closely that a scanner may have sent it."""
        return at - self._at <= max(REST, self._gap) + slack

    def pause(self, at: float, slack: float = 0.0) -> Heard | Typed | BadCode | None:
        """End a burst by timeout at `at` seconds, for scanners that send no Enter."""
        return self._over() if self._is_late(at, slack) else None

    def _is_late(self, at: float, slack: float) -> bool:
        return at - self._at > self._gap + slack

    def _over(self) -> Heard | Typed | BadCode | None:
        """End the previous burst: the present key does not belong to it."""
        self._signs += self._keys.flush()
        return self._judged(self._at) if self._signs else None

    def _end(self, at: float, before: Heard | Typed | BadCode | None) -> Heard | Typed | BadCode | None:
        """End the present burst with Enter or Tab; after typed text, that key is the person's."""
        heard, self._at = self._judged(at) or before, at
        if isinstance(heard, Typed) or (heard is None and self._typing):
            heard = heard or Typed("")
            return Typed(heard.text, heard.count, ended=True)
        return heard

    def _judged(self, at: float) -> Heard | Typed | BadCode | None:
        signs = self._signs
        heard = heard_in(signs, self._prefix, self._suffix) if len(signs) >= LEAST else None
        if heard is None and self._texts and self._is_person():
            return self._typed()
        self._clear()
        if signs:
            self._typing = False
        if not isinstance(heard, Code):
            return heard or (BadCode() if len(signs) >= LEAST else None)
        before, then = self._last
        self._last = (heard, at)
        return None if before == heard and at - then < TWICE else heard

    def _typed(self) -> Typed:
        typed = Typed("".join(self._texts), len(self._signs))
        self._clear()
        self._typing = True
        return typed

    def _clear(self) -> None:
        self._signs, self._texts = [], []
        self._keys.clear()

    def _is_person(self) -> bool:
        """Return whether the burst is slower than a scanner's, or too short to tell."""
        count = len(self._signs)
        return count < LEAST or self._at - self._began >= PACE * (count - 1)

    def _is_typing(self) -> bool:
        """Return whether the burst so far cannot be the beginning of a scan."""
        return self._is_person() and not self._may_be_code()

    def _may_be_code(self) -> bool:
        ways = ("".join(getattr(sign, way) for sign in self._signs) for way in ("place", "plain", "letter"))
        around = set((self._prefix + self._suffix).upper())
        return any(text.startswith(INVITATION) or not _VOWELS & set(_AIM.sub("", text)) - around for text in ways)


def heard_in(signs: Sequence[Sign], prefix: str = "", suffix: str = "") -> Heard | None:
    """Return the result of a burst, None if it is foreign. Keys without a character (function keys) are allowed before
    and after the text, not inside."""
    first = next((at for at, sign in enumerate(signs) if sign.plain), len(signs))
    last = next((at for at in range(len(signs), first, -1) if signs[at - 1].plain), first)
    inside = signs[first:last]
    if not all(sign.plain for sign in inside):
        return None
    seen = set()
    ways = ["".join(getattr(sign, way) for sign in inside) for way in ("place", "plain", "letter")]
    for text in (*ways, ways[0].translate(_QWERTZ)):
        for bare in _bare(text, prefix.upper(), suffix.upper(), keys_before=first > 0):
            if bare not in seen:
                seen.add(bare)
                try:
                    return code_in(bare)
                except BadCode:
                    continue
    return None


def _bare(text: str, prefix: str, suffix: str, keys_before: bool) -> Iterator[str]:
    """Yield candidates of `text` without what scanners add: prefix and suffix, an AIM identifier, characters outside
    the alphabet."""
    for start, end in ((prefix, suffix), (prefix, ""), ("", suffix), ("", "")):
        bare = text.removeprefix(start).removesuffix(end)
        aim = _AIM.search(bare)
        if aim and not any(sign.isalnum() for sign in bare[: aim.start()]):
            bare = bare[aim.end() :].removeprefix(start)
        yield _stripped(bare)
        if keys_before:  # the bracket may have been one of these keys
            yield _stripped(bare[_AIM_LENGTH - 1 :])


def _stripped(text: str) -> str:
    first = next((at for at, sign in enumerate(text) if sign.isalnum()), len(text))
    last = next((at for at in range(len(text), first, -1) if text[at - 1].isalnum()), first)
    return text[first:last]


def typed_code(text: str) -> Heard:
    """Parse a code typed on the screen, or a short invitation, which is shown without its prefix and begins with a zero.
    Raises BadCode."""
    bare = "".join(sign for sign in text.upper() if sign.isalnum() and sign.isascii()).removeprefix(INVITATION)
    if bare[:1] in ("0", "O") and len(bare) >= SHORTEST_INVITATION:
        return Invitation(INVITATION + bare)
    return parse(text)


def code_in(text: str) -> Heard:
    """Parse the text of a symbol. Raises BadCode for a foreign one."""
    if (
        text.startswith(INVITATION)
        and SHORTEST_INVITATION <= len(text) <= LONGEST_INVITATION
        and text.isalnum()
        and text.isascii()
    ):
        return Invitation(text)
    if len(text) == KEY_DIGITS and text.isascii() and text.isdigit():
        return PaperKey(text)
    return parse(text)
