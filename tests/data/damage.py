"""What a dying card does."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path


def damage_table(folder: Path, table: str) -> None:
    """Overwrite the first page of a table of the database in `folder`, which nobody has open."""
    file = folder / "kiosk.db"
    with closing(sqlite3.connect(file)) as db:
        [(page,)] = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchall()
        [(size,)] = db.execute("PRAGMA page_size").fetchall()
    with file.open("r+b") as whole:
        whole.seek((page - 1) * size)
        whole.write(random.Random(7).randbytes(size))
