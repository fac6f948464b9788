"""Files sealed to the recipients of requests: a random file key, sealed to each recipient.

After the magic line come the header length (4 bytes), the header (JSON: fingerprint -> sealed key), and libsodium's
secretstream (XChaCha20-Poly1305) in chunks of 64 KiB. The last chunk has the final tag, which detects truncation.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterable
from typing import BinaryIO, cast

import nacl.bindings as sodium
import nacl.exceptions
from nacl.public import PrivateKey, PublicKey, SealedBox

from kiosk.privacy.sealing import KEY_BYTES, BadKey, CannotOpen, DamagedCopy, fingerprint, public_key

MAGIC = b"LUMIJOBI SEALED 1\n"
PIECE = 64 * 1024
#: Upper limit of the header in bytes: it lists a few recipients only.
LONGEST_HEAD = 64 * 1024
_MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_SEALED_PIECE = PIECE + sodium.crypto_secretstream_xchacha20poly1305_ABYTES


class SealedWriter(io.RawIOBase):
    """A stream that encrypts into `target`; `close` writes the final chunk. `key` is the file key, kept in memory only,
    to verify the file after it was written."""

    def __init__(self, target: BinaryIO, recipients: Iterable[bytes]) -> None:
        self.key = sodium.crypto_secretstream_xchacha20poly1305_keygen()
        boxes = {
            fingerprint(public): base64.b64encode(SealedBox(PublicKey(public)).encrypt(self.key)).decode()
            for public in recipients
        }
        if not boxes:
            raise ValueError("nobody to seal to")
        head = json.dumps({"boxes": boxes}, sort_keys=True).encode()
        self._target, self._held = target, bytearray()
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        start = sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, self.key)
        target.write(MAGIC + len(head).to_bytes(4, "big") + head + start)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._held += data
        while len(self._held) > PIECE:  # one chunk is held back: the last one gets the final tag
            self._push(bytes(self._held[:PIECE]), _MORE)
            del self._held[:PIECE]
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._push(bytes(self._held), _LAST)
            super().close()

    def _push(self, piece: bytes, tag: int) -> None:
        self._target.write(sodium.crypto_secretstream_xchacha20poly1305_push(self._state, piece, b"", tag))


class SealedReader(io.RawIOBase):
    """A stream that decrypts `source`, with a recipient's private key or the file key. Raises CannotOpen for a wrong
    key and, also while reading, DamagedCopy for a file that was changed or truncated."""

    def __init__(self, source: BinaryIO, *, private: bytes | None = None, key: bytes | None = None) -> None:
        self._source, self._held, self._over = source, b"", False
        boxes = _head(source)
        key = key or _key(boxes, private or b"")
        start = source.read(sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES)
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        try:
            sodium.crypto_secretstream_xchacha20poly1305_init_pull(self._state, start, key)
        except (nacl.exceptions.CryptoError, ValueError, TypeError):
            raise DamagedCopy() from None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._over and (size < 0 or len(self._held) < size):
            self._pull()
        size = len(self._held) if size < 0 else size
        piece, self._held = self._held[:size], self._held[size:]
        return piece

    def _pull(self) -> None:
        sealed = self._source.read(_SEALED_PIECE)
        try:
            piece, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(self._state, sealed, b"")
        except (nacl.exceptions.CryptoError, ValueError, TypeError):
            raise DamagedCopy() from None
        self._held += piece
        self._over = tag == _LAST
        if self._over and self._source.read(1):
            raise DamagedCopy()


def _head(source: BinaryIO) -> dict[str, str]:
    if source.read(len(MAGIC)) != MAGIC:
        raise DamagedCopy()
    length = int.from_bytes(source.read(4), "big")
    if length > LONGEST_HEAD:
        raise DamagedCopy()
    try:
        boxes = json.loads(source.read(length))["boxes"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DamagedCopy() from None
    if not isinstance(boxes, dict) or not boxes:
        raise DamagedCopy()
    return boxes


def _key(boxes: dict[str, str], private: bytes) -> bytes:
    """Return the file key. The header is not authenticated: if no box has this key's fingerprint, all are tried. One
    that opens shows that a fingerprint was changed (DamagedCopy); none means a wrong key (CannotOpen)."""
    if len(private) != KEY_BYTES:
        raise BadKey()
    mine = fingerprint(public_key(private))
    opened = {name: _unbox(text, private) for name, text in boxes.items()}
    if opened.get(mine):
        return cast(bytes, opened[mine])
    raise DamagedCopy() if mine in boxes or any(opened.values()) else CannotOpen()


def _unbox(text: object, private: bytes) -> bytes | None:
    """Return the content of a sealed box; None when this key does not open it or it was changed."""
    try:
        box = base64.b64decode(cast(str, text), validate=True)
        if base64.b64encode(box).decode() != text:  # base64 ignores the unused bits of the last character
            return None
        return SealedBox(PrivateKey(private)).decrypt(box)
    except (ValueError, TypeError, nacl.exceptions.CryptoError):
        return None
