"""A tablet that is the hub: a data folder that belongs to the user Debian made for PostgreSQL, served on a thread."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.hub import here
from kiosk.postgres import cluster
from tests.hub.server import USER

#: Nobody cuts the power of a test.
cluster._SETTINGS["fsync"] = "off"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def new_folder() -> Iterator[Path]:
    """A data folder that is thrown away, short enough for the name of a socket."""
    folder = Path(tempfile.mkdtemp(prefix="kiosk-own-"))
    if not os.geteuid():
        shutil.chown(folder, USER, USER)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


class OwnHub:
    """The hub of a data folder; `start` and `stop` are what its service does."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.error = folder, free_port(), None

    def start(self, copy: Path | None = None) -> None:
        self.stopped, self.error, ready = threading.Event(), None, threading.Event()

        def run() -> None:
            try:
                here.serve(self.folder, self.stopped, ready=ready.set, copy=copy, port=self.port)
            except Exception as error:
                self.error = error
            finally:
                ready.set()

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        assert ready.wait(60)
        if self.error is not None:
            raise self.error

    def stop(self) -> None:
        self.stopped.set()
        self.thread.join(60)

    def invite(self, centre: str = "Lumijoki") -> str:
        """The short invitation of the next tablet, on loopback."""
        return here.invite(self.folder, centre=centre, addresses=["127.0.0.1"])[1]


@contextmanager
def own_hub() -> Iterator[OwnHub]:
    with new_folder() as folder:
        hub = OwnHub(folder)
        hub.start()
        yield hub
        hub.stop()


def things(*tablets: Any) -> list[set[str]]:
    """The ids of the goods on some tablets."""
    sql = "SELECT id FROM item"
    return [{row[0] for row in one.store.db.execute_sql(sql).fetchall()} for one in tablets]
