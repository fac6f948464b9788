"""The bar at the lower edge of every screen: the same buttons in the same place, within reach of everyone."""

from __future__ import annotations

from kivy.event import EventDispatcher
from kivy.input import MotionEvent
from kivy.properties import BooleanProperty, NumericProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout

from .buttons import IconButton


class BarButton(IconButton):
    """A button of the bar. If its word would be too small, only a larger icon is shown."""


class Reads(EventDispatcher):
    """A row of buttons that ends with "read aloud", for visitors and if there is a voice."""

    reads = BooleanProperty(True)

    def on_kv_post(self, base_widget: object) -> None:
        self._button = self.children[0]
        self.fbind("reads", self._show)
        self._show()

    def _show(self, *_: object) -> None:
        if self.reads != (self._button in self.children):
            (self.add_widget if self.reads else self.remove_widget)(self._button)


class LookButtons(Reads, BoxLayout):
    """Buttons for text size, contrast, motion and reading aloud, on screens without a bar."""


class Bar(Reads, GridLayout):
    """Back, start and done; then help, language, text size, contrast, motion and reading aloud. One row, two on an
    portrait screen."""

    can_go_back = BooleanProperty(False)
    lines = NumericProperty(1)
    shown = BooleanProperty(False)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        # Kivy's disabled buttons consume touches, also in a hidden bar of height 0.
        return bool(self.shown and super().on_touch_down(touch))
