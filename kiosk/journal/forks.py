"""Where two journals part: a tablet that was copied, or restored from a backup, goes on under the device id of another.

What one of them wrote after the common part continues as a new device id (a fork). The hub keeps the entry it heard first
and refuses the same one under another device id as a duplicate; here both stay in their chains, and the same one counts.
Everything runs inside the caller's transaction.
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

#: The key of the device ids that are forks the hub was not told of (a JSON list).
FORKED_DEVICES = "hub_heirs"
#: Why the hub refuses an entry it has under another name. Nothing is lost by it, so nobody is told.
TWICE = "twice"


def keep(store: Store, entry: list[Any], reason: str | None) -> bool:
    """Add an entry of the hub's, with the `reason` it was refused for, unless it is here; tells whether it was added. What
    is here under its number, and is not it, goes on under a name of its own; the same entry that counts here under another
    name makes room for one that counts there. Of one that the journal cannot hold only the refusal is noted."""
    device, seq, entry_id, its_hash = *entry[:3], entry[-1]
    here = hash_of(store.db, device, seq)
    if here and here != its_hash:
        _fork(store, device, seq)
    found = counted(store.db, entry_id) if here != its_hash and reason is None else None
    if found is not None:
        forked = _fork(store, *found)
        if hash_of(store.db, device, seq) != its_hash:  # else: its name wherever journals parted at the same place
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
    """Note what is said of an entry that is here. One that the hub refused before it was restored from a backup and now
    takes, or that was put aside and can be read now, is folded anew."""
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
    """Take the first entry of a device out; what follows it goes on, this tablet too when it was its own."""
    rest = take_out(store.db, device, 1)
    if device == store.device:
        _be(store, rest)


def _fork(store: Store, device: str, seq: int) -> str:
    """Let what begins at number `seq` go on under a name of its own, this tablet too when it was its own."""
    forked = fork(store.db, device, seq - 1)
    if device == store.device:
        _be(store, forked)
    return forked


def _be(store: Store, device: str) -> None:
    Meta.replace(key="device", value=device or new_id(clock.utc_now())).execute(store.db)


def fork(db: peewee.SqliteDatabase, device: str, after: int) -> str:
    """Let the entries of a device that follow number `after` go on as a device of their own; returns its name, which
    is the same wherever the same entries part, "" when none go on. Inside the caller's transaction.

    The only way an entry is written anew, and only ever what nobody else has: where two journals parted under one name
    (a tablet was copied, or restored from a backup), the hub keeps one of them under it.
    """
    return _go_on(db, device, _lift(db, device, after))


def take_out(db: peewee.SqliteDatabase, device: str, seq: int) -> str:
    """Take one entry out, which the caller adds again under the name that others know it by; what follows it goes on as
    a device of its own. Returns that one's name, "" when nothing follows. Inside the caller's transaction."""
    _entry, *rest = _lift(db, device, seq - 1)
    return _go_on(db, device, rest)


def _lift(db: peewee.SqliteDatabase, device: str, after: int) -> list[tuple[tuple[Any, ...], str]]:
    """Take the entries of a device that follow number `after` out of the journal and return each with the reason it is put
    aside for, or "". What the hub refused there, because it counts under another name, is left out; other refusals of
    the hub's are for it to say again."""
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
    Meta.delete().where(Meta.key == LEDGER).execute(db)  # it was booked under the other name
    kept = [row for row in rows if row[1] not in refused or counted(db, row[2]) is None]
    return [(row, aside.get(row[1], "")) for row in kept]


def _go_on(db: peewee.SqliteDatabase, device: str, rows: list[tuple[tuple[Any, ...], str]]) -> str:
    """Add entries that were lifted from `device` as a device of their own; returns its name, "" when there are none."""
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
