"""A hub that grows: what a tablet asks must take as long at ten million events as at a hundred thousand."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import psycopg

from benchmarks.hub_load import BATCH, Teller, connect, quantile
from kiosk.hub import admin, migrations
from tests.hub.server import Server

#: Centres the events are spread over, and events made in one statement.
CENTRES, STEP = 1000, 250_000
#: How often each question is asked.
ASKED = 60

#: Events as tablets tell them, but for the hashes: three visits, then a thing taken in; in the order of their times.
FILL = """
INSERT INTO kiosk.event (centre, position, device, seq, id, time, kind, who, payload, prev_hash, hash, subject)
SELECT centre, turn + %(moved)s, 'd' || centre, turn, its_id, '2026-01-01T08:00:00.000000Z', kind, 'visitor',
    CASE kind WHEN 'visit.checked_in'
        THEN '{"adults":2,"children":1,"language":"fi","session":"coffee:2026-11-24:1300","visit":"' || its_id || '","way":"kiosk"}'
        ELSE '{"category":"furniture","condition":"good","item":"' || its_id || '","quantity":1,"thing":"dining_chair"}' END,
    own, own, its_id
FROM (SELECT g %% %(centres)s + 1 AS centre, g / %(centres)s + 1 AS turn,
        '019' || lpad(to_hex(g), 9, '0') || '70008' || substr(md5(g::text), 1, 15) AS its_id,
        CASE WHEN g / %(centres)s %% 4 = 3 THEN 'item.added' ELSE 'visit.checked_in' END AS kind,
        md5(g::text) || md5((g + 1)::text) AS own
      FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS g) AS made
"""
HEADS = """
UPDATE kiosk.centre SET head = seen.position, latest = seen.id
FROM (SELECT DISTINCT ON (centre) centre, position, id FROM kiosk.event ORDER BY centre, position DESC) AS seen
WHERE seen.centre = centre.id
"""
#: The counts of the visits that FILL made.
TOTALS = """
INSERT INTO kiosk.total (centre, visits, people)
SELECT centre, count(*), 3 * count(*) FROM kiosk.event WHERE kind = 'visit.checked_in' GROUP BY centre
ON CONFLICT (centre) DO UPDATE SET visits = EXCLUDED.visits, people = EXCLUDED.people
"""


def size(server: Server, wanted: argparse.Namespace) -> None:
    """Let a hub grow and ask it the same at each size."""
    with admin.owner(server.new_database("size")) as db:
        migrations.init(db)
        db.execute("INSERT INTO kiosk.centre (name) SELECT 'Centre ' || g FROM generate_series(1, %s) AS g", (CENTRES,))
        access = admin.invite(db, centre="Centre 7", name="Tablet")
        db.execute("SET synchronous_commit = off")
        # Entries come 5,000 at most at once; 250,000 are counted in another way.
        db.execute("ALTER TABLE kiosk.event DISABLE TRIGGER counted")
        made = 0
        for goal in sorted(int(number) for number in wanted.sizes.split(",")):
            start = time.perf_counter()
            # What was told while it was asked lies between.
            [(moved,)] = db.execute(
                "SELECT greatest(max(head) - %s, 0) FROM kiosk.centre", (made // CENTRES,)
            ).fetchall()
            while made < goal:
                more = min(made + STEP, goal)
                db.execute(FILL, {"centres": CENTRES, "first": made, "last": more - 1, "moved": moved})
                made = more
            db.execute(HEADS)
            db.execute(TOTALS)
            db.execute("VACUUM ANALYZE kiosk.event")
            filled = time.perf_counter() - start
            [(size_of,)] = db.execute("SELECT pg_total_relation_size('kiosk.event')").fetchall()
            print(f"size: {made} events in {CENTRES} centres, {size_of / made:.0f} bytes each ({filled:.0f} s to fill)")
            with connect(access) as tablet:
                for name, took in _ask(tablet, db).items():
                    print(
                        f"  {name:34} median {quantile(took, 0.5):7.1f} ms   worst {quantile(took, 1):7.1f} ms",
                        flush=True,
                    )


def _ask(tablet: psycopg.Connection[Any], owner: psycopg.Connection[Any]) -> dict[str, list[float]]:
    teller = Teller()
    [(head,)] = owner.execute("SELECT head FROM kiosk.centre WHERE name = 'Centre 7'").fetchall()
    [(item,)] = owner.execute(
        """SELECT subject FROM kiosk.event WHERE kind = 'item.added' AND centre = (SELECT id FROM kiosk.centre
           WHERE name = 'Centre 7') ORDER BY position LIMIT 1"""
    ).fetchall()
    push = "SELECT kiosk.push(%s, %s, %b, %b, '[]')"
    page = """SELECT * FROM kiosk.event WHERE centre = kiosk.my_centre() AND position > %s AND position <= %s
              AND (device <> 'x' OR seq > 1 OR reason IS NOT NULL) ORDER BY position LIMIT 500"""
    asks: dict[str, Callable[[int], Any]] = {
        "hello": lambda n: tablet.execute("SELECT kiosk.hello('x', %s, 'x')", (head,)).fetchall(),
        "head, nothing new": lambda n: tablet.execute("SELECT * FROM kiosk.head()").fetchall(),
        "a page of 500 from the beginning": lambda n: tablet.execute(page, (0, head)).fetchall(),
        "the last 10 of the centre": lambda n: tablet.execute(page, (head - 10, head)).fetchall(),
        "one entry told": lambda n: tablet.execute(push, teller.next(1)).fetchall(),
        f"{BATCH} entries told": lambda n: tablet.execute(push, teller.next(BATCH)).fetchall(),
        "who is first": lambda n: tablet.execute("SELECT kiosk.reserve(%s, %s)", (f"t{n}", item)).fetchall(),
        "counts of the centre": lambda n: owner.execute(
            "SELECT * FROM kiosk.counts WHERE centre = 'Centre 7'"
        ).fetchall(),
    }
    found = {}
    for name, ask in asks.items():
        took = []
        for number in range(3 if name.startswith("counts") else ASKED):
            start = time.perf_counter()
            ask(number)
            took.append(time.perf_counter() - start)
        found[name] = took
    return found
