"""Whether an entry of another tablet counts here. What is not as its kind is declared stays in the journal, so that the
chain is whole, and is put aside: it is noted in `refused` with the field that is wrong, and nothing is made of it.

A kind that is not declared here is a newer program's, and waits for it. What is put aside is judged anew at every
greeting: a newer program may read it, and an id that was ahead of the time no longer is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import peewee

from kiosk.data.models import Meta

from .entries import OFFSET, entry_hash
from .kinds import KINDS
from .kinds.fields import DEEPEST, ID, MOMENT, is_plain

#: What the reason of an entry that was put aside here begins with; the field that is wrong follows.
ASIDE = "aside:"
#: How far the id of an entry may be ahead of the hub's clock.
AHEAD = timedelta(days=1)
#: The longest payload that is read, characters; the hub takes 65,536.
LONGEST_PAYLOAD = 1_000_000
#: UUIDv7 of the years to 2527, and the kinds the hub takes.
_ID = re.compile(r"0[0-9a-f]{11}7[0-9a-f]{19}")
_KIND = re.compile(r"(?=.{1,100}$)[a-z0-9_]+(\.[a-z0-9_]+)*")


def payload_of(text: str) -> dict[str, Any] | None:
    """Return the payload in `text`, None when it is not a JSON object."""
    try:
        payload = json.loads(text) if len(text) <= LONGEST_PAYLOAD else None
    except (ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict) else None


def about(kind: str, text: str) -> tuple[str, str] | None:
    """Return the thing an entry is about and its id, None when it is about none."""
    thing = kind.partition(".")[0]
    subject = (payload_of(text) or {}).get(thing)
    return (thing, subject) if isinstance(subject, str) else None


def fault(entry: Sequence[Any], now: datetime) -> str:
    """Return what is wrong with an entry as the journal has it, "" for nothing: "chain", "id", "ahead", "time", "kind",
    "payload", "who", or a field of its payload. `now` is the time at the hub."""
    _device, _seq, entry_id, time, kind, who, text = entry[:7]
    if not is_whole(entry):
        return "chain"
    if not _ID.fullmatch(entry_id):
        return "id"
    if int(entry_id[:12], 16) > (now + AHEAD).timestamp() * 1000:
        return "ahead"
    if not MOMENT(time):
        return "time"
    if not _KIND.fullmatch(kind):
        return "kind"
    payload = payload_of(text)
    if payload is None:
        return "payload"
    declared = KINDS.get(kind)
    if not ID(who) or (declared is not None and not declared.may_write(who)):
        return "who"
    if declared is None:
        return "" if is_plain(payload, DEEPEST) else "payload"
    return declared.fault_read(payload)


def reason_for(entry: Sequence[Any], now: datetime) -> str | None:
    """Return the reason for which an entry is put aside, None when it counts."""
    wrong = fault(entry, now)
    return f"{ASIDE}{wrong}" if wrong else None


def hub_time(db: peewee.SqliteDatabase, now: datetime) -> datetime:
    """Return the time at the hub while this tablet's clock says `now`."""
    rows = Meta.select(Meta.value).where(Meta.key == OFFSET).tuples().execute(db)
    return now + timedelta(milliseconds=int(next((value for (value,) in rows), 0)))


def is_whole(entry: Sequence[Any]) -> bool:
    """Tell whether an entry has the hash it should: the hub leaves out what nobody could read."""
    return bool(entry_hash(*entry[:8]) == entry[8])


def storable(db: peewee.SqliteDatabase, entry: Sequence[Any]) -> bool:
    """Tell whether the journal can hold an entry: its table takes JSON only, its index a name before the dot, its chain
    what has the right hash."""
    [(valid,)] = db.execute_sql("SELECT json_valid(?)", (entry[6],)).fetchall()
    return bool(valid) and is_whole(entry) and entry[1] > 0 and _KIND.fullmatch(entry[4]) is not None
