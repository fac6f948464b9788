"""Who may make sealed copies. Whoever knows the public keys can seal a file; so a copy is signed as well.

The centre's authority for copies is an ed25519 key. Its seed is sealed to the coordinator's and the recovery key, and each
of the two has signed its public half: whoever holds one of them knows the right authority without asking anybody. A tablet
makes copies at night while the keys are locked. It signs them with a key of its own, which the authority has certified
while one of the two was unlocked. `docs/decisions/copies-prove-who-made-them.md` says what that proves and what not.
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

#: Key of the note of the authority: its public half, who signed it, its seed sealed to each recipient.
AUTHORITY = "copy_authority"
#: This tablet's own signing key with its certificate, in the data folder. It goes into no copy.
TABLET_KEY = "copies.key"
#: What is signed begins with what it is, so that nothing passes for something else.
_AUTHORITY, _CERTIFICATE, _STATEMENT = b"lumijobi authority 1\n", b"lumijobi tablet 1\n", b"lumijobi copy 1\n"


@dataclass(frozen=True)
class Authority:
    """`key` is the public half, hex; `signatures` and `boxes` have one for each recipient, by its fingerprint, in hex."""

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
    """Return the authority as it is noted, None before there is one."""
    said = json.loads(store.get_meta(AUTHORITY) or "null")
    return Authority(**said) if said else None


def vouch(store: Store, privates: Sequence[bytes], now: datetime) -> None:
    """While private keys are at hand: let them vouch for the authority, which is made if there is none, and let it
    certify this tablet. Raises StorageTrouble, BadKey."""
    before, recipients = saved(store), store.recipients()
    seed = _seed(before, privates)
    if seed is None:
        if before is not None and any(fingerprint(key) in before.boxes for key in recipients):
            return  # another key opens it
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
    """Let a key that is about to be a recipient's vouch for the authority there is, inside the caller's transaction."""
    from kiosk.data.models import Meta

    before = saved(store)
    if before is not None:
        signed = {**before.signatures, fingerprint(public_key(private)): _vouched(before.key, private)}
        made = Authority(before.key, signed, before.boxes)
        Meta.replace(key=AUTHORITY, value=json.dumps(made.__dict__, sort_keys=True)).execute(store.db)


def signer(folder: Path) -> Signer | None:
    """Return this tablet's signing key, None before it was certified."""
    try:
        return Signer(**json.loads((folder / TABLET_KEY).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def sign(own: Signer, text: str) -> str:
    """Return the signature of a statement about a copy, hex."""
    return SigningKey(bytes.fromhex(own.seed)).sign(_STATEMENT + text.encode()).signature.hex()


def certified(certificate: str, signature: str, authority: str) -> dict[str, Any] | None:
    """Return what a certificate says ("tablet": the public key in hex, "device", "since"), None when the authority has
    not signed it."""
    if not _right(authority, signature, _CERTIFICATE + certificate.encode()):
        return None
    said = json.loads(certificate)
    return said if isinstance(said, dict) else None


def stated(text: str, signature: str, tablet: str) -> bool:
    """Tell whether the tablet with this public key signed a statement."""
    return _right(tablet, signature, _STATEMENT + text.encode())


def vouched_for(authority: str, signature: str, private: bytes) -> bool:
    """Tell whether the holder of `private` vouched for an authority."""
    return _right(bytes(_own(private).verify_key).hex(), signature, _AUTHORITY + authority.encode())


def _seed(before: Authority | None, privates: Sequence[bytes]) -> bytes | None:
    """Return the seed of the authority if one of the keys opens it, and has not signed another one."""
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
    """Return the authority `key` with what was signed and sealed before, and what these keys add."""
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
    """Give this tablet a key of its own, unless it has one that this authority certified for it."""
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
    """Return the signing key that belongs to a recipient's private key: another one, that tells nothing of it."""
    return SigningKey(hashlib.blake2b(private, digest_size=32, person=b"kiosk authority").digest())


def _right(public: str, signature: str, signed: bytes) -> bool:
    try:
        VerifyKey(bytes.fromhex(public)).verify(signed, bytes.fromhex(signature))
    except (nacl.exceptions.CryptoError, ValueError, TypeError):
        return False
    return True
