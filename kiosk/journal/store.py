"""The data folder for services: every write transaction has a journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from kiosk.data import DataFolder
from kiosk.files.storage_errors import storage_errors

from .entries import Journal

#: Checks of the running calls, called at the start of each transaction; each raises if it fails.
_GUARDS: ContextVar[tuple[Callable[[], None], ...]] = ContextVar("guards", default=())


class Store(DataFolder):
    """An open data folder. Threads share the object; each thread has its own SQLite connection."""

    @contextmanager
    def write(self, now: datetime) -> Iterator[Journal]:
        """One IMMEDIATE transaction; it is committed and fsynced when the block ends. An exception rolls it back; a nested
        block is a savepoint. Raises StorageTrouble if the disk is full, read-only or failing, DataInRepair if the database
        is damaged."""
        self.need_sound()
        begins = not self.db.in_transaction()
        with storage_errors(), self.db.atomic("IMMEDIATE"):
            for check in _GUARDS.get() if begins else ():
                check()
            yield Journal(self.db, now)

    @contextmanager
    def guarded(self, check: Callable[[], None]) -> Iterator[None]:
        """Call `check()` now and at the start of each transaction in the block: inside the transaction its result
        cannot become stale before the commit."""
        with storage_errors():
            check()
        before = _GUARDS.set((*_GUARDS.get(), check))
        try:
            yield
        finally:
            _GUARDS.reset(before)
