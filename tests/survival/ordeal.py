"""A day at the centre in a process of its own, which dies or whose disk fails, and the truth afterwards.

Run as a program (`python -m tests.survival.ordeal kill|disk FOLDER ROUNDS SEED`) it prints its figures as JSON. The
process forks: what does the work can be killed at any moment, and what was confirmed to the visitor came through a pipe.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import signal
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.backup.schedule import open_or_heal
from kiosk.data import new_id, snapshots
from kiosk.data.store import FILE
from kiosk.errors import KioskError
from kiosk.journal import Store
from kiosk.journal.entries import verify_chain
from kiosk.privacy.sealing import new_keypair
from kiosk.services import Services
from kiosk.services.goods.goods import LARGEST_LOT
from kiosk.settings import load

#: A Tuesday, 13:30 in Finland: the coffee meeting is on.
NOW = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
#: What fails of a disk.
KINDS = ("read", "write", "sync")


def prepare(folder: Path) -> None:
    """Make a data folder with a copy beside it."""
    store = Store.create(folder, now=NOW)
    store.set_recipients([new_keypair().public, new_keypair().public])
    services = Services(store, load(None))
    services.gatherings.apply(services.settings.gatherings, NOW)
    services.backups.make_snapshot(NOW)
    store.close()


def work(services: Services, confirm: Any, steps: int | None = None) -> None:
    """Do what visitors do, again and again; `confirm(table, id)` only after the service has answered."""
    [session] = services.gatherings.sessions_now(NOW)
    done = 0
    try:
        lot = services.goods.add(
            now=NOW, who="shell", category="furniture", thing="dining_chair", quantity=LARGEST_LOT
        ).id
    except KioskError as error:
        confirm("told", type(error).__name__)
        return
    while steps is None or done < steps:
        done += 1
        now = NOW + timedelta(seconds=done)
        try:
            visit_id = new_id(now)
            services.attendance.check_in(visit_id=visit_id, session_id=session.id, language="uk", now=now)
            confirm("visit", visit_id)
            ticket = services.tickets.reserve(item_id=lot, language="fi", now=now, held=())
            confirm("ticket", ticket.id)
            request = services.help.sign_up(
                request_id=new_id(now), service="friend", language="fi", details={"name": "x"}, now=now, notice_version="1"
            )  # fmt: skip
            confirm("request", request.id)
            if done % 5 == 0:
                services.backups.make_snapshot(now)
        except KioskError as error:
            confirm("told", type(error).__name__)


def verify(folder: Path, confirmed: dict[str, set[str]]) -> None:
    """Everything confirmed is there, nothing half-done is, and the file and every copy are sound."""
    store = Store.open(folder)
    try:
        ask = store.db.execute_sql
        assert ask("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert ask("PRAGMA foreign_key_check").fetchall() == []
        verify_chain(store.db)
        for table, kind in (("visit", "visit.checked_in"), ("ticket", "ticket.reserved"), ("request", "request.made")):
            there = {one for (one,) in ask(f"SELECT id FROM {table}").fetchall()}
            told = {
                one for (one,) in ask(f"SELECT payload ->> '{table}' FROM journal WHERE kind = ?", (kind,)).fetchall()
            }
            assert not confirmed[table] - there, f"lost from {table}"
            assert there == told, f"{table} and the journal differ"
        assert ask("SELECT count(*) FROM envelope").fetchone()[0] == 2 * len(ask("SELECT id FROM request").fetchall())
        for copy in snapshots.listed(store.copies_folder):
            snapshots.need_sound(copy.path)
    finally:
        store.close()


def one_life(folder: Path, until: int, moment: float, fault: tuple[str, int] | None = None) -> list[list[str]]:
    """Let a process work on `folder` until it is killed, `moment` seconds after it has confirmed `until` things, or with
    a `fault` of the disk until it has done three rounds; returns what it confirmed."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read)
            if fault:
                ctypes.CDLL(None).arm(fault[0].encode(), fault[1])
            services = Services(open_or_heal(folder, NOW), load(None))
            work(services, lambda *words: os.write(write, (" ".join(words) + "\n").encode()), 3 if fault else None)
        except KioskError as error:
            os.write(write, f"told {type(error).__name__}\n".encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        lines = [pipe.readline() for _ in range(until)]
        if fault is None:
            time.sleep(moment)
            os.kill(child, signal.SIGKILL)
        lines += pipe.readlines()
    os.waitpid(child, 0)
    return [line.split() for line in lines if line]


def go(how: str, folder: Path, rounds: int, seed: int) -> dict[str, Any]:
    """Go through `rounds` lives and return the figures. Raises AssertionError at the first untruth."""
    chance = random.Random(seed)
    prepare(folder)
    confirmed: dict[str, set[str]] = {"visit": set(), "ticket": set(), "request": set(), "told": set()}
    for number in range(rounds):
        fault = (KINDS[number % len(KINDS)], 1 + number // len(KINDS)) if how == "disk" else None
        for table, one in one_life(folder, chance.randrange(12), chance.uniform(0, 0.03), fault):
            confirmed[table].add(one)
        verify(folder, confirmed)
    done = {table: len(ids) for table, ids in confirmed.items() if table != "told"}
    return {"rounds": rounds, "confirmed": sum(done.values()), "lost": 0, **done, "told": sorted(confirmed["told"])}


def record(folder: Path, commits: int) -> tuple[bytes, bytes, list[int]]:
    """Return a database, the write-ahead log of some check-ins after it, and how long the log was after each."""
    prepare(folder)
    with closing(sqlite3.connect(folder / FILE)) as db:
        db.execute("PRAGMA journal_mode = DELETE").fetchall()
        db.execute("PRAGMA page_size = 512")  # small pages, so that every byte of the log can be tried
        db.execute("VACUUM")
        db.execute("PRAGMA journal_mode = WAL").fetchall()
    store = Store.open(folder)
    services = Services(store, load(None))
    [session] = services.gatherings.sessions_now(NOW)
    services.attendance.check_in(visit_id=new_id(NOW), session_id=session.id, language="fi", now=NOW)
    store.forget_deleted()
    base, ends, log = (folder / FILE).read_bytes(), [], folder / f"{FILE}-wal"
    for _ in range(commits):
        services.attendance.check_in(visit_id=new_id(NOW), session_id=session.id, language="fi", now=NOW)
        ends.append(log.stat().st_size)
    wal = log.read_bytes()
    store.close()
    return base, wal, ends


def after_power_cut(folder: Path, base: bytes, wal: bytes) -> tuple[int, int]:
    """Return how many visits and journal entries of them are there when the disk has `base` and `wal`."""
    path = folder / FILE
    path.write_bytes(base)
    path.with_name(f"{FILE}-wal").write_bytes(wal)
    path.with_name(f"{FILE}-shm").unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        [visits] = db.execute("SELECT count(*) FROM visit").fetchone()
        [entries] = db.execute("SELECT count(*) FROM journal WHERE kind = 'visit.checked_in'").fetchone()
    return visits, entries


if __name__ == "__main__":
    print(json.dumps(go(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))))
