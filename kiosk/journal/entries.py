"""The journal: every change is one entry, chained by hashes, written in the transaction of the change itself.

It never holds personal data or a ticket's code; what is sealed is named by its hash. The ids of its entries are a hybrid
logical clock: sorted by id, an entry comes after every entry that was known where it was made.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from json.encoder import encode_basestring
from typing import Any

import peewee

from kiosk import clock
from kiosk.data.ids import following_id
from kiosk.data.models import canonical_json

from . import kinds

#: Copied for each entry: OpenSSL looks for the algorithm anew otherwise, which takes as long as hashing.
_SHA256 = hashlib.sha256()
#: What the first entry of a device follows.
BEGINNING = "0" * 64
#: The thing an entry is about: "ticket.reserved" is about the "ticket" of its payload. An index of migration 10.
SUBJECT = """json_extract(payload, '$.' || substr(kind || '.', 1, instr(kind || '.', '.') - 1))"""
#: Whether an entry counts: the hub did not refuse it.
COUNTS = """NOT EXISTS (SELECT 1 FROM refused WHERE refused.device = journal.device AND refused.seq = journal.seq)"""
#: Where the difference between a trusted clock and this tablet's is noted, milliseconds.
OFFSET = "clock_offset"
#: Under this key is noted how the ledger of the reports was made; without it, it is made anew.
LEDGER = "ledger"


def entry_text(
    device: str, seq: int, entry_id: str, time: str, kind: str, who: str, payload: str, prev_hash: str
) -> str:
    """Return the one text of an entry's fields and of the hash before it, which is hashed."""
    quoted = [*map(encode_basestring, (entry_id, time, kind, who, payload, prev_hash))]
    return f"[{encode_basestring(device)},{seq},{','.join(quoted)}]"  # what canonical_json writes, in half the time


def entry_hash(
    device: str, seq: int, entry_id: str, time: str, kind: str, who: str, payload: str, prev_hash: str
) -> str:
    """Return the SHA-256 of `entry_text`, in hex."""
    hashed = _SHA256.copy()
    hashed.update(entry_text(device, seq, entry_id, time, kind, who, payload, prev_hash).encode())
    return hashed.hexdigest()


def counted(db: peewee.SqliteDatabase, entry_id: str) -> tuple[str, int] | None:
    """Return (device, seq) of the entry with this id that counts: not the ones the hub refused."""
    sql = f"SELECT device, seq FROM journal WHERE id = ? AND {COUNTS}"
    row = db.execute_sql(sql, (entry_id,)).fetchone()
    return (str(row[0]), int(row[1])) if row else None


def hash_of(db: peewee.SqliteDatabase, device: str, seq: int) -> str:
    """Return the hash of an entry, "" when it is not here."""
    row = db.execute_sql("SELECT hash FROM journal WHERE device = ? AND seq = ?", (device, seq)).fetchone()
    return str(row[0]) if row else ""


def add_entry(db: peewee.SqliteDatabase, row: tuple[Any, ...]) -> None:
    """Add an entry as it was made elsewhere: device, seq, id, time, kind, who, payload, prev_hash, hash."""
    db.execute_sql("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


#: This device and its last entry, the newest id that counts, and how wrong the clock is known to be. An id that was
#: refused may be anything.
_STANDS = f"""SELECT meta.value, seq, hash, (SELECT id FROM journal WHERE {COUNTS} ORDER BY id DESC LIMIT 1),
                    (SELECT value FROM meta WHERE key = ?)
             FROM meta LEFT JOIN journal ON device = meta.value WHERE meta.key = 'device' ORDER BY seq DESC LIMIT 1"""


class Journal:
    """The journal inside one open transaction; made by `Store.write`."""

    def __init__(self, db: peewee.SqliteDatabase, now: datetime) -> None:
        self._db, self._now = db, now

    def append(self, kind: str, who: str, payload: dict[str, Any]) -> None:
        """Add an entry: what happened, by whom, to what (plain JSON values). Raises WrongEntry when it is not as its kind
        is declared."""
        kinds.check(kind, who, payload)
        self.append_unchecked(kind, who, payload)

    def append_unchecked(self, kind: str, who: str, payload: dict[str, Any]) -> None:
        """Add an entry of a kind that this program does not declare; for tests of what another program may say."""
        device, seq, prev_hash, latest, offset = self._db.execute_sql(_STANDS, (OFFSET,)).fetchone()
        # an id after every one that is known here, by a clock corrected by what is known of its error
        now = self._now + timedelta(milliseconds=int(offset)) if offset else self._now
        entry_id = following_id(now, latest or "")
        said = (device, (seq or 0) + 1, entry_id, clock.utc_text(self._now), kind, who, canonical_json(payload))
        before = prev_hash or BEGINNING
        add_entry(self._db, (*said, before, entry_hash(*said, before)))


def verify_chain(db: peewee.SqliteDatabase) -> int:
    """Check every entry against its hash and the one before. Returns how many there are; raises ValueError naming the
    first that is wrong. Of an entry that the journal cannot hold there is only the note that it was refused."""
    before: dict[str, tuple[int, str]] = {}
    gaps = set(db.execute_sql("SELECT device, seq FROM refused EXCEPT SELECT device, seq FROM journal").fetchall())
    count = 0
    rows = db.execute_sql(
        "SELECT device, seq, id, time, kind, who, payload, prev_hash, hash FROM journal ORDER BY device, seq"
    )
    for device, seq, entry_id, time, kind, who, payload, prev_hash, own in rows:
        last_seq, last_hash = before.get(device, (0, BEGINNING))
        right = entry_hash(device, seq, entry_id, time, kind, who, payload, prev_hash)
        while (device, last_seq + 1) in gaps:
            last_seq, last_hash = last_seq + 1, prev_hash
        if seq != last_seq + 1 or prev_hash != last_hash or own != right:
            raise ValueError(f"journal entry {seq} of device {device}")
        before[device] = (seq, own)
        count += 1
    return count
