"""Down: what other tablets of the centre did, page by page. A page is one transaction here, with the place it ended at:
the screen never sees half of it, and a pulled plug leaves the tablet before it or after it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from kiosk.data import Store
from kiosk.data.connection import telling
from kiosk.data.journal import SUBJECT, hash_of
from kiosk.data.models import Meta

from .chains import judge, keep
from .folding import Folder, Parcels
from .outbox import last
from .rules import RULES

if TYPE_CHECKING:
    from .link import Link

#: Entries read at once.
PAGE = 500
#: Where the last position that was read, and the id of the event there, are noted: "position id".
CURSOR = "hub_cursor"
#: Where it is noted what the program could fold that read last.
FOLDED = "hub_folded"


class Namesake(Exception):
    """Somebody else speaks as `device`, which is this tablet: one of the two is a copy."""

    def __init__(self, device: str) -> None:
        super().__init__(device)
        self.device = device


def cursor(store: Store) -> tuple[int, str]:
    """Return the position read up to, and the id of the event there."""
    position, _, event_id = (store.meta(CURSOR) or "0 ").partition(" ")
    return int(position), event_id


def set_cursor(store: Store, position: int, event_id: str) -> None:
    """Note a position inside the caller's transaction."""
    Meta.replace(key=CURSOR, value=f"{position} {event_id}").execute(store.db)


def pull(link: Link, store: Store, zone: ZoneInfo, stop: Callable[[], bool]) -> int:
    """Read what is new at the hub and fold it; returns how many entries came."""
    came = 0
    [(head, head_id)] = link.ask("SELECT * FROM kiosk.head()")
    while not stop():
        (position, _), own = cursor(store), store.device
        if position >= head:
            break
        rows = link.ask(
            """SELECT position, id, reason, device, seq, id, time, kind, who, payload, prev_hash, hash FROM kiosk.event
            WHERE centre = kiosk.my_centre() AND position > %s AND position <= %s
            AND (device <> %s OR seq > %s OR reason IS NOT NULL) ORDER BY position LIMIT %s""",
            (position, head, own, last(store, own), PAGE),
        )
        end = rows[-1][:2] if len(rows) == PAGE else (head, head_id)
        came += take(store, zone, rows, _parcels(link, store, zone, _subjects(rows)), end)
        if any(row[2] is None and row[3] == own for row in rows):
            raise Namesake(own)
    return came


def take(store: Store, zone: ZoneInfo, rows: list[tuple[Any, ...]], parcels: Parcels, end: tuple[int, str]) -> int:
    """Add a page of entries and fold it, in one transaction; returns how many were new."""
    came, touched, erased = 0, set(), False
    with telling, store.db.atomic("IMMEDIATE"):
        for _position, _id, reason, *entry in rows:  # first, so that nobody makes room for what does not count
            if reason is not None and hash_of(store.db, entry[0], entry[1]) == entry[-1]:
                judge(store, entry[0], entry[1], reason)
        for _position, _id, reason, *entry in rows:
            if not keep(store, entry, reason):
                continue
            came += 1
            if reason is None:
                thing = entry[4].partition(".")[0]
                subject = json.loads(entry[6]).get(thing)
                touched |= {(thing, subject)} if isinstance(subject, str) else set()
                erased |= entry[4].endswith(".erased")
        Folder(store, zone).fold(touched, parcels)
        set_cursor(store, *end)
    if erased:
        store.forget_deleted()
    return came


def catch_up(link: Link, store: Store, zone: ZoneInfo, stop: Callable[[], bool]) -> None:
    """Fold again what an older program could not read, or not all of it; a few things at a time."""
    before, now = json.loads(store.meta(FOLDED) or "{}"), {thing: rule.mark(thing) for thing, rule in RULES.items()}
    if before == now:
        return
    sql = f"SELECT DISTINCT substr(kind, 1, instr(kind, '.') - 1), {SUBJECT} FROM journal WHERE device <> ?"
    todo = [
        (thing, subject)
        for thing, subject in store.db.execute_sql(sql, (store.device,)).fetchall()
        if thing in now and now[thing] != before.get(thing) and isinstance(subject, str)
    ]
    for at in range(0, len(todo), PAGE):
        if stop():
            return
        some = todo[at : at + PAGE]
        parcels = _parcels(link, store, zone, {subject for _thing, subject in some})
        with telling, store.db.atomic("IMMEDIATE"):
            Folder(store, zone).fold(set(some), parcels)
    store.note(FOLDED, json.dumps(now))


def _subjects(rows: list[tuple[Any, ...]]) -> set[str]:
    """Return what the entries of a page are about."""
    found = (json.loads(row[9]).get(row[7].partition(".")[0]) for row in rows if row[2] is None)
    return {subject for subject in found if isinstance(subject, str)}


def _parcels(link: Link, store: Store, zone: ZoneInfo, subjects: set[str]) -> Parcels:
    """Return what belongs to some things, and to those that wait, as it is now: nothing of what was erased."""
    subjects = subjects | {subject for _thing, subject in Folder(store, zone).waiting()}
    if not subjects:
        return {}
    answer = link.ask(
        "SELECT subject, part, data FROM kiosk.parcel WHERE centre = kiosk.my_centre() AND subject = ANY (%s)",
        (sorted(subjects),),
    )
    return {(subject, part): bytes(data) for subject, part, data in answer}
