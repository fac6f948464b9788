"""An open transaction, temporary tables and large objects: nobody is held up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import psycopg
import pytest

from kiosk.hub import admin, migrations
from kiosk.hub.connection import HubConnection
from kiosk.hub.enrolment import join
from kiosk.hub.invitation import invite_text, saved
from tests.hub.conftest import settle
from tests.hub.hostile_tablet.world import BreakIn, Make, goes_on, owner_does
from tests.hub.server import Server


def test_an_open_transaction_stops_nobody(
    tablet: Make, break_in: BreakIn, invite: Callable[..., str], hub: str
) -> None:
    here, neighbour, other = tablet("Lumijoki"), tablet("Lumijoki"), tablet("Liminka")
    settle(here, neighbour, other)
    there = break_in(neighbour)
    there.db.execute("BEGIN; SELECT kiosk.renumber()")
    with closing(HubConnection(saved(other.folder), other.folder, answer=3)) as link:
        assert link.value("SELECT kiosk.renumber()")["number"] > 3
    goes_on(other)
    invite("Liminka", "New")
    owner_does(hub, "UPDATE kiosk.hub SET overdue = '0 s'")
    goes_on(here)  # of the same centre: after a time the transaction is ended
    with pytest.raises(psycopg.OperationalError):
        there.db.execute("COMMIT")
    lazy = break_in(neighbour)
    lazy.db.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
    lazy.db.execute("BEGIN; LISTEN everything; SELECT count(*) FROM kiosk.event")
    here.sync.hang_up()
    here.round()  # a greeting ends it
    with pytest.raises(psycopg.OperationalError):
        lazy.db.execute("COMMIT")


def test_the_roles_are_bounded(tablet: Make, break_in: BreakIn, hub: str) -> None:
    here = tablet()
    there = break_in(here)
    for name, value in (
        ("statement_timeout", "1min"),
        ("lock_timeout", "30s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ):
        assert there.ask(f"SHOW {name}") == value
    for statement in ("CREATE TEMP TABLE x (a int)", "CREATE TABLE kiosk.x (a int)", "CREATE SCHEMA x", "LOCK TABLE kiosk.tablet",
                      "SELECT kiosk.locked(1)", "SELECT kiosk.spend('x')", "SELECT kiosk.end_overdue()", "TABLE kiosk.used",
                      "SELECT nextval('kiosk.tablet_number')", "TABLE kiosk.put_aside", "SELECT secret FROM kiosk.hub"):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege), there.db.transaction():
            there.db.execute(statement.encode())
    there.db.execute("SELECT lo_from_bytea(0, %s)", (b"x" * 1_000_000,))
    here.round()
    assert owner_does(hub, "SELECT count(*) FROM pg_largeobject_metadata") == [(0,)]


def test_a_superuser_s_hub_lets_nobody_make_large_objects(server: Server, break_in: BreakIn, tablet: Make) -> None:
    url, here = server.new_database("whole"), tablet(joined=False)
    with admin.owner(url) as db:
        migrations.init(db)
        join(here.store, invite_text(admin.invite(db, centre="Lumijoki", name="Lobby")))
    for call in ("lo_create(0)", "lo_from_bytea(0, '')"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            break_in(here).db.execute(f"SELECT {call}".encode())
