"""Logging: warnings to standard error, which systemd keeps for two weeks (deploy/etc/lumijobi-journald.conf).

Personal input is never logged. The text of an exception may quote it ("invalid literal … 'Olena'"), so only the type
and the stack locations of exceptions are logged, also of uncaught ones.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

#: Libraries that log their input, which may be personal.
TALKATIVE = ("peewee", "kivy", "PIL")
log = logging.getLogger(__name__)


class Discreet(logging.Formatter):
    """Formats exceptions and their causes as type and location, without their text."""

    def formatException(self, ei: object) -> str:
        assert isinstance(ei, tuple)
        return discreet(ei[1])


def discreet(error: BaseException | None) -> str:
    """Return type and location of `error` and its causes."""
    parts: list[str] = []
    while error is not None and len(parts) < 10:
        frames = traceback.extract_tb(error.__traceback__)
        places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        parts.append(f"{type(error).__name__} at {places or 'nowhere'}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n  after ".join(parts)


def begin() -> None:
    """Start logging to standard error."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)  # on the handler, since Kivy resets the level of its logger
    handler.setFormatter(Discreet("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    for library in TALKATIVE:
        logging.getLogger(library).setLevel(logging.ERROR)
    sys.excepthook = _ended
    threading.excepthook = lambda args: _ended(args.exc_type, args.exc_value, args.exc_traceback)


def _ended(kind: type[BaseException], error: BaseException | None, _traceback: TracebackType | None) -> None:
    log.critical("ended by %s", discreet(error) if error is not None else kind.__name__)
