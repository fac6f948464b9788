"""Keep what this version of the program lives, for the versions after it: ``python -m tests.life.keep [--seed 1] [--days 49]``.

Before a migration is added, this makes `earlier/version-31.zip` of the schema that is there, and others by their number.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from datetime import date, time
from pathlib import Path

from kiosk.data.migrations import latest
from kiosk.data.store import FILE

from .living import Life, live
from .past import FOLDER

#: As in `test_life`: over New Year's week.
BEGINS = date(2026, 11, 9)


def keep(life: Life, days: int, path: Path) -> None:
    """Write a closed life of so many days to a zip file, as `Past` reads it."""
    player = life.player
    with closing(sqlite3.connect(player.folder / FILE)) as db:
        db.execute("PRAGMA journal_mode = DELETE")  # all in one file
        db.execute("VACUUM")
    said = {
        "begins": life.begins,
        "days": days,
        "ids": player.ids,
        "keys": [(key.private.hex(), key.public.hex()) for key in player.keys],
        "story": [(event.at, event.verb, event.said) for event in life.story],
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as kept:
        kept.writestr("life.json", json.dumps(said, default=iso, ensure_ascii=False))
        kept.write(player.folder / FILE, FILE)


def iso(value: date | time) -> str:
    """Return a day, time or moment for JSON."""
    return value.isoformat()


def main() -> None:
    """Live and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=49)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="life-") as folder:
        path = FOLDER / f"version-{latest()}.zip"
        keep(live(Path(folder) / "data", asked.seed, BEGINS, asked.days), asked.days, path)
        print(path)


if __name__ == "__main__":
    main()
