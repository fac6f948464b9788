"""What a scanner sent, for staff who ask why it is not understood: its keys one by one, and the setting that would have made
a code of them. It goes to the Scan screen and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .codes import KIND_LETTERS, PAYLOAD, BadCode, Kind, parse
from .keys import Keys, Sign
from .scanner import MOST_KEYS, heard_in

#: Silence after which a burst is over: after an end of line, and without one, seconds.
ENDED, SILENT = 0.4, 1.5
#: The most a setting can bridge between two keys, and what is added to what was seen, seconds.
LONGEST_GAP, SPARE, STEP = 1.0, 1.3, 0.05
#: The most letters around a code that are offered as prefix and suffix.
LONGEST_AROUND = 16
#: Keys that are shown of a burst; of a longer one the first and the last (a recovery key is shown to nobody).
SHOWN, FIRST, LAST = 48, 8, 4


@dataclass(frozen=True)
class Burst:
    """What was sent: the keys as they are shown, how many there were, the longest pause between two (seconds), whether they are
    a code as things are set, and the settings that would make one of them ({} when there are none)."""

    names: tuple[str, ...]
    count: int
    pause: float
    understood: bool
    advice: Mapping[str, str | int]


class Hearing:
    """Fed with every key while the Scan screen is open. `gap` (seconds), `prefix` and `suffix` are as set."""

    def __init__(self, gap: float, prefix: str, suffix: str) -> None:
        self._set = (gap, prefix, suffix)
        self._keys = Keys()
        self._signs: list[Sign] = []
        self._at, self._pause, self._ended = 0.0, 0.0, False

    def key(self, *, scancode: int, codepoint: str | None, modifiers: Collection[str], at: float) -> None:
        """Take a key that was pressed at `at` seconds."""
        signs = self._keys.press(scancode, codepoint, modifiers)
        if self._signs:
            self._pause = max(self._pause, at - self._at)
        self._at = at
        self._ended = any(sign.ends for sign in signs)
        if len(self._signs) <= MOST_KEYS:
            self._signs += signs

    def over(self, at: float) -> Burst | None:
        """Return what was sent when nothing more comes, else None."""
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
    """Return the settings that would make a code of `signs`, {} when none would."""
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
    """Return what stands before and after every code in `text`, the shortest first."""
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
