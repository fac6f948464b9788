"""A page for an office printer, by CUPS. What was printed is taken off its disk again: a recovery key stays on paper."""

from __future__ import annotations

import re
import subprocess
import time

from .printers import PrinterTrouble, Unsure

#: For how long a printer may take, and how often it is asked, seconds.
PATIENCE, EVERY = 90.0, 0.5
#: What `lp` says of a job: "request id is Office-12 (1 file(s))".
_JOB = re.compile(r"\b([A-Za-z0-9_.-]+-\d+)\b")


def print_page(queue: str, pdf: bytes) -> None:
    """Print a PDF on A4 and wait until it is out; then nothing of it is left in the spooler's folder. Raises
    PrinterTrouble when nothing went out, Unsure when it stopped."""
    try:
        command = ["lp", "-d", queue, "-t", "page", "-o", "media=A4", "-"]
        said = subprocess.run(command, input=pdf, capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrinterTrouble() from error
    job = _JOB.search(said.stdout.decode(errors="replace"))
    if said.returncode or job is None:
        raise PrinterTrouble()
    try:
        end = time.monotonic() + PATIENCE
        while _waits(queue, job[1]):
            if time.monotonic() > end:
                raise Unsure()
            time.sleep(EVERY)
    finally:
        _run("cancel", "-x", job[1])  # with -x what CUPS keeps of the job is deleted


def _waits(queue: str, job: str) -> bool:
    return any(line.split()[:1] == [job] for line in _run("lpstat", "-o", queue).splitlines())


def _run(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
