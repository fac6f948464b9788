"""Maps errors of the disk and of SQLite to KioskErrors, which have a message for people."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import peewee

from kiosk.errors import DamagedDatabase, DiskFull, ReadOnlyFolder, StorageBusy, StorageTrouble

#: Exceptions that mean trouble with the disk or the database file.
STORAGE_ERRORS = (peewee.DatabaseError, sqlite3.DatabaseError, OSError)


@contextmanager
def storage_errors() -> Iterator[None]:
    """Raise storage errors of SQLite and the operating system as KioskErrors (see `as_storage_error`). A violated
    constraint stays peewee's IntegrityError."""
    try:
        yield
    except peewee.IntegrityError:
        raise
    except STORAGE_ERRORS as error:
        raise as_storage_error(error) from error


def as_storage_error(error: Exception) -> StorageTrouble | DamagedDatabase:
    """Return DiskFull, ReadOnlyFolder, StorageBusy, DamagedDatabase or, for anything else, StorageTrouble."""
    text, number = str(error).lower(), getattr(error, "errno", None)
    first: BaseException | None = error
    while "cannot rollback" in text and first is not None:  # SQLite already rolled back; the cause is in the context
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
