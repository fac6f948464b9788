"""The centre's other tablets and their changes that wait for consent: polled from the hub and cached for the desk."""

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

#: Oldest schema version of the hub that limits changes for other tablets.
SINCE = 9


def read(link: HubConnection, store: Store) -> bool:
    """Update the cache; returns whether the number of waiting changes has changed."""
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
    """Send consent to, or refusal of, waiting changes; returns how many were still waiting."""
    return int(link.value("SELECT kiosk.settle_held(%s, %s)", (list(positions), agree)))


def revoke(link: HubConnection, number: int) -> bool:
    """Revoke another tablet of the centre; returns whether its connections were ended too. Raises UnknownTablet,
    OneADay."""
    said: Any = link.value("SELECT kiosk.revoke_tablet(%s)", (number,))
    if said == "unknown":
        raise UnknownTablet(name=number)
    if said == "limit":
        raise OneADay()
    return bool(said == "ended")


def _text(moment: datetime | None) -> str | None:
    return clock.utc_text(moment) if moment else None
