"""A pooler between tablets and hub, a standby that is promoted, a hub that can only be read or whose disk is full: tablets
go on, or say what is wrong; nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from kiosk.hub import admin, migrations
from kiosk.hub.connection import HubConnection
from kiosk.hub.enrolment import join
from kiosk.hub.errors import HubAway, HubDiskFull, HubReadOnly
from kiosk.hub.invitation import Access, invite_text, save, saved
from kiosk.hub.standing import look
from kiosk.hub.whereabouts import with_hosts
from tests.hub.conftest import Tablet, settle
from tests.hub.own import free_port, things
from tests.hub.server import USER, Server
from tests.small_disk import fill, small_disk

#: Debian and Ubuntu have it where the path of an ordinary user does not lead.
POOLER = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin") or "pgbouncer"


def add(tablet: Tablet) -> str:
    return str(tablet.services.goods.add(now=tablet.now(), who="shell", category="furniture", thing="sofa").id)


def answered(tablet: Tablet, ticket: str, thing: str) -> bool | None:
    """Return what the hub says of a reservation; a machine with other work may take longer than a visitor would wait."""
    answers = (tablet.sync.reserve(ticket, thing) for _ in range(10))
    return next((answer for answer in answers if answer is not None), None)


# a pooler in transaction mode


@pytest.fixture
def pooler(server: Server, hub: str) -> Iterator[int]:
    """Debian's PgBouncer in transaction mode before the hub: its port. One connection to the server serves all of a role."""
    port, folder = free_port(), Path(tempfile.mkdtemp(prefix="kiosk-pooler-"))
    with admin.owner(hub) as db:
        database = db.info.dbname
        db.execute(
            "DO $$ BEGIN CREATE ROLE pooler LOGIN SUPERUSER PASSWORD 'pooler'; EXCEPTION WHEN duplicate_object THEN END $$"
        )
    (folder / "users.txt").write_text('"pooler" "pooler"\n')
    (folder / "pooler.ini").write_text(
        f"""[databases]
{database} = host=127.0.0.1 port={server.port} auth_user=pooler
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = 1
"""
    )
    if USER:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, USER)
    command = [POOLER, "--quiet", str(folder / "pooler.ini")]
    as_user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"] if USER else []
    bouncer = subprocess.Popen([*as_user, *command], cwd=folder, stdout=subprocess.DEVNULL)
    yield port
    bouncer.terminate()
    bouncer.wait()
    shutil.rmtree(folder)


def test_two_tablets_behind_a_pooler_in_transaction_mode(
    pooler: int, server: Server, invite: Callable[..., str], tablet: Callable[..., Tablet]
) -> None:
    one, other = tablet(), tablet()
    for each in (one, other):
        through(each, pooler)
    first, second = add(one), add(other)
    settle(one, other)
    assert things(one, other) == [{first, second}] * 2
    ticket = one.services.tickets.reserve(item_id=first, language="fi", now=one.now(), held=[])
    settle(one, other)
    assert answered(other, "z" * 32, first) is False
    assert answered(one, ticket.id, first) is True
    with closing(HubConnection(saved(one.folder), one.folder, answer=1.5)) as quick:
        with closing(HubConnection(saved(one.folder), one.folder, answer=30)) as patient:
            for link, expected in ((quick, "1500ms"), (patient, "30s"), (quick, "1500ms")):
                assert link.value("SELECT current_setting('statement_timeout')") == expected
            for _ in range(8):  # a prepared statement would be missing on another connection
                assert patient.value("SELECT %s::int + 1", (1,)) == 2


def through(tablet: Tablet, port: int) -> None:
    save(replace(saved(tablet.folder), host="127.0.0.1", port=port), tablet.folder)


# a standby


class Standby(Server):
    """A standby of another server, by streaming replication."""

    def __init__(self, primary: Server) -> None:
        super().__init__()
        self._primary, self.port = primary, primary.port

    def make(self) -> None:
        with psycopg.connect(self._primary.url(), autocommit=True) as db:
            db.execute("CREATE ROLE replica LOGIN REPLICATION PASSWORD 'replica'")
        rules = self._primary.data / "pg_hba.conf"
        rules.write_text(rules.read_text() + "host replication replica 127.0.0.1/32 trust\n")
        with psycopg.connect(self._primary.url()) as db:
            db.execute("SELECT pg_reload_conf()")
        source = f"host=127.0.0.1 port={self._primary.port} user=replica"
        self._run("pg_basebackup", "-d", source, "-D", self.data, "-R", "-X", "stream", "-c", "fast", "--no-sync")

    def start(self, *options: str) -> None:
        super().start("-c listen_addresses=127.0.0.2", *options)

    def promote(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-w", "promote")


@pytest.fixture
def both() -> Iterator[tuple[Server, Standby]]:
    primary = Server()
    primary.start()
    standby = Standby(primary)
    standby.start()
    yield primary, standby
    standby.stop()
    shutil.rmtree(primary.folder, ignore_errors=True)


def test_a_standby_is_promoted_in_the_middle(both: tuple[Server, Standby], tablet: Callable[..., Tablet]) -> None:
    primary, standby = both
    url = primary.new_database("hub")
    one, other = tablet(joined=False), tablet(joined=False)
    with admin.owner(url) as db:
        migrations.init(db)
        for each in (one, other):
            join(each.store, invite_text(admin.invite(db, centre="Lumijoki", name="Lobby", host="127.0.0.1")))
    item = add(one)
    settle(one, other)
    replicated(url, standby)
    with admin.owner(url) as db:
        admin.hosts(db, "127.0.0.1,127.0.0.2")
    for each in (one, other):
        each.sync.hang_up()
    settle(one, other)
    primary.stop(keep=True)
    alone = add(one)
    with pytest.raises(HubAway):
        one.round()
    one.sync.hang_up()
    with pytest.raises(HubReadOnly):  # the standby answers, and takes nothing
        one.round()
    assert look(one.store).waiting
    standby.promote()
    for each in (one, other):
        each.sync.hang_up()
    later = add(other)
    settle(one, other)
    assert things(one, other) == [{item, alone, later}] * 2


def replicated(url: str, standby: Server) -> None:
    """Wait until the standby has what the primary has."""
    with admin.owner(url) as db:
        [position] = db.execute("SELECT pg_current_wal_lsn()").fetchone() or ("",)
    with psycopg.connect(standby.url("hub")) as db:
        for _ in range(200):
            if db.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", (position,)).fetchone() == (True,):
                return
            time.sleep(0.05)
    raise AssertionError("the standby does not follow")


def test_the_list_of_hosts_is_kept_and_checked() -> None:
    by_name = Access("db1.example.org", 5432, "hub", "r", "p", "PEM")
    assert with_hosts(by_name, "db1.example.org, db2.example.org").host == "db1.example.org,db2.example.org"
    for wrong in ("", "db1;rm", "a," * 9, "/var/run"):
        assert with_hosts(by_name, wrong) == by_name
    plain = replace(by_name, host="127.0.0.1", ca="")
    assert with_hosts(plain, "db2.example.org") == plain
    on_a_tablet = replace(by_name, host="kiosk-hub.local", addresses="127.0.0.1,192.168.1.5")
    assert with_hosts(on_a_tablet, "192.168.1.7").addresses == "127.0.0.1,192.168.1.7"
    assert with_hosts(on_a_tablet, "db2.example.org") == on_a_tablet


def test_tablets_hear_the_list_when_they_greet(hub: str, tablet: Callable[..., Tablet]) -> None:
    one = tablet()
    with admin.owner(hub) as db:
        admin.hosts(db, "127.0.0.1,localhost")
    one.round()
    if "localhost" not in saved(one.folder).host:
        one.sync.hang_up()
        one.round()
    assert saved(one.folder).host == "127.0.0.1,localhost"


# a hub that takes nothing


def test_a_hub_that_can_only_be_read_is_told_and_nothing_is_lost(hub: str, tablet: Callable[..., Tablet]) -> None:
    one, other = tablet(), tablet()
    settle(one, other)
    with admin.owner(hub) as db:
        name = db.info.dbname
        db.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'.encode())
    one.sync.hang_up()
    item = add(one)
    with pytest.raises(HubReadOnly):
        one.round()
    assert look(one.store).waiting
    with admin.owner(hub) as db:
        db.execute("SET default_transaction_read_only = off")
        db.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only'.encode())
    settle(one, other)
    assert things(other) == [{item}]


@pytest.mark.skipif(bool(os.geteuid()), reason="a small disk needs root")
def test_a_hub_whose_disk_is_full_is_told_and_nothing_is_lost(
    server: Server, tmp_path: Path, tablet: Callable[..., Tablet]
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="kiosk-full-"))
    folder.chmod(0o755)
    with small_disk(folder / "disk", megabytes=40) as place:
        shutil.chown(place, USER)
        with psycopg.connect(server.url(), autocommit=True) as db:
            db.execute(f"CREATE TABLESPACE small LOCATION '{place}'".encode())
            db.execute(b"CREATE DATABASE full_hub TABLESPACE small")
        url, one = server.url("full_hub"), tablet(joined=False)
        with admin.owner(url) as db:
            migrations.init(db)
            join(one.store, invite_text(admin.invite(db, centre="Lumijoki", name="Lobby", host="127.0.0.1")))
        one.round()
        filling = fill(place)
        with pytest.raises(HubDiskFull):
            until_full(one)
        item = add(one)
        one.sync.hang_up()
        assert look(one.store).waiting
        filling.unlink()
        one.round()
        assert not look(one.store).waiting
        with admin.owner(url) as db:
            assert db.execute("SELECT count(*) FROM kiosk.event WHERE subject = %s", (item,)).fetchone() == (1,)
        one.close()
        with psycopg.connect(server.url(), autocommit=True) as db:
            db.execute(b"DROP DATABASE full_hub WITH (FORCE)")
            db.execute(b"DROP TABLESPACE small")
    shutil.rmtree(folder)


def until_full(tablet: Tablet) -> None:
    """Fill the pages that the hub has left."""
    for _ in range(40):
        for _ in range(20):
            add(tablet)
        tablet.round()
