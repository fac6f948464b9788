"""Objects nobody holds any more are collected between frames, on the thread of the screen.

Python would do it wherever it stands: on a worker, or in the middle of a change of language while the rules of a widget that
has left the screen are still worked out; what such a rule names is gone then, and Kivy ends with a ReferenceError.
"""

from __future__ import annotations

import gc

from kivy.clock import Clock

from kiosk.startup import heap

#: How often the young objects are looked at, seconds, and after how many of these all of them.
OFTEN, ALL = 1.0, 60
#: So long after a visit all of them are looked at too, which takes longer than a frame, seconds; and how often, as the
#: rules of a widget go when it is collected, and what they held goes after it.
AFTER_A_VISIT, ROUNDS = 1.0, 2


class GarbageCollector:
    """Collects until `stop`, which lets Python do it again."""

    def __init__(self) -> None:
        gc.disable()
        self._times = 0
        self._rounds = Clock.schedule_interval(self._collect, OFTEN)
        self._left = 0
        self._soon = Clock.create_trigger(self._after_a_visit, AFTER_A_VISIT)

    def stop(self) -> None:
        """Leave it to Python."""
        self._rounds.cancel()
        self._soon.cancel()
        gc.enable()

    def visit_over(self) -> None:
        """Collect what the visit leaves, soon."""
        self._left = ROUNDS
        self._soon()

    def _after_a_visit(self, _seconds: float) -> None:
        self._collect_all()
        self._left -= 1
        if self._left:
            self._soon()

    def _collect(self, _seconds: float) -> None:
        self._times += 1
        if self._times % ALL:
            gc.collect(1)
        else:
            self._collect_all()

    def _collect_all(self) -> None:
        gc.collect()
        heap.give_back()
