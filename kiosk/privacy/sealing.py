"""Sealing: the kiosk can encrypt a visitor's details but not decrypt them.

A sealed box (libsodium) opens only with the recipient's private key; each request is sealed to every recipient, the
coordinator and the paper recovery key. Plain text is padded to multiples of 1024 bytes to hide its length. The private
key is stored only wrapped by a passphrase (argon2id, then XSalsa20-Poly1305), or as 24 words on paper.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import nacl.bindings
import nacl.exceptions
import nacl.pwhash
import nacl.secret
from mnemonic import Mnemonic
from nacl._sodium import ffi, lib  # type: ignore[import-not-found]
from nacl.public import PrivateKey, PublicKey, SealedBox

from kiosk.errors import N_, KioskError
from kiosk.privacy.wiping import wipe, wipe_text

from .passphrases import ENGLISH, words_of

#: Padding in bytes; a box has 48 bytes more.
PADDING = 1024
#: Upper limit of a sealed text, bytes. A request has a few hundred; more is a mistake or an attack on the disk.
LARGEST = 64 * 1024
KEY_BYTES = 32
#: Words of a passphrase: five of 2048 are 55 bits, and each guess costs a second of argon2id.
PASSPHRASE_WORDS = 5
#: Words of a recovery key.
RECOVERY_WORDS = 24
#: Its digits in the QR code.
_DIGITS = re.compile(r"[0-9]{96}")
#: Upper limit of a wrapped key's argon2id parameters: more was not written here, and would exhaust the tablet.
MOST_MEMORY = 1 << 30
MOST_PASSES = 20
_NONCE, _MAC = nacl.secret.SecretBox.NONCE_SIZE, nacl.secret.SecretBox.MACBYTES
#: File of the wrapped private key, in the data folder.
KEY_FILE = "coordinator.key"
#: File of its successor during a key change.
NEW_KEY_FILE = "coordinator.key.new"


class CannotOpen(KioskError):
    default = N_("This cannot be opened with that key.")


class SealedElsewhere(CannotOpen):
    """Sealed on a tablet of the hub that has keys of its own."""

    default = N_("This was written on a tablet with other keys. Open it on that tablet.")


class DamagedCopy(CannotOpen):
    """The sealed data was changed or truncated; the key may be right."""

    default = N_("This backup is damaged or incomplete. The key is not the reason. Please use an older backup.")


class WrongPassphrase(KioskError):
    default = N_("Wrong passphrase. Please check each word.")


class WrongWords(KioskError):
    default = N_("These are not the 24 recovery words. Please check each word and their order.")


class BadKey(KioskError):
    default = N_("The key is damaged.")


class TooMuchText(KioskError):
    default = N_("This is too long to save. Please make it shorter.")


class KeyPair(NamedTuple):
    """Raw Curve25519 keys, 32 bytes each."""

    private: bytes
    public: bytes


@dataclass(frozen=True)
class Cost:
    """argon2id: passes over the memory, and bytes of memory."""

    passes: int
    memory: int


#: libsodium's "moderate": 256 MiB, about a second on a tablet.
MODERATE = Cost(nacl.pwhash.argon2id.OPSLIMIT_MODERATE, nacl.pwhash.argon2id.MEMLIMIT_MODERATE)


def new_keypair() -> KeyPair:
    """Return a new random key pair."""
    private = PrivateKey.generate()
    return KeyPair(bytes(private), bytes(private.public_key))


def public_key(private: bytes) -> bytes:
    """Return the public key of a private key. Raises BadKey."""
    return bytes(_private(private).public_key)


def fingerprint(public: bytes) -> str:
    """Return the fingerprint of a public key, 32 hex digits. Raises BadKey."""
    if len(public) != KEY_BYTES:
        raise BadKey()
    return hashlib.sha256(public).hexdigest()[:32]


def seal(plain: dict[str, Any], recipients: Iterable[bytes]) -> list[tuple[str, bytes]]:
    """Return (fingerprint, box) for each recipient's public key; `plain` has JSON values.

    Raises TooMuchText over 64 KiB, BadKey, and ValueError without a recipient.
    """
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    if len(text) > LARGEST:
        raise TooMuchText()
    padded = nacl.bindings.sodium_pad(text, PADDING)
    boxes = [(fingerprint(public), bytes(SealedBox(PublicKey(public)).encrypt(padded))) for public in recipients]
    if not boxes:
        raise ValueError("nobody to seal to")
    return boxes


def open_box(box: bytes, private: bytes) -> dict[str, Any]:
    """Open a box. Raises CannotOpen for another key or a changed box, BadKey."""
    try:
        plain = _loaded(_unboxed(box, private))
    except (nacl.exceptions.CryptoError, ValueError, TypeError, RecursionError):
        # Do not chain the cause: its text could quote the content.
        raise CannotOpen() from None
    if not isinstance(plain, dict):
        raise CannotOpen()
    return plain


def _unboxed(box: bytes, private: bytes) -> bytearray:
    """Open a sealed box as SealedBox does, but without leaving copies in memory. Raises CryptoError, BadKey."""
    if len(box) < nacl.bindings.crypto_box_SEALBYTES:
        raise nacl.exceptions.CryptoError
    padded = bytearray(len(box) - nacl.bindings.crypto_box_SEALBYTES)
    if lib.crypto_box_seal_open(ffi.from_buffer(padded), box, len(box), public_key(private), private):
        raise nacl.exceptions.CryptoError
    return padded


def _loaded(padded: bytearray) -> Any:
    """Return the JSON value of padded text, and overwrite the text. Raises ValueError."""
    text, end = "", padded.rfind(b"\x80")  # the padding of ISO 7816-4, as sodium_pad writes it
    try:
        if end < 0 or any(padded[end + 1 :]):
            raise ValueError("no padding")
        text = str(memoryview(padded)[:end], "utf-8")
        return json.loads(text)
    finally:
        wipe(padded)
        wipe_text(text)


def wrap(private: bytes, passphrase: str, cost: Cost = MODERATE) -> bytes:
    """Return the private key encrypted with a passphrase, as JSON text with the parameters of the key derivation."""
    _private(private)
    salt = secrets.token_bytes(nacl.pwhash.argon2id.SALTBYTES)
    box = bytes(nacl.secret.SecretBox(_derive(passphrase, salt, cost)).encrypt(private))
    wrapped = {"version": 1, "kdf": "argon2id", **asdict(cost), "salt": _text(salt), "box": _text(box)}
    return json.dumps(wrapped, sort_keys=True).encode()


def unwrap(wrapped: bytes, passphrase: str) -> bytes:
    """Return the private key. Raises WrongPassphrase, or BadKey for input that is not from `wrap`."""
    try:
        fields = json.loads(wrapped)
        salt, box = (base64.b64decode(fields[name], validate=True) for name in ("salt", "box"))
        cost = Cost(int(fields["passes"]), int(fields["memory"]))
        if (fields["version"], fields["kdf"]) != (1, "argon2id"):
            raise ValueError("unknown wrapping")
        if not (0 < cost.memory <= MOST_MEMORY and 0 < cost.passes <= MOST_PASSES):
            raise ValueError("cost out of range")
        key = _derive(passphrase, salt, cost)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError, nacl.exceptions.CryptoError):
        raise BadKey() from None
    try:
        return _opened(box, key)
    except (nacl.exceptions.CryptoError, ValueError):
        raise WrongPassphrase() from None
    finally:
        wipe(key)


def _opened(box: bytes, key: bytes) -> bytes:
    """Open a SecretBox as its `decrypt` does, but without leaving a copy in memory. Raises CryptoError."""
    nonce, sealed = box[:_NONCE], box[_NONCE:]
    if len(sealed) < _MAC:
        raise nacl.exceptions.CryptoError
    plain = bytearray(len(sealed) - _MAC)
    if lib.crypto_secretbox_open_easy(ffi.from_buffer(plain), sealed, len(sealed), nonce, key):
        raise nacl.exceptions.CryptoError
    try:
        return bytes(plain)
    finally:
        wipe(plain)


def new_passphrase(language: str) -> str:
    """Return five random words of a language, separated by spaces."""
    return " ".join(secrets.choice(words_of(language)) for _ in range(PASSPHRASE_WORDS))


def recovery_words(private: bytes) -> str:
    """Return the private key as 24 words (BIP 39, English list, with its checksum). Raises BadKey."""
    return _words().to_mnemonic(bytes(_private(private)))


def private_from_words(words: str) -> bytes:
    """Return the private key from its 24 words; spacing and case are ignored. Raises WrongWords."""
    bare = plain_words(words)
    try:
        private = bytes(_words().to_entropy(bare))
    except (ValueError, LookupError):
        raise WrongWords() from None
    if len(private) != KEY_BYTES:
        raise WrongWords()
    return private


def recovery_digits(words: str) -> str:
    """Return 24 words as digits for a QR code: the index of each in the list, four digits from 0000 ("SeedQR")."""
    return "".join(f"{_words().wordlist.index(word):04}" for word in words.split())


def is_recovery(text: str) -> bool:
    """Return whether a text has the form of a recovery key, as words or digits; a passphrase has not."""
    return len(text.split()) == RECOVERY_WORDS or bool(_DIGITS.fullmatch(text.strip()))


def private_from_paper(text: str) -> bytes:
    """Return the private key from its 24 words or the digits of their QR code. Raises WrongWords."""
    if not _DIGITS.fullmatch(text.strip()):
        return private_from_words(text)
    places = [int(text.strip()[at : at + 4]) for at in range(0, RECOVERY_WORDS * 4, 4)]
    listed = _words().wordlist
    if max(places) >= len(listed):
        raise WrongWords()
    return private_from_words(" ".join(listed[place] for place in places))


@lru_cache(maxsize=1)
def _words() -> Mnemonic:
    return Mnemonic(ENGLISH)


def plain_words(text: str) -> str:
    """Return words normalised for comparison: single spaces, lower case, no diacritics, so that "hyvä" can be typed on
    a keyboard without ä. Words of a list stay distinct."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


def _private(private: bytes) -> PrivateKey:
    if len(private) != KEY_BYTES:
        raise BadKey()
    return PrivateKey(private)


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    plain = plain_words(passphrase)
    secret = plain.encode()
    if plain is not passphrase:
        wipe_text(plain)
    size = nacl.secret.SecretBox.KEY_SIZE
    try:
        return nacl.pwhash.argon2id.kdf(size, secret, salt, opslimit=cost.passes, memlimit=cost.memory)
    finally:
        wipe(secret)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
