"""The journal: every change is one entry, chained by hashes, written in the transaction of the change itself."""

from .entries import Journal
from .store import Store

__all__ = ["Journal", "Store"]
