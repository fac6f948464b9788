"""How many events a hub takes from many tablets, beside the plain limit of the same server (COPY of the same rows):
``python -m benchmarks.hub [--tablets 200] [--centres 50] [--events 100]``. Needs PostgreSQL's programs, as the tests do.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg

from kiosk import clock
from kiosk.data import new_id
from kiosk.data.ids import following_id
from kiosk.data.journal import BEGINNING, entry_text
from kiosk.hub import admin
from kiosk.hub.invite import Access
from tests.hub.server import Server

#: Events a tablet tells at once.
BATCH = 50


def journal(events: int) -> tuple[str, list[str], list[str]]:
    """Return a device with its lines and hashes: visits, one after the other."""
    now = clock.utc_now()
    device, prev, last, lines, hashes = new_id(now), BEGINNING, "", [], []
    for seq in range(1, events + 1):
        last = following_id(now, last)
        payload = f'{{"adults":2,"children":1,"language":"fi","session":"coffee:2026-11-24:1300","visit":"{new_id(now)}","way":"kiosk"}}'
        line = entry_text(device, seq, last, clock.utc_text(now), "visit.checked_in", "visitor", payload, prev)
        prev = hashlib.sha256(line.encode()).hexdigest()
        lines.append(line)
        hashes.append(prev)
    return device, lines, hashes


def tell(access: Access, told: tuple[str, list[str], list[str]]) -> list[float]:
    """Tell a hub a journal in batches; returns the seconds each took."""
    device, lines, hashes = told
    took = []
    with psycopg.connect(
        host=access.host,
        port=access.port,
        dbname=access.database,
        user=access.role,
        password=access.password,
        autocommit=True,
    ) as db:
        for at in range(0, len(lines), BATCH):
            start = time.perf_counter()
            base = hashes[at - 1] if at else BEGINNING
            values = (device, base, lines[at : at + BATCH], hashes[at : at + BATCH])
            db.execute("SELECT kiosk.push(%s, %s, %s, %s, '[]')", values).fetchone()
            took.append(time.perf_counter() - start)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("tablets", 200), ("centres", 50), ("events", 100)):
        parser.add_argument(f"--{name}", type=int, default=default)
    wanted = parser.parse_args()
    server = Server()
    server.start("-c fsync=on", "-c max_connections=400")
    try:
        with admin.owner(server.new_database("hub")) as db:
            admin.init(db)
            tablets = [
                admin.invite(db, centre=f"Centre {number % wanted.centres}", name=f"Tablet {number}")
                for number in range(wanted.tablets)
            ]
            journals = [journal(wanted.events) for _ in tablets]
            start = time.perf_counter()
            with ThreadPoolExecutor(wanted.tablets) as pool:
                took = sorted(second for batch in pool.map(tell, tablets, journals) for second in batch)
            pushed = time.perf_counter() - start
            [(count,)] = db.execute("SELECT count(*) FROM kiosk.event WHERE reason IS NULL").fetchall()
            assert count == wanted.tablets * wanted.events
            db.execute("CREATE TABLE plain (LIKE kiosk.event INCLUDING ALL)")
            rows = db.execute("SELECT * FROM kiosk.event").fetchall()
            start = time.perf_counter()
            with db.cursor().copy("COPY plain FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            copied = time.perf_counter() - start
            start = time.perf_counter()
            for _ in range(200):
                db.execute(
                    "SELECT * FROM kiosk.event WHERE centre = 1 AND position > 0 ORDER BY position LIMIT 500"
                ).fetchall()
            page = (time.perf_counter() - start) / 200
    finally:
        server.stop()
    print(f"{wanted.tablets} tablets in {wanted.centres} centres, {count} events in batches of {BATCH}")
    print(f"  pushed, checked and judged   {count / pushed:10.0f} events/s   1")
    print(f"  COPY of the same rows        {count / copied:10.0f} events/s   {pushed / copied:.1f}")
    print(
        f"  a batch: median {took[len(took) // 2] * 1000:.0f} ms, worst {took[-1] * 1000:.0f} ms; a page of 500 down: {page * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()
