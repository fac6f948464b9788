"""Administration of the hub: enrol and revoke tablets and readers, set limits. Runs as the database owner."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from .errors import (
    CentreUnknown,
    HubAway,
    NoHub,
    SeveralTablets,
    UnknownTablet,
)
from .invitation import Access, check_plain
from .migrations import BOUNDS, HOSTS, REGIONS, TABLETS, need, version
from .short_invitation import HOST_NAME, new_login

#: How long an invitation is valid.
INVITE_HOURS = 24
#: Days for which a region's reader is valid.
READER_DAYS = 365
#: Connection limit of a tablet: one for sync, one for reservations, twice, since broken ones end late.
CONNECTIONS = 6
#: Daily quotas of a tablet, as columns of the hub: journal entries, bytes of entries and attachments, bytes of
#: pictures, writing calls.
LIMITS = ("lines_a_day", "bytes_a_day", "picture_bytes_a_day", "calls_a_day", "numbers_a_day")


@dataclass(frozen=True)
class TabletView:
    """A tablet as the hub has it. `events` counts the entries it has pushed."""

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
    """A region's reader as the hub has it."""

    role: str
    region: str
    until: datetime
    revoked: datetime | None


@dataclass(frozen=True)
class Revoked:
    """Result of a revocation: whether the role's login is disabled, and whether its connections were ended."""

    role: str
    closed: bool
    ended: bool


@contextmanager
def owner(url: str, ca: Path | None = None) -> Iterator[psycopg.Connection[Any]]:
    """Connect as the owner, with TLS unless the hub is on this machine. Raises InsecureHub, HubAway."""
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


_NEW_TABLET = """
    WITH here AS (UPDATE kiosk.centre SET lanes = lanes + 1 WHERE name = %(centre)s RETURNING id, lanes - 1 AS lane)
    INSERT INTO kiosk.tablet (role, centre, number, lane, name)
    SELECT %(role)s, id, nextval('kiosk.tablet_number'), lane, %(name)s FROM here"""
#: The same for a hub older than BOUNDS.
_NEW_TABLET_BEFORE = """
    INSERT INTO kiosk.tablet (role, centre, number, lane, name)
    SELECT %(role)s, c.id, (SELECT coalesce(max(number), 0) + 1 FROM kiosk.tablet),
        (SELECT coalesce(max(lane) + 1, 0) FROM kiosk.tablet AS t WHERE t.centre = c.id), %(name)s
    FROM kiosk.centre AS c WHERE c.name = %(centre)s"""


def invite(
    db: psycopg.Connection[Any],
    *,
    centre: str,
    name: str,
    host: str = "",
    port: int = 0,
    region: str | None = None,
    addresses: str = "",
) -> Access:
    """Enrol a tablet in a centre, which is created if it is new: a role of its own with a one-time password, valid for
    a day. `host` and `port` are the hub's address for tablets, by default that of this connection. With `addresses`,
    those of a hub on a tablet, the invitation can be a short one. Raises NoHub, InsecureHub.
    """
    if not version(db):
        raise NoHub()
    host, port = (HOST_NAME if addresses else host or db.info.host), port or db.info.port
    [ca] = db.execute("SELECT coalesce(ca, '') FROM kiosk.hub").fetchone() or ("",)
    if not ca:
        check_plain(host)
    role, password = new_login()
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
    return Access(host, port, db.info.dbname, role, password, ca, centre, addresses=addresses)


def hosts(db: psycopg.Connection[Any], new: str | None = None) -> str:
    """Set where tablets reach the hub if `new` is given, names or addresses separated by commas; returns the list.
    Raises NoHub, OlderHub."""
    need(db, HOSTS)
    if new is not None:
        db.execute("UPDATE kiosk.hub SET hosts = %s", (new,))
    [found] = db.execute("SELECT hosts FROM kiosk.hub").fetchone() or ("",)
    return str(found)


def region_reader(db: psycopg.Connection[Any], *, region: str, days: int = READER_DAYS) -> tuple[str, str]:
    """Create a role that for `days` days may read the counts of a region's centres, nothing else; returns (role,
    password). Raises CentreUnknown."""
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
    """Return every region's reader, expired ones too. Raises NoHub."""
    if not version(db):
        raise NoHub()
    rows = db.execute("SELECT role, region, until, revoked FROM kiosk.region_reader ORDER BY region, until, role")
    return [ReaderView(*row) for row in rows]


def revoke(db: psycopg.Connection[Any], *, which: str) -> Revoked:
    """Revoke a tablet (CENTRE/NAME or its role) or a region's reader (its role). The revocation is committed first and
    is effective by itself; disabling the login and ending connections may fail, which the result says. Raises
    UnknownTablet, SeveralTablets."""
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
    """Disable a role's login and end its connections; returns whether each succeeded. Ending connections takes
    membership of the role, which its creator may grant to itself."""
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
    """Set how many requests and settings one tablet may delete or change for others in a day. Raises NoHub."""
    if not version(db):
        raise NoHub()
    db.execute("UPDATE kiosk.hub SET changes_a_day = %s", (changes,))


def tidy(db: psycopg.Connection[Any]) -> None:
    """Rewrite the table of sealed boxes and codes (VACUUM FULL): deleted rows stay in the pages of PostgreSQL's files,
    even after an ordinary VACUUM. Blocks tablets meanwhile. Raises NoHub."""
    if not version(db):
        raise NoHub()
    db.execute("VACUUM (FULL, ANALYZE) kiosk.parcel")


def tablets(db: psycopg.Connection[Any]) -> list[TabletView]:
    """Return every tablet, revoked ones too, by centre and number. Raises NoHub."""
    if not version(db):
        raise NoHub()
    rows = db.execute(
        """SELECT t.role, t.name, c.name, t.number, t.joined, t.revoked, t.seen, t.program,
            (SELECT coalesce(sum(d.last_seq), 0)::bigint FROM kiosk.device AS d WHERE d.tablet = t.role)
        FROM kiosk.tablet AS t JOIN kiosk.centre AS c ON c.id = t.centre ORDER BY c.name, t.number"""
    )
    return [TabletView(*row) for row in rows]


def limits(db: psycopg.Connection[Any], **changes: int) -> dict[str, int]:
    """Set daily quotas of a tablet (keys of LIMITS) and return all of them. Raises NoHub, OlderHub."""
    need(db, BOUNDS)
    names = sql.SQL(", ").join(map(sql.Identifier, LIMITS))
    for name, value in changes.items():
        db.execute(sql.SQL("UPDATE kiosk.hub SET {} = %s").format(sql.Identifier(name)), (value,))
    row = db.execute(sql.SQL("SELECT {} FROM kiosk.hub").format(names)).fetchone() or ()
    return dict(zip(LIMITS, row, strict=True))


def bounds_missing(db: psycopg.Connection[Any]) -> list[str]:
    """Return the statements that need a superuser, because the database owner lacks the privilege."""
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
    # Send the SCRAM verifier: a plain password would be written to the server's log.
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
