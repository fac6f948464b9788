"""The ledger: the journal's entries booked as facts, brought up to date in small steps before a report is made."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from kiosk import clock
from kiosk.data.models import Meta
from kiosk.files.storage_errors import storage_errors
from kiosk.journal import Store
from kiosk.journal.entries import LEDGER

from .booking import FOLDS, TABLES, Booking, LocalDay, Row
from .folds import KEPT
from .model import QUIET, ProgressTracker

#: Entries booked in one transaction: it keeps the write lock short.
STEP = 1000
#: Version of the ledger, stored under LEDGER: another version rebuilds it.
VERSION = 8
#: A clock set back by no more than this was only adjusted, seconds.
SLACK = 120


class Ledger:
    """Books the entries of the journal of `store` as facts; local dates are those of the zone `where`."""

    def __init__(self, store: Store, where: ZoneInfo) -> None:
        self._store, self._db = store, store.db
        self._made, self._local_day = f"{VERSION} {where.key}", LocalDay(where)

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
        last, entries = self._next(device, int(booked))
        self._follow_clock(number, entries)
        kept = [(kind, number, seq, time, payload) for seq, time, kind, payload, _id in entries if kind in KEPT]
        db.connection().executemany("INSERT INTO ledger_kept VALUES (?, ?, ?, ?, ?)", kept)
        Booking(db, (device, number), self._local_day).book([entry for entry in entries if entry[2] in FOLDS])
        db.execute_sql("UPDATE ledger_device SET seq = ? WHERE id = ?", (last, number))
        return last - int(booked)

    def _next(self, device: str, booked: int) -> tuple[int, list[Row]]:
        """Return the number of the last entry of the step, and its valid entries. The time of another one may be
        arbitrary text."""
        sql = "SELECT seq, time, kind, payload, id FROM journal WHERE device = ? AND seq > ? ORDER BY seq LIMIT ?"
        entries = self._db.execute_sql(sql, (device, booked, STEP)).fetchall()
        last = int(entries[-1][0]) if entries else booked
        sql = "SELECT seq FROM refused WHERE device = ? AND seq > ? AND seq <= ?"
        refused = {seq for (seq,) in self._db.execute_sql(sql, (device, booked, last))}
        return last, [entry for entry in entries if entry[0] not in refused]

    def _follow_clock(self, device: int, entries: list[Row]) -> None:
        """Note the runs of a device's clock: a new one begins where it was set back."""
        sql = "SELECT first, last, began, ended FROM ledger_run WHERE device = ? ORDER BY first DESC LIMIT 1"
        runs = [list(row) for row in self._db.execute_sql(sql, (device,))]
        for seq, time, *_ in entries:
            if runs and (time >= runs[-1][3] or _seconds(time, runs[-1][3]) <= SLACK):
                runs[-1][1], runs[-1][3] = seq, max(runs[-1][3], time)
            else:
                runs.append([seq, seq, time, time])
        sql = "INSERT OR REPLACE INTO ledger_run VALUES (?, ?, ?, ?, ?)"
        self._db.connection().executemany(sql, [(device, *run) for run in runs])


def _seconds(first: str, last: str) -> float:
    return (clock.parse(last) - clock.parse(first)).total_seconds()
