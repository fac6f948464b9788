"""A hub that says nothing by itself: LISTEN is refused, or NOTIFY comes to nobody. The tablets ask, and agree."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.hub import admin, connection, sync
from kiosk.hub.connection import HubConnection
from kiosk.hub.invitation import save, saved
from tests.hub.conftest import Tablet
from tests.hub.server import Server
from tests.hub.test_in_step import chair

Make = Callable[..., Tablet]
#: ErrorResponse 0A000 and ReadyForQuery, as a server answers that knows no LISTEN (PostgreSQL's protocol, 55.7).
_FIELDS = b"SERROR\x00VERROR\x00C0A000\x00Munimplemented: LISTEN\x00\x00"
REFUSAL = b"E" + (len(_FIELDS) + 4).to_bytes(4, "big") + _FIELDS + b"Z\x00\x00\x00\x05I"


class WithoutListen:
    """Passes on to the server's socket, but answers LISTEN itself: no."""

    def __init__(self, path: Path) -> None:
        self._path, self.refused = path, 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        self._door.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._door.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._path))
                for pair in ((client, server), (server, client)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 20):
                if b"LISTEN " in data:
                    self.refused += 1
                    source.sendall(REFUSAL)
                else:
                    target.sendall(data)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked now and then is asked soon, and silence is trusted for longer than the test lasts."""
    for name, seconds in (("ASK", 0.1), ("LOOK", 0.1), ("SILENCE", 600.0), ("NEIGHBOURS", 600.0)):
        monkeypatch.setattr(sync, name, seconds)
    monkeypatch.setattr(connection, "ECHO", 0.2)


@pytest.fixture
def mute(server: Server) -> Iterator[WithoutListen]:
    line = WithoutListen(server.folder / f".s.PGSQL.{server.port}")
    yield line
    line.stop()


def until(found: Callable[[], bool]) -> None:
    done = threading.Event()
    for _ in range(300):
        if found():
            return
        done.wait(0.1)
    raise AssertionError("it never came")


def test_a_server_that_refuses_listen_is_asked(tablet: Make, mute: WithoutListen) -> None:
    one, other = tablet(), tablet()
    for each in (one, other):
        save(replace(saved(each.folder), host="127.0.0.1", port=mute.port), each.folder)
    other.sync.start()
    try:
        until(lambda: mute.refused > 0 and other.store.get_meta("hub_state") is not None)
        item = chair(one)
        one.round()
        until(lambda: other.services.goods.find(today=other.now().date()) == [item])
    finally:
        other.sync.stop()


def test_a_hub_whose_words_reach_nobody_is_asked(tablet: Make, hub: str) -> None:
    one, other = tablet(), tablet()
    with admin.owner(hub) as db:  # as behind a pooler that lends a connection for a transaction
        [(body,)] = db.execute(
            "SELECT pg_get_functiondef('kiosk.push(text, text, text[], text[], jsonb, boolean)'::regprocedure)"
        ).fetchall()
        assert "PERFORM pg_notify('kiosk_' || t.centre, '');" in body
        db.execute(body.replace("PERFORM pg_notify('kiosk_' || t.centre, '');", "").encode())
    other.sync.start()
    try:
        until(lambda: other.store.get_meta("hub_state") is not None)
        chair(other)  # it tells something and hears nothing of it
        until(lambda: other.sync._link is not None and other.sync._link.needs_polling)
        item = chair(one)
        one.round()
        until(lambda: item in other.services.goods.find(today=other.now().date()))
    finally:
        other.sync.stop()


def test_a_server_that_tells_is_not_asked(tablet: Make) -> None:
    one = tablet()
    one.round()
    with closing(HubConnection(saved(one.folder), one.folder)) as line:
        [(centre,)] = line.rows("SELECT kiosk.my_centre()")
        line.listen(f"kiosk_{centre}")
        chair(one)
        line.expect()
        one.round()
        until(lambda: line.wait_notified(0.1))
        assert not line.wait_notified(0.3)
        assert not line.needs_polling
