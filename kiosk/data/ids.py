"""Ids: UUIDv7 (RFC 9562, 5.7), so rows made later sort later."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_id(now: datetime) -> str:
    """Return a new UUIDv7 of `now` (aware) as 32 lower-case hex letters: 48 bits of milliseconds, 74 random bits."""
    milliseconds = max(0, (now - _EPOCH) // timedelta(milliseconds=1))
    random = secrets.randbits(74)
    high, low = random >> 62, random & ((1 << 62) - 1)
    value = (milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
    return f"{value:032x}"
