"""Review of other tablets' changes by the coordinator: large deletions that wait at the hub, settings from elsewhere,
and requests deleted elsewhere that are still kept here, sealed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk import clock
from kiosk.errors import N_, KioskError
from kiosk.journal import Store
from kiosk.services.desk.data_requests import DataRequestService
from kiosk.services.help.requests import HelpRequestService
from kiosk.services.rights import needs
from kiosk.settings import Settings, shared

from .preferences import PreferenceService

#: Note keys written by the hub client: tablets, waiting changes, settings applied from elsewhere.
TABLETS, HELD, TAKEN = "hub_tablets", "hub_held", "hub_taken"
#: Settings from elsewhere that are kept for undo.
REMEMBERED = 40


class NothingHeld(KioskError):
    default = N_("This has been settled already.")


@dataclass(frozen=True)
class OtherTablet:
    """A tablet of the centre; `seen` and `revoked` are times or None, `devices` its device ids."""

    number: int
    name: str
    seen: datetime | None
    revoked: datetime | None
    own: bool
    devices: tuple[str, ...]


@dataclass(frozen=True)
class HeldChange:
    """An entry that waits at the hub: position, number of the tablet, kind and payload."""

    position: int
    tablet: int
    kind: str
    payload: str


@dataclass(frozen=True)
class TakenSetting:
    """A setting applied from another tablet: `before` is the value until then."""

    entry: str
    key: str
    before: Any
    device: str
    at: datetime


@dataclass(frozen=True)
class DeletedElsewhere:
    """Number of requests that `device` deleted and that are kept here; the first is deleted at `until`."""

    device: str
    count: int
    until: datetime


class OtherTabletsService:
    """Reads the notes of the hub client, and applies the coordinator's decisions."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        help: HelpRequestService,
        data_requests: DataRequestService,
        preferences: PreferenceService,
    ) -> None:
        self._store, self._help, self._data_requests, self._preferences = store, help, data_requests, preferences

    def tablets(self) -> list[OtherTablet]:
        """Return the tablets of the centre, as last read from the hub."""
        return [
            OtherTablet(number, name, _time(seen), _time(revoked), bool(own), tuple(devices))
            for number, name, seen, revoked, own, devices in self._noted(TABLETS)
        ]

    def name_of(self, device: str) -> str:
        """Return the name of the tablet with a device id; "" if unknown."""
        return next((tablet.name for tablet in self.tablets() if device in tablet.devices), "")

    def held(self) -> list[HeldChange]:
        """Return the changes of other tablets that wait for consent."""
        return [HeldChange(*row) for row in self._noted(HELD)]

    def taken(self) -> list[TakenSetting]:
        """Return settings applied from other tablets, newest first."""
        return [
            TakenSetting(
                one["entry"], one["key"], shared.from_plain(one["before"]), one["device"], clock.parse(one["at"])
            )
            for one in reversed(self._noted(TAKEN))
        ]

    def deleted(self, now: datetime) -> list[DeletedElsewhere]:
        """Return recent deletions of other tablets that can be restored."""
        sql = """SELECT device, count(DISTINCT request), min(until) FROM withheld WHERE until > ? GROUP BY device
                 ORDER BY min(until), device"""
        rows = self._store.db.execute_sql(sql, (clock.utc_text(now),)).fetchall()
        return [DeletedElsewhere(device, count, clock.parse(until)) for device, count, until in rows]

    @needs("people")
    def settle(
        self, *, tablet: int, agree: bool, tell: Callable[[Sequence[int], bool], int], now: datetime, who: str
    ) -> int:
        """Consent to waiting changes, which are then also applied here, or refuse them. `tell(positions, agree)`
        informs the hub first and returns how many were still waiting, which is returned. Raises NothingHeld,
        HubAway."""
        waiting = [one for one in self.held() if one.tablet == tablet]
        if not waiting or not tell([one.position for one in waiting], agree):
            raise NothingHeld()
        rest = [list(vars(one).values()) for one in self.held() if one.tablet != tablet]
        self._store.set_meta(HELD, json.dumps(rest))
        for one in waiting if agree else ():
            self._do(one, now, who)
        return len(waiting)

    @needs("settings")
    def undo(self, *, entry: str, key: str, now: datetime, who: str) -> Settings:
        """Undo another tablet's change of a setting, on all tablets; returns the new settings. Raises NothingHeld, and
        as `PreferenceService.change` does."""
        found = next((one for one in self.taken() if (one.entry, one.key) == (entry, key)), None)
        if found is None:
            raise NothingHeld()
        settings = self._preferences.change(changes={key: found.before}, now=now, who=who)
        rest = [one for one in self._noted(TAKEN) if one["key"] != key]
        self._store.set_meta(TAKEN, json.dumps(rest))
        return settings

    @needs("personal")
    def bring_back(self, *, device: str, now: datetime, who: str) -> int:
        """Restore requests that a tablet deleted and that are kept here, as new requests; returns how many."""
        return self._help.bring_back(device=device, now=now, who=who)

    def _do(self, held: HeldChange, now: datetime, who: str) -> None:
        if held.kind == "settings.changed":
            self._preferences.change(changes=shared.read(held.payload), now=now, who=who)
            return
        if held.kind == "slip.erased":
            said = json.loads(held.payload)
            self._data_requests.forget_code(table=said["slip"], subject=said["subject"], now=now, who=who)
            return
        self._help.erase_by_id(request_id=json.loads(held.payload)["request"], now=now, who=who)

    def _noted(self, key: str) -> list[Any]:
        return list(json.loads(self._store.get_meta(key) or "[]"))


def note_taken(store: Store, entries: Sequence[tuple[str, str, Any, str]], now: datetime) -> None:
    """Note settings applied from other tablets: (entry, key, previous value, device)."""
    noted = json.loads(store.get_meta(TAKEN) or "[]")
    for entry, key, before, device in entries:
        said = {"entry": entry, "key": key, "before": shared.plain(before), "device": device}
        noted.append(said | {"at": clock.utc_text(now)})
    store.set_meta(TAKEN, json.dumps(noted[-REMEMBERED:]))


def _time(text: str | None) -> datetime | None:
    return clock.parse(text) if text else None
