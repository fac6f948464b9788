"""The data folder as services use it: every write transaction has a journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from kiosk.data import DataFolder
from kiosk.files.storage_errors import storage_errors

from .entries import Journal


class Store(DataFolder):
    """An open data folder. Threads share the object; each thread has its own SQLite connection."""

    @contextmanager
    def write(self, now: datetime) -> Iterator[Journal]:
        """One IMMEDIATE transaction; it is committed and fsynced when the block ends. An exception rolls it back; a nested
        block is a savepoint. Raises StorageTrouble if the disk is full, read-only or failing, DataInRepair if the database
        is damaged."""
        self.need_sound()
        with storage_errors(), self.db.atomic("IMMEDIATE"):
            yield Journal(self.db, now)
