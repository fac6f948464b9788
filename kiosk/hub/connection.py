"""A tablet's connection to the hub. It may break at any time: every call has a timeout and raises a KioskError."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from .errors import HubAway, HubDiskFull, HubFull, HubReadOnly, HubRefuses
from .invitation import Access

#: Timeouts in seconds: to connect, and of one query.
CONNECT, ANSWER = 5, 30.0
#: Seconds within which a tablet must receive the notification of its own push.
ECHO = 3.0
#: Errors of LISTEN on a server without notifications.
DEAF = (
    psycopg.errors.FeatureNotSupported,
    psycopg.errors.SyntaxError,
    psycopg.errors.ReadOnlySqlTransaction,
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.UndefinedFunction,
)
#: SQLSTATE that the hub's functions raise when a tablet's daily quota is used up.
USED_UP = "KL001"
#: Messages of a server that is reachable but refuses the login.
REFUSALS = ("authentication failed", "not permitted to log in", "does not exist", "no pg_hba.conf entry")
#: Message of libpq when every server of the list can be read only: standbys, none of them promoted.
READ_ONLY = "session is read-only"
#: Sets the timeouts of the transaction it is part of. A pooler in transaction mode refuses them among the parameters of
#: the connection, and would leave what is set for a session to whoever gets the server connection next.
_TIMEOUTS = "SELECT set_config('statement_timeout', %s, true), set_config('lock_timeout', %s, true)"


class HubConnection:
    """One open connection, used by one thread. Raises HubAway, HubFull, HubRefuses."""

    def __init__(self, access: Access, folder: Path, *, answer: float = ANSWER, connect: int = CONNECT) -> None:
        self._answer, self.needs_polling, self._expected = answer, False, 0.0
        #: Whether the handshake must be repeated, to measure the clock offset.
        self.asks_time = False
        with hub_errors():
            self._connection: psycopg.Connection[Any] = psycopg.connect(
                **access.parameters(folder),
                connect_timeout=connect,
                autocommit=True,
                application_name="kiosk",
                # The server connection behind a pooler changes: what was prepared on one is unknown to the next.
                prepare_threshold=None,
                keepalives_idle=20,
                keepalives_interval=10,
                keepalives_count=3,
                tcp_user_timeout=20_000,
            )

    def close(self) -> None:
        """Close the connection, which may be broken."""
        with suppress(psycopg.Error, OSError):
            self._connection.close()

    def rows(self, question: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query. One that the server undid so that a migration could go on is asked again."""
        with hub_errors(), self._in_time():
            try:
                return self._ask(question, values)
            except psycopg.errors.DeadlockDetected:
                if self._connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                    raise
                return self._ask(question, values)

    def _ask(self, question: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Send a query and, before it in the same transaction and round trip, its timeouts; return its rows."""
        timeout = str(int(self._answer * 1000))
        with self._connection.pipeline():
            self._connection.execute(_TIMEOUTS, (timeout, timeout))
            found = self._connection.execute(question.encode(), values)
        return found.fetchall()

    def value(self, question: str, values: Sequence[Any] = ()) -> Any:
        """Return the single value of a query."""
        [(value,)] = self.rows(question, values)
        return value

    def listen(self, channel: str) -> None:
        """LISTEN on a channel. A server without notifications (CockroachDB), or one that refuses them (a standby),
        leaves the connection `deaf`: the client must poll."""
        try:
            with self._in_time():
                self._connection.execute(f'LISTEN "{channel}"'.encode())
        except DEAF:
            self.needs_polling = True
        except psycopg.Error as error:
            with hub_errors():
                raise error

    def expect(self) -> None:
        """Expect a notification of what was just pushed. If none comes, a connection pooler is in between: with
        PgBouncer's transaction pooling LISTEN has no effect."""
        self._expected = self._expected or time.monotonic()

    def wait_notified(self, seconds: float) -> bool:
        """Wait up to `seconds` for a notification; returns whether one came."""
        with hub_errors():
            said = any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1))
        if said:
            self._expected = 0.0
        elif self._expected and time.monotonic() - self._expected > ECHO:
            self.needs_polling = True
        return said

    def set_password(self, password: str) -> None:
        """Replace the password of the tablet's role."""
        role = self._connection.info.user
        with hub_errors(), self._in_time():
            secret = self._connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
            statement = psycopg.sql.SQL("ALTER ROLE {} PASSWORD {}")
            parts = (psycopg.sql.Identifier(role), psycopg.sql.Literal(secret.decode()))
            self._connection.execute(statement.format(*parts))

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Run the queries inside as one transaction."""
        with hub_errors(), self._connection.transaction():
            yield

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Shut the socket down on timeout: a server that is gone may never close it."""
        timer = threading.Timer(self._answer + 1, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        with suppress(OSError, psycopg.Error):
            with socket.socket(fileno=os.dup(self._connection.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)


@contextmanager
def hub_errors() -> Iterator[None]:
    """Raise errors of the network and of the server as KioskErrors."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        raise HubRefuses() from error
    except psycopg.errors.ReadOnlySqlTransaction as error:
        raise HubReadOnly() from error
    except psycopg.errors.DiskFull as error:
        raise HubDiskFull() from error
    except psycopg.Error as error:
        text = str(error).strip()
        if error.sqlstate == USED_UP:
            raise HubFull() from error
        if any(words in text for words in REFUSALS):
            raise HubRefuses() from error
        if READ_ONLY in text:
            raise HubReadOnly() from error
        said = error.diag.message_primary or (text.splitlines() or [type(error).__name__])[-1]
        raise HubAway(reason=said) from error
