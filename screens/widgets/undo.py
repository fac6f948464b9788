"""The offer to take back what was just done."""

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
        """The visitor took it back."""

    def offer(self) -> None:
        self.offered = True

    def withdraw(self) -> None:
        self.offered = False
