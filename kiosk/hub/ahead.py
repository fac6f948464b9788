"""Reading ahead: a tablet that is far behind reads first what is still in use (the shelf, open tickets and requests, what
happened these days, settings), so that people can work with it. The rest follows in the order of the hub.

Entries read ahead are projected and not kept: what the journal has of a device has no gaps. Until all entries are here,
the others are kept and wait to be projected, so that a thing given away years ago is never on the shelf.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from kiosk import clock
from kiosk.data.models import Meta
from kiosk.files.storage_errors import storage_errors
from kiosk.journal import Store
from kiosk.journal.admission import about, reason_for
from kiosk.journal.entries import READ_AHEAD, SUBJECT
from kiosk.journal.hub_clock import hub_time
from kiosk.journal.kinds.things import THINGS

from .claims import HAND_OVERS
from .errors import HubAway
from .parcels import parcels
from .projection import WITH_CODE, Ahead, Projector
from .projection_rules import RULES
from .settings import AHEAD as SETTINGS_AHEAD
from .settings import THING as SETTINGS

if TYPE_CHECKING:
    from .connection import HubConnection

log = logging.getLogger(__name__)

#: Entries between the cursor and the newest one from which on a tablet reads ahead.
FAR = 5000
#: Things read or projected at once, in a transaction of some 30 ms.
SOME = 250
#: A thing with an entry of these days is in use even if it is over.
LATELY = timedelta(days=8)

#: What is in use, with the positions of its entries after the cursor. Texts are cut out, not cast, so that no entry makes
#: the query fail. Whoever made the entries, a thing too many or too few here is put right when all are read. With a thing,
#: its tickets that were ever handed over are needed, and with a ticket its thing. What was erased waits: who did so decides
#: whether it can be brought back.
_IN_USE = """
    WITH told AS MATERIALIZED (
        SELECT position, id COLLATE "C" AS id, time COLLATE "C" AS time, kind, split_part(kind, '.', 1) AS thing, subject,
            CASE WHEN kind LIKE 'ticket.%%' THEN substring(payload FROM '"item":"([^"]*)"') END AS item,
            CASE WHEN kind LIKE 'item.%%' THEN substring(payload FROM '"quantity":([0-9]{1,4})[,}]')::int END AS quantity
        FROM kiosk.event WHERE centre = kiosk.my_centre() AND reason IS NULL AND subject IS NOT NULL),
    stand AS MATERIALIZED (
        SELECT thing, subject, max(time) AS newest, split_part(max(id || ' ' || kind), ' ', 2) AS kind,
            substr(max(id || item), 33) AS item, max(quantity) AS quantity, bool_or(kind = ANY (%(given)s)) AS given,
            bool_or(kind = 'ticket.hand_over_undone') AS undone, bool_or(kind = 'request.erased') AS erased
        FROM told GROUP BY thing, subject),
    gone AS (SELECT item AS subject, count(*) AS pieces FROM stand WHERE given AND NOT undone GROUP BY item),
    used AS MATERIALIZED (
        SELECT thing, subject, item FROM stand JOIN unnest(%(things)s::text[], %(since)s::text[]) AS rule (thing, since)
            USING (thing) LEFT JOIN gone USING (subject)
        WHERE NOT erased AND (newest >= %(lately)s OR (newest >= since AND kind <> ALL (%(ends)s)
            AND NOT (thing = 'item' AND coalesce(pieces, 0) >= quantity)))),
    items AS MATERIALIZED (
        SELECT subject FROM used WHERE thing = 'item' UNION SELECT item FROM used WHERE item IS NOT NULL AND thing = 'ticket'),
    wanted AS MATERIALIZED (
        SELECT thing, subject FROM used UNION SELECT 'item', subject FROM items
        UNION SELECT 'ticket', stand.subject FROM stand JOIN items ON stand.item = items.subject WHERE given)
    SELECT thing, subject, coalesce(CASE thing WHEN 'ticket' THEN max(stand.item) END, subject), array_agg(position)
    FROM told JOIN wanted USING (thing, subject) JOIN stand USING (thing, subject)
    WHERE position > %(cursor)s AND position <= %(head)s GROUP BY thing, subject"""
_ENTRIES = """
    SELECT device, seq, id, time, kind, who, payload, prev_hash, hash FROM kiosk.event
    WHERE centre = kiosk.my_centre() AND position = ANY (%s)"""
#: Things that wait, of one type, after an id.
_WAITING = "SELECT subject FROM unfolded WHERE kind = ? AND subject > ? ORDER BY subject LIMIT ?"
#: "+": compared as it is, the id is found by the index.
_TICKETS = f"""
    SELECT DISTINCT ticket, json_extract(payload, '$.item')
    FROM (SELECT +subject AS ticket FROM unfolded WHERE kind = 'ticket') CROSS JOIN journal ON {SUBJECT} = ticket
    WHERE kind LIKE 'ticket.%'"""

#: Things in order of reference; entries without one last.
_ORDER = {thing: at for at, thing in enumerate((*THINGS, SETTINGS))}


class _Used(NamedTuple):
    """A thing in use: its type and id, the item of a ticket or else its own id, the positions of its entries."""

    thing: str
    subject: str
    of: str
    positions: list[int]


def is_behind(store: Store) -> bool:
    """Return whether what is in use was read ahead, and the rest is not all projected yet."""
    return store.get_meta(READ_AHEAD) is not None


def read_ahead(
    link: HubConnection, store: Store, zone: ZoneInfo, stop: Callable[[], bool], now: datetime, span: tuple[int, int]
) -> None:
    """Project what is in use by entries between two positions. The hub's answer may come too late or not at all: then
    everything is read in order."""
    with store.db.atomic("IMMEDIATE"):
        Meta.insert(key=READ_AHEAD, value="").on_conflict_ignore().execute(store.db)
    found: list[_Used] = []
    with suppress(HubAway):
        found = [_Used(*row) for row in link.rows(_IN_USE, _rules(now, *span))]
    ahead: Ahead = {}
    projector = Projector(store, zone, now, ahead)
    for some in _parts(found):
        if stop():
            return
        _project(link, store, projector, ahead, some, now)


def _parts(found: list[_Used]) -> Iterator[list[_Used]]:
    """Yield some things at a time in order of reference, each item with its tickets."""
    part: list[_Used] = []
    found.sort(key=lambda one: (_ORDER["item" if one.thing == "ticket" else one.thing], one.of, one.thing))
    for one in found:
        if len(part) >= SOME and one.of != part[-1].of:
            yield part
            part = []
        part.append(one)
    if part:
        yield part


def _rules(now: datetime, cursor: int, head: int) -> dict[str, Any]:
    since = {thing: clock.utc_text(now - table.needed) if table.needed else "" for thing, table in THINGS.items()}
    since[SETTINGS] = ""
    ends = [f"{thing}.{verb}" for thing, table in THINGS.items() for verb in table.ends.split()]
    lately = clock.utc_text(now - LATELY)
    lists = {"given": sorted(HAND_OVERS), "things": [*since], "since": [*since.values()], "ends": ends}
    return lists | {"lately": lately, "cursor": cursor, "head": head}


def _project(
    link: HubConnection,
    store: Store,
    projector: Projector,
    ahead: Ahead,
    some: list[_Used],
    now: datetime,
) -> None:
    """Project some things by all their entries, here and at the hub."""
    at_hub = hub_time(store.db, now)
    read = link.rows(_ENTRIES, ([position for one in some for position in one.positions],))
    entries = [entry for entry in read if reason_for(entry, at_hub) is None]
    for _device, _seq, entry_id, time, kind, who, payload, *_hashes in entries:
        said = about(kind, payload)
        if said is not None:
            ahead.setdefault(said, []).append((entry_id, kind, time, payload, who))
    attachments = parcels(link, {one.subject for one in some if one.thing in WITH_CODE})
    with storage_errors(), store.db.atomic("IMMEDIATE"):
        projector.only({(one.thing, one.subject) for one in some if one.thing in RULES}, attachments)
        newest = max((entry[2] for entry in entries), default="")
        Meta.update(value=newest).where((Meta.key == READ_AHEAD) & (Meta.value < newest)).execute(store.db)
        settings = [(entry[2], entry[0], entry[6]) for entry in entries if entry[4].partition(".")[0] == SETTINGS]
        if settings:
            Meta.replace(key=SETTINGS_AHEAD, value=json.dumps(settings)).execute(store.db)


def project_rest(link: HubConnection, store: Store, zone: ZoneInfo, stop: Callable[[], bool], now: datetime) -> None:
    """Project everything that waits, once all entries are here; goes on where it was."""
    for thing in RULES:
        beside = _tickets_by_item(store) if thing == "item" else {}
        subject = ""
        while rows := store.db.execute_sql(_WAITING, (thing, subject, SOME)).fetchall():
            if stop():
                return
            subject = rows[-1][0]
            some = {(thing, one) for (one,) in rows} | {
                ("ticket", one) for (item,) in rows for one in beside.get(item, ())
            }
            attachments = parcels(link, {one for of, one in some if of in WITH_CODE})
            with storage_errors(), store.db.atomic("IMMEDIATE"):
                Projector(store, zone, now).only(some, attachments)
    with store.db.atomic("IMMEDIATE"):
        Meta.delete().where(Meta.key.in_([READ_AHEAD, SETTINGS_AHEAD])).execute(store.db)
    store.forget_deleted()


def _tickets_by_item(store: Store) -> dict[str, list[str]]:
    """Return the waiting tickets of each item, which is on the shelf or not only together with them."""
    found: dict[str, list[str]] = {}
    for ticket, item in store.db.execute_sql(_TICKETS).fetchall():
        found.setdefault(item, []).append(ticket)
    return found
