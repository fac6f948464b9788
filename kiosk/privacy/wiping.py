"""Secrets leave the memory when they have served: what was freed without that can be read for hours."""

from __future__ import annotations

import ctypes
import sys

#: Where CPython keeps the content of a `bytes` in its object; its size counts one byte of content, the closing zero.
_CONTENT = bytes.__basicsize__ - 1
#: Where it keeps the signs of a `str`: behind the head of a text in ASCII, or of another one.
_ASCII, _OTHER = sys.getsizeof("") - 1, str.__basicsize__ - ctypes.sizeof(ctypes.c_void_p)
#: The sizes in bytes in which the interpreter hands out memory that was freed, the same for all threads, and how much of
#: each is overwritten; the sizes that each thread gets from the C library, and how many blocks.
_POOLS, _POOLED = range(48, 513, 16), 1 << 22
_LARGER, _BLOCKS = (*range(528, 4100, 16), 8000, 16_000, 64_000), 48


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


def scrub(*, pools: bool = True) -> None:
    """Overwrite memory that was freed, where pieces of a secret are left by whoever handled them: small pieces for the whole
    process, unless `pools` is false, and larger ones of the thread that calls. Takes about 0.1 s with the pools, else 10 ms."""
    for size in _POOLS if pools else ():
        _fill(size, _POOLED // size)
    for size in _LARGER:
        _fill(size, _BLOCKS)


def _fill(size: int, count: int) -> None:
    held = [bytes(size - _CONTENT - 1) for _ in range(count)]
    del held
