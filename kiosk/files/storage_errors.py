"""One connection to SQLite for each thread, by peewee, and what a statement and a transaction of the kiosk are.

What is confirmed waits for the disk, and after that wait the processor has forgotten what it knew of the program: every
function on the way of a statement costs a few times what it costs when run again and again. So the way is short.
"""

from __future__ import annotations

import errno
import sqlite3
from datetime import datetime
from types import TracebackType
from typing import Any

import peewee

from kiosk.errors import DamagedDatabase, DiskFull, ReadOnlyFolder, StorageBusy, StorageTrouble
from kiosk.journal.entries import Journal

#: What the storage says when it is in trouble.
STORAGE_ERRORS = (peewee.DatabaseError, sqlite3.DatabaseError, OSError)


class Database(peewee.SqliteDatabase):
    """peewee's, without what it looks for around every statement: hooks, and logs of queries."""

    _state: Any

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Run one statement and return its cursor; raises peewee's errors."""
        here = self._state  # of this thread
        if here.closed:
            self.connect()
        try:
            return here.conn.execute(sql, params or ())
        except sqlite3.Error:
            with peewee.__exception_wrapper__:  # type: ignore[attr-defined]
                raise


class StorageErrors:
    """Turns the database's own errors about the storage, raised inside, into KioskErrors. What breaks a rule of the
    database stays peewee's IntegrityError."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and isinstance(error, STORAGE_ERRORS) and not isinstance(error, peewee.IntegrityError):
            raise as_storage_error(error) from error


storage_errors = StorageErrors()


class WriteTransaction:
    """A write transaction, begun at once (IMMEDIATE); one inside another is a part of it that can fail alone."""

    __slots__ = ("_db", "_inner", "_now")

    def __init__(self, db: Database, now: datetime) -> None:
        self._db, self._now = db, now
        self._inner: Any = None

    def __enter__(self) -> Journal:
        try:
            if self._db.in_transaction():
                self._inner = self._db.savepoint()
                self._inner.__enter__()
            else:
                self._db.execute_sql("BEGIN IMMEDIATE")
        except STORAGE_ERRORS as error:
            raise as_storage_error(error) from error
        self._db.push_transaction(self)  # as peewee's own do
        return Journal(self._db, self._now)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.pop_transaction()
        if kind is None and self._inner is None:
            self._commit()
            return
        with storage_errors:
            if self._inner:
                self._inner.__exit__(kind, error, trace)
            else:
                self._db.execute_sql("ROLLBACK")
        storage_errors.__exit__(kind, error, trace)

    def _commit(self) -> None:
        try:
            self._db.execute_sql("COMMIT")
        except Exception:
            with storage_errors:
                self._db.execute_sql("ROLLBACK")
                raise


def as_storage_error(error: Exception) -> StorageTrouble | DamagedDatabase:
    """Return the KioskError for a storage error."""
    text, number = str(error).lower(), getattr(error, "errno", None)
    first: BaseException | None = error
    while "cannot rollback" in text and first is not None:  # SQLite has rolled back by itself: what came before counts
        first = first.__context__
        text = str(first).lower() if first is not None and "cannot rollback" not in str(first) else text
    if number == errno.ENOSPC or "full" in text:
        return DiskFull()
    if number in (errno.EROFS, errno.EACCES, errno.EPERM) or "readonly" in text or "unable to open" in text:
        return ReadOnlyFolder()
    if "locked" in text or "busy" in text:
        return StorageBusy()
    if "malformed" in text or "not a database" in text:
        return DamagedDatabase(folder="", reason=str(error))
    return StorageTrouble(reason=str(error))
