"""Snapshots of the database: made online, kept only after an integrity check."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from kiosk.errors import N_, DamagedDatabase, KioskError, NewerDatabase
from kiosk.files.atomic import atomic_file
from kiosk.language.collation import romanised
from kiosk.vocabulary.states import RequestStatus

from .migrations import latest, steps

#: The folder of the snapshots, inside the data folder.
FOLDER = "backups"
#: Snapshots are ordered by the serial number in front, since the clock may have been wrong.
_NAME = re.compile(r"kiosk-(\d{6})-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.(db|sealed)")
_TIME = "%Y-%m-%dT%H-%M-%SZ"
#: Erasure in a snapshot: the request's row stays, its envelopes are deleted, withheld ones included.
_STRIKE = (
    "DELETE FROM envelope WHERE request = ?",
    "DELETE FROM withheld WHERE request = ?",
    f"UPDATE request SET status = '{RequestStatus.CLOSED}', erased = 1 WHERE id = ?",
)

_NEW_BOXES = """INSERT OR IGNORE INTO main.envelope SELECT * FROM live.envelope WHERE recipient = ?
                AND request IN (SELECT id FROM main.request WHERE NOT erased)"""


class ForeignSchema(KioskError):
    default = N_("This backup has parts that this program did not make ({what}). It is not used.")


class Copy(NamedTuple):
    """One snapshot or sealed backup; `made_at` is aware UTC."""

    serial: int
    made_at: datetime
    path: Path


def listed(folder: Path, kind: str = "db") -> list[Copy]:
    """Return the snapshots (`kind` "db") or sealed backups ("sealed") in `folder`, the newest first."""
    found = []
    for path in folder.glob(f"kiosk-*.{kind}"):
        match = _NAME.fullmatch(path.name)
        if match:
            found.append(Copy(int(match[1]), datetime.strptime(match[2], _TIME).replace(tzinfo=UTC), path))
    return sorted(found, reverse=True)


def next_path(folder: Path, now: datetime, kind: str = "db") -> Path:
    """Return the path of the next snapshot or sealed backup in `folder`."""
    return folder / name_of(max((copy.serial for copy in listed(folder, kind)), default=0) + 1, now, kind)


def name_of(serial: int, made_at: datetime, kind: str) -> str:
    """Return the file name of a snapshot or sealed backup."""
    return f"kiosk-{serial:06}-{made_at.astimezone(UTC).strftime(_TIME)}.{kind}"


def copy_whole(source: sqlite3.Connection, path: Path) -> None:
    """Copy the open database `source` to `path` with SQLite's backup API. On return the copy is checked and fsynced; after
    an error there is none. Raises DamagedDatabase, sqlite3.Error, OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_file(path, private=True) as file:
        part = Path(file.name)
        try:
            with closing(sqlite3.connect(part)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode = DELETE").fetchall()  # a single file that can be opened read-only
            need_sound(part)
        finally:
            for beside in ("-journal", "-wal", "-shm"):
                part.with_name(part.name + beside).unlink(missing_ok=True)


def need_sound(path: Path) -> int:
    """Run the integrity and foreign key checks on a database that nobody writes, and return its schema version. Raises
    DamagedDatabase."""
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


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Mark a folder in which a database is being copied, so that `remove_left_over` leaves it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def remove_left_over(folder: Path) -> None:
    """Delete unencrypted databases left by a crash during sealing or restoring."""
    for pattern in (".sealing-*", ".restoring-*"):
        for path in folder.glob(pattern):
            with suppress(OSError):
                descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC)
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(path, ignore_errors=True)
                finally:
                    os.close(descriptor)


def need_own_schema(path: Path) -> None:
    """Compare the schema of a database that nobody writes with the one that the migrations up to its version create.
    Raises ForeignSchema, NewerDatabase, DamagedDatabase."""
    version = need_sound(path)
    if version > latest():
        raise NewerDatabase(found=version, known=latest())
    with closing(sqlite3.connect(":memory:")) as made:
        made.create_function("romanised", 1, romanised, deterministic=True)
        for number, statements in steps():
            for statement in statements if number <= version else ():
                made.execute(statement)
        own = _schema(made)
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        found = _schema(db)
    foreign = sorted(name for name, text in found.items() if own.get(name) != text)
    if foreign:
        raise ForeignSchema(what=", ".join(foreign[:3]))


def _schema(db: sqlite3.Connection) -> dict[str, str]:
    """Return the normalised SQL of each schema object, for a table its columns; SQLite's statistics tables are left
    out."""
    found = {}
    for kind, name, sql in db.execute("SELECT type, name, sql FROM sqlite_master").fetchall():
        if kind == "table" and not str(sql).upper().startswith("CREATE VIRTUAL"):
            columns = db.execute("SELECT name, type, hidden FROM pragma_table_xinfo(?)", (name,)).fetchall()
            found[f"{kind} {name}"] = repr(sorted(columns))
        else:
            found[f"{kind} {name}"] = re.sub(r"[\s\"]", "", sql or "").casefold()
    return {name: text for name, text in found.items() if not name.startswith("table sqlite_stat")}


def strike(paths: Iterable[Path], changes: Iterable[tuple[str, Sequence[tuple[object, ...]]]]) -> None:
    """Run each SQL statement with each of its rows of values in the databases `paths`, and overwrite what it deletes.
    What a database of an earlier version lacks is skipped. One that cannot be written is deleted with its log: erasure
    takes precedence over one snapshot."""
    for path in paths:
        try:
            with closing(sqlite3.connect(path)) as db:
                db.create_function("romanised", 1, romanised, deterministic=True)
                db.execute("PRAGMA secure_delete = 1").fetchall()
                db.execute(
                    "PRAGMA journal_mode = DELETE"
                ).fetchall()  # checkpoint the write-ahead log into the file first
                with db:
                    for statement, rows in changes:
                        _run(db, statement, rows)
        except sqlite3.Error:
            for beside in ("", "-wal", "-shm", "-journal"):
                path.with_name(path.name + beside).unlink(missing_ok=True)


def _run(db: sqlite3.Connection, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    try:
        db.executemany(statement, rows)
    except sqlite3.OperationalError as error:
        if "no such" not in str(error):
            raise


def erase_requests(paths: Iterable[Path], requests: Iterable[str]) -> None:
    """Delete and overwrite the envelopes of `requests` in the databases `paths`, see `strike`."""
    ids = [(request,) for request in requests]
    strike(paths, [(statement, ids) for statement in _STRIKE])


def unlink(paths: Iterable[Path], table: str, subject: str, code: str) -> None:
    """Overwrite the code of row `subject` in the databases `paths`, see `strike`."""
    strike(paths, [(f"UPDATE {table} SET code = ? WHERE id = ?", [(code, subject)])])


def reseal(paths: Iterable[Path], database: Path, old: str, new: str) -> None:
    """Replace the envelopes of the `old` key by those of the `new` one (fingerprints) in the snapshots `paths`, and the
    recipients of later requests, both taken from `database`. A snapshot that cannot be written is deleted."""
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
