"""Control of Python's cyclic garbage collector. It is off until the first frame: all objects created by then stay
alive, and traversing them takes 5 ms of the start (docs/decisions/starting-fast.md). Afterwards
`screens.startup.garbage_collection` runs it between frames.
"""

from __future__ import annotations

import gc


def hold() -> None:
    """Disable automatic collection."""
    gc.disable()


def exclude_program() -> None:
    """Exclude all present objects from later collections (gc.freeze): the program's own live as long as it."""
    gc.freeze()


def release() -> None:
    """Enable automatic collection."""
    gc.enable()


def collect(*, young: bool = False) -> None:
    """Collect now: the two younger generations, or all three."""
    gc.collect(1 if young else 2)
