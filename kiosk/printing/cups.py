"""Printing by CUPS. A job counts as printed when it has left the queue for the printer, not when it was submitted. The
programs `lp`, `lpstat` and `cancel` do the work. They do not tell a completed job from an aborted one, so the state is
read from libcups, which they depend on."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import time
from enum import IntEnum

from kiosk.errors import N_

from .printers import PrinterTrouble, Unsure

#: Timeout of a job from submission to its end, and the polling interval, seconds.
PATIENCE, EVERY = 60.0, 0.25
#: Timeout of one of the programs, seconds.
COMMAND = 20.0


class PrinterStopped(PrinterTrouble):
    default = N_(
        "The printer is stopped in the tablet’s print system. Please ask the person who maintains the tablet to start it again."
    )


class State(IntEnum):
    """States of a job (RFC 8011, section 5.3.7)."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


class _Job(ctypes.Structure):
    """`cups_job_t` of cups/cups.h, the same in every version of libcups 2."""

    _fields_ = (
        ("id", ctypes.c_int),
        ("dest", ctypes.c_char_p),
        ("title", ctypes.c_char_p),
        ("user", ctypes.c_char_p),
        ("format", ctypes.c_char_p),
        ("state", ctypes.c_int),
        ("size", ctypes.c_int),
        ("priority", ctypes.c_int),
        ("completed_time", ctypes.c_long),
        ("creation_time", ctypes.c_long),
        ("processing_time", ctypes.c_long),
    )


#: Arguments of `cupsGetJobs2`: active jobs, and completed ones.
_ACTIVE, _ENDED = 0, 1


def check(queue: str) -> None:
    """Raise PrinterStopped when a queue is stopped or rejects jobs, PrinterTrouble when it does not exist."""
    prints, takes = run("lpstat", "-p", queue), run("lpstat", "-a", queue)
    if prints.returncode or not prints.stdout:
        raise PrinterTrouble()
    if b" disabled since " in prints.stdout or b" not accepting " in takes.stdout:
        raise PrinterStopped()


def submit(queue: str, data: bytes, *options: str) -> int:
    """Submit a job; returns its number. Raises PrinterTrouble when it was rejected, Unsure when CUPS did not answer."""
    check(queue)
    try:
        answer = run("lp", "-d", queue, *options, "-", given=data)
    except subprocess.TimeoutExpired as error:
        raise Unsure() from error
    job = re.search(rf"\b{re.escape(queue)}-(\d+)\b", answer.stdout.decode(errors="replace"))
    if answer.returncode or job is None:
        raise PrinterTrouble()
    return int(job[1])


def follow(queue: str, job: int) -> None:
    """Wait until a job has left the queue; after a timeout it is cancelled. Raises PrinterTrouble when it never began,
    Unsure when it began and did not complete."""
    end = time.monotonic() + PATIENCE
    while (state := _state(queue, job, _ACTIVE)) is not None:
        if time.monotonic() > end or (state is not State.PROCESSING and _stopped(queue)):
            began = state not in (State.PENDING, State.HELD)
            cancel(queue, job)
            if _state(queue, job, _ENDED) is State.COMPLETED:
                return
            raise Unsure() if began else PrinterTrouble()
        time.sleep(EVERY)
    if _state(queue, job, _ENDED) is not State.COMPLETED:
        raise Unsure()


def cancel(queue: str, job: int) -> None:
    """Cancel a job; one that has ended stays as it is. Not with `cancel -x`: where CUPS preserves files, that deletes
    the record of the job and leaves its file for ever."""
    run("cancel", f"{queue}-{job}")


def run(*command: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run one of the programs of CUPS with messages in English. Raises PrinterTrouble when it is not installed,
    TimeoutExpired for `lp`, whose job may have been submitted."""
    try:
        return subprocess.run(
            command, input=given, capture_output=True, timeout=COMMAND, check=False, env=os.environ | {"LC_ALL": "C"}
        )
    except subprocess.TimeoutExpired as error:
        if command[0] == "lp":
            raise
        raise PrinterTrouble() from error
    except OSError as error:
        raise PrinterTrouble() from error


def _stopped(queue: str) -> bool:
    try:
        check(queue)
    except PrinterTrouble:
        return True
    return False


def _state(queue: str, job: int, which: int) -> State | None:
    """Return the state of a job among the active and ended ones, None when it is not there."""
    try:
        library = ctypes.CDLL("libcups.so.2")
    except OSError as error:
        raise Unsure() from error  # the job may be partly printed
    library.cupsSetServer(None)  # the default server, on a connection of its own
    jobs = ctypes.POINTER(_Job)()
    count = library.cupsGetJobs2(None, ctypes.byref(jobs), queue.encode(), 1, which)
    if count < 0:
        raise Unsure()
    try:
        return next((State(jobs[at].state) for at in range(count) if jobs[at].id == job), None)
    finally:
        library.cupsFreeJobs(count, jobs)
