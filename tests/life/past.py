"""What earlier versions of the program lived: data folders of theirs, each with its story. Imports nothing of the program.

`earlier/version-23.zip` was made by the program whose schema had that number, at the end of a life of these tests: its database,
and what was lived, with the program's ids of all that the story names.
"""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from . import centre
from .story import Event

FOLDER = Path(__file__).with_name("earlier")
#: The file of each version.
VERSIONS = {int(path.stem.partition("-")[2]): path for path in sorted(FOLDER.glob("version-*.zip"))}
#: Arguments of events that are no plain values.
READ = {
    "day": date.fromisoformat,
    "begins": datetime.fromisoformat,
    "start": time.fromisoformat,
    "end": time.fromisoformat,
}


class Past:
    """The life of one earlier version: `days` from `begins`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with zipfile.ZipFile(self._path) as kept:
            said = json.loads(kept.read("life.json"))
        self.begins, self.days = date.fromisoformat(said["begins"]), int(said["days"])
        self._ids, self._story = said["ids"], said["story"]
        #: Private and public part of each key.
        self.keys = [tuple(map(bytes.fromhex, pair)) for pair in said["keys"]]

    @property
    def until(self) -> date:
        """The morning of the update."""
        return self.begins + timedelta(days=self.days)

    @cached_property
    def story(self) -> list[Event]:
        return [Event(datetime.fromisoformat(at), verb, plain(said)) for at, verb, said in self._story]

    def on(self, day: date) -> list[Event]:
        return [event for event in self.story if centre.today(event.at) == day]

    @property
    def names(self) -> int:
        """The highest number in a name of the story."""
        names = (name for table in self._ids.values() for name in table)
        return max((int(number) for name in names for number in re.findall(r"\d+", name)), default=0)

    def unpack(self, folder: Path) -> dict[str, dict[str, str]]:
        """Lay out the data folder; returns the program's ids by table and name."""
        (folder / "pictures").mkdir(parents=True)
        with zipfile.ZipFile(self._path) as kept:
            kept.extract("kiosk.db", folder)
        return {table: {**names} for table, names in self._ids.items()}


def plain(said: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of an event as they were before JSON."""
    lists = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return {name: READ[name](value) if name in READ else value for name, value in lists.items()}
