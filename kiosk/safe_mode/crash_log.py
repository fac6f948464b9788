"""The crash log: after three crashes within five minutes the safe screen is shown instead of the kiosk.

A start is written before anything else and deleted on a regular exit, so a crash, a watchdog reset and a power cut all
leave it for the next start to find.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk import clock
from kiosk.files.atomic import write_atomic

#: File name in the data folder.
FILE = "starts.json"
#: Exit code of a requested restart, with other data or unchanged.
AGAIN = 75
#: Number of crashes, and the period in which they are too many.
MOST, WITHIN = 3, timedelta(minutes=5)


class CrashLog:
    """The crash log of `folder`. A disk that cannot be written never prevents a start."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def begin(self, now: datetime) -> bool:
        """Write a start; returns whether earlier ones crashed too often. Tolerates a clock that was set in between."""
        running, crashes = self._read()
        if running:
            crashes.append(now)  # systemd restarts at once, so the time of the start is about that of the crash
        crashes = [at for at in crashes if abs(now - at) <= WITHIN]
        self._write(True, crashes)
        return len(crashes) >= MOST

    def end(self) -> None:
        """Delete the start: the program exits regularly."""
        self._write(False, self._read()[1])

    def forgive(self) -> None:
        """Delete the log, so that the kiosk is tried again."""
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
