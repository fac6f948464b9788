"""The tablet's own database: SQLite by peewee, forward-only migrations."""

from .ids import new_id
from .store import DataFolder, InstanceLock

__all__ = ["DataFolder", "InstanceLock", "new_id"]
