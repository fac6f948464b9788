"""The data folder as services use it: whatever is written is written together with its journal entry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from kiosk.data import DataFolder
from kiosk.files.storage_errors import storage_errors

from .entries import Journal


class Store(DataFolder):
    """One data folder, open. Threads share it; each has its own connection."""

    @contextmanager
    def write(self, now: datetime) -> Iterator[Journal]:
        """One write transaction, begun at once (IMMEDIATE); it is on the disk when the block has ended. An error in the
        block undoes everything; a block inside another can fail alone. Raises StorageTrouble when the disk is full,
        read-only or failing."""
        self.need_sound()
        with storage_errors(), self.db.atomic("IMMEDIATE"):
            yield Journal(self.db, now)
