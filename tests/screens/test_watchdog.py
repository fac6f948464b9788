"""systemd hears of the kiosk only while frames are drawn and the database answers."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import StorageTrouble


@pytest.fixture
def systemd(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        path = os.path.relpath(tmp_path / "notify")  # such a name may have 107 letters
        ear.bind(path)
        ear.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", path)
        monkeypatch.setenv("WATCHDOG_USEC", "200000")
        yield ear


def heard(ear: socket.socket) -> bytes:
    try:
        return ear.recv(1000)
    except BlockingIOError:
        return b""


def test_it_beats_while_all_is_well_and_only_then(
    systemd: socket.socket, open_stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_stage()
    assert stage.wait(lambda: heard(systemd), "the first beat") == b"READY=1\nWATCHDOG=1"
    assert stage.wait(lambda: heard(systemd), "the next beat")

    asked: list[int] = []

    def fail(day: Any) -> bool:
        asked.append(1)
        raise StorageTrouble(reason="gone")

    monkeypatch.setattr(type(stage.services.day), "answers", property(fail))
    stage.wait(lambda: len(asked) > 2, "that the database was asked")
    while heard(systemd):
        pass
    asked.clear()
    stage.wait(lambda: len(asked) > 3, "that the database was asked again")
    assert heard(systemd) == b""


def test_the_first_beat_does_not_wait_for_half_of_the_watchdogs_time(
    systemd: socket.socket, open_stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "3600000000")
    stage = open_stage()
    assert stage.wait(lambda: heard(systemd), "the first beat") == b"READY=1\nWATCHDOG=1"
