"""The journal: an append-only log with one hash-chained entry for each change, written in the transaction of that change."""

from .entries import Journal
from .store import Store

__all__ = ["Journal", "Store"]
