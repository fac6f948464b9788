"""A tablet that does as it likes: a PostgreSQL client with the credentials of one tablet, and lines it made up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from kiosk import clock
from kiosk.data import new_id
from kiosk.data.ids import following_id
from kiosk.hub.invitation import saved
from kiosk.journal.entries import BEGINNING, entry_text

CHAIR = {
    "item": "chair", "thing": "dining_chair", "names": None, "category": "furniture", "size": "", "age_group": "",
    "condition": "good", "place": "", "quantity": 1, "kg": None, "label_code": "F0000019", "arrived_on": "2026-11-24",
    "number": None, "donation": None, "photos": [],
}  # fmt: skip


def chair(item: str, **changes: Any) -> dict[str, Any]:
    """Return what `item.added` says of a chair."""
    return CHAIR | {"item": item, "label_code": item} | changes


def hashed(line: str) -> str:
    """Return the hash of a line."""
    return hashlib.sha256(line.encode()).hexdigest()


class Attacker:
    """Speaks to the hub as the tablet whose data folder this is, under a device of its own."""

    def __init__(self, folder: Path) -> None:
        self.db: psycopg.Connection[Any] = psycopg.connect(**saved(folder).parameters(folder), autocommit=True)
        self.begin_anew()

    def begin_anew(self) -> None:
        """Speak under a new device from now on."""
        self.device, self.seq, self.last = new_id(clock.utc_now()), 0, ""
        self.told = self.hash = BEGINNING  # of the last entry that was told, and of the last that was made

    def line(self, kind: str, payload: Any, who: str = "staff:x", **fields: str) -> str:
        """Return the next line of the chain; what `fields` name (device, id, time) is as they say."""
        now = clock.utc_now()
        self.seq, self.last = self.seq + 1, following_id(now, self.last)
        said = {"device": self.device, "id": self.last, "time": clock.utc_text(now)} | fields
        text = payload if isinstance(payload, str) else json.dumps(payload)
        line = entry_text(said["device"], self.seq, said["id"], said["time"], kind, who, text, self.hash)
        self.hash = hashed(line)
        return line

    def push(self, *lines: str, hashes: Sequence[str] = (), parcels: Any = ()) -> dict[str, Any]:
        """Tell lines, each of which follows those told before; returns the answer."""
        own = list(hashes) or [hashed(line) for line in lines]
        values = self.device, self.told, list(lines), own, json.dumps(parcels)
        answer = dict(self.ask("SELECT kiosk.push(%s, %s, %s, %s, %s::jsonb)", *values))
        self.told = self.hash = own[-1]
        return answer

    def say(self, kind: str, payload: Any, who: str = "staff:x", **fields: str) -> list[Any]:
        """Tell one entry; returns the verdict without its number."""
        answer = self.push(self.line(kind, payload, who, **fields))
        [[_seq, *verdict]] = answer["verdicts"]
        return verdict

    def ask(self, question: str, *values: Any) -> Any:
        """Return the only value of an answer."""
        [(value,)] = self.db.execute(question.encode(), values).fetchall()
        return value

    def close(self) -> None:
        self.db.close()
