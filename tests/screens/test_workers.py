"""The threads beside the screen."""

from __future__ import annotations

import os
import queue
import threading

import pytest

from screens.tools.workers import NICER, Workers


def test_the_threads_stand_back_behind_the_screen() -> None:
    workers, found = Workers(), queue.Queue[int]()
    workers.start(lambda: found.put(os.getpriority(os.PRIO_PROCESS, threading.get_native_id())))
    workers.begin()
    own = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert found.get(timeout=20) == min(19, own + NICER)
    workers.stop()


def test_where_they_may_not_stand_back_they_work_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", refused)
    workers, found = Workers(), queue.Queue[int]()
    workers.start(lambda: found.put(1))
    workers.begin()
    assert found.get(timeout=20) == 1
    workers.stop()
