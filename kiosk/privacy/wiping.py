"""Secrets leave the memory when they have served: what was freed without that can be read for hours."""

from __future__ import annotations

import ctypes
import sys

#: Where CPython keeps the content of a `bytes` in its object; its size counts one byte of content, the closing zero.
_CONTENT = bytes.__basicsize__ - 1
#: Where it keeps the signs of a `str`: behind the head of a text in ASCII, or of another one.
_ASCII, _OTHER = sys.getsizeof("") - 1, str.__basicsize__ - ctypes.sizeof(ctypes.c_void_p)
#: The sizes in bytes in which memory that was freed is handed out again, and how much of each is overwritten: small ones are
#: what texts are made of.
_SIZES, _MOST, _BLOCKS = (*range(48, 513, 16), 700, 1000, 2000, 4000, 16_000, 64_000), 1 << 19, 4000


def wipe(secret: bytes | bytearray) -> None:
    """Overwrite a secret with zeros where it lies. Of `bytes` nobody else may hold the object any more: it is changed."""
    if isinstance(secret, bytearray):
        secret[:] = bytes(len(secret))
    elif secret:
        ctypes.memset(id(secret) + _CONTENT, 0, len(secret))


def wipe_text(text: str) -> None:
    """Overwrite a text with zeros where it lies. Nobody else may hold the object any more: it is changed. A single sign is
    left, which the interpreter shares."""
    if len(text) < 2:
        return
    width = 1 if max(text) < "\u0100" else 2 if max(text) < "\U00010000" else 4
    ctypes.memset(id(text) + (_ASCII if text.isascii() else _OTHER), 0, len(text) * width)


def scrub() -> None:
    """Overwrite memory that was freed, where pieces of a secret are left by whoever handled them: as many blocks of each size
    as the interpreter is likely to have free. Takes about 20 ms."""
    held = [bytes(size - _CONTENT - 1) for size in _SIZES for _ in range(min(_BLOCKS, _MOST // size))]
    del held
