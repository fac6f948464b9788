"""Progress of long work: text, progress bar, and a button to cancel."""

from __future__ import annotations

from typing import Any

from kivy.clock import Clock
from kivy.input import MotionEvent
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.reports import ProgressTracker

#: Update interval of the bar, seconds.
FRESH = 0.15


class Doing(BoxLayout):
    """Hidden until `begin`; `part` is the progress from 0 to 1. The button cancels the work and fires `on_stopped`."""

    words = StringProperty()
    part = NumericProperty(0)
    shown = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        self.register_event_type("on_stopped")
        self._part = 0.0
        self._flag = [False]
        self._follow = Clock.create_trigger(lambda dt: setattr(self, "part", self._part), FRESH, interval=True)
        super().__init__(**kwargs)

    def begin(self, words: str) -> ProgressTracker:
        """Show `words` and an empty bar; returns the tracker that the work reports its progress to."""
        self.words, self._part, self.part, self.shown = words, 0.0, 0, True
        flag = self._flag = [False]
        self._follow()
        return ProgressTracker(self._told, lambda: flag[0])

    def _told(self, part: float) -> None:
        self._part = part  # called on the worker's thread; the clock reads this number

    def stop(self) -> None:
        """Request cancellation; the work ends at its next step."""
        self._flag[0] = True

    def end(self) -> None:
        """Hide: the work is over."""
        self._follow.cancel()
        self.shown = False

    def on_touch_down(self, touch: MotionEvent) -> bool:
        # Kivy's disabled buttons consume touches, also in a hidden row of height 0.
        return bool(self.shown and super().on_touch_down(touch))

    def touched(self) -> None:
        self.stop()
        self.dispatch("on_stopped")

    def on_stopped(self) -> None:
        """Event: the work was cancelled."""
