"""Push: the journal is the outbox. Entries the hub lacks are sent in batches; sending is idempotent."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import peewee

from kiosk.data.models import Envelope, Meta, Refused
from kiosk.journal import Store
from kiosk.journal.admission import ASIDE, payload_of
from kiosk.journal.entries import BEGINNING, entry_text, hash_of
from kiosk.journal.forks import FORKED_DEVICES, judge
from kiosk.journal.kinds import BOXES, CODE, KINDS, NAMED_BOXES

from .errors import HubFull
from .projection_rules import RULES, SLIP_ERASED, thing_of_slip

if TYPE_CHECKING:
    from .connection import HubConnection

#: The hub's reason for an entry whose id is too far in the future: this tablet's clock has jumped.
AHEAD_OF_HUB = f"{ASIDE}ahead"
#: Schema version of the hub since which a tablet says that it has more to tell.
SAYS_MORE = 14
#: Entries in a batch: the call itself costs the hub as much as some forty of them.
BATCH = 500


class JournalForked(Exception):
    """The hub has another entry of `device` under a number that this tablet has used."""

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
    """Return the device ids of forks made since `told_heirs`."""
    return list(json.loads(store.get_meta(FORKED_DEVICES) or "[]"))


def told_heirs(store: Store, told: list[str]) -> None:
    """Note that the hub knows of these forks."""
    with store.db.atomic("IMMEDIATE"):
        left = sorted(set(forked_devices(store)) - set(told))
        Meta.replace(key=FORKED_DEVICES, value=json.dumps(left)).execute(store.db)


def push(
    link: HubConnection, store: Store, device: str, after: int, stop: Callable[[], bool], *, says_more: bool = True
) -> int:
    """Send the entries of a device after number `after`; returns the last number the hub then has. With `says_more` the
    hub, of version SAYS_MORE at least, judges no claim before the last batch. Raises JournalForked, HubFull."""
    while not stop():
        rows = store.db.execute_sql(
            "SELECT * FROM journal WHERE device = ? AND seq > ? ORDER BY seq LIMIT ?", (device, after, BATCH + 1)
        ).fetchall()
        if not rows:
            break
        more, rows = len(rows) > BATCH, rows[:BATCH]
        lines, hashes = [entry_text(*row[:8]) for row in rows], [row[8] for row in rows]
        base = hash_of(store.db, device, after) or BEGINNING
        values: list[Any] = [device, base, lines, hashes, json.dumps(_attachments(store, rows))]
        if says_more:
            answer = link.value("SELECT kiosk.push(%s, %s, %b, %b, %s::jsonb, %s)", [*values, more])
        else:
            answer = link.value("SELECT kiosk.push(%s, %s, %b, %b, %s::jsonb)", values)
        _note(store, device, answer["verdicts"])
        link.asks_time |= any(why == [AHEAD_OF_HUB] for _seq, _verdict, *why in answer["verdicts"])
        if answer["outcome"] == "forked":
            raise JournalForked(device)
        before, after = after, max(after, int(answer["last"]))
        if answer["outcome"] == "limit":
            full = HubFull()
            full.last = after
            raise full
        if after == before:
            break  # the hub waits for an entry that this journal lacks
    return after


def _note(store: Store, device: str, verdicts: list[list[Any]]) -> None:
    """Store the hub's verdicts on pushed entries."""
    refused = Refused.select().where(Refused.device == device).execute(store.db)
    marked = {row.seq for row in refused if not row.reason.startswith(ASIDE)}
    said = [(seq, why[0] if why else None) for seq, _verdict, *why in verdicts if why or seq in marked]
    if said:
        with store.db.atomic("IMMEDIATE"):
            for seq, reason in said:
                judge(store, device, seq, reason)


def _attachments(store: Store, rows: list[tuple[Any, ...]]) -> list[tuple[str, str, str]]:
    """Return the attachments of entries: codes and sealed boxes, as their kinds declare."""
    found: list[tuple[str, str, str]] = []
    for row in rows:
        declared, said = KINDS.get(row[4]), payload_of(row[6]) or {}
        travels = declared.travels if declared is not None and not declared.fault_read(said) else ()
        if NAMED_BOXES in travels:
            found += _boxes(store, (Envelope.recipient == said["key"]) & Envelope.request.in_(list(said["envelopes"])))
        if row[4] == SLIP_ERASED:  # the code that replaces the one on the slip
            found += _new_code(store, said)
        if declared is None or CODE not in travels:
            continue
        subject = said[declared.thing]
        model: Any = RULES[declared.thing].model
        for (code,) in model.select(model.code).where(model.id == subject).tuples().execute(store.db):
            found.append((subject, f"{declared.thing}.code", _in_base64(code.encode())))
        if BOXES in travels:
            found += _boxes(store, Envelope.request == subject)
    return found


def _new_code(store: Store, said: dict[str, Any]) -> list[tuple[str, str, str]]:
    thing, subject = thing_of_slip(said)
    if thing is None:
        return []
    rows = RULES[thing].model.select(RULES[thing].model.code).where(RULES[thing].model.id == subject).tuples()
    return [(subject, f"{thing}.code", _in_base64(code.encode())) for (code,) in rows.execute(store.db)]


def _boxes(store: Store, which: peewee.Expression) -> list[tuple[str, str, str]]:
    """Return sealed boxes as attachments."""
    rows = Envelope.select().where(which).execute(store.db)
    return [(row.request, f"box:{row.recipient}", _in_base64(bytes(row.box))) for row in rows]


def _in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
