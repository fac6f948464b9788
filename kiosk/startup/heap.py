"""Memory of the C library that is free goes back to the system: pictures come and go by the megabyte, and what a heap
keeps of them is never used again. Where the library is not glibc, nothing is done."""

from __future__ import annotations

import ctypes
from contextlib import suppress

#: Parameters of mallopt, from glibc's malloc.h.
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
#: Larger blocks are given back as soon as they are free, bytes; unset, the threshold would grow by itself.
LARGE = 128 * 1024

_libc = ctypes.CDLL(None)


def keep_one_heap() -> None:
    """Keep one heap for all threads. Called before the threads begin."""
    with suppress(AttributeError):
        _libc.mallopt(M_ARENA_MAX, 1)


def keep_nothing_large() -> None:
    """Give large blocks back as soon as they are free. Called after the start, which uses them again and again."""
    with suppress(AttributeError):
        _libc.mallopt(M_MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Give back what is free in between; takes about 5 ms for 40 MB."""
    with suppress(AttributeError):
        _libc.malloc_trim(0)
