"""The backup schedule: a snapshot beside the database every 15 minutes, a sealed copy in a second place every day.

Snapshots are plain copies of a database that holds no personal details in the clear; a tablet with a damaged database
restores one at the start, without a key. Copies that leave the tablet are sealed to the coordinator's and recovery key.
"""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from kiosk import clock
from kiosk.data import snapshots
from kiosk.data.snapshots import Copy, ForeignSchema
from kiosk.data.store import FILE
from kiosk.errors import DamagedDatabase, DiskFull, MissingData
from kiosk.files.atomic import fsync
from kiosk.files.storage_errors import storage_errors
from kiosk.journal import Store
from kiosk.settings import Settings

log = logging.getLogger(__name__)

#: Folder inside the data folder for damaged and replaced databases.
ASIDE = "aside"
#: Minimum number of snapshots kept, whatever their size.
LEAST = 3
#: Bytes that must stay free after a snapshot, so that check-ins can still be written.
LEAVE_FREE = 20 * 1024 * 1024
#: Retention: every snapshot of the last hours, then one an hour, then one a day.
EVERY_ONE, HOURLY = timedelta(hours=6), timedelta(hours=48)
#: Note key that marks the database as restored from a copy.
RESTORED = "restored"
#: Note key of the time of the last complete second-place backup.
SECOND = "second_backup"


class Restored(NamedTuple):
    """The database is a copy made at `made_at` and restored at `at`."""

    at: datetime
    made_at: datetime


class BackupService:
    """Makes backups when they are due. Thread-safe: a lock lets one run at a time."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings, self._rules = store, settings, settings.backup
        self._zone = clock.zone(settings.centre.timezone)
        self._busy = threading.Lock()

    def run_due(self, now: datetime) -> None:
        """Make the backups that are due. Raises DamagedDatabase, StorageTrouble, NoBackupKey."""
        if self._busy.locked():
            return
        self.snapshot_due(now)
        if self.second_is_due(now):
            self.make_offsite(now)

    def make_all(self, now: datetime) -> None:
        """Make a snapshot and, if there is a second place, a sealed copy, due or not. Raises DamagedDatabase,
        StorageTrouble, NoSecondPlace, NoBackupKey, SecondPlaceTrouble."""
        self.make_snapshot(now)
        while self._rules.second and not self.make_offsite(now):
            pass

    def heal(self, now: datetime) -> None:
        """Replace the damaged database, which must be closed, by the newest sound snapshot. Raises what `Store.open`
        raises."""
        open_or_heal(self._store.folder, now).close()

    def snapshot_due(self, now: datetime) -> None:
        """Make a snapshot if the last one is old enough, or lies in the future because the clock was set back."""
        last = self._store.backed_up()
        if last is None or not timedelta(0) <= now - last < timedelta(minutes=self._rules.minutes):
            self.make_snapshot(now)

    def make_snapshot(self, now: datetime) -> None:
        """Make a snapshot and delete those past retention. Raises DamagedDatabase, StorageTrouble."""
        with self._busy, storage_errors():
            folder = self._store.copies_folder
            folder.mkdir(exist_ok=True)
            self._make_room()
            self._store.copy_to(snapshots.next_path(folder, now))
            self._tidy(now)

    def second_is_due(self, now: datetime) -> bool:
        """Return whether the second place is available and its last backup is older than the last scheduled time: a
        tablet that is off at night catches up in the morning."""
        from .offsite import find_place

        if find_place(self._rules.second) is None:
            return False
        last = self._store.get_meta(SECOND)
        return last is None or not self._turn(now) <= clock.parse(last) <= now

    def make_offsite(self, now: datetime, place: Path | None = None) -> bool:
        """Back up to the second place. One call seals a limited number of new pictures; False means that more are left
        and the backup stays due.

        Raises NoSecondPlace, NoBackupKey, DamagedDatabase, StorageTrouble.
        """
        from .offsite import OffsiteCopy, find_place

        with self._busy:
            target = OffsiteCopy(self._store, place or find_place(self._rules.second), self._settings.centre.name)
            if not target.take_pictures():
                return False
            target.take_data(now)
            _let_go(self._unneeded(snapshots.listed(target.folder, "sealed"), now))
            self._store.set_meta(SECOND, clock.utc_text(now))
            return True

    def _turn(self, now: datetime) -> datetime:
        today = clock.local_date(now, self._zone)
        turns = [clock.local_to_utc(today - timedelta(days=ago), self._rules.second_at, self._zone) for ago in (0, 1)]
        return next(turn for turn in turns if turn <= now)

    def _make_room(self) -> None:
        folder = self._store.folder
        needed = (folder / FILE).stat().st_size + LEAVE_FREE
        for copy in reversed(snapshots.listed(self._store.copies_folder)[1:]):
            if shutil.disk_usage(folder).free >= needed:
                break
            _let_go([copy.path])
        if shutil.disk_usage(folder).free < needed:
            raise DiskFull()

    def _tidy(self, now: datetime) -> None:
        _let_go(self._unneeded(snapshots.listed(self._store.copies_folder), now))
        old = now.timestamp() - self._rules.keep_days * 86400
        before = [*self._store.folder.glob("before-version-*.db"), *(self._store.folder / ASIDE).glob("*/*")]
        _let_go(path for path in before if path.stat().st_mtime < old)

    def _unneeded(self, found: list[Copy], now: datetime) -> list[Path]:
        kept = thinned(found, now, timedelta(days=self._rules.keep_days))
        size = sum(copy.path.stat().st_size for copy in kept)
        while len(kept) > LEAST and size > self._rules.most_mb * 1024 * 1024:
            size -= kept.pop().path.stat().st_size
        return [copy.path for copy in found if copy not in kept]


def thinned(found: list[Copy], now: datetime, keep: timedelta) -> list[Copy]:
    """Return the copies of `found` (newest first) to keep: the newest, all of the last hours, one an hour of the last
    days, one a day up to the age `keep`."""
    kept: list[Copy] = []
    slots: set[str] = set()
    for copy in found:
        age = abs(now - copy.made_at)  # a time in the future comes from a clock that was wrong
        stamp = copy.made_at.strftime("%Y-%m-%dT%H" if age < HOURLY else "%Y-%m-%d")
        if not kept or age < EVERY_ONE or (age < keep and stamp not in slots):
            kept.append(copy)
            slots.add(stamp)
    return kept


def open_or_heal(folder: Path, now: datetime, *, check_later: bool = False) -> Store:
    """Open the data in `folder`; if the database is damaged or gone, restore the newest sound snapshot.

    Takes the arguments and raises the errors of `Store.open`; a damaged database raises when there is no snapshot.
    """
    try:
        return Store.open(folder, check_later=check_later)
    except (DamagedDatabase, MissingData) as trouble:
        for copy in snapshots.listed(folder / snapshots.FOLDER):
            try:
                put_back(folder, copy.path, copy.made_at, now)
                store = Store.open(folder)
            except (DamagedDatabase, ForeignSchema):
                continue
            log.warning("the database was damaged; the copy made at %s is in its place", copy.made_at.isoformat())
            return store
        raise trouble


def put_back(folder: Path, copy: Path, made_at: datetime, now: datetime) -> Path:
    """Make `copy` the database of `folder`; returns the folder the old one was moved to. A hub detects the restore and
    sends the missing entries. Raises DamagedDatabase, ForeignSchema, NewerDatabase, sqlite3.Error, OSError."""
    new = folder / f"{FILE}.new"
    snapshots.need_own_schema(copy)
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as source:
        snapshots.copy_whole(source, new)
    note = json.dumps({"at": clock.utc_text(now), "made_at": clock.utc_text(made_at)})
    with closing(sqlite3.connect(new)) as db, db:
        db.execute("REPLACE INTO meta VALUES (?, ?)", (RESTORED, note))
    fsync(new)
    aside = folder / ASIDE / now.strftime("%Y-%m-%dT%H-%M-%SZ")
    aside.mkdir(parents=True, exist_ok=True)
    # SQLite would apply the old database's write-ahead log to the new file.
    for path in (folder / FILE, folder / f"{FILE}-wal", folder / f"{FILE}-shm"):
        if path.exists():
            path.replace(aside / path.name)
    new.replace(folder / FILE)
    fsync(folder)
    return aside


def restored(store: Store) -> Restored | None:
    """Return the restore that staff have not acknowledged yet; None without one."""
    note = json.loads(store.get_meta(RESTORED) or "null")
    return Restored(clock.parse(note["at"]), clock.parse(note["made_at"])) if note else None


def _let_go(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            path.unlink()
        except OSError as error:
            log.warning("a copy could not be removed: %s", error.strerror)
