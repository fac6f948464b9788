"""Things to touch. They act on touch-up inside; sliding off cancels (WCAG 2.5.2)."""

from __future__ import annotations

from collections.abc import Sequence

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.input import MotionEvent
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

#: A second strike within this time does nothing (EN 301 549 5.8: at least 0.5 s), seconds.
DOUBLE_STRIKE = 0.5
#: Keys and steppers are struck again on purpose, seconds.
KEY_STRIKE = 0.12


class StrikeGuard:
    """Remembers the last strike of the whole screen, so that a double tap cannot reach what appears under it."""

    def __init__(self) -> None:
        self._time, self._x, self._y = -10.0, 0.0, 0.0

    def allows(self, touch: MotionEvent, again_after: float, reach: float) -> bool:
        """Return whether `touch` is a new strike: later than `again_after` s or further than `reach` pixels away."""
        x, y = on_the_glass(touch)
        far = abs(x - self._x) > reach or abs(y - self._y) > reach
        return far or Clock.get_time() - self._time >= again_after

    def struck(self, touch: MotionEvent | None) -> None:
        """Note that a button acted at `touch`."""
        if touch is not None:
            self._time = Clock.get_time()
            self._x, self._y = on_the_glass(touch)


def on_the_glass(touch: MotionEvent) -> tuple[float, float]:
    """Return where the finger is in window pixels: a touch's own x and y are those of the screen it is handed to."""
    return touch.sx * Window.width, touch.sy * Window.height


def is_shown(widget: Widget) -> bool:
    """Return whether neither `widget` nor anything it lies in is made invisible."""
    while isinstance(widget, Widget):
        if not widget.opacity:
            return False
        widget = widget.parent
    return True


def pressed(fill: Sequence[float]) -> tuple[float, ...]:
    """Return the colour of a button of colour `fill` while a finger is on it: a veil of black, 14 %, over it."""
    alpha = fill[3] + 0.14 * (1 - fill[3])
    return (*(part * fill[3] * 0.86 / alpha for part in fill[:3]), alpha)


class Touch(ButtonBehavior, BoxLayout):
    """The base of all buttons. `spoken` names a button that shows no words."""

    spoken = StringProperty()
    again_after = NumericProperty(DOUBLE_STRIKE)
    chosen = BooleanProperty(False)
    shown = BooleanProperty(True)
    fill = ColorProperty("#FFFFFF")
    edge = ColorProperty((0, 0, 0, 0))

    def on_touch_down(self, touch: MotionEvent) -> bool:
        if not is_shown(self):
            return False  # what nobody sees must not lie in the way of what is under it
        app = App.get_running_app()
        mine = self.collide_point(*touch.pos) and not self.disabled
        if mine and not app.guard.allows(touch, self.again_after, 15 * app.theme.mm):
            return True
        return bool(super().on_touch_down(touch))

    def on_touch_up(self, touch: MotionEvent) -> bool:
        if touch.grab_current is self and self.get_root_window() is None:  # what the finger was on has gone
            touch.ungrab(self)
            return True
        return bool(super().on_touch_up(touch))

    def on_release(self) -> None:
        App.get_running_app().guard.struck(self.last_touch)


class TextButton(Touch):
    """A button with words and, if given, a sign before them."""

    text = StringProperty()
    icon = StringProperty()
    sign = NumericProperty(0)  # font size of the icon
    colour = ColorProperty((0, 0, 0, 1))


class IconButton(Touch):
    """A button with a sign and a short word under it, or with its sign alone (`sign_only`)."""

    text = StringProperty()
    icon = StringProperty()
    sign_only = BooleanProperty(False)
    sign = NumericProperty(0)  # font size of the icon; the usual one when 0
    colour = ColorProperty((0, 0, 0, 1))


class PictureButton(Touch):
    """A drawn picture over its name: the kiosk's main way of asking."""

    text = StringProperty()
    note = StringProperty()
    art = StringProperty()
    colour = ColorProperty((0, 0, 0, 1))
    wide = BooleanProperty(False)
    pictured = BooleanProperty(True)
