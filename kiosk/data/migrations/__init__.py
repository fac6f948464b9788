"""Numbered steps of the schema, forward only. `m0001_first.py` has `STATEMENTS`; its number becomes user_version."""

from __future__ import annotations

import pkgutil
from importlib import import_module


def steps() -> list[tuple[int, tuple[str, ...]]]:
    """Return (number, SQL statements) of every migration, in order."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name.startswith("m"))
    return [(int(name[1:5]), import_module(f"{__name__}.{name}").STATEMENTS) for name in names]


def latest() -> int:
    """Return the newest schema version of this program."""
    return steps()[-1][0]
