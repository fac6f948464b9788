"""A story: what happened in a centre, in order. An event names things and people by nicknames, so that a story from which
events are cut still makes sense: what refers to something that never came is left out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from .centre import ZONE


class Event(NamedTuple):
    """`verb` is a method of the ledger and of the player; `said` its plain arguments; `tablet` where it happens, of several
    tablets."""

    at: datetime
    verb: str
    said: dict[str, Any]
    tablet: str = ""

    def line(self) -> tuple[str, str, str]:
        """Return when, what and with what, for a table."""
        said = self.said | {"tablet": self.tablet}
        told = ", ".join(f"{name}={value}" for name, value in said.items() if value not in (None, "", (), False))
        return f"{self.at.astimezone(ZONE):%a %Y-%m-%d %H:%M:%S}", self.verb, told


def table(story: Sequence[Event]) -> str:
    """Return a story as a table for people."""
    lines = [("when", "what", "with"), *(event.line() for event in story)]
    widths = [max(len(line[column]) for line in lines) for column in range(2)]
    return "\n".join(f"{when:{widths[0]}}  {what:{widths[1]}}  {told}" for when, what, told in lines)


def shortest(story: Sequence[Event], fails: Callable[[Sequence[Event]], bool], seconds: float = 45) -> list[Event]:
    """Return a shortest part of a story that still fails (ddmin, Zeller 2002): nothing of it can be left out. After
    `seconds` the shortest so far is returned."""
    kept, parts, until = list(story), 2, time.monotonic() + seconds
    while len(kept) > 1 and time.monotonic() < until:
        size = -(-len(kept) // parts)
        for begin in range(0, len(kept), size):
            rest = kept[:begin] + kept[begin + size :]
            if time.monotonic() > until:
                return kept
            if rest and fails(rest):
                kept, parts = rest, max(2, parts - 1)
                break
        else:
            if size == 1:
                break
            parts = min(len(kept), 2 * parts)
    return kept
