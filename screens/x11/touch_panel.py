"""Touch events as Kivy touches, each separate and with the time of the event."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.input import MotionEvent, MotionEventProvider

from .connection import BEGIN, END, MOVE, PanelGone, TouchEvent
from .fingers import REST, Fingers, Key

#: Position of a cancelled touch, a share of the width: outside every widget, so that nothing acts.
OUTSIDE = -1.0


class PanelTouch(MotionEvent):
    """A touch. `began` and `moment` are the times of touch-down and of the last event, s as time.monotonic."""

    def __init__(self, key: Key, event: TouchEvent) -> None:
        super().__init__("panel", key, event, is_touch=True, type_id="touch")

    def depack(self, args: TouchEvent) -> None:
        self.profile = ("pos",)
        self.sx, self.sy, self.moment = args.x, 1 - args.y, args.moment
        self.began = getattr(self, "began", self.moment)
        super().depack(args)


def moment_of(touch: MotionEvent) -> float:
    """Return the time of a touch or mouse event, s of one clock; it does not depend on a late frame."""
    moment: float = getattr(touch, "moment", None) or Clock.get_time()
    return moment


def rested(touch: MotionEvent) -> bool:
    """Return whether this is not a tap but a water drop or a resting hand."""
    return isinstance(touch, PanelTouch) and touch.moment - touch.began > REST


class TouchPanel(MotionEventProvider):
    """Polls `events` once a frame. Events about the screen are passed to `other`."""

    def __init__(self, events: Callable[[], Iterable[Any]], other: Callable[[Any], None]) -> None:
        super().__init__("panel", "")
        self._events, self._other = events, other
        self._fingers = Fingers()
        self._touches: dict[Key, PanelTouch] = {}

    def update(self, dispatch_fn: Callable[..., None]) -> None:
        """Dispatch events in order: touches that Kivy collects for a frame would all have their last position."""
        found = list(self._events())
        gone = {event.device for event in found if isinstance(event, PanelGone)}
        moves: dict[Key, TouchEvent] = {}
        for event in found:
            if not isinstance(event, TouchEvent):
                self._other(event)
            elif event.device not in gone:  # the server sends touch ends before the removal of a panel
                self._take(event, moves)
        for move in moves.values():
            self._move(move)
        for device in gone:
            self._let_go(self._fingers.gone(device))
        self._let_go(self._fingers.stale(time.monotonic()))

    def stop(self) -> None:
        self._events = lambda: ()
        self._touches.clear()

    def _take(self, event: TouchEvent, moves: dict[Key, TouchEvent]) -> None:
        """Process an event; of several moves only the last counts."""
        key = (event.device, event.touch)
        if event.kind == MOVE:
            moves[key] = event
            return
        if key in moves:
            self._move(moves.pop(key))
        if event.kind == BEGIN:
            self._begin(key, event)
        elif event.kind == END:
            self._end(key, event)

    def _begin(self, key: Key, event: TouchEvent) -> None:
        not_meant = self._fingers.begin(key, event.device, event.x, event.y, event.moment)
        self._let_go(not_meant)
        if key not in not_meant:
            self._touches[key] = touch = PanelTouch(key, event)
            EventLoop.post_dispatch_input("begin", touch)

    def _move(self, event: TouchEvent) -> None:
        key = (event.device, event.touch)
        touch = self._touches.get(key)
        held = touch is not None and bool(touch.grab_list)
        if self._fingers.move(key, event.x, event.y, event.moment, held=held) and touch is not None:
            self._dispatch("update", touch, event)

    def _end(self, key: Key, event: TouchEvent) -> None:
        touch = self._touches.pop(key, None)
        if self._fingers.end(key) and touch is not None:
            touch.update_time_end()
            self._dispatch("end", touch, event)

    def _let_go(self, keys: Iterable[Key]) -> None:
        """Cancel touches: moved off every widget, they choose nothing."""
        for device, number in keys:
            touch = self._touches.pop((device, number), None)
            if touch is not None:
                aside = TouchEvent(END, device, number, OUTSIDE, 1 - touch.sy, touch.moment)
                self._dispatch("update", touch, aside)
                touch.update_time_end()
                self._dispatch("end", touch, aside)

    def _dispatch(self, kind: str, touch: PanelTouch, event: TouchEvent) -> None:
        touch.move(event)
        EventLoop.post_dispatch_input(kind, touch)
