"""Errors of the disk and of the database file, as the KioskErrors that people are told."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import peewee

from kiosk.errors import DamagedDatabase, DiskFull, ReadOnlyFolder, StorageBusy, StorageTrouble

#: What is raised when the storage is in trouble.
STORAGE_ERRORS = (peewee.DatabaseError, sqlite3.DatabaseError, OSError)


@contextmanager
def storage_errors() -> Iterator[None]:
    """Raise the database's and the system's errors about the storage as KioskErrors. A broken constraint stays peewee's
    IntegrityError."""
    try:
        yield
    except peewee.IntegrityError:
        raise
    except STORAGE_ERRORS as error:
        raise as_storage_error(error) from error


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
