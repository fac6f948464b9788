"""The data folder: the SQLite database, opened so that a committed change survives a power cut."""

from __future__ import annotations

import fcntl
import json
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import peewee

from kiosk.errors import (
    AlreadyRunning,
    DamagedDatabase,
    DataExists,
    DataInRepair,
    KioskError,
    MissingData,
    NewerDatabase,
    StorageTrouble,
)
from kiosk.files.atomic import fsync
from kiosk.files.storage_errors import as_storage_error, storage_errors
from kiosk.language.collation import romanised

from . import snapshots
from .ids import new_id
from .migrations import latest, steps
from .models import Meta, Request

FILE = "kiosk.db"
#: On a tablet of a hub, counted codes start at SHARED_CODES, in steps of MOST_TABLETS. Queue numbers have LANES blocks.
SHARED_CODES, MOST_TABLETS, LANES = 10_000_000, 4096, 10
#: synchronous 2 is FULL: one fsync a commit, so a confirmed change survives a power cut (DOMAIN.md 4.4).
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "secure_delete": 1,
    "cache_size": -4000,  # KiB for each thread; the operating system caches the file as well
}


#: A read error in the answer of a check (SQLITE_IOERR 10, SQLITE_IOERR_READ 266).
_UNREADABLE = re.compile(r"error code=(10|266)\b")


class DataFolder:
    """An open data folder. Threads share the object; each thread has its own SQLite connection."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._hub_file = str(folder / "hub.json")
        self.db = peewee.SqliteDatabase(str(folder / FILE), pragmas=PRAGMAS, timeout=5)
        self.db.register_function(romanised, "romanised", 1)
        self._checked = threading.Event()
        self._checked.set()
        self._sound = True

    @classmethod
    def create(cls, folder: Path, *, now: datetime) -> Self:
        """Create a data folder with an empty database. Raises DataExists, ReadOnlyFolder, StorageTrouble."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "pictures").mkdir(exist_ok=True)
        except OSError as error:
            raise as_storage_error(error) from error
        if (folder / FILE).exists():
            raise DataExists(folder=folder)
        store = cls(folder)
        with storage_errors(), store.db.atomic("IMMEDIATE"):  # one transaction: it is made whole or not at all
            store._migrate()
            Meta.insert(key="device", value=new_id(now)).execute(store.db)
        fsync(folder)
        return store

    @classmethod
    def open(cls, folder: Path, *, check_later: bool = False) -> Self:
        """Open the data in `folder`; an older schema is backed up and migrated. Raises MissingData, NewerDatabase,
        DamagedDatabase, StorageTrouble.

        The whole file is checked, which takes 0.7 s for 60 MB. With `check_later` reads work at once, and writes wait until
        `check` has run.
        """
        if not (folder / FILE).is_file():
            raise MissingData(folder=folder)
        store = cls(folder)
        try:
            with storage_errors():
                if store._look() == latest() and check_later:
                    store._checked.clear()
                else:
                    store.check()
                store._migrate()
        except KioskError as error:
            store.close()
            if isinstance(error, DamagedDatabase):
                raise DamagedDatabase(folder=folder, reason=error.values["reason"]) from error
            raise
        return store

    def check(self) -> None:
        """Check the whole database (PRAGMA quick_check) and release waiting writes; if it is damaged, they raise
        DataInRepair. Any thread may call it. Raises DamagedDatabase, StorageTrouble."""
        try:
            with storage_errors():
                self._read_whole()
        except BaseException:
            self._sound = False
            raise
        finally:
            self._checked.set()

    def close(self) -> None:
        """Close the connection of this thread."""
        self.db.close()

    @property
    def joined(self) -> bool:
        """Whether this tablet belongs to a hub."""
        return os.path.exists(self._hub_file)

    @property
    def version(self) -> int:
        """The schema version of the file."""
        return int(self.db.pragma("user_version"))

    @property
    def device(self) -> str:
        """The id of this tablet."""
        return self.get_meta("device") or ""

    def get_meta(self, key: str) -> str | None:
        """Return the value of `key` in the meta table, None if there is none."""
        row = self.db.execute_sql("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def next_code_number(self, counter: str) -> int:
        """Return the next number for a counted code, inside the caller's transaction. On a tablet of a hub it is unique
        among the hub's tablets."""
        count, tablet = int(self.get_meta(counter) or 0) + 1, int(self.get_meta("tablet_number") or 0)
        Meta.replace(key=counter, value=str(count)).execute(self.db)
        return SHARED_CODES + count * MOST_TABLETS + tablet % MOST_TABLETS if tablet else count

    def next_in_lane(self, table: str, where: str, values: tuple[object, ...], block: int) -> int:
        """Return the next spoken number in this tablet's own blocks: with a block of 100 the second tablet gives 101 to
        199, then 1101 to 1199. Inside the caller's transaction."""
        if not self.get_meta("tablet_number"):
            [(last,)] = self.db.execute_sql(f"SELECT max(number) FROM {table} WHERE {where}", values).fetchall()
            return int(last or 0) + 1
        lane = int(self.get_meta("tablet_lane") or 0) % LANES
        sql = f"SELECT max(number) FROM {table} WHERE number / ? % ? = ? AND {where}"
        [(last,)] = self.db.execute_sql(sql, (block, LANES, lane, *values)).fetchall()
        number = int(last) + 1 if last else lane * block + 1
        return number if number % block else number + (LANES - 1) * block + 1

    def recipients(self) -> list[bytes]:
        """Return the public keys (32 bytes each) that requests are sealed to."""
        return [bytes.fromhex(key) for key in json.loads(self.get_meta("recipients") or "[]")]

    def set_recipients(self, keys: list[bytes]) -> None:
        """Seal new requests to the public `keys` (32 bytes each)."""
        self.set_meta("recipients", json.dumps([key.hex() for key in keys]))

    def set_meta(self, key: str, value: str) -> None:
        """Set `key` in the meta table, in a transaction of its own without a journal entry."""
        self.need_sound()
        with storage_errors(), self.db.atomic("IMMEDIATE"):
            Meta.replace(key=key, value=value).execute(self.db)

    @contextmanager
    def read(self) -> Iterator[None]:
        """A read transaction: several reads see one snapshot."""
        with storage_errors(), self.db.atomic("DEFERRED"):
            yield

    @property
    def copies_folder(self) -> Path:
        """The folder of the database's snapshots."""
        return self.folder / snapshots.FOLDER

    def copies(self) -> list[Path]:
        """Return all copies of this database made by the program and its updates: snapshots, and those from before a
        migration, a restore or an update."""
        patterns = (f"{snapshots.FOLDER}/*.db", "before-version-*.db", f"aside/*/{FILE}", f"{FILE}.new")
        before_update = (self.folder.parent / "before-update").glob(f"*/{FILE}")
        return [*(path for pattern in patterns for path in self.folder.glob(pattern)), *before_update]

    def backed_up(self) -> datetime | None:
        """Return the time of the newest snapshot (aware UTC), None if there is none."""
        return next((copy.made_at for copy in snapshots.listed(self.copies_folder)), None)

    def copy_to(self, path: Path) -> None:
        """Copy the database to the file `path`; on return the copy is checked and fsynced. Raises DamagedDatabase,
        StorageTrouble."""
        with storage_errors():
            snapshots.copy_whole(self.db.connection(), path)

    def erased(self) -> list[str]:
        """Return the ids of the requests that were erased."""
        rows = Request.select(Request.id).where(Request.erased == 1).tuples()
        return [request for (request,) in rows.execute(self.db)]

    def forget_deleted(self) -> None:
        """Checkpoint and truncate the write-ahead log, so that deleted rows (overwritten by secure_delete) are in neither
        file, and delete erased requests from the snapshots. While another connection reads, the checkpoint is left to the
        next call.
        """
        with storage_errors():
            self.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            snapshots.remove_left_over(self.folder)
            copies = self.copies()
            snapshots.erase_requests(copies, self.erased() if copies else [])

    def need_sound(self) -> None:
        """Wait for the check and raise DataInRepair if it failed: a write would be lost when a snapshot is restored."""
        if not self._checked.is_set():
            self._checked.wait()
        if not self._sound:
            raise DataInRepair()

    def _look(self) -> int:
        """Return the schema version after reading the file's schema. Raises NewerDatabase, DamagedDatabase."""
        found, known = self.version, latest()
        if found > known:
            raise NewerDatabase(found=found, known=known)
        self.db.execute_sql("SELECT 1 FROM sqlite_master").fetchone()  # reads the whole schema
        if found == 0:
            raise DamagedDatabase(folder=self.folder, reason="no tables")
        return found

    def _read_whole(self) -> None:
        [(answer,)] = self.db.execute_sql("PRAGMA quick_check(1)").fetchall()
        if _UNREADABLE.search(answer):  # the disk failed, not the file: a snapshot would only lose newer data
            raise StorageTrouble(reason=answer.splitlines()[-1])
        if answer != "ok":
            raise DamagedDatabase(folder=self.folder, reason=str(answer).splitlines()[0])

    def _migrate(self) -> None:
        found = self.version
        pending = [(number, statements) for number, statements in steps() if number > found]
        if pending and found:
            self.copy_to(self.folder / f"before-version-{pending[-1][0]}.db")
        for number, statements in pending:
            with self.db.atomic("IMMEDIATE"):
                for statement in statements:
                    self.db.execute_sql(statement)
                self.db.pragma("user_version", number)


class InstanceLock:
    """An flock on the data folder for one running kiosk; the kernel frees it when the process dies. Raises AlreadyRunning."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> InstanceLock:
        if not self._folder.is_dir():
            raise MissingData(folder=self._folder)
        self._lock = self._opened()
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            raise AlreadyRunning(folder=self._folder) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._lock)

    def _opened(self) -> int:
        """Return a descriptor of the lock file; on a full or read-only disk that of an existing file, or of the folder,
        so that the safe screen can start. Raises StorageTrouble."""
        file = self._folder / "kiosk.lock"
        for path, flags in ((file, os.O_WRONLY | os.O_CREAT), (file, os.O_RDONLY), (self._folder, os.O_RDONLY)):
            try:
                return os.open(path, flags | os.O_CLOEXEC, 0o666)
            except OSError as error:
                trouble = error
        raise as_storage_error(trouble) from trouble
