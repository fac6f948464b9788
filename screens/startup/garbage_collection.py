"""Runs the garbage collector between frames, on the screen's thread.

Python's automatic collection can run on a worker, or during a change of language while Kivy evaluates the rules of a released
widget; the rule's weak references are then dead, and Kivy fails with a ReferenceError.
"""

from __future__ import annotations

from kivy.clock import Clock

from kiosk.startup import garbage, heap

#: Seconds between collections of the young generations, and every how many of them all generations are collected.
OFTEN, ALL = 1.0, 60
#: Seconds from the end of a visit to a full collection, which takes longer than a frame; and how many rounds: a widget's
#: rules go in the first, what they referred to in the second.
AFTER_A_VISIT, ROUNDS = 1.0, 2


class GarbageCollector:
    """Replaces Python's automatic collection until `stop`."""

    def __init__(self) -> None:
        garbage.hold()
        self._times = 0
        self._rounds = Clock.schedule_interval(self._collect, OFTEN)
        self._left = 0
        self._soon = Clock.create_trigger(self._after_a_visit, AFTER_A_VISIT)

    def stop(self) -> None:
        """Turn Python's automatic collection on again."""
        self._rounds.cancel()
        self._soon.cancel()
        garbage.release()

    def visit_over(self) -> None:
        """Schedule a full collection of what the visit left."""
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
            garbage.collect(young=True)
        else:
            self._collect_all()

    def _collect_all(self) -> None:
        garbage.collect()
        heap.give_back()
