"""Two tablets of one centre and the hub between them, a real PostgreSQL. Its clock is that of the life."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import psycopg

from kiosk.hub import admin, migrations
from kiosk.hub.enrolment import join
from kiosk.hub.invitation import invite_text
from kiosk.hub.sync import Sync
from kiosk.journal import Store
from kiosk.privacy.sealing import new_keypair
from kiosk.settings import Settings
from tests.hub.invariants import check
from tests.hub.server import Server

from . import centre
from .player import Player

#: The hub's functions ask this clock: schema `kiosk` comes before PostgreSQL's own on their path. Those that look at the
#: server's sessions keep the real one.
CLOCK = """
CREATE TABLE kiosk.life (now timestamptz NOT NULL);
INSERT INTO kiosk.life VALUES ('epoch');
CREATE FUNCTION kiosk.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE SECURITY DEFINER
    SET search_path = kiosk, pg_temp AS 'SELECT now FROM life';
DO $$ DECLARE one regprocedure; BEGIN
    FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = 'kiosk'::regnamespace AND proname <> 'clock_timestamp'
        AND prosrc LIKE '%clock_timestamp%' AND prosrc NOT LIKE '%pg_stat_activity%' LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = kiosk, pg_catalog, pg_temp', one);
    END LOOP;
END $$"""
CENTRE = "Lumijoki"


class World:
    """What time it is, for everybody: `now` of the tablets, how long machines have been running, the clock of the hub."""

    now: ClassVar[datetime] = datetime.fromtimestamp(0, UTC)

    @classmethod
    def running(cls) -> float:
        return cls.now.timestamp()


class Hub:
    """The hub of one life."""

    def __init__(self, server: Server, name: str) -> None:
        self.url = server.new_database(name, _template(server))
        self._owner = psycopg.connect(self.url, autocommit=True)

    def invite(self, name: str) -> str:
        return invite_text(admin.invite(self._owner, centre=CENTRE, name=name))

    def sync(self, tablets: list[Tablet], now: datetime) -> None:
        """Let tablets speak until nothing new is told. They then show the same, and nothing is lost."""
        World.now = now
        self._owner.execute("UPDATE kiosk.life SET now = %s", (now,))
        heard = -1
        while heard != (heard := sum(tablet.sync.round() for tablet in tablets)) or heard:
            pass
        stores = [tablet.store for tablet in tablets]
        check(stores, self.url, CENTRE, set())

    def close(self) -> None:
        self._owner.close()


def _template(server: Server) -> str:
    """Return a database in which a hub was made, once for each server."""
    name = "life_template"
    with psycopg.connect(server.url(), autocommit=True) as db:
        known = db.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
    if not known:
        with admin.owner(server.new_database(name)) as db:
            migrations.init(db)
            admin.set_limit(db, changes=100_000)  # nobody is here who would agree to what is more than a day's
            db.execute(CLOCK)
    return name


class Tablet(Player):
    """A tablet that may join a hub. What things are called is known to both; staff are those of one tablet."""

    KEYS: ClassVar = [new_keypair(), new_keypair()]
    names: ClassVar[dict[str, dict[str, str]]] = {}

    def __init__(self, folder: Path, begins: datetime, settings: Settings, pragma: str = "") -> None:
        World.now = begins
        self.folder, self.settings, self.pragma, self.keys = folder, settings, pragma, [*self.KEYS]
        tables = "item ticket wish donation visit seat queue_number request pair shift volunteer"
        self.ids = {table: self.names.setdefault(table, {}) for table in tables.split()}
        folder.mkdir(parents=True)
        Store.create(folder, now=begins).close()
        self.open(begins)
        self.store.set_recipients([key.public for key in self.keys])

    def enrol(self, invitation: str) -> int:
        """Join the hub; returns the lane of the tablet: which hundred of the queue's numbers it gives."""
        return join(self.store, invitation).lane

    def open(self, now: datetime) -> None:
        World.now = now
        super().open(now)
        self.sync = Sync(self.store, centre.ZONE, None, lambda: World.now)

    def tell(self, event: object) -> str:
        World.now = event.at  # type: ignore[attr-defined]
        return super().tell(event)  # type: ignore[arg-type]

    def minute(self, now: datetime) -> None:
        World.now = now
        super().minute(now)

    def close(self) -> None:
        self.sync.hang_up()
        self.store.close()
