"""What the other tablets of the centre did, and what the coordinator here lets stand: large deletions that wait at the hub,
settings that came from elsewhere, requests that were deleted elsewhere and are still sealed here."""

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

#: Notes that the hub client keeps: the tablets of the centre, what waits, settings that were taken from elsewhere.
TABLETS, HELD, TAKEN = "hub_tablets", "hub_held", "hub_taken"
#: How many settings from elsewhere are remembered.
REMEMBERED = 40


class NothingHeld(KioskError):
    default = N_("This has been settled already.")


@dataclass(frozen=True)
class OtherTablet:
    """A tablet of the centre; `seen` and `revoked` are times or None. `devices` are the names it wrote under."""

    number: int
    name: str
    seen: datetime | None
    revoked: datetime | None
    own: bool
    devices: tuple[str, ...]


@dataclass(frozen=True)
class HeldChange:
    """An entry that waits at the hub: its place there, the tablet's number, its kind and what it says."""

    position: int
    tablet: int
    kind: str
    payload: str


@dataclass(frozen=True)
class TakenSetting:
    """A setting that was changed on another tablet and holds here: `before` is what held until then."""

    entry: str
    key: str
    before: Any
    device: str
    at: datetime


@dataclass(frozen=True)
class DeletedElsewhere:
    """How many requests the tablet `device` deleted that are still sealed here, the first of them until `until`."""

    device: str
    count: int
    until: datetime


class OtherTabletsService:
    """Reads what the hub client noted and does what the coordinator decides."""

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
        """Return the tablets of the centre, as the hub said last."""
        return [
            OtherTablet(number, name, _time(seen), _time(revoked), bool(own), tuple(devices))
            for number, name, seen, revoked, own, devices in self._noted(TABLETS)
        ]

    def name_of(self, device: str) -> str:
        """Return what the tablet is called that wrote under a device name; "" when the hub has not said."""
        return next((tablet.name for tablet in self.tablets() if device in tablet.devices), "")

    def held(self) -> list[HeldChange]:
        """Return what other tablets wanted and waits for somebody here to agree."""
        return [HeldChange(*row) for row in self._noted(HELD)]

    def taken(self) -> list[TakenSetting]:
        """Return the settings that came from other tablets, the newest first."""
        return [
            TakenSetting(
                one["entry"], one["key"], shared.from_plain(one["before"]), one["device"], clock.parse(one["at"])
            )
            for one in reversed(self._noted(TAKEN))
        ]

    def deleted(self, now: datetime) -> list[DeletedElsewhere]:
        """Return what other tablets deleted lately and can be brought back."""
        sql = """SELECT device, count(DISTINCT request), min(until) FROM withheld WHERE until > ? GROUP BY device
                 ORDER BY min(until), device"""
        rows = self._store.db.execute_sql(sql, (clock.utc_text(now),)).fetchall()
        return [DeletedElsewhere(device, count, clock.parse(until)) for device, count, until in rows]

    @needs("people")
    def settle(
        self, *, tablet: int, agree: bool, tell: Callable[[Sequence[int], bool], int], now: datetime, who: str
    ) -> int:
        """Agree to what a tablet wanted, by doing the same here, or refuse it. `tell(positions, agree)` says so to the
        hub, first, and returns how many still waited. Returns that. Raises NothingHeld, HubAway."""
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
        """Let a setting be again what it was before another tablet changed it, on all tablets; returns the settings that
        hold from now on. Raises NothingHeld and what `PreferenceService.change` raises."""
        found = next((one for one in self.taken() if (one.entry, one.key) == (entry, key)), None)
        if found is None:
            raise NothingHeld()
        settings = self._preferences.change(changes={key: found.before}, now=now, who=who)
        rest = [one for one in self._noted(TAKEN) if one["key"] != key]
        self._store.set_meta(TAKEN, json.dumps(rest))
        return settings

    @needs("personal")
    def bring_back(self, *, device: str, now: datetime, who: str) -> int:
        """Bring back what a tablet deleted and is still sealed here, as new requests; returns how many."""
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
    """Note settings that were taken from other tablets: (entry, key, what held before, device)."""
    noted = json.loads(store.get_meta(TAKEN) or "[]")
    for entry, key, before, device in entries:
        said = {"entry": entry, "key": key, "before": shared.plain(before), "device": device}
        noted.append(said | {"at": clock.utc_text(now)})
    store.set_meta(TAKEN, json.dumps(noted[-REMEMBERED:]))


def _time(text: str | None) -> datetime | None:
    return clock.parse(text) if text else None
