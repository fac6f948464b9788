"""The log: warnings to standard error, where systemd keeps them for two weeks (deploy/etc/lumijobi-journald.conf).

No word of a visitor gets there. The text of an exception may hold what was typed ("invalid literal … 'Olena'"), so of an
exception only its kind and the places in the code are written, also of one that ends the program or a thread.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

#: Libraries that log what they are given, which may be a visitor's.
TALKATIVE = ("peewee", "kivy", "PIL")
log = logging.getLogger(__name__)


class Discreet(logging.Formatter):
    """Writes kind and place of exceptions, and of what caused them, without their words."""

    def formatException(self, ei: object) -> str:
        assert isinstance(ei, tuple)
        return discreet(ei[1])


def discreet(error: BaseException | None) -> str:
    """Return kind and place of `error` and of what led to it."""
    parts: list[str] = []
    while error is not None and len(parts) < 10:
        frames = traceback.extract_tb(error.__traceback__)
        places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        parts.append(f"{type(error).__name__} at {places or 'nowhere'}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n  after ".join(parts)


def begin() -> None:
    """Log to standard error from now on."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)  # Kivy sets the level of its own logger anew
    handler.setFormatter(Discreet("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    for library in TALKATIVE:
        logging.getLogger(library).setLevel(logging.ERROR)
    sys.excepthook = _ended
    threading.excepthook = lambda args: _ended(args.exc_type, args.exc_value, args.exc_traceback)


def _ended(kind: type[BaseException], error: BaseException | None, _traceback: TracebackType | None) -> None:
    log.critical("ended by %s", discreet(error) if error is not None else kind.__name__)
