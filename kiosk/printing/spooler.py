"""The thread that empties the print queue, so that the screen never waits for a printer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from kiosk.errors import KioskError

from .printers import PrinterTrouble, Unsure, parse_address, send

log = logging.getLogger(__name__)

#: Polling interval of the queue without a wake-up, seconds.
EVERY = 5.0


@dataclass(frozen=True)
class PrintTask:
    """A print job: `copy` is 1 for the original; `width` the printable dots across the paper."""

    id: str
    kind: str
    subject: str
    copy: int
    address: str
    width: int
    language: str


class PrintTasks(Protocol):
    """Source of jobs and sink of their results."""

    def next_job(self) -> PrintTask | None:
        """Return the next job, committed as "sending" before it is returned; None when none is due."""

    def sent(self, job_id: str) -> None:
        """The job was printed."""

    def again(self, job_id: str, error: KioskError) -> None:
        """Nothing was sent: retry later."""

    def unsure(self, job_id: str, error: KioskError) -> None:
        """The job may be on paper: never retried automatically."""


class Spooler:
    """Prints the jobs of `queue`, drawn by `render`."""

    def __init__(self, queue: PrintTasks, render: Callable[[PrintTask], Image.Image], *, every: float = EVERY) -> None:
        self._queue, self._render, self._every = queue, render, every
        self._awake, self._stopped = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread."""
        self._thread = threading.Thread(target=self._run, name="spooler", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look at the queue now."""
        self._awake.set()

    def stop(self) -> None:
        """Finish the current job, waiting a few seconds at most, and end the thread."""
        self._stopped.set()
        self._awake.set()
        if self._thread is not None:
            self._thread.join(timeout=3)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                while not self._stopped.is_set() and (job := self._queue.next_job()):
                    self._print(job)
            except Exception as error:  # full disk or a bug: the thread continues, the job stays in the queue
                log.error("print queue: %s", type(error).__name__)
            self._awake.wait(self._every)
            self._awake.clear()

    def _print(self, job: PrintTask) -> None:
        try:
            picture = self._render(job)
        except Exception as error:
            log.error("drawing a %s failed: %s", job.kind, type(error).__name__)
            self._queue.again(job.id, error if isinstance(error, KioskError) else PrinterTrouble())
            return
        try:
            send(parse_address(job.address), picture)
        except Unsure as error:
            self._queue.unsure(job.id, error)
        except KioskError as error:
            self._queue.again(job.id, error)
        else:
            self._queue.sent(job.id)
