"""The pool of worker threads. Work that can take over 8 ms runs here; its result returns on the screen's thread."""

from __future__ import annotations

import itertools
import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import PriorityQueue
from typing import Any

from kivy.clock import Clock

log = logging.getLogger(__name__)

#: Priorities: work that everything else may wait for, work a person waits for, pictures on the screen, pictures soon on it.
FIRST, PERSON, PICTURE, LATER = range(4)
#: Niceness of the workers (nice(2)): with few cores they must not delay the screen's thread.
NICER = 10


class WorkerJob:
    """A running or queued job; after `cancel()` its result is not delivered."""

    def __init__(self, work: Callable[[], Any], done: Callable[[Any], object], failed: Callable[[Exception], None]):
        self.work, self.done, self.failed = work, done, failed
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True

    def _deliver(self, answer: Any, error: Exception | None) -> None:
        if self.cancelled:
            return
        if error is None:
            self.done(answer)
        else:
            self.failed(error)


class Workers:
    """`threads` daemon threads that take jobs by priority, oldest first."""

    def __init__(self, threads: int = 3) -> None:
        self._queue: PriorityQueue[tuple[int, int, WorkerJob | None]] = PriorityQueue()
        self._order = itertools.count()
        self._threads = [threading.Thread(target=self._run, name=f"worker-{n}", daemon=True) for n in range(threads)]

    def begin(self) -> None:
        """Start the threads. Jobs are queued before the first frame: earlier work would only delay it."""
        for thread in self._threads:
            thread.start()

    def start(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object] = lambda answer: None,
        failed: Callable[[Exception], None] | None = None,
        priority: int = PERSON,
    ) -> WorkerJob:
        """Run `work()` on a worker; `done(answer)` or `failed(error)` is called on the screen's thread."""
        job = WorkerJob(work, done, failed or _log)
        self._queue.put((priority, next(self._order), job))
        return job

    @property
    def busy(self) -> bool:
        """Whether a job is queued or running."""
        return self._queue.unfinished_tasks > 0

    def stop(self) -> None:
        """Finish running jobs and those a person waits for, and end the threads; queued pictures are dropped."""
        for _ in self._threads:
            self._queue.put((PERSON, next(self._order), None))
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(timeout=5)

    def _run(self) -> None:
        # On Linux niceness is per thread; if setting it is not permitted, the jobs run anyway.
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), os.getpriority(os.PRIO_PROCESS, 0) + NICER)
        while self._do(self._queue.get()[2]):
            self._queue.task_done()

    def _do(self, job: WorkerJob | None) -> bool:
        """Run `job`; returns False at the end. No reference to it is kept while the thread waits."""
        if job is None:
            return False
        if job.cancelled:
            return True
        answer, error = None, None
        try:
            answer = job.work()
        except Exception as caught:  # delivered to the caller's `failed`, on the screen's thread
            error = caught
        Clock.schedule_once(lambda dt: job._deliver(answer, error))
        return True


def _log(error: Exception) -> None:
    log.error("work failed: %s", type(error).__name__, exc_info=error)
