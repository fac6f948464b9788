"""Sync status of a tablet, from what is noted in its database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk import clock
from kiosk.journal import Store
from kiosk.journal.admission import ASIDE
from kiosk.journal.forks import TWICE
from kiosk.journal.hub_clock import OFFSET
from kiosk.services.staff.other_tablets import HELD
from kiosk.vocabulary.states import TicketState

from .ahead import is_behind
from .invitation import is_joined, saved
from .push import last

#: Seconds without contact after which the tablet no longer counts as in sync.
SILENCE = 30.0
#: The hub's reason for a change that waits for the consent of another tablet, where the desk shows it.
WAITS = "held"
#: Note key of the sync state, for other processes.
STATE = "hub_state"


class PutAside(NamedTuple):
    """An entry without effect: its kind ("" when its content is not here), the fault ("ahead", "who", "unreadable" ...
    or the name of a field), and whether this tablet made it."""

    kind: str
    wrong: str
    own: bool


@dataclass(frozen=True)
class HubView:
    """Sync status. `in_step_at`: when last in sync, None for never; `waiting`: entries not pushed yet; `refused`:
    entries of this tablet that the hub refused; `put_aside`: further invalid entries; `full`: the daily quota is used
    up; `unfolded`: things that cannot be projected yet, unless everything is being read; `held`: changes of other tablets that wait for consent here;
    `clock_off`: how far the tablet's clock is behind the hub's; `trouble`: the present problem (a message) or ""."""

    joined: bool
    centre: str = ""
    in_step_at: datetime | None = None
    waiting: int = 0
    refused: int = 0
    put_aside: int = 0
    unfolded: int = 0
    conflicts: int = 0
    held: int = 0
    clock_off: timedelta = timedelta()
    trouble: str = ""
    full: bool = False

    def in_step(self, now: datetime) -> bool:
        """Return whether the hub was reached recently and nothing is left to push."""
        return self.in_step_at is not None and now - self.in_step_at < timedelta(seconds=2 * SILENCE)


def look(store: Store, trouble: str = "") -> HubView:
    """Return the sync status from the database."""
    if not is_joined(store.folder):
        return HubView(False)
    state = json.loads(store.get_meta(STATE) or "{}")
    told = state.get("told", {}).get(store.device, 0)
    [(refused, put_aside, unfolded, conflicts)] = store.db.execute_sql(
        f"""SELECT count(*) FILTER (WHERE own), count(*) FILTER (WHERE NOT own),
                  (SELECT count(*) FROM unfolded), (SELECT count(*) FROM ticket WHERE state = '{TicketState.CONFLICTED}')
           FROM (SELECT device = ?1 AND substr(reason, 1, ?2) <> ?3 AS own FROM refused
                 WHERE reason <> ?4 AND (reason <> ?5 OR device = ?1))""",
        (store.device, len(ASIDE), ASIDE, TWICE, WAITS),
    ).fetchall()
    return HubView(
        True,
        saved(store.folder).centre,
        clock.parse(state["at"]) if "at" in state else None,
        max(0, last(store, store.device) - told),
        refused,
        put_aside,
        0 if is_behind(store) else unfolded,
        conflicts,
        len(json.loads(store.get_meta(HELD) or "[]")),
        timedelta(milliseconds=int(store.get_meta(OFFSET) or 0)),
        trouble,
        bool(state.get("full")),
    )


def refused(store: Store) -> list[tuple[str, datetime]]:
    """Return (kind, time) of this tablet's newest entries that the hub refused."""
    sql = """SELECT kind, time FROM refused JOIN journal USING (device, seq)
             WHERE device = ? AND reason <> ? AND substr(reason, 1, ?) <> ? ORDER BY id DESC LIMIT 20"""
    values = (store.device, TWICE, len(ASIDE), ASIDE)
    return [(kind, clock.parse(time)) for kind, time in store.db.execute_sql(sql, values).fetchall()]


def put_aside(store: Store) -> list[PutAside]:
    """Return the newest entries set aside here or at the hub; this tablet's entries refused for good are in
    `refused`."""
    sql = """SELECT coalesce(kind, ''), CASE WHEN aside THEN substr(reason, ?1) ELSE reason END, refused.device = ?3
             FROM (SELECT *, substr(reason, 1, ?1 - 1) = ?2 AS aside FROM refused) AS refused
             LEFT JOIN journal USING (device, seq)
             WHERE reason NOT IN (?4, ?5) AND (aside OR refused.device <> ?3) ORDER BY id DESC LIMIT 20"""
    values = (len(ASIDE) + 1, ASIDE, store.device, TWICE, WAITS)
    return [PutAside(kind, wrong, bool(own)) for kind, wrong, own in store.db.execute_sql(sql, values).fetchall()]
