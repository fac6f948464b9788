"""Objects nobody holds any more are collected between frames, on the thread of the screen.

Python would do it wherever it stands: on a worker, or in the middle of a change of language while the rules of a widget that
has left the screen are still worked out; what such a rule names is gone then, and Kivy ends with a ReferenceError.
"""

from __future__ import annotations

import gc

from kivy.clock import Clock

from kiosk import memory

#: How often the young objects are looked at, and after how many of these all of them, seconds and times.
OFTEN, ALL = 1.0, 60


class Litter:
    """Collects until `stop`, which lets Python do it again."""

    def __init__(self) -> None:
        gc.disable()
        self._times = 0
        self._rounds = Clock.schedule_interval(self._collect, OFTEN)

    def stop(self) -> None:
        """Leave it to Python."""
        self._rounds.cancel()
        gc.enable()

    def _collect(self, _seconds: float) -> None:
        self._times += 1
        whole = self._times % ALL == 0
        gc.collect(2 if whole else 1)
        if whole:
            memory.give_back()
