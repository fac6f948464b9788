"""Things to touch. They act on touch-up inside; sliding off cancels (WCAG 2.5.2)."""

from __future__ import annotations

from collections.abc import Sequence

from kivy.app import App
from kivy.core.window import Window
from kivy.input import MotionEvent
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens.x11.touch_panel import moment_of

#: A second strike within this time does nothing (EN 301 549 5.8: at least 0.5 s), seconds.
DOUBLE_STRIKE = 0.5
#: How far from the last strike a second one is another, mm.
DOUBLE_REACH = 15
#: Keys and steppers are struck again on purpose, however fast; only a finger that trembles is no second strike: seconds
#: after it was lifted, and mm.
KEY_STRIKE, KEY_REACH = 0.04, 4


class StrikeGuard:
    """Remembers the last strike of the whole screen, so that a double tap cannot reach what appears under it."""

    def __init__(self) -> None:
        self._time, self._x, self._y = -10.0, 0.0, 0.0
        self._repeats = False

    def allows(self, touch: MotionEvent, mm: float, *, repeats: bool = False) -> bool:
        """Return whether `touch` is a new strike, late or far enough after the last one. `mm` is pixels of one; `repeats` is
        whether it is on what is struck again on purpose."""
        quick = repeats and self._repeats
        reach = (KEY_REACH if quick else DOUBLE_REACH) * mm
        x, y = on_the_glass(touch)
        far = abs(x - self._x) > reach or abs(y - self._y) > reach
        return far or moment_of(touch) - self._time >= (KEY_STRIKE if quick else DOUBLE_STRIKE)

    def struck(self, touch: MotionEvent | None, *, repeats: bool = False) -> None:
        """Note that a button acted at `touch`."""
        if touch is not None:
            self._time, self._repeats = moment_of(touch), repeats
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
    """The base of all buttons. `spoken` names a button that shows no words; one that `repeats` is struck again on purpose."""

    spoken = StringProperty()
    repeats = BooleanProperty(False)
    chosen = BooleanProperty(False)
    shown = BooleanProperty(True)
    fill = ColorProperty("#FFFFFF")
    edge = ColorProperty((0, 0, 0, 0))

    def on_touch_down(self, touch: MotionEvent) -> bool:
        if not is_shown(self):
            return False  # what nobody sees must not lie in the way of what is under it
        app = App.get_running_app()
        mine = self.collide_point(*touch.pos) and not self.disabled
        if mine and not app.guard.allows(touch, app.theme.mm, repeats=self.repeats):
            return True
        touch.ud["view"] = app.shell.view
        return bool(super().on_touch_down(touch))

    def on_touch_up(self, touch: MotionEvent) -> bool:
        if touch.grab_current is self and not self._still_meant(touch):
            touch.ungrab(self)
            self._do_release()
            return True
        return bool(super().on_touch_up(touch))

    def _still_meant(self, touch: MotionEvent) -> bool:
        """Whether the screen is the one the finger came down on, and no other finger has chosen here meanwhile."""
        app = App.get_running_app()
        same = touch.ud.get("view") == app.shell.view and self.get_root_window() is not None
        return same and (self.repeats or app.guard.allows(touch, app.theme.mm))

    def on_release(self) -> None:
        App.get_running_app().guard.struck(self.last_touch, repeats=self.repeats)


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
