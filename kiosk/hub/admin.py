"""The hub's own side: made, brought up to date, tablets let in and sent away. Spoken as the owner of the database."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from kiosk.data.migrations import latest as data_version

from .declared import declared_fault
from .errors import (
    CentreUnknown,
    HubAway,
    HubBusy,
    InsecureHub,
    NewerHub,
    NoHub,
    OlderHub,
    SeveralTablets,
    UnknownTablet,
)
from .invitation import Access, check_plain

#: Roles that only have rights; the roles of tablets and of regions are members.
TABLETS, REGIONS = "kiosk_tablet", "kiosk_region"
#: For how long an invitation is good.
INVITE_HOURS = 24
#: For how long a reader of a region is good.
READER_DAYS = 365
#: Connections one tablet may have: one that works and one that asks for a ticket, twice for a moment after a break.
CONNECTIONS = 6
#: How often, and for how many seconds, a step of the schema waits for tablets that hold a table.
TRIES, WAIT_SECONDS = 20, 2
#: The version from which on tablets are bounded, and the one from which on entries are checked.
BOUNDS, DECLARES = 7, 8
#: What a tablet may use in a day, as columns of the hub: lines of its journal, bytes of them and of what comes with them, bytes
#: of pictures, calls that write.
LIMITS = ("lines_a_day", "bytes_a_day", "picture_bytes_a_day", "calls_a_day", "numbers_a_day")
#: Indexes of event that version 6 has others for.
OBSOLETE = ("event_once", "event_by_subject")


@dataclass(frozen=True)
class TabletView:
    """A tablet as the hub knows it. `events` is how many it told."""

    role: str
    name: str
    centre: str
    number: int
    joined: datetime | None
    revoked: datetime | None
    seen: datetime | None
    program: str | None
    events: int


@dataclass(frozen=True)
class ReaderView:
    """A reader of a region as the hub knows it."""

    role: str
    region: str
    until: datetime
    revoked: datetime | None


@dataclass(frozen=True)
class Revoked:
    """A role that was sent away: whether it can log in no more, and whether its connections were ended."""

    role: str
    closed: bool
    ended: bool


def steps() -> list[tuple[int, str]]:
    """Return (number, SQL) of the hub's schema, in order."""
    found = [path for path in files("kiosk.hub").joinpath("schema").iterdir() if path.name.endswith(".sql")]
    return sorted((int(path.name[1:5]), path.read_text(encoding="utf-8")) for path in found)


def latest() -> int:
    """Return the version of the hub's schema this program knows."""
    return steps()[-1][0]


@contextmanager
def owner(url: str, ca: Path | None = None) -> Iterator[psycopg.Connection[Any]]:
    """Connect as the owner; by TLS unless the hub is on this machine. Raises InsecureHub, HubAway."""
    try:
        known = conninfo_to_dict(url)
    except psycopg.Error as error:
        raise HubAway(reason=str(error).strip()) from None
    parameters: dict[str, Any] = {"connect_timeout": 10, "autocommit": True}
    if ca is not None:
        parameters |= {"sslmode": "verify-full", "sslrootcert": str(ca)}
    elif str(known.get("sslmode", "")) not in ("verify-full", "verify-ca"):
        check_plain(str(known.get("host") or ""))
    try:
        connection = psycopg.connect(url, **parameters)
    except psycopg.Error as error:
        raise HubAway(reason=str(error).strip().splitlines()[-1]) from None
    with connection:
        yield connection


def init(db: psycopg.Connection[Any], ca: str = "", *, until: int = 0) -> tuple[int, int]:
    """Make the hub, or bring its schema up to date (to version `until`, if one is named) while tablets are connected;
    returns (version before, now). `ca` is the authority tablets will trust. Raises NewerHub, HubBusy."""
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
    """Go one version up, whole or not at all. Tablets are never kept waiting for long: who holds a table is waited for a
    moment, several times."""
    for _ in range(TRIES):
        try:
            with db.transaction():
                db.execute(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'".encode())
                if number == 1:
                    db.execute("CREATE SCHEMA kiosk")
                elif not db.execute("SELECT 1 FROM kiosk.hub WHERE version < %s FOR UPDATE", (number,)).fetchone():
                    return  # somebody else was faster
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
    """Give the hub the declarations of this program, unless those of a newer one are there; what was put aside for lack of
    them is judged anew. Inside the caller's transaction."""
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
    """Drop indexes that a later one has replaced; one whose table is read for a long time stays until the next time."""
    for name in OBSOLETE:
        with suppress(psycopg.errors.LockNotAvailable), db.transaction():
            db.execute(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'".encode())
            db.execute(sql.SQL("DROP INDEX IF EXISTS kiosk.{}").format(sql.Identifier(name)))


def version(db: psycopg.Connection[Any]) -> int:
    """Return the version of the hub's schema, 0 where there is none."""
    row = db.execute("SELECT to_regclass('kiosk.hub') IS NOT NULL").fetchone()
    if not row or not row[0]:
        return 0
    found = db.execute("SELECT version FROM kiosk.hub").fetchone()
    return int(found[0]) if found else 0


_NEW_TABLET = """
    WITH here AS (UPDATE kiosk.centre SET lanes = lanes + 1 WHERE name = %(centre)s RETURNING id, lanes - 1 AS lane)
    INSERT INTO kiosk.tablet (role, centre, number, lane, name)
    SELECT %(role)s, id, nextval('kiosk.tablet_number'), lane, %(name)s FROM here"""
#: The same at a hub from before BOUNDS.
_NEW_TABLET_BEFORE = """
    INSERT INTO kiosk.tablet (role, centre, number, lane, name)
    SELECT %(role)s, c.id, (SELECT coalesce(max(number), 0) + 1 FROM kiosk.tablet),
        (SELECT coalesce(max(lane) + 1, 0) FROM kiosk.tablet AS t WHERE t.centre = c.id), %(name)s
    FROM kiosk.centre AS c WHERE c.name = %(centre)s"""


def invite(
    db: psycopg.Connection[Any], *, centre: str, name: str, host: str = "", port: int = 0, region: str | None = None
) -> Access:
    """Let a tablet into a centre, which is made if it is new; its own role and a password that is good once, for a day.
    `host` and `port` are how tablets reach the hub, unless it is as this connection does. Raises NoHub, InsecureHub."""
    if not version(db):
        raise NoHub()
    host, port = host or db.info.host, port or db.info.port
    [ca] = db.execute("SELECT coalesce(ca, '') FROM kiosk.hub").fetchone() or ("",)
    if not ca:
        check_plain(host)
    role, password = f"kiosk_t_{secrets.token_hex(5)}", secrets.token_urlsafe(18)
    with db.transaction():
        db.execute("INSERT INTO kiosk.centre (name) VALUES (%s) ON CONFLICT DO NOTHING", (centre,))
        if region is not None:
            db.execute("UPDATE kiosk.centre SET region = %s WHERE name = %s", (region, centre))
        values = {"role": role, "centre": centre, "name": name}
        if version(db) >= BOUNDS:
            db.execute(_NEW_TABLET, values)
        else:
            db.execute("LOCK TABLE kiosk.tablet IN EXCLUSIVE MODE")
            db.execute(_NEW_TABLET_BEFORE, values)
        _login(db, role, password, TABLETS)
    return Access(host, port, db.info.dbname, role, password, ca, centre)


def region_reader(db: psycopg.Connection[Any], *, region: str, days: int = READER_DAYS) -> tuple[str, str]:
    """Make a role that for some days sees the counts of a region's centres and nothing else; returns it and its password.
    Raises CentreUnknown."""
    role, password = f"kiosk_r_{secrets.token_hex(5)}", secrets.token_urlsafe(18)
    with db.transaction():
        if not region or not db.execute("SELECT 1 FROM kiosk.centre WHERE region = %s", (region,)).fetchone():
            raise CentreUnknown(name=region)
        sql_text = (
            "INSERT INTO kiosk.region_reader (role, region, until) VALUES (%s, %s, now() + make_interval(days => %s))"
        )
        db.execute(sql_text, (role, region, days))
        _login(db, role, password, REGIONS, hours=24 * days)
    return role, password


def readers(db: psycopg.Connection[Any]) -> list[ReaderView]:
    """Return every reader of a region that was ever made. Raises NoHub."""
    if not version(db):
        raise NoHub()
    rows = db.execute("SELECT role, region, until, revoked FROM kiosk.region_reader ORDER BY region, until, role")
    return [ReaderView(*row) for row in rows]


def revoke(db: psycopg.Connection[Any], *, which: str) -> Revoked:
    """Send away a tablet, as CENTRE/NAME or by its role, or a region's reader by its role. First it is noted, and holds;
    then its role is closed and its connections are ended, which may fail and is told. Raises UnknownTablet,
    SeveralTablets."""
    named = (
        "SELECT t.role FROM kiosk.tablet AS t JOIN kiosk.centre AS c ON c.id = t.centre WHERE t.revoked IS NULL AND "
    )
    rows = db.execute(f"{named}(t.role = %(w)s OR c.name || '/' || t.name = %(w)s)".encode(), {"w": which}).fetchall()
    rows = (
        rows
        or db.execute("SELECT role FROM kiosk.region_reader WHERE role = %s AND revoked IS NULL", (which,)).fetchall()
    )
    if not rows:
        raise UnknownTablet(name=which)
    if len(rows) > 1:
        raise SeveralTablets(name=which, roles=", ".join(role for (role,) in rows))
    [(role,)] = rows
    with db.transaction():
        for table in ("kiosk.tablet", "kiosk.region_reader"):
            db.execute(f"UPDATE {table} SET revoked = now() WHERE role = %s".encode(), (role,))
    return Revoked(role, *_send_away(db, role))


def _send_away(db: psycopg.Connection[Any], role: str) -> tuple[bool, bool]:
    """Close a role and end its connections; returns what of it could be done. Who made a role may become a member, and
    a member may end what the role does."""
    name, closed = sql.Identifier(role), False
    try:
        db.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(name))
        closed = True
        [own] = db.execute("SELECT pg_has_role(current_user, %s, 'USAGE')", (role,)).fetchone() or (False,)
        if not own:
            db.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
        db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (role,))
    except psycopg.Error:
        return closed, False
    return True, True


def set_limit(db: psycopg.Connection[Any], *, changes: int) -> None:
    """Say how many requests and settings one tablet may delete or change for others in a day. Raises NoHub."""
    if not version(db):
        raise NoHub()
    db.execute("UPDATE kiosk.hub SET changes_a_day = %s", (changes,))


def tidy(db: psycopg.Connection[Any]) -> None:
    """Write the table of sealed boxes and codes anew: what was deleted stays in the pages of PostgreSQL's files until then,
    after an ordinary VACUUM too. Tablets wait for it. Raises NoHub."""
    if not version(db):
        raise NoHub()
    db.execute("VACUUM (FULL, ANALYZE) kiosk.parcel")


def tablets(db: psycopg.Connection[Any]) -> list[TabletView]:
    """Return every tablet that was ever invited, by centre and number. Raises NoHub."""
    if not version(db):
        raise NoHub()
    rows = db.execute(
        """SELECT t.role, t.name, c.name, t.number, t.joined, t.revoked, t.seen, t.program,
            (SELECT coalesce(sum(d.last_seq), 0)::bigint FROM kiosk.device AS d WHERE d.tablet = t.role)
        FROM kiosk.tablet AS t JOIN kiosk.centre AS c ON c.id = t.centre ORDER BY c.name, t.number"""
    )
    return [TabletView(*row) for row in rows]


def limits(db: psycopg.Connection[Any], **changes: int) -> dict[str, int]:
    """Set what a tablet may use in a day (of LIMITS), and return what holds then. Raises NoHub, OlderHub."""
    if not (known := version(db)):
        raise NoHub()
    if known < BOUNDS:
        raise OlderHub(found=known, least=BOUNDS)
    names = sql.SQL(", ").join(map(sql.Identifier, LIMITS))
    for name, value in changes.items():
        db.execute(sql.SQL("UPDATE kiosk.hub SET {} = %s").format(sql.Identifier(name)), (value,))
    row = db.execute(sql.SQL("SELECT {} FROM kiosk.hub").format(names)).fetchone() or ()
    return dict(zip(LIMITS, row, strict=True))


def bounds_missing(db: psycopg.Connection[Any]) -> list[str]:
    """Return what a superuser has to run in the hub's database, because its owner may not."""
    granted = "SELECT bool_or(has_function_privilege(%s, oid, 'EXECUTE')) FROM pg_proc WHERE proname = 'lo_create'"
    found = []
    if db.execute(granted, (TABLETS,)).fetchone() == (True,):
        found.append("REVOKE EXECUTE ON FUNCTION lo_create(oid), lo_creat(int), lo_from_bytea(oid, bytea) FROM PUBLIC;")
    if db.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", (TABLETS,)).fetchone() == (True,):
        found.append("REVOKE CREATE ON SCHEMA public FROM PUBLIC;")
    if db.execute("SELECT has_database_privilege(%s, current_database(), 'TEMPORARY')", (TABLETS,)).fetchone() == (
        True,
    ):
        found.append(f'REVOKE TEMPORARY ON DATABASE "{db.info.dbname}" FROM PUBLIC;')
    return found


def _login(db: psycopg.Connection[Any], role: str, password: str, group: str, hours: int = INVITE_HOURS) -> None:
    # The server is only given what it stores: a password in plain would be in its log.
    secret = db.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    until: sql.Composable = sql.SQL("")
    if hours:
        [when] = db.execute("SELECT (now() + make_interval(hours => %s))::text", (hours,)).fetchone() or ("",)
        until = sql.SQL(" VALID UNTIL {}").format(sql.Literal(when))
    statement = "CREATE ROLE {} LOGIN PASSWORD {} CONNECTION LIMIT {}"
    parts = (sql.Identifier(role), sql.Literal(secret), sql.Literal(CONNECTIONS))
    db.execute(sql.SQL(statement).format(*parts) + until + sql.SQL(" IN ROLE {}").format(sql.Identifier(group)))
    if version(db) >= BOUNDS:
        db.execute("SELECT kiosk.bound(%s)", (role,))


__all__ = [
    "InsecureHub",
    "ReaderView",
    "Revoked",
    "TabletView",
    "init",
    "invite",
    "owner",
    "readers",
    "region_reader",
    "revoke",
    "set_limit",
    "tablets",
    "tidy",
    "version",
]
