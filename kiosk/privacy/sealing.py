"""Sealing: the kiosk can lock a visitor's details away but cannot read them back.

A sealed box (libsodium) opens only with the recipient's private key; each request is sealed to every recipient, the
coordinator and the paper recovery key. The length says nothing: plain text is padded to multiples of 1024 bytes. The
private key itself is kept only wrapped by a passphrase (argon2id, then XSalsa20-Poly1305), or as 24 words on paper.
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

#: Bytes; every sealed text has a multiple of it, plus the 48 bytes of the box.
PADDING = 1024
#: A request is a few hundred bytes; more is a mistake or an attack on the disk.
LARGEST = 64 * 1024
KEY_BYTES = 32
#: Five of 2048 words are 55 bits, each guess costing a second of argon2id.
PASSPHRASE_WORDS = 5
#: A recovery key on paper.
RECOVERY_WORDS = 24
#: The same in a QR code.
_DIGITS = re.compile(r"[0-9]{96}")
#: A wrapped key that asks for more than this was not made here, and would stop the tablet.
MOST_MEMORY = 1 << 30
MOST_PASSES = 20
_NONCE, _MAC = nacl.secret.SecretBox.NONCE_SIZE, nacl.secret.SecretBox.MACBYTES
#: The wrapped private key, in the data folder.
KEY_FILE = "coordinator.key"
#: The one that takes its place while everything is sealed anew.
NEW_KEY_FILE = "coordinator.key.new"


class CannotOpen(KioskError):
    default = N_("This cannot be opened with that key.")


class DamagedCopy(CannotOpen):
    """The key is right, or nobody can tell: what it should open was changed or cut short."""

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
    """Return the public half. Raises BadKey."""
    return bytes(_private(private).public_key)


def fingerprint(public: bytes) -> str:
    """Return 32 hex digits that name a public key. Raises BadKey."""
    if len(public) != KEY_BYTES:
        raise BadKey()
    return hashlib.sha256(public).hexdigest()[:32]


def seal(plain: dict[str, Any], recipients: Iterable[bytes]) -> list[tuple[str, bytes]]:
    """Return (fingerprint, box) for each recipient's public key, `plain` being JSON-able.

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
    """Return what was sealed. Raises CannotOpen when the key is another or the box was changed, BadKey."""
    try:
        plain = _loaded(_unboxed(box, private))
    except (nacl.exceptions.CryptoError, ValueError, TypeError, RecursionError):
        # Nothing of the cause goes on: its text could hold what the box held.
        raise CannotOpen() from None
    if not isinstance(plain, dict):
        raise CannotOpen()
    return plain


def _unboxed(box: bytes, private: bytes) -> bytearray:
    """Return what a sealed box holds, as SealedBox does, which would leave copies in the memory. Raises CryptoError, BadKey."""
    if len(box) < nacl.bindings.crypto_box_SEALBYTES:
        raise nacl.exceptions.CryptoError
    padded = bytearray(len(box) - nacl.bindings.crypto_box_SEALBYTES)
    if lib.crypto_box_seal_open(ffi.from_buffer(padded), box, len(box), public_key(private), private):
        raise nacl.exceptions.CryptoError
    return padded


def _loaded(padded: bytearray) -> Any:
    """Return the JSON value in padded text, and overwrite the text. Raises ValueError."""
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
    """Return the private key locked with a passphrase, as JSON text with the parameters needed to unlock it."""
    _private(private)
    salt = secrets.token_bytes(nacl.pwhash.argon2id.SALTBYTES)
    box = bytes(nacl.secret.SecretBox(_derive(passphrase, salt, cost)).encrypt(private))
    wrapped = {"version": 1, "kdf": "argon2id", **asdict(cost), "salt": _text(salt), "box": _text(box)}
    return json.dumps(wrapped, sort_keys=True).encode()


def unwrap(wrapped: bytes, passphrase: str) -> bytes:
    """Return the private key. Raises WrongPassphrase, or BadKey when `wrapped` is not what `wrap` made."""
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
    """Return what a SecretBox holds, as its `decrypt` does, which would leave a copy in the memory. Raises CryptoError."""
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
    """Return five random words of a language of the screen with spaces between."""
    return " ".join(secrets.choice(words_of(language)) for _ in range(PASSPHRASE_WORDS))


def recovery_words(private: bytes) -> str:
    """Return the private key as 24 words (BIP 39, English list, with its checksum). Raises BadKey."""
    return _words().to_mnemonic(bytes(_private(private)))


def private_from_words(words: str) -> bytes:
    """Return the private key from its 24 words, however spaced or capitalised. Raises WrongWords."""
    bare = plain_words(words)
    try:
        private = bytes(_words().to_entropy(bare))
    except (ValueError, LookupError):
        raise WrongWords() from None
    if len(private) != KEY_BYTES:
        raise WrongWords()
    return private


def recovery_digits(words: str) -> str:
    """Return 24 words as a QR code has them: four digits for each, its place in the list from 0000 ("SeedQR")."""
    return "".join(f"{_words().wordlist.index(word):04}" for word in words.split())


def is_recovery(text: str) -> bool:
    """Tell whether a text has the shape of a recovery key, as words or as digits; a passphrase has not."""
    return len(text.split()) == RECOVERY_WORDS or bool(_DIGITS.fullmatch(text.strip()))


def private_from_paper(text: str) -> bytes:
    """Return the private key from its 24 words or from what their QR code says. Raises WrongWords."""
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
    """Return words as they are compared: one space between, in small letters and without marks, so that "hyvä" can be
    typed where there is no ä. No two words of a list are the same without them."""
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
