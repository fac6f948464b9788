"""Objects nobody holds any more are collected between frames, on the thread of the screen.

Python would do it wherever it stands: on a worker, or in the middle of a change of language while the rules of a widget that
has left the screen are still worked out; what such a rule names is gone then, and Kivy ends with a ReferenceError.
"""

from __future__ import annotations

import gc

from kivy.clock import Clock

from kiosk import memory

#: How often the young objects are looked at, seconds, and after how many of these all of them.
OFTEN, ALL = 1.0, 60
#: So long after a visit all of them are looked at too, which takes longer than a frame, seconds.
AFTER_A_VISIT = 1.0
#: When so many were found, it is looked again.
MANY = 1000


class Litter:
    """Collects until `stop`, which lets Python do it again."""

    def __init__(self) -> None:
        gc.disable()
        self._times = 0
        self._rounds = Clock.schedule_interval(self._collect, OFTEN)
        self.visit_over = Clock.create_trigger(self._collect_all, AFTER_A_VISIT)

    def stop(self) -> None:
        """Leave it to Python."""
        self._rounds.cancel()
        self.visit_over.cancel()
        gc.enable()

    def _collect(self, _seconds: float) -> None:
        self._times += 1
        if self._times % ALL:
            gc.collect(1)
        else:
            self._collect_all(0)

    def _collect_all(self, _seconds: float) -> None:
        found = gc.collect()
        memory.give_back()
        if found >= MANY:  # the rules of a widget go when it is collected, and what they held goes after it
            self.visit_over()
