"""A real window with the real app, driven by touches where the widgets are."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from kivy.animation import Animation
from kivy.base import EventLoop, runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import glDisable, glEnable, glScissor
from kivy.input.motionevent import MotionEvent
from kivy.lang import Builder
from kivy.uix.widget import Widget

from kiosk.codes.scanner import TWICE
from kiosk.journal import Store
from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.settings import Settings
from screens.app import KioskApp
from screens.frame.focus import AGAIN
from screens.widgets.bar import BarButton
from screens.widgets.buttons import StrikeGuard
from screens.widgets.keyboard import KeyButton
from screens.widgets.paged_grid import PagedGrid

#: How long the stage waits for something to be seen before it says what it saw instead, seconds.
PATIENCE = 20.0
#: OpenGL's GL_SCISSOR_TEST. Filling a screen by software takes most of a test's time and nobody looks at it: except for
#: a picture everything is drawn and only a corner of this many pixels is filled.
SCISSOR, CORNER = 0x0C11, 16
#: More than a screen shows, so that waiting for the next frame costs little, frames per second.
FRAMES = 250
#: How long each round of `settle` leaves the processor to the work beside the screen, seconds.
PAUSE = 0.01
#: How long each frame leaves the processor where frames go as fast as they can, seconds: the work beside the screen has a lower
#: priority, and on the same core it would wait for ever.
YIELD = 0.0002


class Finger(MotionEvent):
    """One touch, in window pixels."""

    def __init__(self, x: float, y: float) -> None:
        self._number = getattr(Finger, "_count", 0)
        Finger._count = self._number + 1  # type: ignore[attr-defined]
        super().__init__(
            "finger", self._number, {"x": x / Window.width, "y": y / Window.height}, is_touch=True, type_id="touch"
        )
        self.scale_for_screen(Window.width, Window.height)

    def depack(self, args: Any) -> None:
        self.profile = ["pos"]
        self.sx, self.sy = args["x"], args["y"]
        super().depack(args)


#: Ended apps are collected with their connections in batches: each leaves about ten files open, a process may have 1,024, and
#: a collection of all that was frozen takes seconds.
TOGETHER = 20


class Stage:
    """Starts the app in a window of `size` pixels and lets a test act and look."""

    closed = 0

    def __init__(
        self,
        store: Store,
        settings: Settings,
        now: datetime,
        size: tuple[int, int] = (1280, 800),
        first: Callable[[], None] = lambda: None,
    ) -> None:
        self.moment = now
        self.store = store
        self.services = Services(store, settings)
        Window.size = size
        Clock._max_fps = FRAMES
        self._frames = 0
        self._before = set(Clock.get_events())
        pictures = Pictures(store.folder / "pictures")
        self.app = KioskApp(self.services, pictures, settings, clock=lambda: self.moment, first=first)
        self.app._run_prepare()
        runTouchApp(embedded=True)
        self.wait(lambda: self.app.background.runs or self.app.after, "the start")
        glScissor(0, 0, CORNER, CORNER)
        glEnable(SCISSOR)
        self.frames(3)

    #: Every how many frames one is drawn. The others are only laid out: drawing takes a third of the time.
    drawn = 1

    def close(self) -> None:
        """End the app and take it off the window."""
        self.app.stop()
        for event in set(Clock.get_events()) - self._before:
            event.cancel()  # screens of an app that has ended must not meddle with the next
        Animation._instances.clear()  # and would stay in memory by a fade that now never ends
        for child in list(Window.children):
            Window.remove_widget(child)
        stopTouchApp()
        Stage.closed += 1
        if Stage.closed % TOGETHER == 0:
            gc.unfreeze()
            gc.collect()

    def frames(self, count: int = 1) -> None:
        """Let `count` frames pass."""
        for _ in range(count):
            self._frames += 1
            if not Clock._max_fps:
                time.sleep(YIELD)
            if self._frames % self.drawn == 0:
                EventLoop.idle()
                continue
            Clock.tick()
            Builder.sync()
            Clock.tick_draw()
            Builder.sync()

    def wait(self, until: Callable[[], Any], what: str = "") -> Any:
        """Let frames pass until `until()` is true and return it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = until()
            if found:
                return found
            self.frames()
        raise AssertionError(f"waited for {what or until}; on {self.app.shell.current}: {self.words()}")

    def settle(self) -> None:
        """Wait until transitions, pictures and work under way are done."""
        self.frames(3)
        manager = self.app.shell.ids.manager
        self.wait(lambda: not manager.transition.is_active, "the transition")
        quiet = 0
        while quiet < 4:
            self.frames()
            time.sleep(PAUSE)
            busy = self.app.workers.busy or self.app.photos.busy or self.app.photos._arrived
            quiet = 0 if busy else quiet + 1

    # looking

    def widgets(self) -> Iterator[Widget]:
        """Every widget a visitor can see, those in front last."""
        yield from _seen(self.app.shell, *self.app.shell.size)

    def words(self) -> list[str]:
        """Every text on the screen, as it is read: a no-break space is a space."""
        texts = (getattr(widget, "text", "") for widget in self.widgets() if hasattr(widget, "texture"))
        return [text.replace("\u00a0", " ") for text in texts if text]

    def see(self, text: str) -> None:
        """Wait until `text` stands on the screen, whole or as a part of a text."""
        self.wait(lambda: any(text in words for words in self.words()), f"the text {text!r}")

    def find(self, text: str) -> Widget:
        """Return the button with `text` (whole), or said by `spoken`; the one in front, and one of the bar only where there is
        no other: it names the language of the screen as an option may."""

        def look() -> Widget | None:
            self.turn_to(text)
            found = None
            for widget in self.widgets():
                named = text in (getattr(widget, "text", None), getattr(widget, "spoken", None))
                if named and hasattr(widget, "last_touch") and not (found and isinstance(widget, BarButton)):
                    found = widget
            return found

        return self.wait(look, f"a button {text!r}")

    def turn_to(self, text: str) -> None:
        """Turn a grid whose button with `text` is on another page."""
        for grid in self.widgets():
            if isinstance(grid, PagedGrid) and any(_says(one, text) and not one.parent for one in grid.buttons):
                grid.turn()

    # touching

    def tap_at(self, x: float, y: float) -> None:
        """Touch the glass at x, y (window pixels, from the lower left) and let go."""
        self.wait(lambda: not self.app.shell.ids.manager.transition.is_active, "the transition")
        finger = Finger(x, y)
        for kind in ("begin", "update", "end"):
            EventLoop.post_dispatch_input(kind, finger)
            self.frames(2)

    def tap(self, target: Widget | str, *, twice: bool = False) -> None:
        """Touch a widget, or the button with these words, in its middle."""
        widget = self.find(target) if isinstance(target, str) else target
        assert not getattr(widget, "disabled", False), f"{target!r} does not answer"
        x, y = middle(widget)
        self.app.guard = StrikeGuard()  # as slow as a person: only `twice` strikes too fast
        self.tap_at(x, y)
        if twice:
            self.tap_at(x, y)

    def rest(self) -> None:
        """Let the time of a double strike pass for what counts it."""
        self.app.guard = StrikeGuard()
        self.app.focus._chose = -AGAIN
        self.app.scanner_input.scanner._last = ("", -TWICE)
        self.frames(3)

    def linger(self, seconds: float) -> None:
        """Let `seconds` really pass, for what is measured by the clock."""
        end = Clock.get_time() + seconds
        while Clock.get_time() < end:
            self.frames()

    def type(self, text: str) -> None:
        """Type on the keyboard on the screen, key by key."""
        for letter in text:
            self.tap(self.wait(lambda: self._key(letter), f"the key {letter!r}"))  # noqa: B023

    def _key(self, letter: str) -> Widget | None:
        """Return the key of `letter`: a name begins with capitals."""
        keys = {key.text or key.spoken: key for key in self.widgets() if isinstance(key, KeyButton)}
        found = ("␣",) if letter == " " else (letter, letter.upper())
        return next((keys[one] for one in found if one in keys), None)

    def shot(self, path: Path) -> None:
        """Save a picture of the screen."""
        self.settle()
        glDisable(SCISSOR)
        Window.canvas.ask_update()
        self.frames(2)
        name = Window.screenshot(str(path))  # Kivy adds a number to the name
        glEnable(SCISSOR)
        Path(name).replace(path)


def _says(widget: Widget, text: str) -> bool:
    return text in (getattr(widget, "text", None), getattr(widget, "question", None))


def middle(widget: Widget) -> tuple[float, float]:
    """Return the middle of `widget` in window pixels."""
    x, y = widget.to_window(*widget.center)
    return float(x), float(y)


def _seen(widget: Widget, width: float, height: float) -> Iterator[Widget]:
    if widget.opacity == 0:
        return
    x, y = widget.to_window(*widget.pos)
    if x + widget.width < 0 or x > width or y + widget.height < 0 or y > height:
        return
    if widget.width >= 1 and widget.height >= 1:
        yield widget
    for child in reversed(widget.children):
        yield from _seen(child, width, height)
