"""Goods of neighbouring centres, where both sides share them: a read-only copy from the hub; they cannot be reserved
here."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kiosk.data.models import Meta, NeighbourItem
from kiosk.files.atomic import write_atomic
from kiosk.files.storage_errors import storage_errors
from kiosk.journal import Store
from kiosk.journal.kinds import KINDS
from kiosk.pictures.store import Pictures
from kiosk.services.goods.goods import AGE_GROUPS, CONDITIONS
from kiosk.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from .connection import HubConnection

#: Oldest schema version of the hub with neighbours.
SINCE = 3
#: Items of one query, and pictures fetched in one round.
PAGE, PICTURES = 200, 8
#: Note keys: the cursor of each neighbour, and the sharing settings last sent.
CURSORS, SAID = "hub_neighbours", "hub_sharing"
#: Fields of an item that are shown, named as in its journal entries, and the pattern of its picture's name.
SHOWN = ("thing", "names", "category", "size", "age_group", "condition", "arrived_on")
PHOTO = re.compile(r"[0-9a-f]{64}")
#: Sizes fetched of a neighbour's picture.
SIZES = ("tile", "page")


def say(link: HubConnection, store: Store, shares: bool, shows: bool) -> None:
    """Send the hub the sharing settings (shares its goods, shows others') if they changed here."""
    said = json.dumps([shares, shows])
    if said != (store.get_meta(SAID) or json.dumps([False, False])):
        link.rows("SELECT kiosk.share(%s, %s)", (shares, shows))
        store.set_meta(SAID, said)


def read(link: HubConnection, store: Store) -> bool:
    """Update the copy of neighbours' goods; returns whether anything changed."""
    there = {int(number): (name, newest) for number, name, newest in link.rows("SELECT * FROM kiosk.neighbours()")}
    cursors = {int(number): tuple(at) for number, at in json.loads(store.get_meta(CURSORS) or "{}").items()}
    # Centres that stopped sharing, or that were restored from a backup: their newest entry is older than our cursor.
    gone = [number for number, at in cursors.items() if number not in there or at[0] > there[number][1]]
    if gone:
        with storage_errors(), store.db.atomic("IMMEDIATE"):
            NeighbourItem.delete().where(NeighbourItem.number.in_(gone)).execute(store.db)
            cursors = {number: at for number, at in cursors.items() if number not in gone}
            _note(store, cursors)
    changed = bool(gone)
    for number, (name, newest) in there.items():
        while cursors.get(number, (-1, ""))[0] < newest:
            rows = link.rows(
                """SELECT changed, item, free, photo, said FROM kiosk.good WHERE centre = %s AND (changed, item) > (%s, %s)
                   ORDER BY changed, item LIMIT %s""",
                (number, *cursors.get(number, (-1, "")), PAGE),
            )
            if not rows:
                break
            with storage_errors(), store.db.atomic("IMMEDIATE"):
                for _changed, item, free, photo, said in rows:
                    _keep(store, number, name, item, said if free > 0 else {}, photo)
                cursors[number] = (rows[-1][0], rows[-1][1])
                _note(store, cursors)
            changed = True
    return changed


def fetch(link: HubConnection, store: Store, pictures: Pictures) -> bool:
    """Fetch a few missing pictures; returns whether one came."""
    rows = store.db.execute_sql("SELECT DISTINCT number, photo FROM elsewhere WHERE photo IS NOT NULL").fetchall()
    missing = [(size, *row) for size in SIZES for row in rows if not pictures.path(row[1], size).is_file()]
    came = False
    for size, number, photo in missing[:PICTURES]:
        parts = link.rows(
            "SELECT data, parts FROM kiosk.picture WHERE centre = %s AND hash = %s AND size = %s ORDER BY part",
            (number, photo, size),
        )
        if not parts or len(parts) < parts[0][1]:
            continue  # not completely uploaded yet
        path = pictures.path(photo, size)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, b"".join(bytes(data) for data, _parts in parts), private=True)
        came = True
    return came


def _note(store: Store, cursors: dict[int, Any]) -> None:
    Meta.replace(key=CURSORS, value=json.dumps(cursors)).execute(store.db)


def _keep(store: Store, number: int, centre: str, item: str, said: dict[str, Any], photo: str | None) -> None:
    """Store an item of a neighbour, or delete it if this program cannot show it."""
    if can_be_shown(item, said) and (photo is None or PHOTO.fullmatch(photo)):
        row = {name: said.get(name) for name in SHOWN} | {
            "id": item,
            "number": number,
            "centre": centre,
            "photo": photo,
        }
        NeighbourItem.replace(**row).execute(store.db)
    else:
        NeighbourItem.delete().where(NeighbourItem.id == item, NeighbourItem.number == number).execute(store.db)


def can_be_shown(item: str, said: dict[str, Any]) -> bool:
    """Return whether an item of a neighbour passes the checks of `item.added`, with values that this program knows."""
    fields = KINDS["item.added"].fields
    return (
        fields["item"].check(item)
        and all(fields[name].check(said.get(name)) for name in SHOWN)
        and said["category"] in CATEGORIES
        and said["age_group"] in AGE_GROUPS
        and said["condition"] in CONDITIONS
        and bool(said.get("thing") or said.get("names"))
    )
