"""The second place: a folder, or a USB stick, with the data and the pictures sealed, for the day the tablet is gone.

Every day has one file `kiosk-….sealed` (database, settings, wrapped key); pictures lie beside under their hashes, each
sealed once. Two small files are plain: `coordinator.key`, the private key locked by the passphrase, and `erased.json`,
ids of requests that were erased, so that an older copy does not bring anybody back. A tablet that was certified signs
what it seals and the list (`proof`).
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
from kiosk.errors import DamagedDatabase, NoRecipients, NoSecondPlace, SecondPlaceTrouble
from kiosk.files.atomic import atomic_file, write_atomic
from kiosk.files.storage_errors import storage_errors
from kiosk.files.usb import MOUNTS
from kiosk.journal import Store
from kiosk.pictures.store import Pictures
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

#: The word in the settings for "any stick that is meant for it", and the folder that says a stick is.
USB, STICK_FOLDER = "usb", "lumijobi-backup"
#: What is sealed with the database.
BESIDE = ("settings.toml", "coordinator.key")
#: Key of the note of the number of the last copy this tablet sealed.
SERIAL = "copy_serial"
#: How many of the copies before an unsigned one are looked at.
LOOKED_AT = 5
#: How many pictures are taken at a time.
SOME = 100


def find_place(setting: str) -> Path | None:
    """Return the folder that the setting `backup.second` means; None when there is none just now."""
    if setting == USB:
        found = (path for mount in MOUNTS for deep in ("*", "*/*") for path in mount.glob(f"{deep}/{STICK_FOLDER}"))
        return next((path for path in sorted(found) if path.is_dir()), None)
    return Path(setting) if setting and Path(setting).is_dir() else None


class OffsiteCopy:
    """One folder that takes sealed copies of the data of `store`, the tablet of a `centre`. Raises NoSecondPlace without
    a folder, NoRecipients without a key."""

    def __init__(self, store: Store, folder: Path | None, centre: str = "") -> None:
        if folder is None:
            raise NoSecondPlace()
        self.folder, self._store, self._recipients, self._centre = folder, store, store.recipients(), centre
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
            files = [database, *(Path(shutil.copy(path, made)) for path in beside)]
            proof = prove(self._store, {path.name: _file_digest(path) for path in files}, serial, now, self._centre)
            path = self.folder / snapshots.name_of(serial, now, "sealed")
            self._seal(path, lambda out: _pack(files, proof, out))
            for file in beside:
                if file.name.endswith(".key"):
                    write_atomic(self.folder / file.name, file.read_bytes())
            write_atomic(self.folder / ERASED, proof or json.dumps(self._store.erased()).encode())
            return path

    def _next_serial(self) -> int:
        """Return the next number of a copy: higher than any in the place, and than any this tablet gave on another
        stick."""
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
    """Open a sealed copy with a recipient's private key into `folder`. Returns the database, beside which is what was
    sealed with it, and what a tablet of the centre has signed of it; None for a copy that nobody signed. Requests erased
    since are struck from it. Raises CannotOpen, DamagedCopy, DamagedDatabase, ForeignSchema, ForgedCopy, UnsignedCopy,
    RenamedCopy, ErasuresMissing, NewerDatabase, StorageTrouble."""
    with storage_errors(), sealed.open("rb") as file, SealedReader(file, private=private) as plain:
        try:
            proof, files = _take_out(cast(BinaryIO, plain), folder, private)
        except (tarfile.TarError, ValueError, EOFError) as error:  # who knows the public key can seal anything
            raise DamagedDatabase(folder=sealed, reason=error) from None
        _digest(plain)  # to the end, which is marked
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
    """Return which requests were erased, as the place has it. Raises ErasuresMissing when a copy is signed and the list
    is not, or is older than the copy."""
    unsigned = set(unsigned_erasures(place))
    if proof is None:
        return unsigned
    found = erased_beside(place, private)
    if not without and (found is None or found[0] < proof.serial):
        raise ErasuresMissing(file=ERASED)
    return unsigned | {*proof.erased, *(found[1] if found else ())}


def _signed_before(sealed: Path, private: bytes) -> bool:
    """Tell whether there is an earlier copy beside this one that a tablet of the centre has signed: since then all are."""
    others = [copy for copy in snapshots.listed(sealed.parent, "sealed") if copy.path.name < sealed.name]
    return any(_proof_in(copy.path, private) for copy in others[:LOOKED_AT])


def _proof_in(sealed: Path, private: bytes) -> Proof | None:
    """Return what was signed of a copy, by its first file; None when nothing was, or it cannot be read."""
    with suppress(CannotOpen, ForgedCopy, tarfile.TarError, ValueError, OSError, EOFError):
        with sealed.open("rb") as file, SealedReader(file, private=private) as plain:
            with tarfile.open(fileobj=cast(BinaryIO, plain), mode="r|") as archive:
                head = archive.next()
                if head is not None and head.name == PROOF and head.isreg() and head.size <= LARGEST:
                    return verify(cast(IO[bytes], archive.extractfile(head)).read(), private)
    return None


def _take_out(plain: BinaryIO, folder: Path, private: bytes) -> tuple[Proof | None, dict[str, str]]:
    """Write the files of a copy into `folder`; returns what was signed of them, and their digests."""
    proof: Proof | None = None
    files: dict[str, str] = {}
    with tarfile.open(fileobj=plain, mode="r|") as archive:
        for member in archive:
            if member.name == PROOF and member.isreg() and not files and member.size <= LARGEST:
                proof = verify(cast(IO[bytes], archive.extractfile(member)).read(), private)
            elif member.name in (FILE, *BESIDE) and member.isreg():
                data, digest = cast(IO[bytes], archive.extractfile(member)), hashlib.sha256()
                with (folder / member.name).open("wb") as out:
                    while piece := data.read(1 << 20):
                        digest.update(piece)
                        out.write(piece)
                files[member.name] = digest.hexdigest()
    return proof, files


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
