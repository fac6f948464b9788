"""Admission: validates other tablets' entries. An entry that violates the declaration of its kind stays in the journal,
so that the chain is complete, but is set aside: it is recorded in `refused` with the faulty field and is not projected.

An undeclared kind comes from a newer program and waits for it. Entries set aside are validated again at every
handshake: after an update the program may know the kind, and an id from the future becomes valid with time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import peewee

from .entries import entry_hash
from .kinds import KINDS
from .kinds.fields import DEEPEST, ID, MOMENT, is_plain

#: Prefix of the reason of an entry that was set aside here; the faulty field follows.
ASIDE = "aside:"
#: Tolerance for entry ids ahead of the hub's clock.
AHEAD = timedelta(days=1)
#: Upper limit of a payload, characters; the hub accepts 65,536.
LONGEST_PAYLOAD = 1_000_000
#: UUIDv7 up to the year 2527, and the form of a kind's name that the hub accepts.
_ID = re.compile(r"0[0-9a-f]{11}7[0-9a-f]{19}")
_KIND = re.compile(r"(?=.{1,100}$)[a-z0-9_]+(\.[a-z0-9_]+)*")


def _refuse(constant: str) -> float:
    raise ValueError(constant)


#: Without NaN and Infinity, which Python reads and which are not JSON (RFC 8259, 6).
_JSON = json.JSONDecoder(parse_constant=_refuse)


def payload_of(text: str) -> dict[str, Any] | None:
    """Return the payload in `text`, or None if it is not a JSON object."""
    try:
        payload = _JSON.decode(text) if len(text) <= LONGEST_PAYLOAD else None
    except (ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict) else None


def about(kind: str, text: str) -> tuple[str, str] | None:
    """Return (thing, id) of an entry's subject, or None without one."""
    thing = kind.partition(".")[0]
    subject = (payload_of(text) or {}).get(thing)
    return (thing, subject) if isinstance(subject, str) else None


def fault(entry: Sequence[Any], now: datetime) -> str:
    """Return the fault of an entry (a journal row), "" for none: "chain", "id", "ahead", "time", "kind", "payload",
    "who", or the name of a payload field. `now` is the hub's time."""
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
    """Return the reason to set an entry aside, None if it is valid."""
    wrong = fault(entry, now)
    return f"{ASIDE}{wrong}" if wrong else None


def is_whole(entry: Sequence[Any]) -> bool:
    """Return whether the entry's hash is right; the hub omits payloads that nobody could read."""
    return bool(entry_hash(*entry[:8]) == entry[8])


def storable(db: peewee.SqliteDatabase, entry: Sequence[Any]) -> bool:
    """Return whether the journal's constraints admit an entry: the payload is JSON, the kind has a name before the dot,
    and the hash is right."""
    [(valid,)] = db.execute_sql("SELECT json_valid(?)", (entry[6],)).fetchall()
    return bool(valid) and is_whole(entry) and entry[1] > 0 and _KIND.fullmatch(entry[4]) is not None
