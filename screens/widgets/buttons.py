"""Buttons. They act on touch-up inside; sliding off cancels (WCAG 2.5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kivy.app import App
from kivy.core.window import Window
from kivy.input import MotionEvent
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens.x11.touch_panel import moment_of

from .tiling import Tiling

#: Debounce: a second touch within this time is ignored, seconds (EN 301 549 5.8: at least 0.5 s).
DOUBLE_STRIKE = 0.5
#: Distance from the last touch above which a second one is separate, mm.
DOUBLE_REACH = 15
#: Debounce of keys and steppers, which are pressed repeatedly on purpose: only a tremor is filtered. Seconds after the
#: finger was lifted, and mm.
KEY_STRIKE, KEY_REACH = 0.04, 4


class StrikeGuard:
    """Debounces touches for the whole screen, so that a double tap cannot hit what appears under it."""

    def __init__(self) -> None:
        self._time, self._x, self._y = -10.0, 0.0, 0.0
        self._repeats = False

    def allows(self, touch: MotionEvent, mm: float, *, repeats: bool = False) -> bool:
        """Return whether `touch` is separate from the last one by time or distance. `mm` is pixels per mm; `repeats`:
        the button is pressed repeatedly on purpose."""
        quick = repeats and self._repeats
        reach = (KEY_REACH if quick else DOUBLE_REACH) * mm
        x, y = on_the_glass(touch)
        far = abs(x - self._x) > reach or abs(y - self._y) > reach
        return far or moment_of(touch) - self._time >= (KEY_STRIKE if quick else DOUBLE_STRIKE)

    def struck(self, touch: MotionEvent | None, *, repeats: bool = False) -> None:
        """Note that a button acted on `touch`."""
        if touch is not None:
            self._time, self._repeats = moment_of(touch), repeats
            self._x, self._y = on_the_glass(touch)


def on_the_glass(touch: MotionEvent) -> tuple[float, float]:
    """Return the position of the finger in window pixels: a touch's own x and y are in the coordinates of its
    screen."""
    return touch.sx * Window.width, touch.sy * Window.height


def is_shown(widget: Widget) -> bool:
    """Return whether `widget` and all its parents are visible."""
    while isinstance(widget, Widget):
        if not widget.opacity:
            return False
        widget = widget.parent
    return True


def pressed(fill: Sequence[float]) -> tuple[float, ...]:
    """Return the pressed colour of a button with the colour `fill`: 14 % black over it."""
    alpha = fill[3] + 0.14 * (1 - fill[3])
    return (*(part * fill[3] * 0.86 / alpha for part in fill[:3]), alpha)


class Touch(ButtonBehavior, BoxLayout):
    """The base of all buttons. `spoken` is the name of a button without text; `repeats`: pressed repeatedly on
    purpose."""

    spoken = StringProperty()
    repeats = BooleanProperty(False)
    chosen = BooleanProperty(False)
    shown = BooleanProperty(True)
    fill = ColorProperty("#FFFFFF")
    edge = ColorProperty((0, 0, 0, 0))

    def on_touch_down(self, touch: MotionEvent) -> bool:
        if not is_shown(self):
            return False  # an invisible widget must not block touches of those below
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
        """Return whether the view is that of the touch-down, and no other finger has chosen something on it since."""
        app = App.get_running_app()
        same = touch.ud.get("view") == app.shell.view and self.get_root_window() is not None
        return same and (self.repeats or app.guard.allows(touch, app.theme.mm))

    def on_release(self) -> None:
        App.get_running_app().guard.struck(self.last_touch, repeats=self.repeats)


class TextButton(Touch):
    """A button with text and, if given, an icon before it."""

    kin: ClassVar[str] = "button"

    text = StringProperty()
    icon = StringProperty()
    sign = NumericProperty(0)  # font size of the icon
    colour = ColorProperty((0, 0, 0, 1))
    reason = StringProperty()  # shown instead of the text while it cannot be touched
    plain = BooleanProperty(False)  # the words need the icon's place

    def give_way(self) -> bool:
        """Drop the icon, and those of all others in the row: some with and some without look like two kinds of button."""
        gave = bool(self.icon and not self.plain)
        for one in self.row():
            one.plain = True
        return gave

    def row(self) -> list[TextButton]:
        """Return the buttons that have icons as this has."""
        return (
            [one for one in self.parent.children if isinstance(one, TextButton) and one.text] if self.parent else [self]
        )

    def on_width(self, *_: object) -> None:
        self.plain = False
        for words in self.children:
            words.shrinks = False  # there is an icon again that can give way

    on_text = on_icon = on_reason = on_disabled = on_width


class IconButton(Touch):
    """A button with an icon and a short word under it, or only the icon."""

    text = StringProperty()
    icon = StringProperty()
    bare = BooleanProperty(False)  # no room for the word
    words = StringProperty()  # as shown
    lines = NumericProperty(0)  # of them
    room = NumericProperty(0)  # height left for the icon, pixels
    sign = NumericProperty(0)  # font size of the icon; 0: default
    colour = ColorProperty((0, 0, 0, 1))


class NameAndNote(BoxLayout):
    """The name of an option and a note under it; `words` and `note` are their heights, pixels."""

    kin: ClassVar[str] = "option"

    words = NumericProperty(0)
    note = NumericProperty(0)


class PictureButton(Touch):
    """A button with drawn art, or a photo, over or beside its name, the usual form of options; `tiling` is that of its grid."""

    kin: ClassVar[str] = "option"

    text = StringProperty()
    note = StringProperty()
    art = StringProperty()
    photo = StringProperty()
    colour = ColorProperty((0, 0, 0, 1))
    tiling = ObjectProperty(Tiling(1, 1, 1), rebind=True)
