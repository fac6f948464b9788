"""Modules that are imported in another order, or without what they look for, so that the first picture does not wait."""

from __future__ import annotations

import importlib
import sys


def import_peewee() -> None:
    """Import peewee without psycopg, for which it looks: the tablet's database is SQLite, and the hub's thread imports
    psycopg when it connects."""
    if "psycopg" in sys.modules:
        return  # nothing is left to be spared
    sys.modules["psycopg"] = None  # type: ignore[assignment]
    try:
        importlib.import_module("peewee")
    finally:
        del sys.modules["psycopg"]
