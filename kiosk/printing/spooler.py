"""The thread that empties the print queue, so that nobody at the screen waits for paper."""

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

#: How often the queue is looked at without being woken, seconds.
EVERY = 5.0


@dataclass(frozen=True)
class PrintTask:
    """One thing to print: `copy` 1 is the first; `width` the dots across the paper."""

    id: str
    kind: str
    subject: str
    copy: int
    address: str
    width: int
    language: str


class PrintTasks(Protocol):
    """Where jobs come from and what became of them goes."""

    def next_job(self) -> PrintTask | None:
        """Return the next job, kept as being sent before it is returned; None when nothing is due."""

    def sent(self, job_id: str) -> None:
        """It is printed."""

    def again(self, job_id: str, error: KioskError) -> None:
        """Nothing went out: later."""

    def unsure(self, job_id: str, error: KioskError) -> None:
        """It may be on paper: never again by itself."""


class Spooler:
    """Prints what `queue` has, drawn by `render`."""

    def __init__(self, queue: PrintTasks, render: Callable[[PrintTask], Image.Image], *, every: float = EVERY) -> None:
        self._queue, self._render, self._every = queue, render, every
        self._awake, self._stopped = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to print."""
        self._thread = threading.Thread(target=self._run, name="spooler", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is something new."""
        self._awake.set()

    def stop(self) -> None:
        """Finish the job under way, for a few seconds at most, and end."""
        self._stopped.set()
        self._awake.set()
        if self._thread is not None:
            self._thread.join(timeout=3)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                while not self._stopped.is_set() and (job := self._queue.next_job()):
                    self._print(job)
            except Exception as error:  # a full disk, a bug: the thread goes on, the queue stays
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
