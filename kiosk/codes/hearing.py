"""Diagnosis of a scanner for staff: the keys it sent, and the setting under which they would have been a code. Only the
Scan screen shows it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .codes import KIND_LETTERS, PAYLOAD, BadCode, Kind, parse
from .keys import Keys, Sign
from .scanner import MOST_KEYS, heard_in

#: Pause that ends a burst: after an end of line, and without one, seconds.
ENDED, SILENT = 0.4, 1.5
#: Upper limit of the key gap setting, and the margin added to the observed pause, seconds.
LONGEST_GAP, SPARE, STEP = 1.0, 1.3, 0.05
#: Upper limit of a suggested prefix or suffix, characters.
LONGEST_AROUND = 16
#: Keys shown of a burst; of a longer one the first and the last, so that a recovery key is not shown in full.
SHOWN, FIRST, LAST = 48, 8, 4


@dataclass(frozen=True)
class Burst:
    """A burst: the keys as shown, their number, the longest pause between two (seconds), whether they are a code with
    the present settings, and the settings that would make them one ({} if none would)."""

    names: tuple[str, ...]
    count: int
    pause: float
    understood: bool
    advice: Mapping[str, str | int]


class Hearing:
    """Records every key while the Scan screen is open. `gap` (seconds), `prefix` and `suffix` are the present
    settings."""

    def __init__(self, gap: float, prefix: str, suffix: str) -> None:
        self._set = (gap, prefix, suffix)
        self._keys = Keys()
        self._signs: list[Sign] = []
        self._at, self._pause, self._ended = 0.0, 0.0, False

    def key(self, *, scancode: int, codepoint: str | None, modifiers: Collection[str], at: float) -> None:
        """Record a key pressed at `at` seconds."""
        signs = self._keys.press(scancode, codepoint, modifiers)
        if self._signs:
            self._pause = max(self._pause, at - self._at)
        self._at = at
        self._ended = any(sign.ends for sign in signs)
        if len(self._signs) <= MOST_KEYS:
            self._signs += signs

    def over(self, at: float) -> Burst | None:
        """Return the burst once it is over, else None."""
        if not (self._signs or self._keys.begun) or at - self._at <= (ENDED if self._ended else SILENT):
            return None
        signs, pause = [*self._signs, *self._keys.flush()], self._pause
        self._signs, self._pause, self._ended = [], 0.0, False
        gap, prefix, suffix = self._set
        inside = [sign for sign in signs if not sign.ends]
        understood = pause <= gap and heard_in(inside, prefix, suffix) is not None
        advice = {} if understood else advised(inside, pause, gap=gap, prefix=prefix, suffix=suffix)
        return Burst(_shown([sign.name for sign in signs]), len(signs), pause, understood, advice)


def advised(signs: Sequence[Sign], pause: float, *, gap: float, prefix: str, suffix: str) -> dict[str, str | int]:
    """Return the settings under which `signs` are a code, {} if there are none."""
    advice: dict[str, str | int] = {}
    if pause > gap:
        wanted = math.ceil(pause * SPARE / STEP) * STEP
        if wanted > LONGEST_GAP:
            return {}
        advice["staff.scan_gap_ms"] = round(wanted * 1000)
    if heard_in(signs, prefix, suffix) is not None:
        return advice
    for before, after in _around("".join(sign.place for sign in signs)):
        if heard_in(signs, before, after) is not None:
            around = (("staff.scan_prefix", before, prefix), ("staff.scan_suffix", after, suffix))
            return advice | {key: wanted for key, wanted, now in around if wanted != now}
    return {}


def _around(text: str) -> list[tuple[str, str]]:
    """Return (before, after) of every code in `text`, shortest first."""
    found = []
    for start, letter in enumerate(text[: LONGEST_AROUND + 1]):
        if letter in KIND_LETTERS:
            end = start + PAYLOAD[Kind(letter)] + 2
            if len(text) - end <= LONGEST_AROUND and _is_code(text[start:end]):
                found.append((text[:start], text[end:]))
    return sorted(found, key=lambda around: len(around[0]) + len(around[1]))


def _is_code(text: str) -> bool:
    try:
        parse(text)
    except BadCode:
        return False
    return True


def _shown(names: list[str]) -> tuple[str, ...]:
    return tuple(names) if len(names) <= SHOWN else (*names[:FIRST], "…", *names[-LAST:])
