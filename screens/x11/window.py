"""The kiosk's window on the X screen: it covers one output, with or without a window manager and after changes of the
output, and receives the touches of its panel.

Without an X server (Wayland without XWayland) everything is left to SDL: full screen, and one finger as a mouse.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import Any

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.config import Config

from .connection import Connection, Output, ScreenChanged
from .touch_panel import TouchPanel

log = logging.getLogger(__name__)

#: Seconds for a window manager to react to a change of outputs.
PATIENCE = 1.0


def choose(outputs: Sequence[Output], name: str) -> Output:
    """Return the output of this name, or the primary one if it is missing."""
    return next((output for output in outputs if output.name == name), outputs[0])


class KioskWindow:
    """Create it before Kivy's window, then attach that. `full`: it covers the output named `output` ("": the primary
    one)."""

    def __init__(self, *, full: bool, output: str) -> None:
        self._full, self._output = full, output
        self._connection: Connection | None = None
        self._panel: TouchPanel | None = None
        self._window = 0
        try:
            self._connection = Connection()
        except OSError as error:
            # Offscreen and on Wayland there is no X server; if DISPLAY is set, it should have answered.
            log.log(
                logging.WARNING if os.environ.get("DISPLAY") else logging.INFO, "the window is left to SDL: %s", error
            )
            return
        self._managed = self._connection.managed
        if full:
            self._configure(choose(self._connection.outputs(), output))

    def _configure(self, output: Output) -> None:
        """Configure SDL so that the first frame covers the output."""
        Config.set("graphics", "fullscreen", "auto" if self._managed else "0")
        Config.set("graphics", "borderless", str(int(not self._managed)))
        Config.set("graphics", "position", "custom")
        for key, value in zip(("left", "top", "width", "height"), output.place, strict=True):
            Config.set("graphics", key, str(value))

    def attach(self, window: Any) -> None:
        """Grab the touches of Kivy's window, and keep its position."""
        found = window.get_window_info()
        if self._connection is None or not getattr(found, "window", None) or type(found).__name__ != "WindowInfoX11":
            return
        self._window = found.window
        self._connection.listen(self._window, whole=self._full and not self._managed)
        self._keep()
        self._panel = TouchPanel(self._connection.events, self._changed)
        EventLoop.add_input_provider(self._panel)

    def stop(self) -> None:
        """Disconnect from the window and the X server."""
        Clock.unschedule(self._through_manager)
        if self._panel is not None:
            EventLoop.remove_input_provider(self._panel)
            self._panel.stop()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def outputs(self) -> list[str]:
        """Return the names of the connected outputs."""
        found = self._connection.outputs() if self._connection is not None else []
        return [output.name for output in found if output.name]

    def use(self, output: str) -> None:
        """Cover this output from now on."""
        self._output = output
        self._keep()

    def _changed(self, event: Any) -> None:
        if isinstance(event, ScreenChanged):
            self._keep()

    def _keep(self) -> None:
        """Restore the window if it does not cover the output."""
        if self._connection is None or not self._window:
            return
        place = choose(self._connection.outputs(), self._output).place
        if self._full and self._connection.place_of(self._window) != place:
            if self._managed:
                Clock.unschedule(self._through_manager)
                Clock.schedule_once(self._through_manager, PATIENCE)
            else:
                self._connection.put(self._window, place)
        elif self._full and not self._managed:
            self._connection.focus(self._window)
        self._connection.refresh()

    def _through_manager(self, _seconds: float) -> None:
        """Ask the window manager to cover another output: it uses the one that the window is on."""
        from kivy.core.window import Window

        if self._connection is None:
            return
        place = choose(self._connection.outputs(), self._output).place
        if self._connection.place_of(self._window) == place:
            return
        Window.fullscreen = False
        self._connection.put(self._window, place)
        Window.fullscreen = "auto"
        self._connection.refresh()
