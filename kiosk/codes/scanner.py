"""The one parser for scanners that act as keyboards: a strict alphabet, one length, one check symbol.

A scanner types on the keys of a US keyboard whatever layout is active, so keys are known by their place first and by the letter
of the system second. How fast it types says only which keys belong together; whether they are a code its alphabet, length and check
symbol say. What is no code of ours is said once and goes nowhere: no text of a scan ever leaves this file but a checked code
(BadBarcode, DOMAIN.md 4.3); the names of its keys are shown to staff who ask for them, see `kiosk.codes.hearing`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .codes import LONGEST_INPUT, BadCode, Code, parse
from .keys import Keys, Sign

#: Longest pause between two keys of one scan, seconds: slow scanners strike every 0.12, and a screen may be busy.
GAP = 0.18
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
#: No scan of ours has more keys: the longest text with what a scanner may put around it.
MOST_KEYS = LONGEST_INVITATION + LONGEST_INPUT
#: What a scanner may say of the kind of symbol, such as "]Q1" (ISO/IEC 15424); some lose the bracket on a foreign layout.
_AIM = re.compile(r"\][A-Z][0-9A-Z]")
_AIM_LENGTH = 3


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
    """Fed with keys, gives codes. `gap` is the longest pause between two keys of one scan, seconds; `prefix` and `suffix`
    are what the scanner is set to put around a code."""

    def __init__(self, gap: float = GAP, prefix: str = "", suffix: str = "") -> None:
        self._gap, self._prefix, self._suffix = max(gap, GAP), prefix, suffix
        self._keys = Keys()
        self._signs: list[Sign] = []
        self._at = float("-inf")
        self._last: tuple[str, float] = ("", -TWICE)

    def key(
        self, *, scancode: int, codepoint: str | None, modifiers: Collection[str], at: float, slack: float = 0.0
    ) -> Heard | BadCode | None:
        """Take a key that was pressed at `at` seconds, known to within `slack` seconds. Returns the code or invitation
        it ends, a BadCode for a burst that is none, else None. Never raises."""
        before = self._late(at, slack)
        signs = self._keys.press(scancode, codepoint, modifiers)
        for sign in signs:
            if sign.ends:
                return self._end(at) or before
            if len(self._signs) <= MOST_KEYS:
                self._signs.append(sign)
        if signs or self._signs or self._keys.begun:  # a Shift alone begins nothing
            self._at = at
        return before

    def busy(self, at: float, slack: float = 0.0) -> bool:
        """Tell whether a key at `at` seconds comes so soon after another that a scanner may have sent it."""
        return at - self._at <= max(REST, self._gap) + slack

    def pause(self, at: float, slack: float = 0.0) -> Heard | BadCode | None:
        """Notice, at `at` seconds, that a burst was never ended: a scanner that sends no Enter still scans."""
        return self._late(at, slack)

    def _late(self, at: float, slack: float) -> Heard | BadCode | None:
        """End a burst that the key of now does not belong to."""
        if at - self._at <= self._gap + slack:
            return None
        self._signs += self._keys.flush()
        return self._judged(self._at) if self._signs else None

    def _end(self, at: float) -> Heard | BadCode | None:
        self._at = at
        return self._judged(at)

    def _judged(self, at: float) -> Heard | BadCode | None:
        signs, self._signs = self._signs, []
        self._keys.clear()
        if len(signs) < LEAST:
            return None
        heard = heard_in(signs, self._prefix, self._suffix)
        if not isinstance(heard, Code):
            return heard or BadCode()
        before, then = self._last
        self._last = (heard, at)
        return None if before == heard and at - then < TWICE else heard


def heard_in(signs: Sequence[Sign], prefix: str = "", suffix: str = "") -> Heard | None:
    """Return what a burst says, None when it is nothing of ours. Keys that are no signs (function keys) may stand before and
    after it, not inside."""
    first = next((at for at, sign in enumerate(signs) if sign.plain), len(signs))
    last = next((at for at in range(len(signs), first, -1) if signs[at - 1].plain), first)
    inside = signs[first:last]
    if not all(sign.plain for sign in inside):
        return None
    seen = set()
    for text in ("".join(getattr(sign, way) for sign in inside) for way in ("place", "plain", "letter")):
        for bare in _bare(text, prefix.upper(), suffix.upper(), keys_before=first > 0):
            if bare not in seen:
                seen.add(bare)
                try:
                    return code_in(bare)
                except BadCode:
                    continue
    return None


def _bare(text: str, prefix: str, suffix: str, keys_before: bool) -> Iterator[str]:
    """Yield what may be left of `text` without what a scanner put around it: prefix and suffix, an AIM identifier, signs
    that stand in no code."""
    for start, end in ((prefix, suffix), (prefix, ""), ("", suffix), ("", "")):
        bare = text.removeprefix(start).removesuffix(end)
        aim = _AIM.search(bare)
        if aim and not any(sign.isalnum() for sign in bare[: aim.start()]):
            bare = bare[aim.end() :].removeprefix(start)
        yield _stripped(bare)
        if keys_before:  # the bracket was one of them
            yield _stripped(bare[_AIM_LENGTH - 1 :])


def _stripped(text: str) -> str:
    first = next((at for at, sign in enumerate(text) if sign.isalnum()), len(text))
    last = next((at for at in range(len(text), first, -1) if text[at - 1].isalnum()), first)
    return text[first:last]


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
