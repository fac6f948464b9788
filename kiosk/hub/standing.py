"""How a tablet stands with its hub, from what is noted in its data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk import clock
from kiosk.journal import Store
from kiosk.journal.admission import ASIDE
from kiosk.journal.entries import OFFSET
from kiosk.journal.forks import TWICE
from kiosk.services.staff.other_tablets import HELD
from kiosk.vocabulary.states import TicketState

from .invitation import is_joined, saved
from .push import last

#: How long silence of the hub is trusted, seconds.
SILENCE = 30.0
#: The hub's reason for what waits until somebody on another tablet agrees; there the desk shows it by itself.
WAITS = "held"
#: Where it is noted how far the tablet is, so that another program can tell.
STATE = "hub_state"


class PutAside(NamedTuple):
    """An entry that does not count: its kind ("" when nothing of it is here), what is wrong with it ("ahead", "who",
    "unreadable" and so on, or a field), and whether this tablet made it."""

    kind: str
    wrong: str
    own: bool


@dataclass(frozen=True)
class HubView:
    """How a tablet stands with its hub. `in_step_at` is when it last was, None for never; `waiting` how many entries
    the hub has not got; `refused` how many of this tablet's it did not take; `put_aside` how many more are not as they
    should be; `full` whether the hub takes no more today; `unfolded` how many things cannot be
    shown yet; `held` how many changes of other tablets wait for somebody here to agree; `clock_off` how far the tablet's clock is behind the hub's;
    `trouble` what is wrong now (a message), or ""."""

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
        """Tell whether the tablet heard from its hub a moment ago and has nothing left to tell."""
        return self.in_step_at is not None and now - self.in_step_at < timedelta(seconds=2 * SILENCE)


def look(store: Store, trouble: str = "") -> HubView:
    """Return how the tablet stands, from what is noted in its data."""
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
        unfolded,
        conflicts,
        len(json.loads(store.get_meta(HELD) or "[]")),
        timedelta(milliseconds=int(store.get_meta(OFFSET) or 0)),
        trouble,
        bool(state.get("full")),
    )


def refused(store: Store) -> list[tuple[str, datetime]]:
    """Return (kind, time) of the newest entries made here that the hub did not take."""
    sql = """SELECT kind, time FROM refused JOIN journal USING (device, seq)
             WHERE device = ? AND reason <> ? AND substr(reason, 1, ?) <> ? ORDER BY id DESC LIMIT 20"""
    values = (store.device, TWICE, len(ASIDE), ASIDE)
    return [(kind, clock.parse(time)) for kind, time in store.db.execute_sql(sql, values).fetchall()]


def put_aside(store: Store) -> list[PutAside]:
    """Return the newest entries that were put aside here or at the hub; those of this tablet that the hub rejected for
    good are in `refused`."""
    sql = """SELECT coalesce(kind, ''), CASE WHEN aside THEN substr(reason, ?1) ELSE reason END, refused.device = ?3
             FROM (SELECT *, substr(reason, 1, ?1 - 1) = ?2 AS aside FROM refused) AS refused
             LEFT JOIN journal USING (device, seq)
             WHERE reason NOT IN (?4, ?5) AND (aside OR refused.device <> ?3) ORDER BY id DESC LIMIT 20"""
    values = (len(ASIDE) + 1, ASIDE, store.device, TWICE, WAITS)
    return [PutAside(kind, wrong, bool(own)) for kind, wrong, own in store.db.execute_sql(sql, values).fetchall()]
