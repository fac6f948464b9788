"""Which of an entry's names counts: a tablet that was copied or restored may have told one entry under two of them. The
hub takes the first it hears and refuses the other as told twice; here both stay in their chains, and the same one counts.
Everything inside the caller's transaction."""

from __future__ import annotations

import json
from typing import Any

from kiosk import clock
from kiosk.data import Store, new_id
from kiosk.data.models import Meta, Refused, Unfolded

from .entries import LEDGER, add_entry, counted, fork, hash_of, take_out

#: Why the hub refuses an entry it has under another name. Nothing is lost by it, so nobody is told.
TWICE = "twice"


def keep(store: Store, entry: list[Any], reason: str | None) -> bool:
    """Add an entry of the hub's, with the `reason` it was refused for, unless it is here; tells whether it was added. What
    is here under its number, and is not it, goes on under a name of its own; the same entry that counts here under another
    name makes room for one that counts there."""
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
    add_entry(store.db, tuple(entry))
    return True


def judge(store: Store, device: str, seq: int, reason: str | None) -> None:
    """Note what the hub says of an entry that is here. One that it refused before it was restored from a backup, and now
    takes, is folded anew."""
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
