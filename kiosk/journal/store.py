"""The data folder as services use it: whatever is written is written together with its journal entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from kiosk.data import DataFolder
from kiosk.files.storage_errors import storage_errors

from .entries import Journal

#: What must hold at the start of each transaction of the calls that run; each raises if it does not.
_GUARDS: ContextVar[tuple[Callable[[], None], ...]] = ContextVar("guards", default=())


class Store(DataFolder):
    """One data folder, open. Threads share it; each has its own connection."""

    @contextmanager
    def write(self, now: datetime) -> Iterator[Journal]:
        """One write transaction, begun at once (IMMEDIATE); it is on the disk when the block has ended. An error in the
        block undoes everything; a block inside another can fail alone. Raises StorageTrouble when the disk is full,
        read-only or failing."""
        self.need_sound()
        begins = not self.db.in_transaction()
        with storage_errors(), self.db.atomic("IMMEDIATE"):
            for check in _GUARDS.get() if begins else ():
                check()
            yield Journal(self.db, now)

    @contextmanager
    def guarded(self, check: Callable[[], None]) -> Iterator[None]:
        """Let `check()` raise now, and again at the start of each transaction that begins in the block: what it reads
        there can change no more before the change is on the disk."""
        with storage_errors():
            check()
        before = _GUARDS.set((*_GUARDS.get(), check))
        try:
            yield
        finally:
            _GUARDS.reset(before)
