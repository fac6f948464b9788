"""Two items with one label code: it happens when a tablet was copied, or restored from a backup older than its last
labels."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from kiosk import clock
from kiosk.codes.codes import Kind, code_from_number
from kiosk.data.models import Item
from kiosk.journal import Journal, Store
from kiosk.journal.entries import SUBJECT
from kiosk.services.goods.goods import COUNTER

from .ahead import is_behind

#: How long staff are shown that a new label must be printed.
AGO = timedelta(days=14)


def relabel(store: Store, now: datetime) -> list[str]:
    """Give new label codes to items of this tablet whose code an older item of another tablet has; returns their ids.
    The other item cannot be projected until then. Staff print the new labels."""
    if is_behind(store):
        return []
    waiting = store.db.execute_sql("SELECT subject FROM unfolded WHERE kind = 'item'").fetchall()
    changed: list[str] = []
    for (other,) in waiting:
        with store.db.atomic("IMMEDIATE"):
            for item_id in _namesakes(store, other):
                label = code_from_number(Kind.ITEM, store.next_code_number(COUNTER))
                Item.update(label_code=label, labelled=False).where(Item.id == item_id).execute(store.db)
                journal = Journal(store.db, now)
                journal.append("item.relabelled", "clock", {"item": item_id, "label_code": label})
                changed.append(item_id)
    return changed


def _namesakes(store: Store, other: str) -> list[str]:
    """Return the newer items of this tablet with the label code of `other`."""
    sql = f"SELECT payload FROM journal WHERE {SUBJECT} = ? AND kind IN ('item.added', 'item.relabelled') ORDER BY id"
    labels = [json.loads(payload)["label_code"] for (payload,) in store.db.execute_sql(sql, (other,)).fetchall()]
    sql = f"""SELECT item.id FROM item WHERE label_code = ? AND item.id > ?
              AND EXISTS (SELECT 1 FROM journal WHERE {SUBJECT} = +item.id AND kind = 'item.added' AND device = ?)"""
    return [row[0] for row in store.db.execute_sql(sql, (labels[-1], other, store.device)).fetchall()] if labels else []


def relabelled(store: Store, now: datetime) -> list[str]:
    """Return the ids of items of this tablet that got another label code within AGO."""
    sql = f"SELECT DISTINCT {SUBJECT} FROM journal WHERE kind = 'item.relabelled' AND device = ? AND time > ?"
    return [row[0] for row in store.db.execute_sql(sql, (store.device, clock.utc_text(now - AGO))).fetchall()]
