"""The second place: a folder or a USB stick with sealed copies of the data and the pictures, for the loss of the
tablet.

Each day has one file `kiosk-….sealed` (database, settings, wrapped key, the hub's copy where this tablet is the hub); each picture is sealed once, under its hash.
Two small files are plain: `coordinator.key`, the private key encrypted with the passphrase, and `erased.json`, the ids
of erased requests, so that restoring an older copy does not bring erased data back. A certified tablet signs its copies
and the list (`proof`).
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO, cast

from kiosk.data import snapshots
from kiosk.data.store import FILE
from kiosk.errors import DamagedDatabase, NoBackupKey, NoSecondPlace, SecondPlaceTrouble
from kiosk.files.atomic import atomic_file, write_atomic
from kiosk.files.storage_errors import storage_errors
from kiosk.files.usb import MOUNTS
from kiosk.journal import Store
from kiosk.pictures.store import Pictures
from kiosk.postgres import copies as hub_copies
from kiosk.postgres.switch import cluster_of, is_on
from kiosk.privacy.sealing import CannotOpen

from .proof import (
    ERASED,
    LARGEST,
    PROOF,
    ErasuresMissing,
    ForgedCopy,
    Proof,
    UnsignedCopy,
    erased_beside,
    need_own_name,
    prove,
    unsigned_erasures,
    verify,
)
from .sealed_file import SealedReader, SealedWriter

#: Setting value for "any prepared USB stick", and the name of the folder that marks a stick as prepared.
USB, STICK_FOLDER = "usb", "lumijobi-backup"
#: Files that are sealed along with the database.
BESIDE = ("settings.toml", "coordinator.key")
#: The copy of the hub.
HUB_COPY = hub_copies.LAST
#: Note key of the serial number of this tablet's last sealed copy.
SERIAL = "copy_serial"
#: How many earlier copies are checked for a signature before an unsigned one is accepted.
LOOKED_AT = 5
#: Pictures sealed in one run.
SOME = 100


def find_place(setting: str) -> Path | None:
    """Return the folder that the setting `backup.second` names; None while it is not available."""
    if setting == USB:
        found = (path for mount in MOUNTS for deep in ("*", "*/*") for path in mount.glob(f"{deep}/{STICK_FOLDER}"))
        return next((path for path in sorted(found) if path.is_dir()), None)
    return Path(setting) if setting and Path(setting).is_dir() else None


class OffsiteCopy:
    """Writes sealed copies of `store`, a tablet of `centre`, to one folder. Raises NoSecondPlace without a folder,
    NoBackupKey without a key."""

    def __init__(self, store: Store, folder: Path | None, centre: str = "") -> None:
        if folder is None:
            raise NoSecondPlace()
        self.folder, self._store, self._recipients, self._centre = folder, store, store.recipients(), centre
        if not self._recipients:
            raise NoBackupKey()
        self._pictures = Pictures(store.folder / "pictures")

    def take_pictures(self) -> bool:
        """Seal the next pictures that are missing here; True when none is left. Raises SecondPlaceTrouble."""
        with _telling():
            new = [name for name in self._pictures.names() if not self._picture(name).exists()]
            for name in new[:SOME]:
                self._seal(self._picture(name), lambda out, name=name: _copy(self._pictures.path(name), out))  # type: ignore[misc]
        return len(new) <= SOME

    def take_data(self, now: datetime) -> Path:
        """Seal the present data, verify it by reading it back, and return the file. Raises DamagedDatabase,
        StorageTrouble, SecondPlaceTrouble."""
        snapshots.remove_left_over(self._store.folder)
        with (
            _telling(),
            tempfile.TemporaryDirectory(dir=self._store.folder, prefix=".sealing-") as made,
            snapshots.in_use(Path(made)),
        ):
            database, now = Path(made) / FILE, now.replace(microsecond=0)
            serial = self._next_serial()
            self._store.copy_to(database)
            beside = [path for name in BESIDE if (path := self._store.folder / name).is_file()]
            files = [database, *(Path(shutil.copy(path, made)) for path in beside), *self._hub_copy()]
            proof = prove(self._store, {path.name: _file_digest(path) for path in files}, serial, now, self._centre)
            path = self.folder / snapshots.name_of(serial, now, "sealed")
            self._seal(path, lambda out: _pack(files, proof, out))
            for file in beside:
                if file.name.endswith(".key"):
                    write_atomic(self.folder / file.name, file.read_bytes())
            write_atomic(self.folder / ERASED, proof or json.dumps(self._store.erased()).encode())
            return path

    def _hub_copy(self) -> list[Path]:
        """Return the newest copy of the hub, made now if possible, if this tablet is the hub."""
        folder = self._store.folder
        copy = hub_copies.renew(cluster_of(folder)) if is_on(folder) else None
        return [copy] if copy else []

    def _next_serial(self) -> int:
        """Return the next serial number: above all copies in this place and all this tablet wrote elsewhere."""
        there = max((copy.serial for copy in snapshots.listed(self.folder, "sealed")), default=0)
        serial = max(there, int(self._store.get_meta(SERIAL) or 0)) + 1
        self._store.set_meta(SERIAL, str(serial))
        return serial

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


def unpack(sealed: Path, private: bytes, folder: Path, *, without_erasures: bool = False) -> tuple[Path, Proof | None]:
    """Open a sealed copy with a recipient's private key into `folder`. Returns the path of the database, which lies
    beside the other sealed files, and the proof; None for an unsigned copy. Requests erased since are deleted from it.
    Raises CannotOpen, DamagedCopy, DamagedDatabase, ForeignSchema, ForgedCopy, UnsignedCopy, RenamedCopy,
    ErasuresMissing, NewerDatabase, StorageTrouble."""
    with storage_errors(), sealed.open("rb") as file, SealedReader(file, private=private) as plain:
        try:
            proof, files = _take_out(cast(BinaryIO, plain), folder, private)
        except (tarfile.TarError, ValueError, EOFError) as error:  # anyone with the public key can seal any bytes
            raise DamagedDatabase(folder=sealed, reason=error) from None
        _digest(plain)  # read to the end: the final tag detects truncation
    database = folder / FILE
    if proof is not None:
        if files != proof.files:
            raise ForgedCopy()
        need_own_name(proof, sealed)
    elif _signed_before(sealed, private):
        raise UnsignedCopy()
    snapshots.need_own_schema(database)
    snapshots.erase_requests([database], _erased_since(sealed.parent, private, proof, without_erasures))
    return database, proof


def _erased_since(place: Path, private: bytes, proof: Proof | None, without: bool) -> set[str]:
    """Return the ids of erased requests listed in `place`. Raises ErasuresMissing when the copy is signed and the list
    is not, or is older than the copy."""
    unsigned = set(unsigned_erasures(place))
    if proof is None:
        return unsigned
    found = erased_beside(place, private)
    if not without and (found is None or found[0] < proof.serial):
        raise ErasuresMissing(file=ERASED)
    return unsigned | {*proof.erased, *(found[1] if found else ())}


def _signed_before(sealed: Path, private: bytes) -> bool:
    """Return whether an earlier copy here has a signature of the centre; all later ones must then have one too."""
    others = [copy for copy in snapshots.listed(sealed.parent, "sealed") if copy.path.name < sealed.name]
    return any(_proof_in(copy.path, private) for copy in others[:LOOKED_AT])


def _proof_in(sealed: Path, private: bytes) -> Proof | None:
    """Return the proof, which is the first file of a copy; None when it is missing or cannot be read."""
    with suppress(CannotOpen, ForgedCopy, tarfile.TarError, ValueError, OSError, EOFError):
        with sealed.open("rb") as file, SealedReader(file, private=private) as plain:
            with tarfile.open(fileobj=cast(BinaryIO, plain), mode="r|") as archive:
                head = archive.next()
                if head is not None and head.name == PROOF and head.isreg() and head.size <= LARGEST:
                    return verify(cast(IO[bytes], archive.extractfile(head)).read(), private)
    return None


def _take_out(plain: BinaryIO, folder: Path, private: bytes) -> tuple[Proof | None, dict[str, str]]:
    """Extract a copy into `folder`; returns its proof and the digests of its files by name."""
    proof: Proof | None = None
    files: dict[str, str] = {}
    with tarfile.open(fileobj=plain, mode="r|") as archive:
        for member in archive:
            if member.name == PROOF and member.isreg() and not files and member.size <= LARGEST:
                proof = verify(cast(IO[bytes], archive.extractfile(member)).read(), private)
            elif member.name in (FILE, *BESIDE, HUB_COPY) and member.isreg():
                data, digest = cast(IO[bytes], archive.extractfile(member)), hashlib.sha256()
                with (folder / member.name).open("wb") as out:
                    while piece := data.read(1 << 20):
                        digest.update(piece)
                        out.write(piece)
                files[member.name] = digest.hexdigest()
    return proof, files


def bring_pictures(place: Path, private: bytes, pictures: Pictures, progress: Callable[[int, int], None]) -> int:
    """Restore pictures from a second place; returns how many were new. Pictures that cannot be opened are skipped."""
    sealed = sorted((place / "pictures").glob("*.sealed"))
    brought = 0
    for done, path in enumerate(sealed, 1):
        if not pictures.is_sound(path.stem):
            with suppress(CannotOpen), path.open("rb") as file, SealedReader(file, private=private) as plain:
                brought += pictures.put_back(path.stem, plain.read())
        progress(done, len(sealed))
    return brought


class _Counted:
    """A write-through stream that computes a digest."""

    def __init__(self, target: SealedWriter) -> None:
        self.digest = hashlib.sha256()
        self._target = target

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._target.write(data)


@contextmanager
def _telling() -> Iterator[None]:
    """Raise OSErrors of the second place as SecondPlaceTrouble."""
    try:
        yield
    except OSError as error:
        raise SecondPlaceTrouble(reason=error.strerror or str(error)) from error


def _pack(paths: list[Path], proof: bytes | None, out: BinaryIO) -> None:
    with tarfile.open(fileobj=out, mode="w|") as archive:
        if proof is not None:
            head = tarfile.TarInfo(PROOF)
            head.size = len(proof)
            archive.addfile(head, io.BytesIO(proof))
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


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
