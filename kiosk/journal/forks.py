"""Forks: two journals diverge under one device id when a tablet was copied or restored from a backup.

Entries after the common prefix continue as a new device id (a fork). The hub keeps the entry it received first and rejects
the same one under another device id as a duplicate; on the tablet both stay in their chains and exactly one is valid, the
same one as at the hub. Everything runs inside the caller's transaction.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import peewee

from kiosk import clock
from kiosk.data import new_id
from kiosk.data.models import JournalEntry, Meta, Refused, Unfolded

from .admission import ASIDE, storable
from .entries import BEGINNING, LEDGER, add_entry, counted, entry_hash, hash_of
from .store import Store

#: Meta key of the forked device ids that were not sent to the hub yet (a JSON list).
FORKED_DEVICES = "hub_heirs"
#: The hub's reason for rejecting an entry that it has under another device id. Nothing is lost, so nobody is notified.
TWICE = "twice"


def keep(store: Store, entry: list[Any], reason: str | None) -> bool:
    """Insert an entry from the hub, with the `reason` if the hub rejected it. Returns False if it was here already.

    A different local entry with the same (device, seq) continues, with all that follow it, as a fork. If the same entry is
    valid here under another device id, that one is removed from its chain, so that the hub's is the valid
    one. Of an entry that the journal cannot hold only the rejection is recorded."""
    device, seq, entry_id, its_hash = *entry[:3], entry[-1]
    here = hash_of(store.db, device, seq)
    if here and here != its_hash:
        _fork(store, device, seq)
    found = counted(store.db, entry_id) if here != its_hash and reason is None else None
    if found is not None:
        forked = _fork(store, *found)
        if hash_of(store.db, device, seq) != its_hash:  # else the fork has the hub's device id
            _take_out(store, forked)
    if hash_of(store.db, device, seq) == its_hash:
        judge(store, device, seq, reason)
        return False
    if reason is not None:
        Refused.replace(device=device, seq=seq, reason=reason).execute(store.db)
    if reason is None or storable(store.db, entry):
        add_entry(store.db, tuple(entry))
    return True


def judge(store: Store, device: str, seq: int, reason: str | None) -> None:
    """Record the hub's verdict on a local entry: the `reason` for its rejection, or None. An entry that the hub
    rejected before it was restored from a backup and accepts now, or that was set aside and is valid now, is queued for
    projection again."""
    which = (Refused.device == device) & (Refused.seq == seq)
    before = next((row[0] for row in Refused.select(Refused.reason).where(which).tuples().execute(store.db)), None)
    if before == reason:
        return
    Meta.delete().where(Meta.key == LEDGER).execute(store.db)
    if reason is not None:
        Refused.replace(device=device, seq=seq, reason=reason).execute(store.db)
        return
    sql = "SELECT id, kind, payload FROM journal WHERE device = ? AND seq = ?"
    [(entry_id, kind, payload)] = store.db.execute_sql(sql, (device, seq)).fetchall()
    found = counted(store.db, entry_id)
    if found is not None:
        _take_out(store, _fork(store, *found))
    Refused.delete().where(which).execute(store.db)
    subject = json.loads(payload).get(kind.partition(".")[0])
    if isinstance(subject, str):
        Unfolded.replace(kind=kind.partition(".")[0], subject=subject).execute(store.db)


def _take_out(store: Store, device: str) -> None:
    """Remove the first entry of a device; the rest continues as a fork, which this tablet follows if the id was its own."""
    rest = take_out(store.db, device, 1)
    if device == store.device:
        _be(store, rest)


def _fork(store: Store, device: str, seq: int) -> str:
    """Fork a device at entry `seq` and return the new id. If it was this tablet's id, the tablet takes the new one."""
    forked = fork(store.db, device, seq - 1)
    if device == store.device:
        _be(store, forked)
    return forked


def _be(store: Store, device: str) -> None:
    Meta.replace(key="device", value=device or new_id(clock.utc_now())).execute(store.db)


def fork(db: peewee.SqliteDatabase, device: str, after: int) -> str:
    """Move the entries of a device after seq `after` to a new device id and return it, "" if there are none. The id is
    derived from the device and the first moved entry, so every tablet derives the same. Inside the caller's transaction.

    This is the only way an entry is rewritten, and only entries that no other device has: where two journals diverged under
    one device id, the hub keeps one of them under that id.
    """
    return _go_on(db, device, _lift(db, device, after))


def take_out(db: peewee.SqliteDatabase, device: str, seq: int) -> str:
    """Remove one entry; the caller inserts it again under the device id that the hub knows it by. Entries after it become a
    fork. Returns the fork's device id, "" if nothing follows. Inside the caller's transaction."""
    _entry, *rest = _lift(db, device, seq - 1)
    return _go_on(db, device, rest)


def _lift(db: peewee.SqliteDatabase, device: str, after: int) -> list[tuple[tuple[Any, ...], str]]:
    """Delete the entries of a device after seq `after` and return each with the reason it is set aside for, or "". Left
    out are entries that the hub rejected because they are valid under another device id; for other rejections the hub
    decides again."""
    sql = "SELECT * FROM journal WHERE device = ? AND seq > ? ORDER BY seq"
    rows = db.execute_sql(sql, (device, after)).fetchall()
    of_refused = (Refused.device == device) & (Refused.seq > after)
    refused = dict(Refused.select(Refused.seq, Refused.reason).where(of_refused).tuples().execute(db))
    aside = {seq: reason for seq, reason in refused.items() if reason.startswith(ASIDE)}
    [(keeps,)] = db.execute_sql("SELECT sql FROM sqlite_master WHERE name = 'journal_keeps'").fetchall()
    db.execute_sql("DROP TRIGGER journal_keeps")
    JournalEntry.delete().where((JournalEntry.device == device) & (JournalEntry.seq > after)).execute(db)
    db.execute_sql(keeps)
    Refused.delete().where(of_refused).execute(db)
    Meta.delete().where(Meta.key == LEDGER).execute(db)  # the ledger has them under the old device id
    kept = [row for row in rows if row[1] not in refused or counted(db, row[2]) is None]
    return [(row, aside.get(row[1], "")) for row in kept]


def _go_on(db: peewee.SqliteDatabase, device: str, rows: list[tuple[tuple[Any, ...], str]]) -> str:
    """Insert entries that `_lift` removed from `device` under a new device id; returns it, "" if there are none."""
    if not rows:
        return ""
    forked = hashlib.sha256(f"{device}:{rows[0][0][-1]}".encode()).hexdigest()[:32]
    prev_hash = BEGINNING
    for seq, (row, aside) in enumerate(rows, 1):
        _device, _seq, entry_id, time, kind, who, payload, *_hashes = row
        own = entry_hash(forked, seq, entry_id, time, kind, who, payload, prev_hash)
        if aside:
            Refused.replace(device=forked, seq=seq, reason=aside).execute(db)
        add_entry(db, (forked, seq, entry_id, time, kind, who, payload, prev_hash, own))
        prev_hash = own
    noted = Meta.select(Meta.value).where(Meta.key == FORKED_DEVICES).tuples().execute(db)
    known = json.loads(next((value for (value,) in noted), "[]"))
    Meta.replace(key=FORKED_DEVICES, value=json.dumps(sorted({*known, forked}))).execute(db)
    return forked
