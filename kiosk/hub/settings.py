"""Shared settings of a centre: for each key the last journal entry wins, whichever tablet made it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kiosk.journal import Store
from kiosk.journal.entries import COUNTS, SUBJECT
from kiosk.services.staff.other_tablets import note_taken
from kiosk.settings import shared

#: The subject's type, before the dot of the kind.
THING = "settings"
#: Note key of entries read ahead of the journal: [id, device, payload] each.
AHEAD = "hub_settings_ahead"
#: Note key: the journal entry that each setting was taken from.
TAKEN = "hub_settings"


def due(store: Store) -> tuple[dict[str, Any], dict[str, str]]:
    """Return settings of other tablets that are not applied here yet, by key, and the ids of their entries."""
    last: dict[str, tuple[str, str, Any]] = {}
    for entry_id, device, payload in _entries(store):
        try:
            values = shared.read(payload)
        except (KeyError, ValueError, TypeError):
            continue  # written by a newer program in an unknown format
        last |= {key: (entry_id, device, value) for key, value in values.items()}
    known = json.loads(store.get_meta(TAKEN) or "{}")
    new = {
        key: (entry_id, value)
        for key, (entry_id, device, value) in last.items()
        if known.get(key) != entry_id and device != store.device
    }
    return {key: value for key, (_id, value) in new.items()}, {key: entry_id for key, (entry_id, _value) in new.items()}


def taken(
    store: Store, entries: dict[str, str], before: Mapping[str, Any] | None = None, now: datetime | None = None
) -> None:
    """Note settings as applied; for keys in `before`, also the value until `now`, so that the desk can undo it."""
    store.set_meta(TAKEN, json.dumps(json.loads(store.get_meta(TAKEN) or "{}") | entries, sort_keys=True))
    known = before or {}
    rows = [(entry, key, known[key], _device(store, entry)) for key, entry in entries.items() if key in known]
    if rows and now is not None:
        note_taken(store, rows, now)


def _device(store: Store, entry: str) -> str:
    return next((device for entry_id, device, _payload in _entries(store) if entry_id == entry), "")


def _entries(store: Store) -> list[tuple[str, str, str]]:
    """Return (id, device, payload) of the valid entries, here or read ahead, in the order of their ids."""
    sql = f"SELECT id, device, payload FROM journal WHERE {SUBJECT} = ? AND kind = 'settings.changed' AND {COUNTS}"
    here = store.db.execute_sql(sql, (shared.SUBJECT,)).fetchall()
    return sorted({*here, *map(tuple, json.loads(store.get_meta(AHEAD) or "[]"))})
