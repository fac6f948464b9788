"""The bar at the lower edge of every screen: the same buttons in the same place, within reach of everyone."""

from __future__ import annotations

from typing import ClassVar

from kivy.event import EventDispatcher
from kivy.factory import Factory
from kivy.input import MotionEvent
from kivy.properties import BooleanProperty, ListProperty, NumericProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from .buttons import IconButton


class BarButton(IconButton):
    """A button of the bar, as wide as its word needs beside the others."""

    kin: ClassVar[str] = "bar"
    needed = NumericProperty(0)  # pixels of width
    others = ListProperty()  # what else it says at times; its neighbours do not move then


class ButtonRow(BoxLayout):
    """A row of such buttons; `needed` is the width of all with the gaps between them, pixels."""

    needed = NumericProperty(0)

    def add_widget(self, widget: Widget, *args: object, **kwargs: object) -> None:
        super().add_widget(widget, *args, **kwargs)
        widget.fbind("needed", self._add)

    def remove_widget(self, widget: Widget, *args: object, **kwargs: object) -> None:
        super().remove_widget(widget, *args, **kwargs)
        widget.funbind("needed", self._add)

    def on_children(self, *_: object) -> None:
        self._add()

    on_spacing = on_children

    def _add(self, *_: object) -> None:
        self.needed = sum(button.needed + self.spacing for button in self.children) - self.spacing


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


class LookButtons(Reads, ButtonRow):
    """Buttons for text size, contrast, motion and reading aloud, on screens without a bar. Big text leaves no room for their
    words there."""

    kin_scope: ClassVar[bool] = True
    bare = BooleanProperty(False)

    def on_bare(self, *_: object) -> None:
        self._add()

    def _add(self, *_: object) -> None:
        for button in self.children:
            button.bare = self.bare
        super()._add()


class Bar(BoxLayout):
    """Two groups: where to go (back, start, help, language), and how it looks and sounds (text size, contrast, reading
    aloud). Side by side, or one over the other on a portrait screen. Big words need room: text size and contrast are
    behind one button then, and each group has three."""

    kin_scope: ClassVar[bool] = True
    kin_together: ClassVar[bool] = True

    lines = NumericProperty(1)
    shown = BooleanProperty(False)
    reads = BooleanProperty(True)
    big = BooleanProperty(False)

    def on_kv_post(self, base_widget: object) -> None:
        self._buttons: dict[str, BarButton] = {}
        for name in ("big", "reads"):
            self.fbind(name, self._arrange)
        self._arrange()

    def _arrange(self, *_: object) -> None:
        ways, looks = ["Back", "Home", "Help"], ["Read"] if self.reads else []
        if self.big:
            looks = ["BarLanguage", "View", *looks]
        else:
            ways, looks = [*ways, "BarLanguage"], ["BigText", "Contrast", *looks]
        for row in (self.ids.ways, self.ids.looks):
            row.clear_widgets()
        for row, names in ((self.ids.ways, ways), (self.ids.looks, looks)):
            for name in names:
                row.add_widget(self._button(name))

    def _button(self, name: str) -> BarButton:
        if name not in self._buttons:
            self._buttons[name] = getattr(Factory, f"{name}Button")()
        return self._buttons[name]

    def on_touch_down(self, touch: MotionEvent) -> bool:
        # Kivy's disabled buttons consume touches, also in a hidden bar of height 0.
        return bool(self.shown and super().on_touch_down(touch))
