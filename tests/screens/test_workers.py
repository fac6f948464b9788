"""The threads beside the screen."""

from __future__ import annotations

import os
import queue
import threading

from screens.tools.workers import NICER, Workers


def test_the_threads_stand_back_behind_the_screen() -> None:
    workers, found = Workers(), queue.Queue[int]()
    workers.start(lambda: found.put(os.getpriority(os.PRIO_PROCESS, threading.get_native_id())))
    workers.begin()
    own = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert found.get(timeout=20) == min(19, own + NICER)
    workers.stop()
