"""The tablet's own SQLite database: peewee models, forward-only migrations, snapshots, ids."""

from .ids import new_id
from .store import DataFolder, InstanceLock

__all__ = ["DataFolder", "InstanceLock", "new_id"]
