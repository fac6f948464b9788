"""A hub in a real PostgreSQL, and tablets that belong to it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk import clock
from kiosk.hub import admin, migrations
from kiosk.hub.enrolment import join
from kiosk.hub.invitation import invite_text
from kiosk.hub.sync import Sync
from kiosk.journal import Store
from kiosk.pictures.store import Pictures
from kiosk.privacy.sealing import KeyPair, new_keypair
from kiosk.services import Services
from kiosk.settings import load
from tests.hub.server import Server
from tests.world import NOW

ZONE = clock.zone("Europe/Helsinki")
KEYS = new_keypair()


class Tablet:
    """A tablet with a data folder of its own. `now` moves on with every look, and may be wrong by `wrong`."""

    def __init__(self, folder: Path, *, wrong: timedelta = timedelta(), keys: KeyPair = KEYS) -> None:
        self.folder, self.wrong, self.moment = folder, wrong, NOW
        if not (folder / "kiosk.db").exists():
            store = Store.create(folder, now=self.now())
            store.set_recipients([keys.public])
            store.close()
        self.open()

    def open(self) -> None:
        self.store = Store.open(self.folder)
        self.services = Services(self.store, load(None))
        self.pictures = Pictures(self.folder / "pictures")
        self.sync = Sync(self.store, ZONE, self.pictures, self.now)
        self.services.gatherings.apply(self.services.settings.gatherings, NOW)

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=7)
        return self.moment + self.wrong

    def round(self) -> int:
        return self.sync.round()

    def close(self) -> None:
        self.sync.hang_up()
        self.store.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    server = Server()
    server.start()
    yield server
    server.stop()


_numbers = itertools.count()


@pytest.fixture
def hub(server: Server) -> str:
    """The address of a new hub, as its owner."""
    url = server.new_database(f"hub{next(_numbers)}")
    with admin.owner(url) as db:
        migrations.init(db)
    return url


@pytest.fixture
def invite(hub: str) -> Callable[..., str]:
    def make(centre: str = "Lumijoki", name: str = "Lobby", **values: str) -> str:
        with admin.owner(hub) as db:
            return invite_text(admin.invite(db, centre=centre, name=name, **values))

    return make


@pytest.fixture
def tablet(tmp_path: Path, invite: Callable[..., str]) -> Iterator[Callable[..., Tablet]]:
    """Make tablets; each joins the hub unless told not to."""
    made: list[Tablet] = []

    def make(centre: str = "Lumijoki", *, joined: bool = True, **values: object) -> Tablet:
        one = Tablet(tmp_path / f"tablet{len(made)}", **values)  # type: ignore[arg-type]
        made.append(one)
        if joined:
            join(one.store, invite(centre, f"Tablet {len(made)}"))
        return one

    yield make
    for one in made:
        one.close()


def settle(*tablets: Tablet) -> None:
    """Let tablets speak until nothing new is told."""
    for _ in range(20):
        before = [one.store.get_meta("hub_cursor") for one in tablets]
        for one in tablets:
            one.round()
        if before == [one.store.get_meta("hub_cursor") for one in tablets]:
            return
    raise AssertionError("they never come to rest")
