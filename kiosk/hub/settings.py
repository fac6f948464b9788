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

#: Note key: the journal entry that each setting was taken from.
TAKEN = "hub_settings"


def due(store: Store) -> tuple[dict[str, Any], dict[str, str]]:
    """Return settings of other tablets that are not applied here yet, by key, and the ids of their entries."""
    sql = f"""SELECT id, device, payload FROM journal WHERE {SUBJECT} = ? AND kind = 'settings.changed' AND {COUNTS}
              ORDER BY id"""
    last: dict[str, tuple[str, str, Any]] = {}
    for entry_id, device, payload in store.db.execute_sql(sql, (shared.SUBJECT,)).fetchall():
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
    sql = f"SELECT device FROM journal WHERE id = ? AND {COUNTS}"
    return next((str(device) for (device,) in store.db.execute_sql(sql, (entry,)).fetchall()), "")
