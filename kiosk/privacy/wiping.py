"""Secrets leave the memory when they have served: what was freed without that can be read for hours."""

from __future__ import annotations

import ctypes

#: Where CPython keeps the content of a `bytes` in its object; its size counts one byte of content, the closing zero.
_CONTENT = bytes.__basicsize__ - 1


def wipe(secret: bytes | bytearray) -> None:
    """Overwrite a secret with zeros where it lies. Of `bytes` nobody else may hold the object any more: it is changed."""
    if isinstance(secret, bytearray):
        secret[:] = bytes(len(secret))
    elif secret:
        ctypes.memset(id(secret) + _CONTENT, 0, len(secret))
