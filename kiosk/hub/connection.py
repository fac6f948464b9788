"""A tablet's connection to the hub. It can break at any moment: every error is told, and nothing waits for ever."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from .errors import HubAway, HubFull, HubRefuses
from .invitation import Access

#: Seconds to connect, and for one question to be answered.
CONNECT, ANSWER = 5, 30.0
#: Seconds after which a tablet that told something should have heard of it.
ECHO = 3.0
#: How a server says that it does not tell what happens.
DEAF = (
    psycopg.errors.FeatureNotSupported,
    psycopg.errors.SyntaxError,
    psycopg.errors.ReadOnlySqlTransaction,
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.UndefinedFunction,
)
#: The state the hub's functions raise when a tablet has used up its day.
USED_UP = "KL001"
#: Words of a server that is there and says no.
REFUSALS = ("authentication failed", "not permitted to log in", "does not exist", "no pg_hba.conf entry")


class HubConnection:
    """One open connection, used by one thread. Raises HubAway, HubFull, HubRefuses."""

    def __init__(self, access: Access, folder: Path, *, answer: float = ANSWER, connect: int = CONNECT) -> None:
        self._answer, self.needs_polling, self._expected = answer, False, 0.0
        #: Whether the hub has to be greeted anew, to learn its time.
        self.asks_time = False
        with hub_errors():
            self._connection: psycopg.Connection[Any] = psycopg.connect(
                **access.parameters(folder),
                connect_timeout=connect,
                autocommit=True,
                application_name="kiosk",
                options=f"-c statement_timeout={int(answer * 1000)} -c lock_timeout={int(answer * 1000)}",
                keepalives_idle=20,
                keepalives_interval=10,
                keepalives_count=3,
                tcp_user_timeout=20_000,
            )

    def close(self) -> None:
        """End the connection, which may be broken."""
        with suppress(psycopg.Error, OSError):
            self._connection.close()

    def rows(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows a question is answered with."""
        with hub_errors(), self._in_time():
            return self._connection.execute(question.encode(), values).fetchall()

    def value(self, question: str, values: Sequence[Any] = ()) -> Any:
        """Return the only value of the answer."""
        [(value,)] = self.rows(question, values)
        return value

    def listen(self, channel: str) -> None:
        """Hear from now on what is said on a channel of the hub. A server that cannot tell (CockroachDB), or refuses to
        (a standby), leaves the link `deaf`: then it has to be asked."""
        try:
            with self._in_time():
                self._connection.execute(f'LISTEN "{channel}"'.encode())
        except DEAF:
            self.needs_polling = True
        except psycopg.Error as error:
            with hub_errors():
                raise error

    def expect(self) -> None:
        """Something was told that will be heard here too, unless a pooler stands between (PgBouncer by transactions lends
        a connection for a moment, and LISTEN is heard by nobody)."""
        self._expected = self._expected or time.monotonic()

    def wait_notified(self, seconds: float) -> bool:
        """Wait up to `seconds` for something to be said; tells whether something was."""
        with hub_errors():
            said = any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1))
        if said:
            self._expected = 0.0
        elif self._expected and time.monotonic() - self._expected > ECHO:
            self.needs_polling = True
        return said

    def set_password(self, password: str) -> None:
        """Give the tablet's own role a new password, which only this tablet knows."""
        role = self._connection.info.user
        with hub_errors(), self._in_time():
            secret = self._connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
            statement = psycopg.sql.SQL("ALTER ROLE {} PASSWORD {}")
            parts = (psycopg.sql.Identifier(role), psycopg.sql.Literal(secret.decode()))
            self._connection.execute(statement.format(*parts))

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Everything asked inside is one transaction of the hub."""
        with hub_errors(), self._connection.transaction():
            yield

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Cut the line when the answer does not come: a server that is gone may never say so."""
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
    """Turn the errors of the network and of the server into KioskErrors."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        raise HubRefuses() from error
    except psycopg.Error as error:
        text = str(error).strip()
        if error.sqlstate == USED_UP:
            raise HubFull() from error
        if any(words in text for words in REFUSALS):
            raise HubRefuses() from error
        raise HubAway(reason=text.splitlines()[-1] if text else type(error).__name__) from error
