"""Ids: UUIDv7 (RFC 9562, 5.7); they sort by time of creation."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Counter:
    """A counter within a millisecond, thread-safe (RFC 9562, 6.2, method 1)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._milliseconds, self._count = -1, 0

    def next(self, milliseconds: int) -> int:
        with self._lock:
            same = milliseconds == self._milliseconds and self._count < 0xFFF
            self._milliseconds, self._count = milliseconds, self._count + 1 if same else os.urandom(1)[0]
            return self._count


_counter = _Counter()


def new_id(now: datetime) -> str:
    """Return a new UUIDv7 of `now` (aware) as 32 lower-case hex digits: 48 bits of milliseconds, a 12-bit counter
    within the millisecond, 62 random bits. Ids of one process sort by creation, also within a millisecond."""
    milliseconds = _milliseconds(now)
    return _uuid(milliseconds, _counter.next(milliseconds))


def following_id(now: datetime, last: str) -> str:
    """Return a new UUIDv7 of `now` that sorts after the UUIDv7 `last` ("" for none), whatever the clock says: a hybrid
    logical clock of 48 bits of milliseconds and a 12-bit counter (RFC 9562, 6.2), ties broken by the random bits."""
    milliseconds = _milliseconds(now)
    before, counter = (int(last[:12], 16), int(last[13:16], 16)) if last else (-1, 0)
    if milliseconds > before:
        return _uuid(milliseconds, 0)
    return _uuid(before, counter + 1) if counter < 0xFFF else _uuid(before + 1, 0)


def _milliseconds(now: datetime) -> int:
    """Return the whole milliseconds since 1970, 0 before."""
    since = now - _EPOCH
    return max(0, since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000)


def _uuid(milliseconds: int, high: int) -> str:
    low = int.from_bytes(os.urandom(8)) >> 2 | 1 << 63
    return f"{milliseconds & 0xFFFF_FFFF_FFFF:012x}7{high:03x}{low:016x}"
