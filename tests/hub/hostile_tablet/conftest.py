"""A hub whose owner is no superuser, and a way in for a hostile tablet."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from kiosk.hub import admin, migrations
from tests.hub.conftest import Tablet
from tests.hub.hostile_tablet.attacker import Attacker
from tests.hub.hostile_tablet.world import KEEPER, BreakIn
from tests.hub.server import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    server = Server()
    server.start()
    with psycopg.connect(server.url(), autocommit=True) as db:
        db.execute(f"CREATE ROLE {KEEPER} LOGIN CREATEROLE PASSWORD '{KEEPER}'".encode())
    yield server
    server.stop()


@pytest.fixture
def hub(server: Server, request: pytest.FixtureRequest) -> str:
    name = f"hostile{abs(hash(request.node.nodeid))}"
    with psycopg.connect(server.url(), autocommit=True) as db:
        db.execute(f'CREATE DATABASE "{name}" OWNER {KEEPER}'.encode())
    url = server.url(name).replace("owner@", f"{KEEPER}:{KEEPER}@")
    with admin.owner(url) as db:
        migrations.init(db)
    return url


@pytest.fixture
def break_in() -> Iterator[BreakIn]:
    made: list[Attacker] = []

    def make(tablet: Tablet) -> Attacker:
        made.append(Attacker(tablet.folder))
        return made[-1]

    yield make
    for one in made:
        one.close()
