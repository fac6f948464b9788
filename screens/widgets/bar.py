"""The bar at the lower edge of every screen: the same buttons at the same place, within everyone's reach."""

from __future__ import annotations

from kivy.input import MotionEvent
from kivy.properties import BooleanProperty
from kivy.uix.gridlayout import GridLayout

from .buttons import IconButton


class BarButton(IconButton):
    """A button of the bar. Its word gives way to a larger sign where it would have to be written too small."""


class Bar(GridLayout):
    """Back, start and done; then help, language, text size, contrast and motion. One row, two on an upright screen."""

    can_go_back = BooleanProperty(False)
    shown = BooleanProperty(False)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        # Kivy's disabled buttons swallow touches, also where the hidden bar has no height.
        return bool(self.shown and super().on_touch_down(touch))
