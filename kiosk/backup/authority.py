"""Who may make sealed copies. Anyone who knows the public keys can seal a file, so a copy is signed as well.

The centre's authority is an ed25519 key. Its seed is sealed to the coordinator's key and to the recovery key, and each
of the two signs the authority's public key, so a holder of either can verify it offline. Backups run at night, while
those keys are locked: each tablet signs with its own key, which the authority certified while one of them was unlocked.
`docs/decisions/copies-prove-who-made-them.md` says what a signature proves and what it does not.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import nacl.exceptions
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

from kiosk import clock
from kiosk.files.atomic import write_atomic
from kiosk.files.storage_errors import storage_errors
from kiosk.journal import Store
from kiosk.privacy.sealing import fingerprint, public_key
from kiosk.privacy.wiping import wipe

#: Note key of the authority: its public key, the signatures on it, its seed sealed to each recipient.
AUTHORITY = "copy_authority"
#: File in the data folder with this tablet's signing key and its certificate. It is never part of a copy.
TABLET_KEY = "copies.key"
#: Domain separation: every signed message starts with its type, so it cannot be passed off as another.
_AUTHORITY, _CERTIFICATE, _STATEMENT = b"lumijobi authority 1\n", b"lumijobi tablet 1\n", b"lumijobi copy 1\n"


@dataclass(frozen=True)
class Authority:
    """`key` is the public key, hex; `signatures` and `boxes` (sealed seeds), hex, are keyed by recipient
    fingerprint."""

    key: str
    signatures: dict[str, str]
    boxes: dict[str, str]


class Signer(NamedTuple):
    """This tablet's key: `seed` in hex, and the `certificate` (JSON text) that `authority` signed."""

    seed: str
    certificate: str
    signature: str
    authority: str


def saved(store: Store) -> Authority | None:
    """Return the stored authority, None before it was created."""
    said = json.loads(store.get_meta(AUTHORITY) or "null")
    return Authority(**said) if said else None


def vouch(store: Store, privates: Sequence[bytes], now: datetime) -> None:
    """Sign the authority with unlocked recipient keys (creating it if there is none) and certify this tablet. Raises
    StorageTrouble, BadKey."""
    before, recipients = saved(store), store.recipients()
    seed = _seed(before, privates)
    if seed is None:
        if before is not None and any(fingerprint(key) in before.boxes for key in recipients):
            return  # sealed to another key
        before, seed = None, secrets.token_bytes(32)
    key = SigningKey(seed)
    try:
        made = _authority(key, before, privates, recipients)
        if made != before:
            store.set_meta(AUTHORITY, json.dumps(made.__dict__, sort_keys=True))
        _certify(store, key, now)
    finally:
        wipe(bytes(key))  # the seed itself: PyNaCl returns its own object
        wipe(key._signing_key)


def adopt(store: Store, private: bytes) -> None:
    """Sign the existing authority with a key that becomes a recipient, inside the caller's transaction."""
    from kiosk.data.models import Meta

    before = saved(store)
    if before is not None:
        signed = {**before.signatures, fingerprint(public_key(private)): _vouched(before.key, private)}
        made = Authority(before.key, signed, before.boxes)
        Meta.replace(key=AUTHORITY, value=json.dumps(made.__dict__, sort_keys=True)).execute(store.db)


def signer(folder: Path) -> Signer | None:
    """Return this tablet's signing key, None before it is certified."""
    try:
        return Signer(**json.loads((folder / TABLET_KEY).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def sign(own: Signer, text: str) -> str:
    """Return the signature of a statement about a copy, hex."""
    return SigningKey(bytes.fromhex(own.seed)).sign(_STATEMENT + text.encode()).signature.hex()


def certified(certificate: str, signature: str, authority: str) -> dict[str, Any] | None:
    """Return the fields of a certificate ("tablet": the public key in hex, "device", "since"); None if its signature is
    not the authority's."""
    if not _right(authority, signature, _CERTIFICATE + certificate.encode()):
        return None
    said = json.loads(certificate)
    return said if isinstance(said, dict) else None


def stated(text: str, signature: str, tablet: str) -> bool:
    """Return whether `signature` is that of the tablet with this public key."""
    return _right(tablet, signature, _STATEMENT + text.encode())


def vouched_for(authority: str, signature: str, private: bytes) -> bool:
    """Return whether `private` made this signature of the authority."""
    return _right(bytes(_own(private).verify_key).hex(), signature, _AUTHORITY + authority.encode())


def _seed(before: Authority | None, privates: Sequence[bytes]) -> bytes | None:
    """Return the authority's seed if one of the keys opens it and has signed this authority, else None."""
    for private in privates if before else ():
        own = fingerprint(public_key(private))
        try:
            seed = SealedBox(PrivateKey(private)).decrypt(bytes.fromhex(before.boxes[own]))  # type: ignore[union-attr]
            right = bytes(SigningKey(seed).verify_key).hex() == before.key  # type: ignore[union-attr]
        except (nacl.exceptions.CryptoError, ValueError, TypeError, LookupError):
            continue
        signature = before.signatures.get(own)  # type: ignore[union-attr]
        if right and (signature is None or vouched_for(before.key, signature, private)):  # type: ignore[union-attr]
            return bytes(seed)
    return None


def _authority(
    key: SigningKey, before: Authority | None, privates: Sequence[bytes], recipients: Sequence[bytes]
) -> Authority:
    """Return the authority `key` with its signatures and sealed seeds, adding those for `privates`."""
    public, names = bytes(key.verify_key).hex(), {fingerprint(each): each for each in recipients}
    signatures = {name: signed for name, signed in (before.signatures if before else {}).items() if name in names}
    for private in privates:
        own = fingerprint(public_key(private))
        if own in names and own not in signatures:
            signatures[own] = _vouched(public, private)
    known = before.boxes if before else {}
    boxes = {
        name: known.get(name) or bytes(SealedBox(PublicKey(each)).encrypt(bytes(key))).hex()
        for name, each in names.items()
    }
    return Authority(public, signatures, boxes)


def _certify(store: Store, authority: SigningKey, now: datetime) -> None:
    """Create and certify a signing key for this tablet, unless it has one certified by this authority."""
    public, own = bytes(authority.verify_key).hex(), signer(store.folder)
    if own is not None and own.authority == public:
        said = certified(own.certificate, own.signature, public)
        if said is not None and said["device"] == store.device:
            return
    key = SigningKey.generate()
    said = {"tablet": bytes(key.verify_key).hex(), "device": store.device, "since": clock.utc_text(now)}
    text = json.dumps(said, sort_keys=True)
    signature = authority.sign(_CERTIFICATE + text.encode()).signature.hex()
    made = Signer(bytes(key).hex(), text, signature, public)
    with storage_errors():
        write_atomic(store.folder / TABLET_KEY, json.dumps(made._asdict()).encode(), private=True)


def _vouched(authority: str, private: bytes) -> str:
    return _own(private).sign(_AUTHORITY + authority.encode()).signature.hex()


def _own(private: bytes) -> SigningKey:
    """Derive the signing key of a recipient's private key; the one does not reveal the other."""
    return SigningKey(hashlib.blake2b(private, digest_size=32, person=b"kiosk authority").digest())


def _right(public: str, signature: str, signed: bytes) -> bool:
    try:
        VerifyKey(bytes.fromhex(public)).verify(signed, bytes.fromhex(signature))
    except (nacl.exceptions.CryptoError, ValueError, TypeError):
        return False
    return True
