"""What a push reads at the hub does not grow with what the centre has told before."""

from __future__ import annotations

from typing import Any

import psycopg

from benchmarks.hub_load import Teller, connect
from kiosk.hub import admin
from kiosk.hub.push import BATCH

#: Rows of events that this transaction has read so far.
READ = """SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_all_tables
          WHERE schemaname = 'kiosk' AND relname = 'event'"""
#: Rows that are read for each line: whether its id and its visit are known, and its verdict.
FOR_EACH = 4


def push(db: psycopg.Connection[Any], teller: Teller, count: int) -> int:
    """Tell entries; returns how many rows of events were read for it."""
    with db.transaction():
        [(before,)] = db.execute(READ).fetchall()
        answer = db.execute("SELECT kiosk.push(%s, %s, %b, %b, '[]')", teller.next(count)).fetchone()
        assert answer is not None
        assert answer[0]["outcome"] == "ok"
        assert {verdict for _seq, verdict in answer[0]["verdicts"]} == {"applied"}
        [(after,)] = db.execute(READ).fetchall()
    return int(after - before)


def test_a_line_is_looked_up_by_its_key_in_a_centre_that_statistics_do_not_know(hub: str) -> None:
    with admin.owner(hub) as owner:
        invited = [admin.invite(owner, centre=f"Centre {number}", name="Tablet") for number in range(10)]
    for (
        access
    ) in invited:  # the first one is analysed; which index a poor plan takes for the others, their sizes decide
        teller = Teller()
        with connect(access) as db:
            for _ in range(5):
                assert push(db, teller, BATCH) <= FOR_EACH * BATCH
