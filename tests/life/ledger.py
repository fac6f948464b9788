"""The independent ledger: what DESIGN and DOMAIN promise, in plain Python. It imports nothing of the program."""

from __future__ import annotations

from datetime import datetime

from .book import Absent, Refused, Row
from .shelf import Shelf
from .story import Event


class Ledger(Shelf):
    """Predicts what becomes of each event, and everything that is true afterwards."""

    def tell(self, event: Event) -> str | None:
        """Take an event in: "" if it is done, the name of the refusal, or None if it is left out."""
        Row.now = event.at
        try:
            getattr(self, event.verb)(event.at, **event.said)
        except Refused as refused:
            return str(refused)
        except Absent:
            return None
        return ""

    def minute(self, now: datetime) -> None:
        """What the program does by itself, every minute."""
        Row.now = now
        self._forget_donations(now)
        self._forget_requests(now)
        self._close_queue(now)
        self._move_all_up(now)
        self._expire(now)
        self._settle_wishes(now)

    def restart(self, now: datetime) -> None:
        """The power went and came back: nothing that was confirmed is lost."""

    snapshot = new_keys = restart
