"""The hub on this tablet: a PostgreSQL of its own, which `serve` runs, and what the desk asks of it."""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import Popen
from typing import Any

import psycopg

from kiosk.errors import KioskError
from kiosk.journal import Store
from kiosk.postgres import certificate
from kiosk.postgres.cluster import Cluster
from kiosk.postgres.copies import LAST, restore_copy, write_copy
from kiosk.postgres.errors import PostgresFailed
from kiosk.postgres.programs import newest
from kiosk.postgres.switch import cluster_of, is_on, switch_off, switch_on

from . import admin, migrations
from .enrolment import join
from .errors import HubHasMoved, HubRunsAlready, NewerHub, NoNetwork, NotTheHub
from .invitation import Access
from .nearby import Announcement, own_addresses
from .short_invitation import HOST_NAME, short_text

log = logging.getLogger(__name__)

#: Seconds between looks at the addresses of this machine, and at whether the hub is still to run.
ADDRESSES, LOOK = 10.0, 0.5
#: Seconds between rewrites of the table with what may have been erased.
TIDY = 24 * 3600.0
#: File that says where the hub has moved to, and one that is there while it moves.
MOVED, MOVING = "moved", "moving"
#: Seconds that tablets get at most to hear where the hub moves to, and from a greeting until its answer is kept.
NOTICE, KEPT = 60.0, 2.0


def serve(
    folder: Path,
    stopped: threading.Event,
    *,
    ready: Callable[[], None] = lambda: None,
    alive: Callable[[], None] = lambda: None,
    copy: Path | None = None,
    port: int = 0,
) -> None:
    """Be the hub, with its data in a data folder, until `stopped` is set or it is switched off: make the cluster if there
    is none (from `copy`, or from what a backup brought), upgrade it, bring its schema up to date, and announce it.
    `ready()` is called when tablets can connect, `alive()` about every half second. Raises HubRunsAlready, HubHasMoved,
    HubThere, BadHubCopy, NoPostgres, PostgresFailed."""
    cluster = switch_on(folder, port)
    with _only_one(cluster):
        _prepare(cluster, copy)
        cluster = switch_on(folder, port or cluster.port)  # a copy brings the port that its tablets know
        ca = certificate.ensure(cluster.folder, HOST_NAME)
        with cluster.running(public=True) as server:
            with admin.owner(cluster.url) as db:
                _bring_up_to_date(db, ca)
            ready()
            _watch(cluster, server, ca, lambda: stopped.wait(LOOK) or not is_on(folder), alive)


def is_ready(folder: Path) -> bool:
    """Return whether the hub in a data folder runs, with the schema of this program."""
    cluster = cluster_of(folder)
    if not (cluster.folder / f".s.PGSQL.{cluster.port}").exists():
        return False
    with suppress(KioskError, psycopg.Error), admin.owner(cluster.url) as db:
        return migrations.version(db) >= migrations.latest()
    return False


def invite(
    folder: Path,
    *,
    centre: str,
    name: str = "",
    region: str | None = None,
    addresses: list[str] | None = None,
) -> tuple[str, str]:
    """Invite a tablet of a centre to the hub in a data folder; returns (its name, the short invitation). "{number}" in
    the name is the tablet's number in the centre. Raises NotTheHub, NoNetwork, HubAway."""
    where = own_addresses() if addresses is None else addresses
    if not where:
        raise NoNetwork()
    with _owner(folder) as db:
        number = 1 + sum(one.centre == centre for one in admin.tablets(db))
        name = (name or "Tablet {number}").replace("{number}", str(number))
        port = cluster_of(folder).port
        access = admin.invite(db, centre=centre, name=name, port=port, region=region, addresses=",".join(where))
    return name, short_text(access)


def join_own(store: Store, *, centre: str, name: str = "") -> Access:
    """Let the tablet that is the hub join it, over its own loopback address. Raises what `join` raises."""
    _name, text = invite(store.folder, centre=centre, name=name, addresses=["127.0.0.1"])
    return join(store, text)


def move(folder: Path, file: Path, *, to: str = "", notice: float = NOTICE) -> None:
    """Write the whole hub, pictures too, to `file`, and end it here for good. With `to` (addresses separated by commas)
    the tablets are told first where it will be. If the copy fails, the hub goes on here. Raises NotTheHub, HubAway,
    PostgresFailed, OSError."""
    cluster = cluster_of(folder)
    moving = cluster.folder / MOVING
    with _owner(folder) as db:
        if to:
            moving.touch(0o600)
            before = admin.hosts(db)
            admin.hosts(db, to + (f",{before}" if before else ""))
            _let_hear(db, notice)
    switch_off(folder)
    try:
        with _only_one(cluster, wait=60), cluster.running(public=False):
            write_copy(cluster, file, pictures=True)
        cluster.write(cluster.folder / MOVED, f"{to}\n")
    except BaseException:
        switch_on(folder, cluster.port)
        raise
    finally:
        moving.unlink(missing_ok=True)


@contextmanager
def _owner(folder: Path) -> Iterator[psycopg.Connection[Any]]:
    if not is_on(folder):
        raise NotTheHub()
    with admin.owner(cluster_of(folder).url) as db:
        yield db


def _prepare(cluster: Cluster, copy: Path | None) -> None:
    if (cluster.folder / MOVED).exists():
        raise HubHasMoved(to=(cluster.folder / MOVED).read_text().strip() or "–")
    (cluster.folder / MOVING).unlink(missing_ok=True)
    brought = cluster.folder / LAST
    if copy is not None:
        restore_copy(cluster, copy)
    elif not cluster.version and brought.is_file():
        restore_copy(cluster, brought)
    elif not cluster.version:
        cluster.found(*newest())
    else:
        try:
            cluster.upgrade()
        except PostgresFailed as error:  # the version before still has everything
            log.error("the upgrade failed: %s", error)


def _bring_up_to_date(db: psycopg.Connection[Any], ca: str) -> None:
    """Migrate the schema, bound the roles of tablets, and leave nothing erased in the files."""
    try:
        migrations.init(db, ca)
    except NewerHub as error:  # an update was taken back: tablets of both versions work with the newer schema
        log.warning("%s", error)
    for statement in admin.bounds_missing(db):
        db.execute(statement.encode())
    admin.tidy(db)


def _watch(
    cluster: Cluster, server: Popen[bytes], ca: str, ended: Callable[[], bool], alive: Callable[[], None]
) -> None:
    """Keep the hub's addresses told and announced until `ended()`. Raises PostgresFailed when the server ends."""
    told: list[str] = []
    due, tidy_due, announcement = 0.0, time.monotonic() + TIDY, None
    try:
        while not ended():
            if server.poll() is not None:
                raise PostgresFailed(reason="the server has ended")
            alive()
            if time.monotonic() < due:
                continue
            if time.monotonic() > tidy_due:
                tidy_due = time.monotonic() + TIDY
                _tidy(cluster)
            due, addresses = time.monotonic() + ADDRESSES, own_addresses()
            if addresses and addresses != told:
                announcement, told = _announce(cluster, ca, addresses, announcement), addresses
    finally:
        if announcement is not None:
            announcement.close()


def _tidy(cluster: Cluster) -> None:
    try:
        with admin.owner(cluster.url) as db:
            admin.tidy(db)
    except (KioskError, psycopg.Error) as error:
        log.warning("what was erased stays in the files of the hub for another day: %s", type(error).__name__)


def _announce(cluster: Cluster, ca: str, addresses: list[str], before: Announcement | None) -> Announcement | None:
    if not (cluster.folder / MOVING).exists():
        with suppress(KioskError, psycopg.Error), admin.owner(cluster.url) as db:
            admin.hosts(db, ",".join(addresses))
    if before is not None:
        before.close()
    try:
        return Announcement(ca, cluster.port, addresses)
    except OSError as error:
        log.warning("the hub is not announced: %s", error)
        return None


def _let_hear(db: psycopg.Connection[Any], notice: float) -> None:
    """End the tablets' connections, and wait until each has greeted the hub again and heard its hosts."""
    [now] = db.execute("SELECT clock_timestamp()").fetchone() or (None,)
    ended = "SELECT usename, pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'kiosk_t_%'"
    roles, end = [role for role, _ended in db.execute(ended).fetchall()], time.monotonic() + notice
    missing = "SELECT EXISTS (SELECT FROM kiosk.tablet WHERE role = ANY (%s) AND seen < %s)"
    while db.execute(missing, (roles, now)).fetchone() == (True,) and time.monotonic() < end:
        time.sleep(LOOK)
    time.sleep(min(KEPT, notice))


@contextmanager
def _only_one(cluster: Cluster, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of the hub. Raises HubRunsAlready when another process holds it for longer than `wait` seconds."""
    lock = cluster.folder / "lock"
    lock.touch(0o600)
    with lock.open("w") as file:
        end = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise HubRunsAlready() from None
                time.sleep(LOOK)
        yield
