"""Whole copies of the database beside it: made while it is in use, counted only when read back and found sound."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from kiosk.errors import DamagedDatabase
from kiosk.files.atomic import atomic_file

#: Where the copies lie, inside the data folder.
FOLDER = "backups"
#: A serial number in front: copies are put in order by it, whatever the clock said when they were made.
_NAME = re.compile(r"kiosk-(\d{6})-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.(db|sealed)")
_TIME = "%Y-%m-%dT%H-%M-%SZ"
#: What an erased request leaves in a copy: that there was one.
_STRIKE = (
    "DELETE FROM envelope WHERE request = ?",
    "UPDATE request SET status = 'closed', erased = 1 WHERE id = ?",
)

_NEW_BOXES = """INSERT OR IGNORE INTO main.envelope SELECT * FROM live.envelope WHERE recipient = ?
                AND request IN (SELECT id FROM main.request WHERE NOT erased)"""


class Copy(NamedTuple):
    """One copy of the data."""

    serial: int
    made_at: datetime
    path: Path


def listed(folder: Path, kind: str = "db") -> list[Copy]:
    """Return the copies in `folder`, the newest first. `kind` is "db" or "sealed"."""
    found = []
    for path in folder.glob(f"kiosk-*.{kind}"):
        match = _NAME.fullmatch(path.name)
        if match:
            found.append(Copy(int(match[1]), datetime.strptime(match[2], _TIME).replace(tzinfo=UTC), path))
    return sorted(found, reverse=True)


def next_path(folder: Path, now: datetime, kind: str = "db") -> Path:
    """Return where the next copy in `folder` goes."""
    serial = max((copy.serial for copy in listed(folder, kind)), default=0) + 1
    return folder / f"kiosk-{serial:06}-{now.astimezone(UTC).strftime(_TIME)}.{kind}"


def copy_whole(source: sqlite3.Connection, path: Path) -> None:
    """Copy the open database `source` to `path`, one snapshot of it. On return the copy was found sound and is on the
    disk; otherwise there is none. Raises DamagedDatabase, sqlite3.Error, OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_file(path, private=True) as file:
        part = Path(file.name)
        try:
            with closing(sqlite3.connect(part)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode = DELETE").fetchall()  # one file, which opens without writing
            need_sound(part)
        finally:
            for beside in ("-journal", "-wal", "-shm"):
                part.with_name(part.name + beside).unlink(missing_ok=True)


def need_sound(path: Path) -> int:
    """Read a database that nobody writes from end to end and return its schema version. Raises DamagedDatabase."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            [(answer,), *_] = db.execute("PRAGMA integrity_check(1)").fetchall()
            astray = db.execute("PRAGMA foreign_key_check").fetchall()
            [(version,)] = db.execute("PRAGMA user_version").fetchall()
    except sqlite3.Error as error:
        raise DamagedDatabase(folder=path.parent, reason=str(error)) from error
    if answer != "ok" or astray or not version:
        reason = "no tables" if not version else "rows that lead nowhere" if astray else str(answer).splitlines()[0]
        raise DamagedDatabase(folder=path.parent, reason=reason)
    return int(version)


def erase_requests(paths: Iterable[Path], requests: Iterable[str]) -> None:
    """Erase in the copies `paths` what is sealed of `requests`, overwriting it. A copy that cannot be written is
    removed: better one copy less than somebody who is still in it."""
    ids = [(request,) for request in requests]
    for path in paths:
        try:
            with closing(sqlite3.connect(path)) as db:
                db.execute("PRAGMA secure_delete = 1").fetchall()
                with db:
                    for statement in _STRIKE:
                        db.executemany(statement, ids)
        except sqlite3.Error:
            path.unlink(missing_ok=True)


def unlink(paths: Iterable[Path], table: str, subject: str, code: str) -> None:
    """Give a row of the copies `paths` another code, overwriting the one it had. A copy that cannot be written is
    removed."""
    for path in paths:
        try:
            with closing(sqlite3.connect(path)) as db:
                db.execute("PRAGMA secure_delete = 1").fetchall()
                with db:
                    db.execute(f"UPDATE {table} SET code = ? WHERE id = ?", (code, subject))
        except sqlite3.Error:
            path.unlink(missing_ok=True)


def reseal(paths: Iterable[Path], database: Path, old: str, new: str) -> None:
    """Let the copies `paths` be sealed as the `database` is: to the `new` key in the place of the `old` one (by their
    fingerprints), also what comes after one was put back. A copy that cannot be written is removed."""
    for path in paths:
        try:
            with closing(sqlite3.connect(path)) as db:
                db.execute("PRAGMA secure_delete = 1").fetchall()
                db.execute("ATTACH ? AS live", (str(database),))
                with db:
                    db.execute(_NEW_BOXES, (new,))
                    db.execute("DELETE FROM main.envelope WHERE recipient = ?", (old,))
                    db.execute("REPLACE INTO main.meta SELECT * FROM live.meta WHERE key = 'recipients'")
        except sqlite3.Error:
            path.unlink(missing_ok=True)
