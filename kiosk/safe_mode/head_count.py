"""Head count in safe mode: into the database if it opens, else into a plain file that is imported when it opens
again."""

from __future__ import annotations

import json
import logging
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk import clock
from kiosk.data import new_id
from kiosk.files.atomic import fsync
from kiosk.journal import Store
from kiosk.services import Services
from kiosk.settings import Settings

log = logging.getLogger(__name__)

#: File in the data folder, one line a person.
FILE = "counted.jsonl"
#: Author of these visits in the journal.
WHO = "safe"


class HeadCount:
    """Counts people one by one. When `add` returns, the count is on the disk (fsynced)."""

    def __init__(self, folder: Path, settings: Settings, now: datetime, *, schedule: bool = True) -> None:
        """Open the data in `folder`. Without `schedule` neither the series nor the opening hours of `settings` are
        applied: they are defaults, because the centre's own settings cannot be read."""
        self._file = folder / FILE
        self._services: Services | None = None
        self._in_database: set[str] = set()
        if not schedule:
            settings = settings._replace(opening={})
        try:
            services = Services(Store.open(folder), settings)
            if schedule:
                services.gatherings.apply(settings.gatherings, now)
            self._services = services
        except Exception as error:  # any error: fall back to the file
            log.error("the database does not open: %s", type(error).__name__)

    def add(self, now: datetime) -> str:
        """Count a person; returns the visit id. Raises OSError if neither database nor file can be written."""
        visit_id = new_id(now)
        try:
            if self._services and _check_in(self._services, visit_id, now):
                self._in_database.add(visit_id)
                return visit_id
        except Exception as error:
            log.error("not counted in the database: %s", type(error).__name__)
        self._note({"id": visit_id, "at": clock.utc_text(now)})
        return visit_id

    def undo(self, visit_id: str, now: datetime) -> None:
        """Undo a count. Raises OSError, KioskError."""
        if visit_id in self._in_database and self._services:
            self._services.attendance.undo(visit_id=visit_id, now=now, who=WHO)
        else:
            self._note({"undo": visit_id})

    def close(self) -> None:
        """Close the database."""
        if self._services:
            self._services.store.close()

    def _note(self, line: dict[str, str]) -> None:
        new = not self._file.exists()
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())
        if new:
            fsync(self._file.parent)


def bring_in(services: Services, now: datetime) -> int:
    """Import the file into the database, then delete it; returns how many. Safe to repeat after an interruption: each
    line has a visit id. Counts outside any gathering are dropped."""
    file = services.store.folder / FILE
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    said = [line for line in map(_parsed, lines) if line]
    gone = {line["undo"] for line in said if "undo" in line}
    people = [line for line in said if "id" in line and line["id"] not in gone]
    brought = sum(_check_in(services, line["id"], clock.parse(line["at"])) for line in people)
    if brought < len(people):
        with services.store.write(now) as journal:
            journal.append("safe.without_gathering", WHO, {"people": len(people) - brought})
    file.unlink()
    return brought


def _check_in(services: Services, visit_id: str, at: datetime) -> bool:
    sessions = services.gatherings.counted_now(at)
    if not sessions:
        return False
    session = next((one for one in sessions if one.ends_at > at), sessions[-1])
    language = services.settings.centre.default_language
    services.attendance.check_in(visit_id=visit_id, session_id=session.id, language=language, now=at, who=WHO)
    return True


def _parsed(line: str) -> dict[str, Any]:
    """Parse a line; an incomplete one, torn by a power cut, gives {}."""
    try:
        said = json.loads(line)
        if "id" in said:
            clock.parse(said["at"])
    except (ValueError, KeyError, TypeError):
        return {}
    return said if isinstance(said, dict) else {}
