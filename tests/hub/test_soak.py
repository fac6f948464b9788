"""The soak: tablets as processes of their own, the real threads, a line that keeps failing, power cuts; then quiet."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from kiosk.hub import admin, migrations
from kiosk.hub.enrolment import join
from kiosk.hub.invitation import invite_text, save, saved
from kiosk.journal import Store
from tests.hub.conftest import Tablet
from tests.hub.invariants import check, hub_says, ids
from tests.hub.proxy import FAULTS, Proxy
from tests.hub.server import Server

#: Tablets in one centre, at most.
CENTRE = 10


@dataclass
class Soak:
    """Runs `count` tablets in `folder` for `seconds`, each doing something about every `pace` seconds."""

    server: Server
    folder: Path
    count: int
    seconds: float
    pace: float
    faults: tuple[str, ...] = FAULTS
    figures: dict[str, float] = field(default_factory=dict)

    def run(self) -> dict[str, float]:
        self.url = self.server.new_database(f"soak{self.count}")
        self.proxy = Proxy(self.server.folder / f".s.PGSQL.{self.server.port}")
        self.began, self.rng = time.monotonic(), random.Random(1)
        self.centres = {f"Centre {number}" for number in range(-(-self.count // CENTRE))}
        with admin.owner(self.url) as db:
            migrations.init(db)
            admin.set_limit(db, changes=10_000)  # nobody is here who would agree to what is more than a day's erasures
            for number in range(self.count):
                one = Tablet(self._tablet(number))
                join(one.store, invite_text(admin.invite(db, centre=f"Centre {number // CENTRE}", name=f"T{number}")))
                save(replace(saved(one.folder), host="127.0.0.1", port=self.proxy.port), one.folder)
                one.close()
        self.processes = {number: self._start(number) for number in range(self.count)}
        try:
            while not all(self._tablet(number).with_suffix(".said").exists() for number in self.processes):
                assert all(process.poll() is None for process in self.processes.values())
                time.sleep(0.1)
            self._trouble()
            (self.folder / "quiet").touch()
            self.proxy.heal()
            self.figures["held back, then delivered"] = self.proxy.release()
            self._wait()
        finally:
            for process in self.processes.values():
                process.terminate()
            codes = [process.wait(timeout=60) for process in self.processes.values()]
            self.proxy.stop()
        assert set(codes) == {0}
        self._check()
        return self.figures

    def _tablet(self, number: int) -> Path:
        return self.folder / f"tablet{number}"

    def _start(self, number: int) -> subprocess.Popen[bytes]:
        words = (self._tablet(number), self.began, self.rng.randrange(1 << 30), self.pace)
        return subprocess.Popen([sys.executable, "-m", "tests.hub.lobby", *map(str, words)])

    def _trouble(self) -> None:
        """Let the line fail every moment, everybody be cut off now and then, and now and then a tablet's power go."""
        faults = kills = parts = 0
        began = time.monotonic()
        while time.monotonic() - began < self.seconds:
            time.sleep(0.1)
            chance = self.rng.random()
            if chance < 0.3:
                self.proxy.arm(self.rng.choice(self.faults), self.rng.randint(0, 16))
                faults += 1
            elif chance < 0.31:
                self.proxy.part() if self.proxy.open else self.proxy.heal()
                parts += 1
            elif chance < 0.33:
                self.proxy.release()
            elif chance < 0.36:
                self.proxy.heal()
            elif chance < 0.38:
                number = self.rng.randrange(self.count)
                self.processes[number].send_signal(signal.SIGKILL)
                self.processes[number].wait()
                self.processes[number] = self._start(number)
                kills += 1
        self.figures |= {
            "seconds": self.seconds,
            "faults": faults,
            "times all were cut off": parts,
            "power cuts": kills,
        }

    def _wait(self) -> None:
        """Wait until every tablet has told everything and read everything."""
        began, moved, before = time.monotonic(), time.monotonic(), -1
        while (left := self._left()) > 0:
            if left != before:
                before, moved = left, time.monotonic()
            assert time.monotonic() - moved < 150, f"{left} tablets never come to rest"
            time.sleep(0.5)
        self.figures["seconds until all agreed"] = round(time.monotonic() - began, 1)

    def _left(self) -> int:
        heads = dict(hub_says(self.url, "SELECT name, head FROM kiosk.centre"))
        known = dict(hub_says(self.url, "SELECT id, last_seq FROM kiosk.device"))
        left = 0
        for number in range(self.count):
            with sqlite3.connect(f"file:{self._tablet(number)}/kiosk.db?mode=ro", uri=True, timeout=5) as db:
                meta = dict(db.execute("SELECT key, value FROM meta").fetchall())
                told = all(
                    known.get(device) == last
                    for device, last in db.execute("SELECT device, max(seq) FROM journal GROUP BY device")
                )
                waits = json.loads(meta.get("hub_heirs", "[]"))
            read = int(meta.get("hub_cursor", "0 ").split()[0])
            left += not told or bool(waits) or read != heads[f"Centre {number // CENTRE}"]
        return left

    def _check(self) -> None:
        [self.figures["events"]] = hub_says(self.url, "SELECT count(*) FROM kiosk.event")
        [self.figures["told twice"]] = hub_says(self.url, "SELECT count(*) FROM kiosk.event WHERE reason = 'twice'")
        [self.figures["given twice, with an alarm"]] = hub_says(
            self.url, "SELECT count(*) FROM kiosk.event WHERE kind = 'ticket.given_twice'"
        )
        [self.figures["second at a reservation"]] = hub_says(
            self.url, "SELECT count(*) FROM kiosk.event WHERE kind = 'ticket.conflicted'"
        )
        confirmed = 0
        for centre in self.centres:
            first = int(centre.split()[1]) * CENTRE
            numbers = range(first, min(first + CENTRE, self.count))
            stores = [Store.open(self._tablet(number)) for number in numbers]
            check(stores, self.url, centre, set().union(*map(ids, stores)))
            said = {
                line for number in numbers for line in self._tablet(number).with_suffix(".said").read_text().split()
            }
            told = hub_says(
                self.url,
                "SELECT subject FROM kiosk.event WHERE centre = (SELECT id FROM kiosk.centre WHERE name = %s)",
                centre,
            )
            assert said <= told, "something that was confirmed was lost"
            confirmed += len(said)
            for store in stores:
                store.close()
        assert confirmed > 0
        self.figures["things confirmed to people"] = confirmed


def test_tablets_as_processes_come_to_agree(server: Server, tmp_path: Path) -> None:
    # Without the line on which nobody says anything: a tablet gives that up only after half a minute.
    figures = Soak(server, tmp_path, 3, 3, 0.15, FAULTS[:3]).run()
    assert figures["events"] > 20


@pytest.mark.long
def test_fifty_tablets_for_minutes(server: Server, tmp_path: Path) -> None:
    figures = Soak(server, tmp_path, 50, 300, 4).run()
    print("\n" + "\n".join(f"{name:32} {value}" for name, value in figures.items()))
    assert figures["events"] > 2000
