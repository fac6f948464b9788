"""A sealed copy opened and put in the place of the data: used by the command line and by the first start on the screen.

What is opened lies in a folder of its own inside the data folder until it is found sound; only then anything is replaced.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kiosk.data import snapshots
from kiosk.files.atomic import fsync
from kiosk.files.storage_errors import storage_errors
from kiosk.files.usb import files
from kiosk.pictures.store import Pictures
from kiosk.privacy.sealing import KEY_FILE, BadKey, is_recovery, private_from_paper, unwrap

from . import offsite
from .schedule import put_back

#: What the folders are called in which copies are opened.
PREFIX = ".restoring-"


@dataclass(frozen=True)
class Opened:
    """A copy that was opened into the folder `made`: its database, and when it was made."""

    made: Path
    database: Path
    made_at: datetime


def on_sticks() -> list[Path]:
    """Return the sealed copies on what is plugged in, the newest first."""
    folders = dict.fromkeys(path.parent for path in files("", (".sealed",), most=5000))
    found = [copy for folder in folders for copy in snapshots.listed(folder, "sealed")]
    return [copy.path for copy in sorted(found, key=lambda copy: (copy.made_at, copy.serial), reverse=True)]


def made_at(path: Path) -> datetime:
    """Return when a copy was made."""
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


def open_sealed(folder: Path, file: Path, private: bytes) -> Opened:
    """Open the sealed copy `file` beside the data in `folder`. Raises CannotOpen, DamagedCopy, DamagedDatabase,
    StorageTrouble."""
    with storage_errors():
        for old in folder.glob(f"{PREFIX}*"):
            shutil.rmtree(old)
        made = Path(tempfile.mkdtemp(dir=folder, prefix=PREFIX))
    try:
        return Opened(made, offsite.unpack(file, private, made), made_at(file))
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def bring_pictures(folder: Path, place: Path, private: bytes, progress: Callable[[int, int], None]) -> None:
    """Put the pictures of the second place back."""
    (folder / "pictures").mkdir(exist_ok=True)
    offsite.bring_pictures(place, private, Pictures(folder / "pictures"), progress)


def put_in_place(folder: Path, opened: Opened, now: datetime) -> None:
    """Let what was opened be the data of `folder`; nobody may have the database open. What was there is kept aside."""
    aside = put_back(folder, opened.database, opened.made_at, now)
    for name in offsite.BESIDE:
        if (opened.made / name).exists():
            if (folder / name).exists():
                (folder / name).replace(aside / name)
            (opened.made / name).replace(folder / name)
    fsync(folder)
    shutil.rmtree(opened.made, ignore_errors=True)
