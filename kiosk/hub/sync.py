"""The sync thread. It never touches the screen and survives every error."""

from __future__ import annotations

import json
import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from kiosk import clock
from kiosk.data import new_id
from kiosk.data.models import Meta
from kiosk.errors import KioskError
from kiosk.journal import Store
from kiosk.pictures.store import Pictures

from . import neighbours, tablets, whereabouts
from .errors import HubAway, HubFull
from .handshake import hello, split_at_divergence, take_new_identity
from .invitation import is_joined, saved
from .label_conflicts import relabel, relabelled
from .pictures import PictureSync
from .pull import DeviceIdTaken, catch_up, pull
from .push import SAYS_MORE, JournalForked, forked_devices, last, lasts, push, told_heirs
from .standing import SILENCE, STATE, HubView, PutAside, look, put_aside, refused

if TYPE_CHECKING:
    from .connection import HubConnection

log = logging.getLogger(__name__)

#: Seconds between looks at the journal while no notification comes.
LOOK = 1.0
#: Poll interval for a hub without notifications, seconds.
ASK = 4.0
#: Backoff after errors: first and longest pause, seconds.
PAUSE, LONGEST_PAUSE = 1.0, 60.0
#: Timeout of a reservation at the hub while a visitor waits, seconds.
PATIENCE = 1.5
#: Seconds between updates of neighbouring centres' goods.
NEIGHBOURS = 60.0


class Sync:
    """Synchronises `store` with the hub. `round` does one round; `start` runs rounds on a thread. `sharing` says
    whether neighbouring centres may show this one's goods, and whether theirs are shown here."""

    def __init__(
        self,
        store: Store,
        zone: ZoneInfo,
        pictures: Pictures | None = None,
        now: Callable[[], datetime] = clock.utc_now,
        changed: Callable[[], None] = lambda: None,
        sharing: Callable[[], tuple[bool, bool]] = lambda: (False, False),
    ) -> None:
        self._store, self._zone, self._now, self._changed = store, zone, now, changed
        self._pictures, self.sharing, self._hub_version = pictures, sharing, 0
        self._neighbours_due, self._shared = 0.0, (False, False)
        self._whereabouts = whereabouts.Whereabouts(store.folder)
        self._courier = PictureSync(store, pictures) if pictures is not None else None
        self._link: HubConnection | None = None
        self._told: dict[str, int] = {}
        self._stopped, self._awake = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._trouble = ""
        self._noted: tuple[dict[str, Any], datetime] | None = None
        #: Whether the daily quota was used up in this round.
        self._full = False

    # the thread

    def start(self) -> None:
        """Start the thread if the tablet has joined a hub."""
        if self._thread is None and is_joined(self._store.folder):
            self._thread = threading.Thread(target=self._run, name="hub", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop the thread; waits a few seconds at most."""
        self._stopped.set()
        self._awake.set()
        if self._thread is not None:
            self._thread.join(timeout=3)
        else:
            self.hang_up()

    def look(self) -> HubView:
        """Return the present sync status."""
        return look(self._store, self._trouble)

    def join(self, invitation: str) -> HubView:
        """Join the hub of an invitation and start. Raises BadInvite, JoinedAlready, HubAway, HubRefuses."""
        from .enrolment import join

        join(self._store, invitation)
        self.start()
        return self.look()

    def refused(self) -> list[tuple[str, datetime]]:
        """Return (kind, time) of this tablet's newest entries that the hub refused."""
        return refused(self._store)

    def put_aside(self) -> list[PutAside]:
        """Return the newest entries that were set aside."""
        return put_aside(self._store)

    def relabelled(self) -> list[str]:
        """Return the ids of this tablet's items that recently got a new label code."""
        return relabelled(self._store, self._now())

    def _run(self) -> None:
        failures = 0
        while not self._stopped.is_set():
            try:
                self.round()
                failures, self._trouble = 0, ""
                self._listen()
            except Exception as error:
                self.hang_up()
                failures += 1
                self._trouble = error.message if isinstance(error, KioskError) else HubAway.default
                if not isinstance(error, HubAway):
                    log.warning("hub: %s", error if isinstance(error, KioskError) else type(error).__name__)
                # Jitter: tablets that lost the hub together do not reconnect in the same second.
                pause = min(LONGEST_PAUSE, PAUSE * 2 ** min(failures, 10)) * random.uniform(0.5, 1.0)
                self._awake.wait(pause)
                self._awake.clear()
        self.hang_up()
        self._store.close()

    def _listen(self) -> None:
        """Wait for a notification, a new journal entry, or the poll interval, which is shorter for a hub without
        notifications."""
        for waited in range(int(SILENCE / LOOK)):
            link, own = self._link, self._store.device
            if (
                link is None
                or self._stopped.is_set()
                or link.wait_notified(LOOK)
                or (link.needs_polling and waited * LOOK >= ASK)
            ):
                return
            if last(self._store, own) > self._told.get(own, 0):
                return

    def hang_up(self) -> None:
        """Close the connection; the next round reconnects."""
        if self._link is not None:
            self._link.close()
            self._link = None

    # one round

    def _call(self, **patience: Any) -> HubConnection:
        """Connect to the hub. Imports the driver lazily: most tablets have no hub."""
        from .connection import HubConnection

        return HubConnection(saved(self._store.folder), self._store.folder, **patience)

    def round(self) -> int:
        """Push, pull, and move a few pictures; returns how many entries were pulled. Raises HubAway, HubRefuses,
        NotJoined, StorageTrouble."""
        link, came, self._full = self._link, 0, False
        if link is None:
            link = self._link = self._whereabouts.reach()
            came = self._greet(link)
        self._tell(link, self._store.device)
        came += self._pull(link)
        self._tell_heirs(link)
        if relabel(self._store, self._now()):
            self._tell(link, self._store.device)
        try:
            if self._neighbours(link) | self._others(link) or came:
                self._changed()
            while self._courier is not None and self._courier.round(link) and not self._stopped.is_set():
                self._tell(link, self._store.device)
        except HubFull:
            self._full = True
        self._note()
        if link.asks_time:
            self.hang_up()
        return came

    def _greet(self, link: HubConnection) -> int:
        """Do the handshake. After a hub was restored, pull before pushing: a copy of this tablet may have pushed the
        same entries under another device id. Returns how many entries were pulled."""
        greeting = hello(link, self._store, self._now())
        self._told, self._hub_version = dict(greeting.devices), greeting.version
        if greeting.version >= whereabouts.SINCE:
            self._whereabouts.follow(link)
        if self._courier is not None:
            self._courier.ask_again()  # a hub that was restored from a copy has lost pictures
        link.listen(f"kiosk_{greeting.centre}")
        catch_up(link, self._store, self._zone, self._stopped.is_set, self._now())
        came = self._pull(link) if greeting.restored else 0
        # Entries the hub lost are in the journals of all tablets that had pulled them.
        for device, newest in lasts(self._store, hub_too=greeting.restored).items():
            if device != self._store.device and newest > self._told.get(device, 0):
                self._tell(link, device)
        return came

    def _pull(self, link: HubConnection) -> int:
        """Pull new entries; returns how many."""
        while True:
            try:
                return pull(link, self._store, self._zone, self._stopped.is_set, self._now(), self._changed)
            except DeviceIdTaken:
                take_new_identity(link, self._store, new_id(self._now()), self._now())
                self._tell(link, self._store.device)

    def _tell(self, link: HubConnection, device: str) -> None:
        while device and not self._stopped.is_set():
            before = self._told.get(device, 0)
            try:
                says_more = self._hub_version >= SAYS_MORE
                self._told[device] = push(link, self._store, device, before, self._stopped.is_set, says_more=says_more)
                if self._told[device] > before:
                    link.expect()
                return
            except HubFull as error:
                self._told[device], self._full = max(before, error.last), True
                return
            except JournalForked:
                device = split_at_divergence(link, self._store, device, self._now())

    def _tell_heirs(self, link: HubConnection) -> None:
        """Push forks that the pull has made."""
        found = forked_devices(self._store)
        for device in found:
            self._tell(link, device)
        if found and not self._stopped.is_set():
            told_heirs(self._store, found)

    def _neighbours(self, link: HubConnection) -> bool:
        """Update neighbouring centres' goods when due or when the sharing settings changed; returns whether anything
        changed."""
        sharing = self.sharing()
        if self._hub_version < neighbours.SINCE or (
            time.monotonic() < self._neighbours_due and sharing == self._shared
        ):
            return False
        neighbours.say(link, self._store, *sharing)
        changed = neighbours.read(link, self._store)
        more = self._pictures is not None and neighbours.fetch(link, self._store, self._pictures)
        self._neighbours_due, self._shared = time.monotonic() + (0 if more else NEIGHBOURS), sharing
        return changed or more

    def _others(self, link: HubConnection) -> bool:
        """Read the centre's other tablets and their changes that wait for consent; returns whether that has changed."""
        return self._hub_version >= tablets.SINCE and tablets.read(link, self._store)

    def _note(self) -> None:
        now, device = self._now(), self._store.device
        told = {"told": {device: self._told.get(device, 0)}, "full": self._full}
        if self._noted is None or self._noted[0] != told or abs(now - self._noted[1]) > timedelta(seconds=SILENCE / 2):
            value = json.dumps(told | {"at": clock.utc_text(now)})
            with self._store.db.atomic("IMMEDIATE"):
                Meta.replace(key=STATE, value=value).execute(self._store.db)
            self._noted = (told, now)

    # decisions about other tablets

    def settle(self, positions: Sequence[int], agree: bool) -> int:
        """Send the hub the consent to, or refusal of, waiting changes; returns how many were still waiting. Raises
        HubAway, HubRefuses."""
        with closing(self._call()) as line:
            return tablets.settle(line, positions, agree)

    def revoke(self, number: int) -> bool:
        """Revoke another tablet of the centre; returns whether its connections were ended too. Raises UnknownTablet,
        OneADay, HubAway, HubRefuses."""
        with closing(self._call()) as line:
            return tablets.revoke(line, number)

    # reservations

    def reserve(self, ticket_id: str, item_id: str) -> bool | None:
        """Reserve a unit of an item at the hub for a ticket that is about to be written: True when reserved, False when
        another ticket has it, None when the hub does not answer in time."""
        if self._trouble:
            return None
        try:
            line = self._call(answer=PATIENCE, connect=2)
        except KioskError:
            return None
        try:
            answer = line.value("SELECT kiosk.reserve(%s, %s)", (ticket_id, item_id))
            return None if answer is None else bool(answer)
        except KioskError:
            return None
        finally:
            line.close()
