"""Restore from a sealed copy, used by the command line and by the first start on the screen.

A copy is unpacked into a separate folder inside the data folder; data is replaced only after it was verified.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kiosk.data import snapshots
from kiosk.errors import DamagedDatabase
from kiosk.files.atomic import fsync
from kiosk.files.storage_errors import storage_errors
from kiosk.files.usb import files
from kiosk.pictures.store import Pictures
from kiosk.postgres.switch import put_copy
from kiosk.privacy.sealing import KEY_FILE, BadKey, is_recovery, private_from_paper, public_key, unwrap

from . import offsite
from .proof import AfterTheTheft, ForgedCopy, Proof
from .schedule import put_back

#: Name prefix of the folders that copies are unpacked into.
PREFIX = ".restoring-"
#: Number of recipients: the coordinator's key and the recovery key.
MOST_RECIPIENTS = 2


@dataclass(frozen=True)
class Opened:
    """A copy unpacked into the folder `made`: its database, when it was made, and its proof; None when it is
    unsigned."""

    made: Path
    database: Path
    made_at: datetime
    proof: Proof | None = None

    def staff(self) -> list[tuple[str, str]]:
        """Return (name, role) of the staff in this copy, by which a person can recognise an unsigned one."""
        return staff_in(self.database)


def on_sticks() -> list[Path]:
    """Return the sealed copies on all mounted USB sticks, newest first."""
    folders = dict.fromkeys(path.parent for path in files("", (".sealed",), most=5000))
    found = [copy for folder in folders for copy in snapshots.listed(folder, "sealed")]
    return [copy.path for copy in sorted(found, key=lambda copy: (copy.made_at, copy.serial), reverse=True)]


def made_at(path: Path) -> datetime:
    """Return when a copy was made, by its file name."""
    known = {copy.path: copy.made_at for kind in ("db", "sealed") for copy in snapshots.listed(path.parent, kind)}
    return known.get(path) or datetime.fromtimestamp(path.stat().st_mtime, UTC)


def private_for(place: Path, secret: str) -> bytes:
    """Return the private key for the copies in `place` from the passphrase, the 24 words or their code. Raises
    WrongPassphrase, WrongWords, BadKey."""
    if is_recovery(secret):
        return private_from_paper(secret)
    try:
        return unwrap((place / KEY_FILE).read_bytes(), secret)
    except OSError:
        raise BadKey() from None


def staff_in(database: Path) -> list[tuple[str, str]]:
    """Return (name, role) of the staff in a copy of the database, coordinators first. Raises DamagedDatabase."""
    sql = "SELECT name, role FROM staff WHERE active ORDER BY role <> 'coordinator', name"
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            return [(str(name), str(role)) for name, role in db.execute(sql).fetchall()]
    except sqlite3.Error as error:  # schema version 1 had no table of staff
        if "no such table" in str(error):
            return []
        raise DamagedDatabase(folder=database.parent, reason=str(error)) from error


def open_sealed(
    folder: Path,
    file: Path,
    private: bytes,
    *,
    without_erasures: bool = False,
    stolen_at: datetime | None = None,
) -> Opened:
    """Open the sealed copy `file` beside the data in `folder`; one made at or after `stolen_at` is refused. Raises
    AfterTheTheft, CannotOpen, StorageTrouble and what `offsite.unpack` raises."""
    with storage_errors():
        for old in folder.glob(f"{PREFIX}*"):
            shutil.rmtree(old)
        made = Path(tempfile.mkdtemp(dir=folder, prefix=PREFIX))
    try:
        database, proof = offsite.unpack(file, private, made, without_erasures=without_erasures)
        if proof is None:
            _need_recipient(database, private)
        opened = Opened(made, database, proof.made_at if proof else made_at(file), proof)
        if stolen_at is not None and opened.made_at >= stolen_at:
            raise AfterTheTheft()
        return opened
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def discard(opened: Opened) -> None:
    """Delete an unpacked copy that is not wanted."""
    shutil.rmtree(opened.made, ignore_errors=True)


def bring_pictures(folder: Path, place: Path, private: bytes, progress: Callable[[int, int], None]) -> None:
    """Restore pictures from the second place."""
    (folder / "pictures").mkdir(exist_ok=True)
    offsite.bring_pictures(place, private, Pictures(folder / "pictures"), progress)


def put_in_place(folder: Path, opened: Opened, now: datetime) -> None:
    """Replace the data of `folder` by an unpacked copy; the old data is moved aside. The database must be closed."""
    _end_ways_in(opened.database)
    aside = put_back(folder, opened.database, opened.made_at, now)
    for name in offsite.BESIDE:
        if (opened.made / name).exists():
            if (folder / name).exists():
                (folder / name).replace(aside / name)
            (opened.made / name).replace(folder / name)
    if (opened.made / offsite.HUB_COPY).exists():  # the tablet becomes the hub again when somebody says so
        put_copy(folder, opened.made / offsite.HUB_COPY)
    fsync(folder)
    shutil.rmtree(opened.made, ignore_errors=True)


def _need_recipient(database: Path, private: bytes) -> None:
    """Raise ForgedCopy unless the copy's recipients are at most two and include the key that opened it."""
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        rows = db.execute("SELECT value FROM meta WHERE key = 'recipients'").fetchall()
    try:
        keys = json.loads(rows[0][0]) if rows else []
    except (ValueError, TypeError, RecursionError):
        raise ForgedCopy() from None
    if public_key(private).hex() not in keys or len(keys) > MOST_RECIPIENTS:
        raise ForgedCopy()


def _end_ways_in(database: Path) -> None:
    """Revoke every badge and PIN in a restored database: the old tablet may be in other hands, where PINs can be
    brute-forced. The coordinator sets a new PIN with the passphrase, then the others'."""
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("PRAGMA secure_delete = 1").fetchall()
        for statement in ("UPDATE staff SET pin = ''", "UPDATE badge SET active = 0", "DELETE FROM door"):
            with suppress(sqlite3.OperationalError):  # an older schema has no such table
                db.execute(statement)
