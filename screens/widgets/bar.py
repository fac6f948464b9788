"""The bar at the lower edge of every screen: the same buttons at the same place, within everyone's reach."""

from __future__ import annotations

from kivy.input import MotionEvent
from kivy.properties import BooleanProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout


class Bar(GridLayout):
    """Back and Done on the left; Help, text size, contrast and language on the right."""

    can_go_back = BooleanProperty(False)
    shown = BooleanProperty(False)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        # Kivy's disabled buttons swallow touches, also where the hidden bar has no height.
        return bool(self.shown and super().on_touch_down(touch))


class BarSide(BoxLayout):
    """One half of the bar; a row of its own on an upright screen."""
