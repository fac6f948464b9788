"""The tablet's own database: SQLite by peewee, one journal, forward-only migrations."""

from .database import InstanceLock, Store
from .ids import new_id
from .journal import Journal

__all__ = ["InstanceLock", "Journal", "Store", "new_id"]
