"""Fingers on a touch panel as Kivy's touches, each by itself and at the moment it touched."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.input import MotionEvent, MotionEventProvider

from .connection import BEGIN, END, MOVE, PanelGone, TouchEvent
from .fingers import REST, Fingers, Key

#: Where a finger is put that is let go, a share of the width: beside everything, so that nothing acts.
OUTSIDE = -1.0


class PanelTouch(MotionEvent):
    """A finger. `began` and `moment` are when it came down and was last heard of, s as time.monotonic."""

    def __init__(self, key: Key, event: TouchEvent) -> None:
        super().__init__("panel", key, event, is_touch=True, type_id="touch")

    def depack(self, args: TouchEvent) -> None:
        self.profile = ("pos",)
        self.sx, self.sy, self.moment = args.x, 1 - args.y, args.moment
        self.began = getattr(self, "began", self.moment)
        super().depack(args)


def moment_of(touch: MotionEvent) -> float:
    """Return when a finger or a mouse did what it did, s of one clock: a late frame does not make it later."""
    moment: float = getattr(touch, "moment", None) or Clock.get_time()
    return moment


def rested(touch: MotionEvent) -> bool:
    """Whether this is no tap but a drop of water, or a hand that leans on the glass."""
    return isinstance(touch, PanelTouch) and touch.moment - touch.began > REST


class TouchPanel(MotionEventProvider):
    """Asks for `events` once a frame. Whatever they say of the screen is left to `other`."""

    def __init__(self, events: Callable[[], Iterable[Any]], other: Callable[[Any], None]) -> None:
        super().__init__("panel", "")
        self._events, self._other = events, other
        self._fingers = Fingers()
        self._touches: dict[Key, PanelTouch] = {}

    def update(self, dispatch_fn: Callable[..., None]) -> None:
        """Hand on what came, in its order: what Kivy collects in a frame would have its last place from the beginning."""
        found = list(self._events())
        gone = {event.device for event in found if isinstance(event, PanelGone)}
        moves: dict[Key, TouchEvent] = {}
        for event in found:
            if not isinstance(event, TouchEvent):
                self._other(event)
            elif event.device not in gone:  # the server ends the fingers of a panel before it says that it is gone
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
        """Take an event; of several moves only the last counts."""
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
        """End touches so that nothing acts: a finger that slides off chooses nothing."""
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
