"""Many tablets at one hub: as fast as they can, and at the pace of a busy afternoon."""

from __future__ import annotations

import argparse
import hashlib
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from kiosk import clock
from kiosk.data import new_id
from kiosk.data.ids import following_id
from kiosk.hub import admin, migrations
from kiosk.hub.invitation import Access
from kiosk.journal.entries import BEGINNING, entry_text
from tests.hub.server import Server

#: Events a tablet tells at once.
BATCH = 50
#: Seconds between two entries of one tablet on a busy afternoon.
PACE = 2.0


@dataclass
class Teller:
    """A device that makes visits up, one after the other, in a chain."""

    device: str = field(default_factory=lambda: new_id(clock.utc_now()))
    seq: int = 0
    prev: str = BEGINNING
    last: str = ""

    def next(self, count: int, about: str = "") -> tuple[str, str, list[str], list[str]]:
        """Return what `kiosk.push` is told for the next `count` entries: device, base, lines, hashes."""
        base, lines, hashes = self.prev, [], []
        for _ in range(count):
            now = clock.utc_now()
            self.seq, self.last = self.seq + 1, following_id(now, self.last)
            payload = (
                f'{{"adults":2,"children":1,"language":"fi","session":"coffee:2026-11-24:1300","visit":"{new_id(now)}"'
                f',"way":"kiosk"{about}}}'
            )
            line = entry_text(
                self.device, self.seq, self.last, clock.utc_text(now), "visit.checked_in", "visitor", payload, self.prev
            )
            self.prev = hashlib.sha256(line.encode()).hexdigest()
            lines.append(line)
            hashes.append(self.prev)
        return self.device, base, lines, hashes


def connect(access: Access) -> psycopg.Connection[Any]:
    """Connect as a tablet does."""
    return psycopg.connect(
        host=access.host, port=access.port, dbname=access.database, user=access.role, password=access.password,
        autocommit=True,
    )  # fmt: skip


def invited(db: psycopg.Connection[Any], wanted: argparse.Namespace) -> list[Access]:
    """Let the tablets in, spread over the centres."""
    return [
        admin.invite(db, centre=f"Centre {number % wanted.centres}", name=f"Tablet {number}")
        for number in range(wanted.tablets)
    ]


def server_seconds(db: psycopg.Connection[Any]) -> float:
    """Return the CPU time of the session's process of a server on this machine, in seconds."""
    time.sleep(0.01)  # a process that still runs has not been charged yet
    spent = Path(f"/proc/{db.info.backend_pid}/schedstat").read_text(encoding="ascii")
    return int(spent.split()[0]) / 1e9


def quantile(values: list[float], part: float) -> float:
    """Return the value that `part` of the values are below, in milliseconds for seconds."""
    return sorted(values)[int(part * (len(values) - 1))] * 1000


def push(server: Server, wanted: argparse.Namespace) -> None:
    """Measure how many events are pushed, checked and judged a second, and how many rows COPY takes."""

    def tell(access: Access, batches: list[tuple[str, str, list[str], list[str]]]) -> tuple[list[float], float]:
        took = []
        with connect(access) as db:
            for batch in batches:
                start = time.perf_counter()
                db.execute("SELECT kiosk.push(%s, %s, %b, %b, '[]')", batch).fetchone()
                took.append(time.perf_counter() - start)
            return took, server_seconds(db)

    with admin.owner(server.new_database("push")) as db:
        migrations.init(db)
        tablets = invited(db, wanted)
        tellers = [Teller() for _ in tablets]
        told = [[teller.next(wanted.batch) for _ in range(-(-wanted.events // wanted.batch))] for teller in tellers]
        start, own = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(wanted.tablets) as pool:
            answers = list(pool.map(tell, tablets, told))
        pushed, push_work = time.perf_counter() - start, time.process_time() - own + sum(cpu for _, cpu in answers)
        took = [second for batches, _ in answers for second in batches]
        [(count,)] = db.execute("SELECT count(*) FROM kiosk.event WHERE reason IS NULL").fetchall()
        assert count == sum(teller.seq for teller in tellers)
        db.execute("CREATE TABLE plain (LIKE kiosk.event INCLUDING ALL)")
        rows = db.execute("SELECT * FROM kiosk.event").fetchall()
        start, own = time.perf_counter(), time.process_time() + server_seconds(db)
        with db.cursor().copy("COPY plain FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        copied = time.perf_counter() - start
        copy_work = time.process_time() + server_seconds(db) - own
    print(f"push: {wanted.tablets} tablets in {wanted.centres} centres, {count} events in batches of {wanted.batch}")
    print(f"  pushed, checked and judged {count / pushed:8.0f} events/s   1")
    print(f"  COPY of the same rows      {count / copied:8.0f} events/s   {pushed / copied:.1f}")
    print(f"  CPU of tablets and server, µs an event: {push_work / count * 1e6:.0f} and {copy_work / count * 1e6:.0f} with COPY, "
          f"{push_work / copy_work:.1f} times")  # fmt: skip
    print(f"  a batch: median {quantile(took, 0.5):.0f} ms, worst {quantile(took, 1):.0f} ms", flush=True)


def lag(server: Server, wanted: argparse.Namespace) -> None:
    """Measure how long after one tablet began to tell an entry another tablet of its centre has read it."""
    lags: list[float] = []
    ready, begun = threading.Barrier(wanted.tablets + 1), threading.Event()

    def tablet(access: Access) -> None:
        teller, rng, position = Teller(), random.Random(access.role), 0
        with connect(access) as db:
            [(centre,)] = db.execute("SELECT kiosk.my_centre()").fetchall()
            db.execute(f'LISTEN "kiosk_{centre}"'.encode())
            ready.wait()
            begun.wait()
            end = time.monotonic() + wanted.seconds
            due = time.monotonic() + rng.uniform(0, 2 * PACE)
            while (now := time.monotonic()) < end:
                if now >= due:
                    due += rng.uniform(0, 2 * PACE)
                    batch = teller.next(1, f',"sent":{time.time()}')
                    db.execute("SELECT kiosk.push(%s, %s, %b, %b, '[]')", batch).fetchone()
                if not any(
                    True for _ in db.notifies(timeout=max(0.001, min(due, end) - time.monotonic()), stop_after=1)
                ):
                    continue
                rows = db.execute(
                    """SELECT position, device, (payload::jsonb ->> 'sent')::float FROM kiosk.event
                       WHERE centre = kiosk.my_centre() AND position > %s ORDER BY position LIMIT 500""",
                    (position,),
                ).fetchall()
                lags.extend(time.time() - sent for _position, device, sent in rows if device != teller.device)
                position = rows[-1][0] if rows else position

    with admin.owner(server.new_database("lag")) as db:
        migrations.init(db)
        threads = [threading.Thread(target=tablet, args=(access,)) for access in invited(db, wanted)]
        for thread in threads:
            thread.start()
        ready.wait()
        begun.set()
        for thread in threads:
            thread.join()
        [(count,)] = db.execute("SELECT count(*) FROM kiosk.event").fetchall()
    print(
        f"lag: {wanted.tablets} tablets in {wanted.centres} centres, {count / wanted.seconds:.0f} events/s told one by one"
    )
    print(f"  {len(lags)} readings: median {quantile(lags, 0.5):.0f} ms, 95 % {quantile(lags, 0.95):.0f} ms, "
          f"worst {quantile(lags, 1):.0f} ms", flush=True)  # fmt: skip
