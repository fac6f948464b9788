"""Starts that ended badly, noted on the disk: after three within five minutes a plainer screen is shown instead.

A start is noted before anything else is done and struck out when the program ends as it should; so a crash, a watchdog
and a pulled plug all leave it there for the next start to find.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk import clock
from kiosk.files.atomic import write_atomic

#: The note, in the data folder.
FILE = "starts.json"
#: The exit code of a program that is to begin again at once, with other data or as it was.
AGAIN = 75
#: So many crashes within this time are too many.
MOST, WITHIN = 3, timedelta(minutes=5)


class CrashLog:
    """The starts of the kiosk with the data in `folder`. A disk that cannot be written keeps nothing from starting."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def begin(self, now: datetime) -> bool:
        """Note a start; returns whether the ones before crashed too often. The clock may have been set in between."""
        running, crashes = self._read()
        if running:
            crashes.append(now)  # it is started anew at once: this is about when it ended
        crashes = [at for at in crashes if abs(now - at) <= WITHIN]
        self._write(True, crashes)
        return len(crashes) >= MOST

    def end(self) -> None:
        """The program ends as it should."""
        self._write(False, self._read()[1])

    def forgive(self) -> None:
        """Forget all: the kiosk is tried again."""
        self._write(False, [])

    def _read(self) -> tuple[bool, list[datetime]]:
        try:
            noted: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
            return bool(noted["running"]), [clock.parse(at) for at in noted["crashes"]]
        except (OSError, ValueError, KeyError, TypeError):
            return False, []

    def _write(self, running: bool, crashes: list[datetime]) -> None:
        noted = {"running": running, "crashes": [clock.utc_text(at) for at in crashes]}
        with suppress(OSError):
            write_atomic(self._file, json.dumps(noted).encode(), private=True)
