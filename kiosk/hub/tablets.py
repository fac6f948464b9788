"""The other tablets of the centre, and what of theirs waits at the hub: read now and then and noted for the desk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kiosk import clock
from kiosk.journal import Store
from kiosk.services.staff.other_tablets import HELD, TABLETS

from .errors import OneADay, UnknownTablet

if TYPE_CHECKING:
    from .connection import HubConnection

#: The version of the hub that bounds what a tablet changes for others.
SINCE = 9


def read(link: HubConnection, store: Store) -> bool:
    """Note who the other tablets are and what waits; tells whether more or less waits than before."""
    tablets = [
        [number, name, _text(seen), _text(revoked), own, devices]
        for number, name, seen, revoked, own, devices in link.rows("SELECT * FROM kiosk.centre_tablets()")
    ]
    held = [list(row) for row in link.rows("SELECT pos, number, kind, payload FROM kiosk.held_changes()")]
    changed = False
    for key, found in ((TABLETS, tablets), (HELD, held)):
        text = json.dumps(found)
        if text != (store.get_meta(key) or "[]"):
            store.set_meta(key, text)
            changed |= key == HELD
    return changed


def settle(link: HubConnection, positions: Sequence[int], agree: bool) -> int:
    """Say that somebody here agrees to what waits, or refuses it; returns how much of it still waited."""
    return int(link.value("SELECT kiosk.settle_held(%s, %s)", (list(positions), agree)))


def revoke(link: HubConnection, number: int) -> bool:
    """Send another tablet of the centre away; tells whether its connections were ended too. Raises UnknownTablet, OneADay."""
    said: Any = link.value("SELECT kiosk.revoke_tablet(%s)", (number,))
    if said == "unknown":
        raise UnknownTablet(name=number)
    if said == "limit":
        raise OneADay()
    return bool(said == "ended")


def _text(moment: datetime | None) -> str | None:
    return clock.utc_text(moment) if moment else None
