"""The sign of life for systemd: only after a frame was really drawn and the database has answered."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import sdnotify
from kivy.clock import Clock
from kivy.core.window import Window

if TYPE_CHECKING:
    from screens.app import KioskApp


class Watchdog:
    """Speaks to systemd twice in its watchdog's time; without systemd it does nothing."""

    def __init__(self, app: KioskApp) -> None:
        self._app = app
        self._drawn = self._answered = False
        self._systemd = sdnotify.SystemdNotifier()
        if "NOTIFY_SOCKET" in os.environ:
            seconds = int(os.environ.get("WATCHDOG_USEC", "20000000")) / 2_000_000
            Window.bind(on_flip=self._flipped)
            self._beat = Clock.schedule_interval(self._look, seconds)

    def stop(self) -> None:
        """Speak no more."""
        if "NOTIFY_SOCKET" in os.environ:
            self._beat.cancel()
            Window.unbind(on_flip=self._flipped)

    def _flipped(self, *_: object) -> None:
        self._drawn = True

    def _look(self, _seconds: float) -> None:
        if self._drawn and self._answered:
            self._systemd.notify("READY=1\nWATCHDOG=1")
        self._drawn = self._answered = False
        Window.canvas.ask_update()  # a screen that waits draws nothing by itself
        self._app.work(lambda: self._app.services.day.answers, self._heard, lambda error: None)

    def _heard(self, answers: bool) -> None:
        self._answered = answers
