"""Down: what other tablets of the centre did, page by page. A page is one transaction here, with the place it ended at:
the screen never sees half of it, and a pulled plug leaves the tablet before it or after it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.data import Store
from kiosk.data.database import telling
from kiosk.data.journal import hash_of
from kiosk.data.models import Meta

from .chains import judge, keep
from .folding import Folder, Parcels
from .link import Link

#: Entries read at once.
PAGE = 500
#: Where the last position that was read, and the id of the event there, are noted: "position id".
CURSOR = "hub_cursor"


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
            (position, head, own, _last(store, own), PAGE),
        )
        end = rows[-1][:2] if len(rows) == PAGE else (head, head_id)
        came += take(store, zone, rows, _parcels(link, store, zone, rows), end)
        if any(row[2] is None and row[3] == own for row in rows):
            raise Namesake(own)
    return came


def _last(store: Store, device: str) -> int:
    [(last,)] = store.db.execute_sql("SELECT coalesce(max(seq), 0) FROM journal WHERE device = ?", (device,)).fetchall()
    return int(last)


def take(store: Store, zone: ZoneInfo, rows: list[tuple[Any, ...]], parcels: Parcels, end: tuple[int, str]) -> int:
    """Add a page of entries and fold it, in one transaction; returns how many were new."""
    came, touched, erased = 0, set(), False
    with telling(), store.db.atomic("IMMEDIATE"):
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


def _parcels(link: Link, store: Store, zone: ZoneInfo, rows: list[tuple[Any, ...]]) -> Parcels:
    """Return what belongs to the things of a page, and to those that wait, as it is now: nothing of what was erased."""
    subjects = {subject for _thing, subject in Folder(store, zone).waiting()}
    for row in rows:
        said = json.loads(row[9]) if row[2] is None else {}
        subjects |= {said.get(row[7].partition(".")[0], "")}
    if not subjects - {""}:
        return {}
    answer = link.ask(
        "SELECT subject, part, data FROM kiosk.parcel WHERE centre = kiosk.my_centre() AND subject = ANY (%s)",
        (sorted(map(str, subjects - {""})),),
    )
    return {(subject, part): bytes(data) for subject, part, data in answer}
