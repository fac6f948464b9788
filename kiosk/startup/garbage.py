"""When Python's cyclic garbage collector may run. From the first line to the first picture it does not: everything that is
imported and built is kept, and looking through it takes 5 ms of the start (docs/decisions/starting-fast.md). Afterwards
`screens.startup.garbage_collection` runs it between frames.
"""

from __future__ import annotations

import gc


def hold() -> None:
    """Run no collection by itself."""
    gc.disable()


def exclude_program() -> None:
    """Leave every object that exists now out of all later collections: the program's own live as long as it."""
    gc.freeze()


def release() -> None:
    """Let Python collect by itself again."""
    gc.enable()


def collect(*, young: bool = False) -> None:
    """Collect now: the two younger generations, or all three."""
    gc.collect(1 if young else 2)
