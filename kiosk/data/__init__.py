"""The tablet's own database: SQLite by peewee, one journal, forward-only migrations."""

from kiosk.journal.entries import Journal

from .ids import new_id
from .store import InstanceLock, Store

__all__ = ["InstanceLock", "Journal", "Store", "new_id"]
