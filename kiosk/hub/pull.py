"""Pull: reads other tablets' entries page by page. A page and its cursor are one transaction, so the screen never sees
half of it, and a power cut leaves it applied or not."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from kiosk.data import snapshots
from kiosk.data.models import Meta
from kiosk.files.storage_errors import storage_errors
from kiosk.journal import Store
from kiosk.journal.admission import ASIDE, about, payload_of, reason_for
from kiosk.journal.entries import SUBJECT, add_entries, are_new, hash_of
from kiosk.journal.forks import judge, keep
from kiosk.journal.hub_clock import hub_time

from .ahead import FAR, is_behind, project_rest, read_ahead
from .parcels import Attachments, parcels
from .projection import Projector, wait
from .projection_rules import RULES, SLIP_ERASED, thing_of_slip
from .push import last

if TYPE_CHECKING:
    from .connection import HubConnection

#: Limits of a page: entries, and bytes of their payloads (at least one entry is read).
PAGE, PAGE_BYTES = 500, 2_000_000
#: Note key of the cursor, "position id": the last position read and the id of the entry there.
CURSOR = "hub_cursor"
#: Note key of the rules' marks of the program that read last.
FOLDED = "hub_folded"


#: A page: how many entries it would have without the byte limit, and the entries. A rejected entry with a payload over
#: the limit, which older hubs accepted, comes without it.
_PAGE = """
    SELECT wanted, position, id, reason, device, seq, id, time, kind, who,
        CASE WHEN reason IS NULL OR size <= 262144 THEN payload ELSE '{}' END, prev_hash, hash
    FROM (SELECT *, count(*) OVER () AS wanted, sum(size) OVER (ORDER BY position) - size AS before FROM (
        SELECT *, octet_length(payload) AS size FROM kiosk.event
        WHERE centre = kiosk.my_centre() AND position > %s AND position <= %s
            AND (device <> %s OR seq > %s OR reason IS NOT NULL) ORDER BY position LIMIT %s) AS page) AS measured
    WHERE before < %s ORDER BY position"""


class DeviceIdTaken(Exception):
    """Another tablet uses `device`, the id of this one: one of the two is a copy."""

    def __init__(self, device: str) -> None:
        super().__init__(device)
        self.device = device


def cursor(store: Store) -> tuple[int, str]:
    """Return the cursor: position, and id of the entry there."""
    position, _, event_id = (store.get_meta(CURSOR) or "0 ").partition(" ")
    return int(position), event_id


def set_cursor(store: Store, position: int, event_id: str) -> None:
    """Store the cursor inside the caller's transaction."""
    Meta.replace(key=CURSOR, value=f"{position} {event_id}").execute(store.db)


def pull(
    link: HubConnection,
    store: Store,
    zone: ZoneInfo,
    stop: Callable[[], bool],
    now: datetime,
    shown: Callable[[], None] = lambda: None,
) -> int:
    """Read new entries from the hub and project them; returns how many. If there are very many, what is in use is projected
    first, then `shown` is called, and the rest is projected when all of it is here."""
    came = 0
    [(head, head_id)] = link.rows("SELECT * FROM kiosk.head()")
    begin, _ = cursor(store)
    later = is_behind(store) or head - begin > FAR
    if later:
        read_ahead(link, store, zone, stop, now, (begin, head))
        shown()
    while not stop():
        (position, _), own = cursor(store), store.device
        if position >= head:
            break
        page = link.rows(_PAGE, (position, head, own, last(store, own), PAGE, PAGE_BYTES))
        rows = [row[1:] for row in page]
        end = (head, head_id) if not page or page[0][0] == len(page) < PAGE else rows[-1][:2]
        subjects = _subjects(rows, later) | (set() if later else _waiting(store, zone))
        came += take(store, zone, rows, parcels(link, subjects), end, now, later=later)
        if any(row[2] is None and row[3] == own for row in rows):
            raise DeviceIdTaken(own)
    if later and not stop():
        project_rest(link, store, zone, stop, now)
    return came


def take(
    store: Store,
    zone: ZoneInfo,
    rows: list[tuple[Any, ...]],
    attachments: Attachments,
    end: tuple[int, str],
    now: datetime,
    *,
    later: bool = False,
) -> int:
    """Add a page of entries and project it in one transaction, or note that it is to be projected `later`; returns how
    many were new. Entries that violate the declaration of their kind are set aside."""
    came, touched, erased = 0, set(), False
    with storage_errors(), store.db.atomic("IMMEDIATE"):
        at_hub = hub_time(store.db, now)
        judged = [(reason or reason_for(entry, at_hub), entry) for _position, _id, reason, *entry in rows]
        for reason, entry in judged:  # first: an entry set aside must not cause a fork
            if reason is not None and hash_of(store.db, entry[0], entry[1]) == entry[-1]:
                judge(store, entry[0], entry[1], reason)
        good = [entry for reason, entry in judged if reason is None]
        at_once = are_new(store.db, [entry for _reason, entry in judged], [entry[2] for entry in good])
        if at_once:
            add_entries(store.db, good)
        for reason, entry in judged:
            if not (at_once and reason is None) and not keep(store, entry, reason):
                continue
            came += 1
            if reason is None:
                said = about(entry[4], entry[6])
                touched |= {said} if said is not None else set()
                erased |= entry[4].endswith(".erased")
        if later:
            wait(store.db, [one for one in touched if one[0] in RULES])
        else:
            Projector(store, zone, now).fold(touched, attachments)
        unlinked = [_unlink(store, entry, attachments) for reason, entry in judged if reason is None]
        set_cursor(store, *end)
    if erased and not later:
        store.forget_deleted()
    for struck in filter(None, unlinked):
        snapshots.unlink(store.copies(), *struck)
    return came


def _unlink(store: Store, entry: Sequence[Any], attachments: Attachments) -> tuple[str, str, str] | None:
    """Replace the code of a thing whose slip was erased on another tablet; returns table, id and the new code."""
    if entry[4] != SLIP_ERASED or entry[0] == store.device:
        return None
    thing, subject = thing_of_slip(payload_of(entry[6]) or {})
    code = attachments.get((subject, f"{thing}.code"))
    if thing is None or code is None:
        return None
    model = RULES[thing].model
    model.update(code=code.decode()).where(model.id == subject).execute(store.db)
    return model._meta.table_name, subject, code.decode()


def reconsider(link: HubConnection, store: Store, zone: ZoneInfo, now: datetime) -> int:
    """Project entries that were set aside and are valid for this program; returns how many."""
    sql = """SELECT journal.* FROM journal JOIN refused USING (device, seq) WHERE substr(reason, 1, ?) = ?"""
    at_hub, rows = hub_time(store.db, now), store.db.execute_sql(sql, (len(ASIDE), ASIDE)).fetchall()
    good = [row for row in rows if reason_for(row, at_hub) is None]
    if good:
        found = {said[1] for row in good if (said := about(row[4], row[6])) is not None}
        attachments = parcels(link, found | _waiting(store, zone))
        with storage_errors(), store.db.atomic("IMMEDIATE"):
            for row in good:
                judge(store, row[0], row[1], None)
            Projector(store, zone, now).fold(set(), attachments)
    return len(good)


def catch_up(link: HubConnection, store: Store, zone: ZoneInfo, stop: Callable[[], bool], now: datetime) -> None:
    """Project again what an older program could not project fully, a few things at a time."""
    if is_behind(store):
        return
    reconsider(link, store, zone, now)
    before, marks = (
        json.loads(store.get_meta(FOLDED) or "{}"),
        {thing: rule.mark() for thing, rule in RULES.items()},
    )
    if before == marks:
        return
    sql = f"SELECT DISTINCT substr(kind, 1, instr(kind, '.') - 1), {SUBJECT} FROM journal WHERE device <> ?"
    changed = [
        (thing, subject)
        for thing, subject in store.db.execute_sql(sql, (store.device,)).fetchall()
        if thing in marks and marks[thing] != before.get(thing) and isinstance(subject, str)
    ]
    for at in range(0, len(changed), PAGE):
        if stop():
            return
        some = changed[at : at + PAGE]
        attachments = parcels(link, {subject for _thing, subject in some} | _waiting(store, zone))
        with storage_errors(), store.db.atomic("IMMEDIATE"):
            Projector(store, zone, now).fold(set(some), attachments)
    store.set_meta(FOLDED, json.dumps(marks))


def _subjects(rows: list[tuple[Any, ...]], later: bool) -> set[str]:
    """Return the ids of the things whose attachments a page needs: those of erased slips, and, unless it is projected
    later, of all its entries."""
    valid = [(row[7], row[9]) for row in rows if row[2] is None]
    slips = {thing_of_slip(payload_of(payload) or {})[1] for kind, payload in valid if kind == SLIP_ERASED}
    found = () if later else (about(kind, payload) for kind, payload in valid)
    return {said[1] for said in found if said is not None} | slips


def _waiting(store: Store, zone: ZoneInfo) -> set[str]:
    return {subject for _thing, subject in Projector(store, zone).waiting()}
