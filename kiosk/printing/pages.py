"""A4 pages by CUPS. The spooled file must be deleted after printing: a recovery key exists on paper only."""

from __future__ import annotations

import time
from pathlib import Path

from kiosk.errors import N_

from . import cups
from .printers import PrinterTrouble, Unsure

#: Spool folder of CUPS (`RequestRoot`), a file for each document.
SPOOL = Path("/var/spool/cups")
#: Timeout for CUPS to delete the file of a completed job, seconds.
DELETING = 5.0


class StoppedAndKept(Unsure):
    """The page may be on paper, and a copy is still on the disk."""

    default = N_(
        "The printer stopped. Please check whether it printed. The tablet’s print system still keeps a copy of the page; "
        "please tell the person who maintains the tablet."
    )


def print_page(queue: str, pdf: bytes, *, spool: Path = SPOOL) -> bool:
    """Print a PDF on A4 and wait until the job has ended. Returns whether its file is known to be deleted from the
    spool folder: the folder is that of CUPS and the file is gone, as with `PreserveJobFiles No`. Raises PrinterTrouble when nothing was
    printed, Unsure when the job stopped, StoppedAndKept when the file may then still exist."""
    job = cups.submit(queue, pdf, "-t", "page", "-o", "media=A4")
    document = spool / f"d{job:05}-001"
    seen = True in (_is_there(document), _is_there(spool / "tmp"))  # a short page may be out, and its file gone, by now
    try:
        cups.follow(queue, job)
    except PrinterTrouble as error:
        if seen and _goes(document):
            raise
        raise StoppedAndKept() from error
    return seen and _goes(document)


def _goes(path: Path) -> bool:
    """Wait until a file is deleted; returns whether it is."""
    end = time.monotonic() + DELETING
    while (there := _is_there(path)) and time.monotonic() < end:
        time.sleep(cups.EVERY)
    return there is False


def _is_there(path: Path) -> bool | None:
    """Tell whether a file exists; None when the folder may not be read."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError:
        return None
    return True
