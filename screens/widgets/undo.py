"""The offer to take back what was just done."""

from __future__ import annotations

from kivy.clock import Clock
from kivy.properties import NumericProperty
from kivy.uix.boxlayout import BoxLayout

#: How long the offer stands, seconds.
UNDO_SECONDS = 10


class UndoOffer(BoxLayout):
    """A line with an Undo button that goes away by itself; `offer()` shows it."""

    left = NumericProperty(0)

    def __init__(self, **kwargs: object) -> None:
        self.register_event_type("on_undo")
        self._tick = Clock.create_trigger(self._count, 1, interval=True)
        super().__init__(**kwargs)

    def on_undo(self) -> None:
        """The visitor took it back."""

    def offer(self, seconds: int = UNDO_SECONDS) -> None:
        self.left = seconds
        self._tick()

    def withdraw(self) -> None:
        self.left = 0
        self._tick.cancel()

    def _count(self, _seconds: float) -> None:
        self.left -= 1
        if self.left <= 0:
            self.withdraw()
