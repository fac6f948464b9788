"""The second place: a folder, or a USB stick, with the data and the pictures sealed, for the day the tablet is gone.

Every day has one file `kiosk-….sealed` (database, settings, wrapped key); pictures lie beside under their hashes, each
sealed once. Two small files are plain: `coordinator.key`, the private key locked by the passphrase, and `erased.json`,
ids of requests that were erased, so that an older copy does not bring anybody back.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO, cast

from kiosk.data import snapshots
from kiosk.data.store import FILE
from kiosk.errors import DamagedDatabase, NoRecipients, NoSecondPlace, SecondPlaceTrouble
from kiosk.files.atomic import atomic_file, write_atomic
from kiosk.files.storage_errors import storage_errors
from kiosk.files.usb import MOUNTS
from kiosk.journal import Store
from kiosk.pictures.store import Pictures
from kiosk.privacy.sealing import CannotOpen

from .sealed_file import SealedReader, SealedWriter

#: The word in the settings for "any stick that is meant for it", and the folder that says a stick is.
USB, STICK_FOLDER = "usb", "lumijobi-backup"
#: What is sealed with the database.
BESIDE = ("settings.toml", "coordinator.key")
ERASED = "erased.json"
#: How many pictures are taken at a time.
SOME = 100


def find_place(setting: str) -> Path | None:
    """Return the folder that the setting `backup.second` means; None when there is none just now."""
    if setting == USB:
        found = (path for mount in MOUNTS for deep in ("*", "*/*") for path in mount.glob(f"{deep}/{STICK_FOLDER}"))
        return next((path for path in sorted(found) if path.is_dir()), None)
    return Path(setting) if setting and Path(setting).is_dir() else None


class OffsiteCopy:
    """One folder that takes sealed copies of the data of `store`. Raises NoSecondPlace without a folder, NoRecipients
    without a key."""

    def __init__(self, store: Store, folder: Path | None) -> None:
        if folder is None:
            raise NoSecondPlace()
        self.folder, self._store, self._recipients = folder, store, store.recipients()
        if not self._recipients:
            raise NoRecipients()
        self._pictures = Pictures(store.folder / "pictures")

    def take_pictures(self) -> bool:
        """Seal some of the pictures that are not here yet; True when none is left. Raises SecondPlaceTrouble."""
        with _telling():
            new = [name for name in self._pictures.names() if not self._picture(name).exists()]
            for name in new[:SOME]:
                self._seal(self._picture(name), lambda out, name=name: _copy(self._pictures.path(name), out))  # type: ignore[misc]
        return len(new) <= SOME

    def take_data(self, now: datetime) -> Path:
        """Seal the data of now, read it back, and return the file. Raises DamagedDatabase, StorageTrouble,
        SecondPlaceTrouble."""
        with _telling(), tempfile.TemporaryDirectory(dir=self._store.folder, prefix=".sealing-") as made:
            database = Path(made) / FILE
            self._store.copy_to(database)
            path = snapshots.next_path(self.folder, now, "sealed")
            beside = [self._store.folder / name for name in BESIDE]
            self._seal(path, lambda out: _pack([database, *filter(Path.is_file, beside)], out))
            for file in beside:
                if file.name.endswith(".key") and file.is_file():
                    write_atomic(self.folder / file.name, file.read_bytes())
            write_atomic(self.folder / ERASED, json.dumps(self._store.erased()).encode())
            return path

    def _picture(self, name: str) -> Path:
        return self.folder / "pictures" / f"{name}.sealed"

    def _seal(self, path: Path, fill: Callable[[BinaryIO], None]) -> None:
        path.parent.mkdir(exist_ok=True)
        with atomic_file(path) as file:
            with SealedWriter(file, self._recipients) as sealed:
                out = _Counted(sealed)
                fill(cast(BinaryIO, out))
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            with SealedReader(file, key=sealed.key) as back:
                if out.digest.digest() != _digest(back):
                    raise DamagedDatabase(folder=self.folder, reason="not read back as it was written")


def unpack(sealed: Path, private: bytes, folder: Path) -> Path:
    """Open a sealed copy with a recipient's private key into `folder`: the database, which is returned, and what was
    sealed with it; requests erased since are struck from it. Raises CannotOpen, DamagedCopy, DamagedDatabase,
    StorageTrouble."""
    with storage_errors(), sealed.open("rb") as file, SealedReader(file, private=private) as plain:
        try:
            _take_out(cast(BinaryIO, plain), folder)
        except (tarfile.TarError, ValueError, EOFError) as error:  # who knows the public key can seal anything
            raise DamagedDatabase(folder=sealed, reason=error) from None
        _digest(plain)  # to the end, which is marked
    database = folder / FILE
    snapshots.need_sound(database)
    snapshots.erase_requests([database], _erased(sealed.parent / ERASED))
    return database


def _take_out(plain: BinaryIO, folder: Path) -> None:
    with tarfile.open(fileobj=plain, mode="r|") as archive:
        for member in archive:
            if member.name in (FILE, *BESIDE) and member.isreg():
                data = cast(IO[bytes], archive.extractfile(member))
                with (folder / member.name).open("wb") as out:
                    while piece := data.read(1 << 20):
                        out.write(piece)


def bring_pictures(place: Path, private: bytes, pictures: Pictures, progress: Callable[[int, int], None]) -> int:
    """Put the pictures of a second place back; returns how many were new. One that cannot be opened is left out."""
    sealed = sorted((place / "pictures").glob("*.sealed"))
    brought = 0
    for done, path in enumerate(sealed, 1):
        if not pictures.is_sound(path.stem):
            with suppress(CannotOpen), path.open("rb") as file, SealedReader(file, private=private) as plain:
                brought += pictures.put_back(path.stem, plain.read())
        progress(done, len(sealed))
    return brought


class _Counted:
    """Passes on what is written and keeps its digest."""

    def __init__(self, target: SealedWriter) -> None:
        self.digest = hashlib.sha256()
        self._target = target

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._target.write(data)


@contextmanager
def _telling() -> Iterator[None]:
    """Say of an error of the second place that it is one."""
    try:
        yield
    except OSError as error:
        raise SecondPlaceTrouble(reason=error.strerror or str(error)) from error


def _pack(paths: list[Path], out: BinaryIO) -> None:
    with tarfile.open(fileobj=out, mode="w|") as archive:
        for path in paths:
            archive.add(path, path.name)


def _copy(path: Path, out: BinaryIO) -> None:
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            out.write(piece)


def _digest(plain: SealedReader) -> bytes:
    digest = hashlib.sha256()
    while piece := plain.read(1 << 20):
        digest.update(piece)
    return digest.digest()


def _erased(path: Path) -> list[str]:
    try:
        ids = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [one for one in ids if isinstance(one, str)] if isinstance(ids, list) else []
