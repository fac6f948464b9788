"""The handshake of a tablet with its hub: it finds out whether one of them was restored from a backup or copied, and
forks the device if so."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk import __version__
from kiosk.data import new_id
from kiosk.data.models import Meta
from kiosk.journal import Journal, Store, hub_clock
from kiosk.journal.entries import hash_of
from kiosk.journal.forks import fork

from .errors import NewerHub, OlderHub
from .pull import cursor, set_cursor
from .push import lasts

if TYPE_CHECKING:
    from .connection import HubConnection

log = logging.getLogger(__name__)

#: The oldest version of the hub's schema that this program can use.
LEAST = 1


@dataclass(frozen=True)
class Handshake:
    """State of the hub: its number of `centre`, the `version` of its schema, the last entry it has of each device, and
    whether it lost entries that this tablet had pulled (`restored`)."""

    centre: int
    version: int
    devices: dict[str, int]
    restored: bool


def hello(link: HubConnection, store: Store, now: datetime) -> Handshake:
    """Do the handshake. If the hub has more entries of this device than the tablet, the tablet was restored or copied
    and continues as a new device (a fork). If the journals diverge, the entries after the common part become a fork
    too. If the hub lost entries, everything is pulled again. Raises NewerHub, OlderHub."""
    position, event_id = cursor(store)
    answer = link.value("SELECT kiosk.hello(%s, %s, %s)", (__version__, position, event_id))
    from .migrations import latest

    # A newer hub names the oldest program that it accepts. A hub without that field is no newer than this program.
    if answer.get("least", 1) > latest():
        raise NewerHub(found=answer["version"], known=latest())
    if answer["version"] < LEAST:
        raise OlderHub(found=answer["version"], least=LEAST)
    hub_clock.note(store.db, round(answer["now"]), now)
    restored = not answer["same"]
    if restored:
        log.warning("the hub does not know what was read from it: everything is read again")
        with store.db.atomic("IMMEDIATE"):
            set_cursor(store, 0, "")
    known = {device: int(seq) for device, (seq, _hash) in answer["devices"].items()}
    here = lasts(store)
    for device, (seq, its_hash) in answer["devices"].items():
        mine = here.get(device, 0)
        if mine >= seq and seq:
            if hash_of(store.db, device, seq) != its_hash:
                split_at_divergence(link, store, device, now)
        elif device == store.device and mine < seq:
            theirs = link.rows("SELECT hash FROM kiosk.event WHERE device = %s AND seq = %s", (device, mine))
            if mine and theirs and theirs[0][0] != hash_of(store.db, device, mine):
                split_at_divergence(link, store, device, now)
            else:
                take_new_identity(link, store, new_id(now), now)
    return Handshake(answer["centre"], answer["version"], known, restored)


def split_at_divergence(link: HubConnection, store: Store, device: str, now: datetime) -> str:
    """Make a fork of the entries after the last one that tablet and hub have in common; returns its device id, "" when
    there are no such entries that count."""
    low, high = 0, lasts(store).get(device, 0)
    while low < high:  # hash chain: where one hash is equal, all entries before it are
        middle = (low + high + 1) // 2
        theirs = link.rows("SELECT hash FROM kiosk.event WHERE device = %s AND seq = %s", (device, middle))
        if theirs and theirs[0][0] == hash_of(store.db, device, middle):
            low = middle
        else:
            high = middle - 1
    log.warning("device %s: its journal parts from the hub's after entry %s", device, low)
    own = device == store.device
    with store.db.atomic("IMMEDIATE"):
        forked = fork(store.db, device, low)
    if own:
        take_new_identity(link, store, forked or new_id(now), now)
    return store.device if own else forked


def take_new_identity(link: HubConnection, store: Store, device: str, now: datetime) -> None:
    """Take a new device id and number, and pull everything again: entries of another tablet under the old device id
    were skipped."""
    before, answer = store.device, link.value("SELECT kiosk.renumber()")
    with store.db.atomic("IMMEDIATE"):
        for key, value in (("device", device), ("tablet_number", answer["number"]), ("tablet_lane", answer["lane"])):
            Meta.replace(key=key, value=str(value)).execute(store.db)
        set_cursor(store, 0, "")
        Journal(store.db, now).append("device.renewed", "clock", {"device": before})
    log.warning("this tablet was copied or restored from a backup; it goes on as device %s", device)
