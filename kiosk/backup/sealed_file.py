"""Files sealed for the same recipients as requests: a random key for each file, sealed to every one of them.

After the magic line come the length of the head (4 bytes), the head (JSON: fingerprint -> sealed key), and libsodium's
secretstream (XChaCha20-Poly1305) in pieces of 64 KiB, the last one marked: so a file that was cut short is noticed.
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
#: A head names a few recipients; a longer one was not made here.
LONGEST_HEAD = 64 * 1024
_MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_SEALED_PIECE = PIECE + sodium.crypto_secretstream_xchacha20poly1305_ABYTES


class SealedWriter(io.RawIOBase):
    """Write to it what is to be sealed into `target`; `close` writes the end. `key` opens the file: it is in memory
    only, to read back what was written."""

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
        while len(self._held) > PIECE:  # the last piece is not known before the end
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
    """Read from it what was sealed into `source`, with a recipient's private key or the key of the file itself. Raises
    CannotOpen when it is another key, and DamagedCopy, on reading too, when the file was changed or cut short."""

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
    """Return the key of the file. The head is not sealed: where no box bears the name of the private key, one that it
    opens all the same tells that a name was changed, and it is another key only when it opens none."""
    if len(private) != KEY_BYTES:
        raise BadKey()
    mine = fingerprint(public_key(private))
    opened = {name: _unbox(text, private) for name, text in boxes.items()}
    if opened.get(mine):
        return cast(bytes, opened[mine])
    raise DamagedCopy() if mine in boxes or any(opened.values()) else CannotOpen()


def _unbox(text: object, private: bytes) -> bytes | None:
    """Return what is in a box, None when this key does not open it or it was changed."""
    try:
        box = base64.b64decode(cast(str, text), validate=True)
        if base64.b64encode(box).decode() != text:  # base64 lets a bit or two at the end be anything
            return None
        return SealedBox(PrivateKey(private)).decrypt(box)
    except (ValueError, TypeError, nacl.exceptions.CryptoError):
        return None
