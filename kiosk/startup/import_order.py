"""Imports changed in order, or without an optional dependency, to shorten the time to the first frame."""

from __future__ import annotations

import importlib
import sys


def import_peewee() -> None:
    """Import peewee without the psycopg that it looks for: the tablet uses SQLite, and the sync thread imports psycopg
    when it connects."""
    if "psycopg" in sys.modules:
        return  # imported already: nothing to save
    sys.modules["psycopg"] = None  # type: ignore[assignment]
    try:
        importlib.import_module("peewee")
    finally:
        del sys.modules["psycopg"]
