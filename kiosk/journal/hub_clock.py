"""The hub's time on this tablet, by two notes from the last greeting: by how much the tablet's clock was off, and when the
machine was started. The second notices a clock that is set while the machine runs.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import peewee

from kiosk import clock
from kiosk.data.models import Meta

#: Meta key of the difference between the hub's clock and this tablet's, milliseconds.
OFFSET = "clock_offset"
#: Meta key of the id of this start of the machine, and the hub's time at the start, milliseconds since 1970.
STARTED = "clock_started"
#: A clock further ahead of the hub than this was set wrong since the greeting: half of what the hub accepts in an id.
JUMP = timedelta(hours=12)
#: Differences below this are ignored, milliseconds.
CLOSE = 2000


@lru_cache(maxsize=1)
def _boot_id() -> str:
    """Return the kernel's id of this start of the machine (random(4)), "" where there is none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _running() -> int:
    """Return how long the machine has been running, suspended or not, milliseconds."""
    return int(clock.since_boot() * 1000)


def note(db: peewee.SqliteDatabase, hub: int, now: datetime | None = None) -> None:
    """Note that the hub's clock shows `hub` (milliseconds since 1970) at `now` of this tablet's, if that is known."""
    wanted = {STARTED: f"{_boot_id()} {hub - _running()}"}
    if now is not None:
        offset = hub - round(now.timestamp() * 1000)
        wanted[OFFSET] = str(offset if abs(offset) > CLOSE else 0)
    noted = dict(Meta.select(Meta.key, Meta.value).where(Meta.key.in_(list(wanted))).tuples().execute(db))
    if any(_differs(noted.get(key, "0"), value) for key, value in wanted.items()):
        with db.atomic("IMMEDIATE"):
            for key, value in wanted.items():
                Meta.replace(key=key, value=value).execute(db)


def _differs(before: str, now: str) -> bool:
    *boot_before, first = before.split(" ")
    *boot, second = now.split(" ")
    return boot_before != boot or abs(int(first) - int(second)) > CLOSE


def hub_now(now: datetime, offset: str | None, started: str | None) -> datetime:
    """Return the hub's time at `now` of this tablet's clock, by the values of OFFSET and STARTED. A clock that was set
    ahead since the greeting is not believed."""
    corrected = now + timedelta(milliseconds=int(offset)) if offset else now
    boot, _, since = (started or "").partition(" ")
    if since and boot == _boot_id():
        by_machine = datetime.fromtimestamp((int(since) + _running()) / 1000, UTC)
        if corrected - by_machine > JUMP:
            return by_machine
    return corrected


def hub_time(db: peewee.SqliteDatabase, now: datetime) -> datetime:
    """Return the hub's time at `now` of this tablet's clock."""
    which = Meta.key.in_([OFFSET, STARTED])
    noted = dict(Meta.select(Meta.key, Meta.value).where(which).tuples().execute(db))
    return hub_now(now, noted.get(OFFSET), noted.get(STARTED))
