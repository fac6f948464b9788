"""The journal: every change is one entry, chained by hashes, written in the transaction of the change itself.

It never holds personal data or a ticket's code; what is sealed is named by its hash.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import peewee

from kiosk import clock

from .ids import new_id
from .models import JournalEntry, canonical_json

#: What the first entry of a device follows.
BEGINNING = "0" * 64


def entry_hash(
    device: str, seq: int, entry_id: str, time: str, kind: str, who: str, payload: str, prev_hash: str
) -> str:
    """Return the SHA-256 of an entry's fields and of the entry before it, in hex."""
    return hashlib.sha256(
        canonical_json([device, seq, entry_id, time, kind, who, payload, prev_hash]).encode()
    ).hexdigest()


class Journal:
    """The journal inside one open transaction; made by `Store.write`."""

    def __init__(self, db: peewee.SqliteDatabase, device: str, now: datetime) -> None:
        self._db, self._device, self._now = db, device, now

    def append(self, kind: str, who: str, payload: dict[str, Any]) -> None:
        """Add an entry: what happened, by whom, to what (plain JSON values)."""
        last = (
            JournalEntry.select(JournalEntry.seq, JournalEntry.hash)
            .where(JournalEntry.device == self._device)
            .order_by(JournalEntry.seq.desc())
            .limit(1)
            .tuples()
            .execute(self._db)
        )
        seq, prev_hash = next(iter(last), (0, BEGINNING))
        time, text, entry_id = clock.utc_text(self._now), canonical_json(payload), new_id(self._now)
        JournalEntry.insert(
            device=self._device,
            seq=seq + 1,
            id=entry_id,
            time=time,
            kind=kind,
            who=who,
            payload=text,
            prev_hash=prev_hash,
            hash=entry_hash(self._device, seq + 1, entry_id, time, kind, who, text, prev_hash),
        ).execute(self._db)


def verify_chain(db: peewee.SqliteDatabase) -> int:
    """Check every entry against its hash and the one before. Returns how many there are; raises ValueError naming the
    first that is wrong."""
    before: dict[str, tuple[int, str]] = {}
    count = 0
    rows = db.execute_sql(
        "SELECT device, seq, id, time, kind, who, payload, prev_hash, hash FROM journal ORDER BY device, seq"
    )
    for device, seq, entry_id, time, kind, who, payload, prev_hash, own in rows:
        last_seq, last_hash = before.get(device, (0, BEGINNING))
        right = entry_hash(device, seq, entry_id, time, kind, who, payload, prev_hash)
        if seq != last_seq + 1 or prev_hash != last_hash or own != right:
            raise ValueError(f"journal entry {seq} of device {device}")
        before[device] = (seq, own)
        count += 1
    return count
