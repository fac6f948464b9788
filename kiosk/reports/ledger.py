"""The ledger: the journal's entries booked as facts, brought up to date in small steps before a report is made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from kiosk import clock
from kiosk.data.models import Meta, canonical_json
from kiosk.files.storage_errors import storage_errors
from kiosk.journal import Store
from kiosk.journal.entries import COUNTS, LEDGER

from .folds import KEPT, VISITS, Fact, Fold, LedgerEntry, State
from .model import QUIET, ProgressTracker
from .moves import MOVES

#: Entries booked in one transaction: it keeps the write lock short.
STEP = 2000
#: Version of the ledger, stored under LEDGER: another version rebuilds it.
VERSION = 6
#: A clock set back by no more than this was only adjusted, seconds.
SLACK = 120
#: The fold of each kind of entry; other kinds are not counted.
FOLDS = VISITS | MOVES
TABLES = ("ledger_visit", "ledger_goods", "ledger_shift", "ledger_help")
_COLUMNS = f"seq, time, kind, payload, {COUNTS}"


class Ledger:
    """Books the entries of the journal of `store` as facts; local dates are those of the zone `where`."""

    def __init__(self, store: Store, where: ZoneInfo) -> None:
        self._store, self._db = store, store.db
        self._made = f"{VERSION} {where.key}"

        @lru_cache(maxsize=4096)
        def local_day(minute: str) -> str:
            return clock.local_date(clock.parse(f"{minute}:00.000000Z"), where).isoformat()

        self._local_day = local_day

    def catch_up(self, work: ProgressTracker = QUIET) -> None:
        """Book all new entries. An interrupted call is continued by the next one. Raises Cancelled and StorageTrouble."""
        if self._store.get_meta(LEDGER) != self._made:
            with storage_errors(), self._db.atomic("IMMEDIATE"):
                self._forget()
        booked = {name: (number, seq) for number, name, seq in self._db.execute_sql("SELECT * FROM ledger_device")}
        waiting = [(device, self._last(device) - booked.get(device, (0, 0))[1]) for device in self._devices()]
        done, of = 0, sum(count for _, count in waiting)
        for device, count in waiting:
            while count > 0:
                work.at(done / of)
                with storage_errors(), self._db.atomic("IMMEDIATE"):
                    step = self._book(device)
                done, count = done + step, count - step

    def _forget(self) -> None:
        for name in (*TABLES, "ledger_kept", "ledger_state", "ledger_run", "ledger_device"):
            self._db.execute_sql(f"DELETE FROM {name}")
        Meta.replace(key=LEDGER, value=self._made).execute(self._db)

    def _devices(self) -> list[str]:
        """Return the devices in the journal: one index lookup each."""
        found: list[str] = []
        while True:
            sql = "SELECT device FROM journal WHERE device > ? ORDER BY device LIMIT 1"
            row = self._db.execute_sql(sql, (found[-1] if found else "",)).fetchone()
            if row is None:
                return found
            found.append(row[0])

    def _last(self, device: str) -> int:
        [(last,)] = self._db.execute_sql("SELECT max(seq) FROM journal WHERE device = ?", (device,)).fetchall()
        return int(last)

    def _book(self, device: str) -> int:
        """Book the next entries of a device inside the transaction of the caller; returns how far the sequence
        advanced, gaps included."""
        db = self._db
        db.execute_sql("INSERT OR IGNORE INTO ledger_device (device, seq) VALUES (?, 0)", (device,))
        sql = "SELECT id, seq FROM ledger_device WHERE device = ?"
        number, booked = db.execute_sql(sql, (device,)).fetchone()
        sql = f"SELECT {_COLUMNS} FROM journal WHERE device = ? AND seq > ? ORDER BY seq LIMIT ?"
        entries = db.execute_sql(sql, (device, booked, STEP)).fetchall()
        batch = _Batch(db, number)
        runs = _Runs(db, number)
        for seq, time, kind, payload, counts in entries:
            if not counts:
                continue  # the time of another tablet's entry may be arbitrary text
            runs.take(seq, time)
            fold = FOLDS.get(kind)
            if fold is not None:
                batch.take(fold, seq, LedgerEntry(kind, time, self._local_day(time[:16]), json.loads(payload)))
            if kind in KEPT:
                db.execute_sql("INSERT INTO ledger_kept VALUES (?, ?, ?, ?, ?)", (kind, number, seq, time, payload))
        batch.write()
        runs.write()
        if entries:
            db.execute_sql("UPDATE ledger_device SET seq = ? WHERE id = ?", (entries[-1][0], number))
        return entries[-1][0] - booked if entries else 0


class _Batch:
    """The rows of one transaction, written together."""

    def __init__(self, db: Any, device: int) -> None:
        self._db, self._device = db, device
        self._states: dict[str, State] = {}
        self._rows: dict[Fold, list[tuple[Any, ...]]] = {}

    def take(self, fold: Fold, seq: int, entry: LedgerEntry) -> None:
        subject = f"{fold.subject}:{entry.payload[fold.subject]}"  # ids are unique among subjects of one type only
        state = self._states.get(subject)
        if state is None:
            row = self._db.execute_sql("SELECT state FROM ledger_state WHERE subject = ?", (subject,)).fetchone()
            state = self._states[subject] = json.loads(row[0]) if row else {}
        before = fold.facts(state) if state else []
        fold.apply(state, entry)
        for part, (day, words, numbers) in enumerate(_difference(before, fold.facts(state))):
            self._rows.setdefault(fold, []).append((day, self._device, seq, part, *words, *numbers))

    def write(self) -> None:
        connection = self._db.connection()
        states = [(subject, canonical_json(state)) for subject, state in self._states.items()]
        connection.executemany("INSERT OR REPLACE INTO ledger_state VALUES (?, ?)", states)
        for fold, rows in self._rows.items():
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {fold.table} VALUES ({marks})", rows)


def _difference(before: list[Fact], after: list[Fact]) -> Iterator[Fact]:
    """Yield the facts that lead from `before` to `after`."""
    for day, words, numbers in before:
        if (day, words, numbers) not in after:
            yield day, words, tuple(-number for number in numbers)
    yield from (fact for fact in after if fact not in before)


class _Runs:
    """Follows the clock of one device: a new run begins where it was set back."""

    def __init__(self, db: Any, device: int) -> None:
        self._db, self._device = db, device
        sql = "SELECT first, last, began, ended FROM ledger_run WHERE device = ? ORDER BY first DESC LIMIT 1"
        row = db.execute_sql(sql, (device,)).fetchone()
        self._runs: list[list[Any]] = [list(row)] if row else []

    def take(self, seq: int, time: str) -> None:
        run = self._runs[-1] if self._runs else None
        if run is None or (time < run[3] and (clock.parse(run[3]) - clock.parse(time)).total_seconds() > SLACK):
            self._runs.append([seq, seq, time, time])
        else:
            run[1], run[3] = seq, max(run[3], time)

    def write(self) -> None:
        for run in self._runs:
            self._db.execute_sql("INSERT OR REPLACE INTO ledger_run VALUES (?, ?, ?, ?, ?)", (self._device, *run))
