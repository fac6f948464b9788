"""A page for an office printer, by CUPS. What was printed is to be off the disk again: a recovery key stays on paper."""

from __future__ import annotations

import time
from pathlib import Path

from kiosk.errors import N_

from . import cups
from .printers import PrinterTrouble, Unsure

#: Where CUPS keeps what it prints (`RequestRoot`), one file a document.
SPOOL = Path("/var/spool/cups")
#: For how long CUPS may take to delete a file after the page is out, seconds.
DELETING = 5.0


class StoppedAndKept(Unsure):
    """It may be on paper, and a copy is on the disk."""

    default = N_(
        "The printer stopped. Please check whether it printed. The tablet’s print system still keeps a copy of the page; "
        "please tell the person who maintains the tablet."
    )


def print_page(queue: str, pdf: bytes, *, spool: Path = SPOOL) -> bool:
    """Print a PDF on A4 and wait until it is out. Returns whether its file is known to be gone from the spooler's folder:
    it was seen there and is there no more, as CUPS does with `PreserveJobFiles No`. Raises PrinterTrouble when nothing went
    out, Unsure when it stopped, StoppedAndKept when the file is not known to be gone then."""
    job = cups.submit(queue, pdf, "-t", "page", "-o", "media=A4")
    document = spool / f"d{job:05}-001"
    seen = _is_there(document) is True
    try:
        cups.follow(queue, job)
    except PrinterTrouble as error:
        if seen and _goes(document):
            raise
        raise StoppedAndKept() from error
    return seen and _goes(document)


def _goes(path: Path) -> bool:
    """Wait until a file is gone; returns whether it is."""
    end = time.monotonic() + DELETING
    while (there := _is_there(path)) and time.monotonic() < end:
        time.sleep(cups.EVERY)
    return there is False


def _is_there(path: Path) -> bool | None:
    """Tell whether a file is there; None when the folder may not be looked into."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError:
        return None
    return True
