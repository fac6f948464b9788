"""Keyboard focus: keys move from one control to the next and choose it.

Tab and the arrows move, Enter and the space bar choose, Escape goes back; a keypad or a switch that acts as a keyboard does
the same (EN 301 549, 5.1.3 and 5.5; WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.7). Scanner input is handled first, in
`screens.frame.scanner_input`: keys of a scan never arrive here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import ref

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.label import Label
from kivy.uix.screenmanager import ScreenManager
from kivy.uix.widget import Widget

from screens.widgets.buttons import Touch
from screens.widgets.photo_grid import GridView, ItemCell
from screens.widgets.words import Icon

if TYPE_CHECKING:
    from screens.app import KioskApp

#: Keys by USB HID usage, which is the same on every layout: Enter, Escape, Tab, space, arrows, Enter of the keypad.
NEXT, PREVIOUS, UP, DOWN, CHOOSE, BACK = "next", "previous", "up", "down", "choose", "back"
ACTS = {40: CHOOSE, 88: CHOOSE, 44: CHOOSE, 41: BACK, 43: NEXT, 79: NEXT, 80: PREVIOUS, 81: DOWN, 82: UP}
#: Seconds within which a repeated choice is taken for a key held down (EN 301 549, 5.8).
AGAIN = 0.5
#: The same for keys that repeat on purpose.
KEY_AGAIN = 0.12


def act_of(scancode: int, modifiers: list[str]) -> str:
    """Return the act of a key (USB HID usage), "" if it has none."""
    if {"ctrl", "alt", "meta"} & set(modifiers):
        return ""
    act = ACTS.get(scancode, "")
    return PREVIOUS if scancode == 43 and "shift" in modifiers else act


class Ring(Widget):
    """The focus ring, in two colours: one of them contrasts with any background."""


class Stop(NamedTuple):
    """A control that can be focused; `choose` does what a touch would do."""

    widget: Any
    choose: Callable[[], object]


def _choose_cell(cell: ItemCell, grid: Any) -> None:
    grid.dispatch("on_choose", cell.card.id)  # look the card up now: cells are recycled when the grid scrolls


class Focus:
    """The focused control; none while the screen is used by touch."""

    def __init__(self, app: KioskApp) -> None:
        self.app = app
        self.ring = Ring()
        self.changed: Callable[[Any, bool], None] = lambda widget, moved: None
        self._moved = False  # a key moved the focus on this screen
        self._at: Any = None
        self._chose = -AGAIN
        self._follow = Clock.create_trigger(self._place, 0, interval=True)

    @property
    def widget(self) -> Any:
        """The focused widget, or None."""
        return self._at() if self._at is not None else None

    def act(self, act: str) -> None:
        """Carry out an act. The first one only shows the focus."""
        stops = list(self.stops())
        at = next((number for number, stop in enumerate(stops) if stop.widget is self.widget), None)
        if act == BACK:
            if self.app.shell.dialog is None:
                self.app.shell.back()
        elif not stops:
            return
        elif at is None:
            self._focus(stops[0].widget, moved=True)
        elif act == CHOOSE:
            self._choose(stops[at])
        else:
            self._focus(stops[_towards(stops, at, act)].widget, moved=True)

    def start(self) -> None:
        """Focus the first control if none is focused."""
        if self.widget is None:
            self.act(NEXT)

    def _choose(self, stop: Stop) -> None:
        now = Clock.time()
        if now - self._chose >= (KEY_AGAIN if getattr(stop.widget, "repeats", False) else AGAIN):
            self._chose = now
            stop.choose()

    def stops(self) -> Iterator[Stop]:
        """Yield all controls in reading order."""
        shell = self.app.shell
        for widget in seen(shell.dialog or shell):
            if isinstance(widget, Touch) and not widget.disabled:
                yield Stop(widget, partial(widget.trigger_action, 0))
            elif isinstance(widget, ItemCell) and widget.index >= 0 and widget.card is not None:
                yield Stop(widget, partial(_choose_cell, widget, widget.parent))

    def clear(self) -> None:
        """Remove the focus: the screen was touched, or the visitor has left."""
        self._at = None
        self._follow.cancel()
        if self.ring.parent:
            self.ring.parent.remove_widget(self.ring)

    def _focus(self, widget: Any, *, moved: bool) -> None:
        self._at, self._moved = ref(widget), moved
        if isinstance(widget, ItemCell):
            widget.parent.reveal(widget.index)
        self._follow()
        self._place()
        self.changed(widget, moved)

    def _place(self, *_: object) -> None:
        """Keep the ring around the focused widget and above any dialog."""
        stops, shell = [stop.widget for stop in self.stops()], self.app.shell
        if not stops:
            return  # a dialog is just appearing
        if self.widget not in stops or (not self._moved and self.widget is not stops[0]):
            self._focus(stops[0], moved=False)  # another screen opened, or its first control appeared later
            return
        if shell.children[0] is not self.ring:
            self._over(shell)
        x, y, width, height = box_of(self.widget)
        self.ring.pos, self.ring.size = (x, y), (width, height)

    def _over(self, shell: Any) -> None:
        if self.ring.parent:
            self.ring.parent.remove_widget(self.ring)
        shell.add_widget(self.ring)


def seen(widget: Any) -> Iterator[Any]:
    """Yield all visible widgets in `widget` in reading order, without transparent ones, those outside the window, and the
    contents of controls."""
    x, y, width, height = box_of(widget)
    if not widget.opacity or x + width < 1 or x > Window.width - 1 or y + height < 1 or y > Window.height - 1:
        return
    if width >= 1 and height >= 1:
        yield widget
    if isinstance(widget, ScreenManager):
        inside = [widget.current_screen]  # not the screen that is fading out
    elif isinstance(widget, GridView):
        cells = sorted(widget.children, key=lambda cell: cell.index)
        inside = [cell for cell in cells if widget.collide_point(widget.center_x, cell.center_y + widget.shift)]
    else:
        inside = [] if isinstance(widget, (Touch, ItemCell)) else widget.children[::-1]
    for child in inside:
        yield from seen(child)


def box_of(widget: Any) -> tuple[float, float, float, float]:
    """Return x, y, width and height of a widget in window pixels."""
    x, y = widget.to_window(*widget.pos)
    scrolled = widget.parent.shift if isinstance(widget.parent, GridView) else 0
    return float(x), float(y + scrolled), float(widget.width), float(widget.height)


def name_of(widget: Any) -> str:
    """Return the spoken name of a widget: its own, or the texts in it."""
    own = getattr(widget, "spoken", "") or getattr(widget, "text", "")
    if own or not isinstance(widget, Widget):
        return str(own)
    return sentences(_texts(widget))


def sentences(parts: Iterable[str]) -> str:
    """Return `parts` joined as sentences; a part that ends with a question mark gets no full stop."""
    stopped = [part if part[-1] in ".!?:" else f"{part}." for part in map(str.strip, parts) if part.strip(" .")]
    return " ".join(stopped).removesuffix(".")


def _texts(widget: Any) -> Iterator[str]:
    if not widget.opacity:
        return
    if isinstance(widget, Label) and not isinstance(widget, Icon) and widget.text:
        yield widget.text
    for child in reversed(widget.children):
        yield from _texts(child)


def _towards(stops: list[Stop], at: int, act: str) -> int:
    """Return the index of the next stop: the previous or following one, or the nearest above or below."""
    if act in (NEXT, PREVIOUS):
        return (at + (1 if act == NEXT else -1)) % len(stops)
    x, y = _middle(stops[at].widget)
    sign = 1 if act == UP else -1
    found = []
    for number, stop in enumerate(stops):
        other_x, other_y = _middle(stop.widget)
        rise = (other_y - y) * sign
        if rise > min(stop.widget.height, stops[at].widget.height) / 2:
            found.append((rise + 2 * abs(other_x - x), number))
    return min(found)[1] if found else (at + (-1 if act == UP else 1)) % len(stops)


def _middle(widget: Any) -> tuple[float, float]:
    x, y, width, height = box_of(widget)
    return x + width / 2, y + height / 2
