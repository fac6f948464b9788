"""Tunes the heap of glibc so that free memory returns to the system: photos are allocated and freed by the megabyte, and the
fragments they leave are not used again. Does nothing with other C libraries.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

#: Parameters of mallopt, from glibc's malloc.h.
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
#: Blocks of this size or more are returned when freed, bytes; glibc would otherwise raise the threshold by itself.
LARGE = 128 * 1024

_libc = ctypes.CDLL(None)


def keep_one_heap() -> None:
    """Use one heap (arena) for all threads. Call it before threads start."""
    with suppress(AttributeError):
        _libc.mallopt(M_ARENA_MAX, 1)


def keep_nothing_large() -> None:
    """Return large blocks to the system when freed. Call it after the start, which reuses them (12 ms)."""
    with suppress(AttributeError):
        _libc.mallopt(M_MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Return free memory between used blocks to the system (malloc_trim): about 5 ms for 40 MB."""
    with suppress(AttributeError):
        _libc.malloc_trim(0)
