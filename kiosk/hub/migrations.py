"""The versions of the hub's schema: creates it, migrates it while tablets are connected, and installs the declarations of
this program. Runs as the database owner."""

from __future__ import annotations

from contextlib import suppress
from importlib.resources import files
from typing import Any

import psycopg
from psycopg import sql

from kiosk.data.migrations import latest as data_version

from .declared import declared_fault
from .errors import HubBusy, NewerHub, NoHub, OlderHub

#: Group roles that hold the privileges; the roles of tablets and of readers are members.
TABLETS, REGIONS = "kiosk_tablet", "kiosk_region"
#: Attempts, and lock timeout of each in seconds, of a migration while tablets hold locks. PostgreSQL looks for deadlocks
#: after a second; the migration has given up by then, and not the tablet.
TRIES, WAIT_SECONDS = 80, 0.5
#: Schema versions that introduced limits for tablets, and validation of entries.
BOUNDS, DECLARES = 7, 8
#: Schema version that introduced the list of hosts.
HOSTS = 10
#: Indexes of `event` that version 6 replaced.
OBSOLETE = ("event_once", "event_by_subject")


def steps() -> list[tuple[int, str]]:
    """Return (number, SQL) of the hub's schema, in order."""
    found = [path for path in files("kiosk.hub").joinpath("schema").iterdir() if path.name.endswith(".sql")]
    return sorted((int(path.name[1:5]), path.read_text(encoding="utf-8")) for path in found)


def latest() -> int:
    """Return the newest version of the hub's schema in this program."""
    return steps()[-1][0]


def init(db: psycopg.Connection[Any], ca: str = "", *, until: int = 0) -> tuple[int, int]:
    """Create the hub, or migrate its schema (to version `until` if given) while tablets are connected; returns (old
    version, new version). `ca` is the certificate (PEM) of the authority tablets trust. Raises NewerHub, HubBusy."""
    before, until = version(db), until or latest()
    if before > latest():
        raise NewerHub(found=before, known=latest())
    for role in (TABLETS, REGIONS):
        with db.transaction():
            if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
                db.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    for number, statements in steps():
        if before < number <= until:
            _step(db, number, statements)
    if version(db) >= DECLARES:
        with db.transaction():
            _declare(db)
        _drop_obsolete(db)
    if ca:
        db.execute("UPDATE kiosk.hub SET ca = %s", (ca,))
    return before, version(db)


def _step(db: psycopg.Connection[Any], number: int, statements: str) -> None:
    """Run one migration in one transaction. A short lock timeout with several attempts keeps tablets from waiting
    long."""
    for _ in range(TRIES):
        try:
            with db.transaction():
                db.execute(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'".encode())
                if number == 1:
                    db.execute("CREATE SCHEMA kiosk")
                elif not db.execute("SELECT 1 FROM kiosk.hub WHERE version < %s FOR UPDATE", (number,)).fetchone():
                    return  # another process has run it meanwhile
                db.execute(statements.encode())
                if number == DECLARES:
                    _declare(db)
                db.execute(
                    "INSERT INTO kiosk.hub (version) VALUES (%s) ON CONFLICT (one) DO UPDATE SET version = EXCLUDED.version",
                    (number,),
                )
            return
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            continue
    raise HubBusy()


def _declare(db: psycopg.Connection[Any]) -> None:
    """Install this program's declarations unless a newer program's are there, and re-validate entries that were set
    aside for lack of them. Inside the caller's transaction."""
    statement, own = declared_fault(), data_version()
    question = "SELECT declared, prosrc FROM kiosk.hub, pg_proc WHERE oid = 'kiosk.declared_fault(text, text, jsonb)'::regprocedure"
    known, body = db.execute(question).fetchone() or (0, "")
    if known > own or body == statement.split("$declared$")[1]:
        return
    db.execute(statement.encode())
    db.execute("UPDATE kiosk.hub SET declared = %s", (own,))
    aside = "SELECT DISTINCT centre FROM kiosk.event WHERE reason LIKE 'aside:%' ORDER BY centre"
    for (centre,) in db.execute(aside).fetchall():
        db.execute("SELECT kiosk.reconsider(%s, 'aside:%%')", (centre,))


def _drop_obsolete(db: psycopg.Connection[Any]) -> None:
    """Drop replaced indexes. One whose table is locked for long is left for the next run."""
    for name in OBSOLETE:
        with suppress(psycopg.errors.LockNotAvailable), db.transaction():
            db.execute(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'".encode())
            db.execute(sql.SQL("DROP INDEX IF EXISTS kiosk.{}").format(sql.Identifier(name)))


def version(db: psycopg.Connection[Any]) -> int:
    """Return the version of the hub's schema, 0 without one."""
    row = db.execute("SELECT to_regclass('kiosk.hub') IS NOT NULL").fetchone()
    if not row or not row[0]:
        return 0
    found = db.execute("SELECT version FROM kiosk.hub").fetchone()
    return int(found[0]) if found else 0


def need(db: psycopg.Connection[Any], least: int) -> None:
    """Raise NoHub or OlderHub unless the schema has version `least`."""
    if not (known := version(db)):
        raise NoHub()
    if known < least:
        raise OlderHub(found=known, least=least)
