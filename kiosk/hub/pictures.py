"""Transfer of pictures between tablets, by content hash: small ones first, in chunks, so an interruption costs one
chunk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.files.atomic import write_atomic
from kiosk.journal import Store
from kiosk.pictures.store import SIZES, Pictures

if TYPE_CHECKING:
    from .connection import HubConnection

#: Bytes of a chunk.
PART = 64 * 1024
#: Chunks moved in one round, so that pictures do not delay tickets.
ROUND = 24
#: Upper limit of chunks; no stored picture has as many.
MOST_PARTS = 64
#: Pattern of a picture's name, which becomes a file name.
NAME = re.compile(r"[0-9a-f]{64}")
#: The names of all pictures: of things, of the centre's own categories, and of events.
ALL = """SELECT hash FROM photo UNION SELECT photo FROM own_category WHERE photo IS NOT NULL
         UNION SELECT photo FROM gathering WHERE photo IS NOT NULL ORDER BY 1"""
#: Pictures of one query.
ASKED = 200


class PictureSync:
    """Uploads and downloads pictures, a few chunks a round. Progress is kept in memory until the program ends."""

    def __init__(self, store: Store, pictures: Pictures) -> None:
        self._store, self._pictures = store, pictures
        self._up: set[tuple[str, str]] = set()
        # The picture being downloaded (name, size) and its chunks so far.
        self._coming: tuple[tuple[str, str], list[bytes]] = ("", ""), []

    def ask_again(self) -> None:
        """Assume nothing about which pictures the hub has."""
        self._up.clear()

    def round(self, link: HubConnection) -> bool:
        """Move up to ROUND chunks; returns whether there may be more."""
        rows = self._store.db.execute_sql(ALL).fetchall()
        hashes = [name for (name,) in rows if NAME.fullmatch(name)]  # names come from other tablets and may be invalid
        unsettled = [(size, name) for size in SIZES for name in hashes if (name, size) not in self._up]
        moved = 0
        for at in range(0, len(unsettled), ASKED):
            names = sorted({name for _size, name in unsettled[at : at + ASKED]})
            answer = link.rows("SELECT * FROM kiosk.pictures_of(%s)", (names,))
            there = {(name, size): (set(parts), count) for name, size, parts, count in answer}
            for size, name in unsettled[at : at + ASKED]:
                parts, count = there.get((name, size), (set(), 0))
                here = self._pictures.path(name, size).is_file()
                steps = self._send(link, name, size, parts) if here else self._fetch(link, name, size, parts, count)
                for _ in steps:
                    moved += 1
                    if moved >= ROUND:
                        return True
        return False

    def _send(self, link: HubConnection, name: str, size: str, there: set[int]) -> Iterator[None]:
        data = self._pictures.path(name, size).read_bytes()
        pieces = [data[at : at + PART] for at in range(0, len(data), PART)]
        for number, piece in enumerate(pieces):
            if number not in there:
                link.rows("SELECT kiosk.put_picture(%s, %s, %s, %s, %s)", (name, size, number, len(pieces), piece))
                yield
        self._up.add((name, size))

    def _fetch(self, link: HubConnection, name: str, size: str, there: set[int], count: int) -> Iterator[None]:
        """Download the missing chunks of a picture that is complete at the hub; an interrupted download resumes."""
        if not count or len(there) < count:
            return
        if self._coming[0] != (name, size):
            self._coming = (name, size), []
        parts = self._coming[1]
        for number in range(len(parts), min(count, MOST_PARTS)):
            [(piece,)] = link.rows(
                "SELECT data FROM kiosk.picture WHERE centre = kiosk.my_centre() AND hash = %s AND size = %s AND part = %s",
                (name, size, number),
            )
            parts.append(bytes(piece))
            yield
        data, self._coming = b"".join(parts), (("", ""), [])
        if size == "full" and hashlib.sha256(data).hexdigest() != name:
            return  # the hash does not match its name: start over next time
        path = self._pictures.path(name, size)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data, private=True)
        self._up.add((name, size))
