"""Up: the journal is the outbox. What the hub has not got is told in batches; telling twice is the same as once."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.data.models import Envelope, Meta, Refused
from kiosk.journal import Store
from kiosk.journal.entries import BEGINNING, entry_text, hash_of
from kiosk.journal.forks import FORKED_DEVICES, judge

from .projection_rules import BORN, RULES

if TYPE_CHECKING:
    from .connection import HubConnection

#: Entries told at once.
BATCH = 300


class JournalForked(Exception):
    """The hub has another entry of `device` where this tablet has its own."""

    def __init__(self, device: str) -> None:
        super().__init__(device)
        self.device = device


def lasts(store: Store, *, hub_too: bool = False) -> dict[str, int]:
    """Return the number of the last entry of every device known here; the hub's own decisions only with `hub_too`."""
    sql = "SELECT device, max(seq) FROM journal GROUP BY device" + ("" if hub_too else " HAVING max(who) <> 'hub'")
    return dict(store.db.execute_sql(sql).fetchall())


def last(store: Store, device: str) -> int:
    """Return the number of the last entry of a device."""
    sql = "SELECT coalesce(max(seq), 0) FROM journal WHERE device = ?"
    return int(store.db.execute_sql(sql, (device,)).fetchone()[0])


def forked_devices(store: Store) -> list[str]:
    """Return the names that entries went on under since `told_heirs`."""
    return list(json.loads(store.get_meta(FORKED_DEVICES) or "[]"))


def told_heirs(store: Store, told: list[str]) -> None:
    """Note that the hub was told of these."""
    with store.db.atomic("IMMEDIATE"):
        left = sorted(set(forked_devices(store)) - set(told))
        Meta.replace(key=FORKED_DEVICES, value=json.dumps(left)).execute(store.db)


def push(link: HubConnection, store: Store, device: str, after: int, stop: Callable[[], bool]) -> int:
    """Tell the hub the entries of a device that follow number `after`; returns the last it has then. Raises Parted."""
    while not stop():
        rows = store.db.execute_sql(
            "SELECT * FROM journal WHERE device = ? AND seq > ? ORDER BY seq LIMIT ?", (device, after, BATCH)
        ).fetchall()
        if not rows:
            break
        lines, hashes = [entry_text(*row[:8]) for row in rows], [row[8] for row in rows]
        base = hash_of(store.db, device, after) or BEGINNING
        answer = link.value(
            "SELECT kiosk.push(%s, %s, %s, %s, %s::jsonb)",
            (device, base, lines, hashes, json.dumps(_attachments(store, rows))),
        )
        _note(store, device, answer["verdicts"])
        if answer["outcome"] == "forked":
            raise JournalForked(device)
        after = int(answer["last"])
    return after


def _note(store: Store, device: str, verdicts: list[list[Any]]) -> None:
    """Note what the hub says of entries told to it."""
    marked = {row.seq for row in Refused.select().where(Refused.device == device).execute(store.db)}
    said = [(seq, why[0] if why else None) for seq, _verdict, *why in verdicts if why or seq in marked]
    if said:
        with store.db.atomic("IMMEDIATE"):
            for seq, reason in said:
                judge(store, device, seq, reason)


def _attachments(store: Store, rows: list[tuple[Any, ...]]) -> list[tuple[str, str, str]]:
    """Return what belongs to entries but is not in the journal: codes and sealed boxes."""
    found = []
    for row in rows:
        kind, thing = row[4], row[4].partition(".")[0]
        if kind == "keys.sealed_anew":
            said = json.loads(row[6])
            which = (Envelope.recipient == said["key"]) & Envelope.request.in_(list(said["envelopes"]))
            for envelope in Envelope.select().where(which).execute(store.db):
                box = base64.b64encode(bytes(envelope.box)).decode()
                found.append((envelope.request, f"box:{envelope.recipient}", box))
        if kind not in BORN:
            continue
        subject = json.loads(row[6])[thing]
        model: Any = RULES[thing].model
        for (code,) in model.select(model.code).where(model.id == subject).tuples().execute(store.db):
            found.append((subject, f"{thing}.code", base64.b64encode(code.encode()).decode()))
        if thing == "request":
            for envelope in Envelope.select().where(Envelope.request == subject).execute(store.db):
                box = base64.b64encode(bytes(envelope.box)).decode()
                found.append((subject, f"box:{envelope.recipient}", box))
    return found
