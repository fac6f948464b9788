"""Overwrites secrets in memory after use: freed memory may otherwise be readable for hours."""

from __future__ import annotations

import ctypes
import sys

#: Offset of the content in CPython's `bytes` object; its size includes one byte of content, the final zero.
_CONTENT = bytes.__basicsize__ - 1
#: Offset of the characters in a `str`: after the header of an ASCII or of another string.
_ASCII, _OTHER = sys.getsizeof("") - 1, str.__basicsize__ - ctypes.sizeof(ctypes.c_void_p)
#: Size classes in bytes of the interpreter's allocator, shared by all threads, and how much of each is overwritten;
#: sizes from each thread's C heap, and the number of blocks.
_POOLS, _POOLED = range(48, 513, 16), 1 << 22
_LARGER, _BLOCKS = (*range(528, 4100, 16), 8000, 16_000, 64_000), 48


def wipe(secret: bytes | bytearray) -> None:
    """Overwrite a secret with zeros in place. A `bytes` object is modified: nobody else may still use it."""
    if isinstance(secret, bytearray):
        secret[:] = bytes(len(secret))
    elif secret:
        ctypes.memset(id(secret) + _CONTENT, 0, len(secret))


def wipe_text(text: str) -> None:
    """Overwrite a text with zeros in place. The object is modified: nobody else may still use it. One-character strings
    are skipped, since the interpreter shares them."""
    if len(text) < 2:
        return
    width = 1 if max(text) < "\u0100" else 2 if max(text) < "\U00010000" else 4
    ctypes.memset(id(text) + (_ASCII if text.isascii() else _OTHER), 0, len(text) * width)


def scrub(*, pools: bool = True) -> None:
    """Overwrite freed memory, which may hold copies of a secret: small blocks of the whole process, unless `pools` is
    false, and larger ones of the calling thread. Takes about 0.1 s with the pools, else 10 ms."""
    for size in _POOLS if pools else ():
        _fill(size, _POOLED // size)
    for size in _LARGER:
        _fill(size, _BLOCKS)


def _fill(size: int, count: int) -> None:
    held = [bytes(size - _CONTENT - 1) for _ in range(count)]
    del held
