"""The signed statement of a sealed copy: serial number, date, centre, tablet, the digest of each file, and the ids of
erased requests. The newest statement also lies beside the copies as `erased.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk import clock
from kiosk.data import snapshots
from kiosk.errors import N_, KioskError
from kiosk.journal import Store
from kiosk.privacy.sealing import fingerprint, public_key

from . import authority

#: Name of the statement as the first file of a sealed copy, and of the newest one beside the copies.
PROOF, ERASED = "proof.json", "erased.json"
#: Upper limit in bytes; a statement with 100,000 erased requests has 4 MB.
LARGEST = 16 * 1024 * 1024


class ForgedCopy(KioskError):
    default = N_("This backup was not made by a tablet of this centre, or it was changed. It is not used.")


class UnsignedCopy(KioskError):
    default = N_("This backup is not signed, but older backups beside it are. It is not used.")


class RenamedCopy(KioskError):
    default = N_("This backup was renamed: it is {name}. An older backup under a new name is not used.")


class ErasuresMissing(KioskError):
    default = N_(
        "The file {file} beside this backup is missing, changed or older than the backup. Without it, deleted requests "
        "would come back. Please use the newest backup with its own {file}."
    )


class AfterTheTheft(KioskError):
    default = N_("This backup was made after the tablet was stolen. Please use an older backup.")


@dataclass(frozen=True)
class Proof:
    """A verified statement about a copy. `files` maps names to digests; `erased` has ids of requests."""

    serial: int
    made_at: datetime
    centre: str
    device: str
    files: Mapping[str, str]
    erased: tuple[str, ...]


def prove(store: Store, files: Mapping[str, str], serial: int, now: datetime, centre: str) -> bytes | None:
    """Return the signed statement about a copy; None on a tablet that is not certified yet."""
    own, vouching = authority.signer(store.folder), authority.saved(store)
    if own is None or vouching is None or own.authority != vouching.key:
        return None
    said = {
        "serial": serial,
        "made_at": clock.utc_text(now.astimezone(UTC).replace(microsecond=0)),
        "centre": centre,
        "device": store.device,
        "files": dict(files),
        "erased": sorted(store.erased()),
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    signed = {
        "statement": text,
        "signature": authority.sign(own, text),
        "certificate": own.certificate,
        "certificate_signature": own.signature,
        "authority": own.authority,
        "vouched": vouching.signatures,
    }
    return json.dumps(signed, ensure_ascii=False).encode()


def verify(data: bytes, private: bytes) -> Proof | None:
    """Return the statement; None when this private key has not signed its authority, as on a tablet where the key was
    never used. Raises ForgedCopy."""
    try:
        said = json.loads(data)
        signature = said["vouched"].get(fingerprint(public_key(private)))
        if signature is None:
            return None
        if not authority.vouched_for(said["authority"], signature, private):
            raise ForgedCopy()
        certificate = authority.certified(said["certificate"], said["certificate_signature"], said["authority"])
        if certificate is None or not authority.stated(said["statement"], said["signature"], certificate["tablet"]):
            raise ForgedCopy()
        return _read(json.loads(said["statement"]))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise ForgedCopy() from None


def _read(said: Any) -> Proof:
    made_at = clock.parse(said["made_at"])
    return Proof(
        int(said["serial"]),
        made_at,
        str(said["centre"]),
        str(said["device"]),
        dict(said["files"]),
        tuple(said["erased"]),
    )


def need_own_name(proof: Proof, path: Path) -> None:
    """Raise RenamedCopy when the file name is not the one in the statement."""
    name = snapshots.name_of(proof.serial, proof.made_at, "sealed")
    if path.name != name:
        raise RenamedCopy(name=name)


def erased_beside(place: Path, private: bytes) -> tuple[int, tuple[str, ...]] | None:
    """Return (serial, ids) of the list of erased requests in `place`: the serial of the copy it was written with. None
    without a list signed by a tablet of the centre."""
    path = place / ERASED
    try:
        if path.stat().st_size > LARGEST:
            return None
        proof = verify(path.read_bytes(), private)
    except (OSError, ForgedCopy):
        return None
    return (proof.serial, proof.erased) if proof is not None else None


def unsigned_erasures(place: Path) -> tuple[str, ...]:
    """Return the ids of an unsigned list. Accepting it is safe: it can only delete."""
    try:
        said = json.loads((place / ERASED).read_text(encoding="utf-8"))
        ids = json.loads(said["statement"])["erased"] if isinstance(said, dict) else said
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return ()
    return tuple(one for one in ids if isinstance(one, str)) if isinstance(ids, list) else ()
