"""The centre's settings between its tablets: of each key the last entry of the journal holds, whoever made it."""

from __future__ import annotations

import json
from typing import Any

from kiosk.journal import Store
from kiosk.journal.entries import COUNTS, SUBJECT
from kiosk.settings import shared

#: Where it is noted which entry each setting of this tablet was taken from.
TAKEN = "hub_settings"


def due(store: Store) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what was set on other tablets and does not hold here yet, by key, and the entries that say so."""
    sql = f"""SELECT id, device, payload FROM journal WHERE {SUBJECT} = ? AND kind = 'settings.changed' AND {COUNTS}
              ORDER BY id"""
    last: dict[str, tuple[str, str, Any]] = {}
    for entry_id, device, payload in store.db.execute_sql(sql, (shared.SUBJECT,)).fetchall():
        try:
            values = shared.read(payload)
        except (KeyError, ValueError, TypeError):
            continue  # a newer program says it in another way
        last |= {key: (entry_id, device, value) for key, value in values.items()}
    known = json.loads(store.get_meta(TAKEN) or "{}")
    new = {
        key: (entry_id, value)
        for key, (entry_id, device, value) in last.items()
        if known.get(key) != entry_id and device != store.device
    }
    return {key: value for key, (_id, value) in new.items()}, {key: entry_id for key, (entry_id, _value) in new.items()}


def taken(store: Store, entries: dict[str, str]) -> None:
    """Note that these hold here now."""
    store.set_meta(TAKEN, json.dumps(json.loads(store.get_meta(TAKEN) or "{}") | entries, sort_keys=True))
