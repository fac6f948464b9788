"""The offer to undo the last action."""

from __future__ import annotations

from kivy.properties import BooleanProperty
from kivy.uix.boxlayout import BoxLayout


class UndoOffer(BoxLayout):
    """A line with an Undo button; `offer()` shows it, until it is withdrawn with the screen."""

    offered = BooleanProperty(False)

    def __init__(self, **kwargs: object) -> None:
        self.register_event_type("on_undo")
        super().__init__(**kwargs)

    def on_undo(self) -> None:
        """Event: Undo was touched."""

    def offer(self) -> None:
        self.offered = True

    def withdraw(self) -> None:
        self.offered = False
