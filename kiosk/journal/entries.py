"""The journal: an append-only log with one hash-chained entry for each change, written in the transaction of that change.

It never holds personal data or a ticket's code; sealed envelopes are named by their hash. Entry ids are a hybrid logical
clock: in the order of ids, an entry follows every entry that was known on the device that made it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from json.encoder import encode_basestring
from typing import Any

import peewee

from kiosk import clock
from kiosk.data.ids import following_id
from kiosk.data.models import canonical_json

from . import kinds
from .hub_clock import OFFSET, STARTED, hub_now

#: Copied for each entry: a new object makes OpenSSL look up the algorithm, which takes as long as the hash (3 µs cold).
_SHA256 = hashlib.sha256()
#: The previous hash of a device's first entry.
BEGINNING = "0" * 64
#: SQL for the id of an entry's subject: "ticket.reserved" has it in the payload's "ticket". Indexed by migration 10.
SUBJECT = """json_extract(payload, '$.' || substr(kind || '.', 1, instr(kind || '.', '.') - 1))"""
#: SQL condition: the entry is valid, that is, the hub did not reject it.
COUNTS = """NOT EXISTS (SELECT 1 FROM refused WHERE refused.device = journal.device AND refused.seq = journal.seq)"""
#: Meta key of the newest id that was read ahead of the journal (kiosk/hub/ahead.py), while the rest is being read.
READ_AHEAD = "hub_ahead"
#: Meta key of the ledger's version; when it is missing, the reports' ledger is rebuilt.
LEDGER = "ledger"


_ADD = "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def entry_text(
    device: str, seq: int, entry_id: str, time: str, kind: str, who: str, payload: str, prev_hash: str
) -> str:
    """Return the canonical JSON text of an entry's fields and the previous hash; this text is hashed."""
    quoted = [*map(encode_basestring, (entry_id, time, kind, who, payload, prev_hash))]
    return f"[{encode_basestring(device)},{seq},{','.join(quoted)}]"  # same as canonical_json, in half the time


def entry_hash(
    device: str, seq: int, entry_id: str, time: str, kind: str, who: str, payload: str, prev_hash: str
) -> str:
    """Return the SHA-256 of `entry_text`, in hex."""
    hashed = _SHA256.copy()
    hashed.update(entry_text(device, seq, entry_id, time, kind, who, payload, prev_hash).encode())
    return hashed.hexdigest()


def counted(db: peewee.SqliteDatabase, entry_id: str) -> tuple[str, int] | None:
    """Return (device, seq) of the valid entry with this id, or None; entries that the hub rejected are skipped."""
    sql = f"SELECT device, seq FROM journal WHERE id = ? AND {COUNTS}"
    row = db.execute_sql(sql, (entry_id,)).fetchone()
    return (str(row[0]), int(row[1])) if row else None


#: An entry as it is projected: id, kind, time, payload, who.
Told = tuple[str, str, str, str, str]


def told_of(db: peewee.SqliteDatabase, thing: str, subjects: list[str]) -> dict[str, list[Told]]:
    """Return the valid entries of some things of one type, in the order of their ids."""
    sql = f"""SELECT value, journal.id, kind, time, payload, who FROM json_each(?) CROSS JOIN journal ON {SUBJECT} = value
              WHERE kind LIKE ? AND who <> '' AND {COUNTS} ORDER BY journal.id"""
    found: dict[str, list[Told]] = {}
    for subject, *entry in db.execute_sql(sql, (json.dumps(subjects), f"{thing}.%")).fetchall():
        found.setdefault(subject, []).append((*entry,))
    return found


def hash_of(db: peewee.SqliteDatabase, device: str, seq: int) -> str:
    """Return the hash of an entry, "" if this database does not have it."""
    row = db.execute_sql("SELECT hash FROM journal WHERE device = ? AND seq = ?", (device, seq)).fetchone()
    return str(row[0]) if row else ""


def add_entry(db: peewee.SqliteDatabase, row: tuple[Any, ...]) -> None:
    """Insert an entry of another device unchanged: device, seq, id, time, kind, who, payload, prev_hash, hash."""
    db.execute_sql(_ADD, row)


def add_entries(db: peewee.SqliteDatabase, rows: Iterable[Sequence[Any]]) -> None:
    """Insert many entries as `add_entry` does."""
    db.connection().executemany(_ADD, rows)


def are_new(db: peewee.SqliteDatabase, entries: Iterable[Sequence[Any]], ids: list[str]) -> bool:
    """Return whether no entry here has the device and number of one of the entries, or one of the ids."""
    spans: dict[str, list[int]] = {}
    for device, seq, *_rest in entries:
        spans.setdefault(device, []).append(seq)
    for device, seqs in spans.items():
        sql = "SELECT 1 FROM journal WHERE device = ? AND seq BETWEEN ? AND ? LIMIT 1"
        if len(set(seqs)) < len(seqs) or db.execute_sql(sql, (device, min(seqs), max(seqs))).fetchone():
            return False
    sql = "SELECT 1 FROM json_each(?) CROSS JOIN journal ON journal.id = value LIMIT 1"
    return len(set(ids)) == len(ids) and db.execute_sql(sql, (json.dumps(ids),)).fetchone() is None


#: SQL for one row: device id, seq and hash of its last entry, newest valid id, newest id read ahead, the notes of
#: the hub's clock. The id of a refused entry can be any text.
_STANDS = f"""SELECT meta.value, seq, hash, (SELECT id FROM journal WHERE {COUNTS} ORDER BY id DESC LIMIT 1),
                    (SELECT value FROM meta WHERE key = '{READ_AHEAD}'),
                    (SELECT value FROM meta WHERE key = ?), (SELECT value FROM meta WHERE key = ?)
             FROM meta LEFT JOIN journal ON device = meta.value WHERE meta.key = 'device' ORDER BY seq DESC LIMIT 1"""


class Journal:
    """Appends to the journal inside one open transaction; created by `Store.write`."""

    def __init__(self, db: peewee.SqliteDatabase, now: datetime) -> None:
        self._db, self._now = db, now

    def append(self, kind: str, who: str, payload: dict[str, Any]) -> None:
        """Append an entry: `kind` is "subject.verb", `who` the author, `payload` plain JSON values with the subject's
        id. Raises WrongEntry if it violates the declaration of its kind."""
        kinds.check(kind, who, payload)
        self.append_unchecked(kind, who, payload)

    def append_unchecked(self, kind: str, who: str, payload: dict[str, Any]) -> None:
        """Append an entry of an undeclared kind; for tests with entries of other programs."""
        device, seq, prev_hash, latest, ahead, *noted = self._db.execute_sql(_STANDS, (OFFSET, STARTED)).fetchone()
        entry_id = following_id(
            hub_now(self._now, *noted), max(latest or "", ahead or "")
        )  # sorts after every known id
        said = (device, (seq or 0) + 1, entry_id, clock.utc_text(self._now), kind, who, canonical_json(payload))
        before = prev_hash or BEGINNING
        add_entry(self._db, (*said, before, entry_hash(*said, before)))


def verify_chain(db: peewee.SqliteDatabase) -> int:
    """Verify the hash and the previous hash of every entry. Returns the number of entries. Raises ValueError with seq
    and device of the first wrong one. Entries that the journal cannot hold are skipped: only their refusal is
    recorded."""
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
