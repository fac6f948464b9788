"""Notifies systemd's watchdog, only after a frame was drawn and the database answered."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import sdnotify
from kivy.clock import Clock
from kivy.core.window import Window

if TYPE_CHECKING:
    from screens.app import KioskApp


class Watchdog:
    """Notifies twice within WATCHDOG_USEC; without systemd (NOTIFY_SOCKET) it does nothing."""

    def __init__(self, app: KioskApp) -> None:
        self._app = app
        self._drawn = self._answered = False
        self._systemd = sdnotify.SystemdNotifier()
        if "NOTIFY_SOCKET" in os.environ:
            seconds = int(os.environ.get("WATCHDOG_USEC", "20000000")) / 2_000_000
            Window.bind(on_flip=self._flipped)
            self._beat = Clock.schedule_interval(self._look, seconds)
            self._first = Clock.schedule_once(self._look)  # systemd is waiting for the first notification

    def stop(self) -> None:
        """Stop notifying."""
        if "NOTIFY_SOCKET" in os.environ:
            self._first.cancel()
            self._beat.cancel()
            Window.unbind(on_flip=self._flipped)

    def _look(self, _seconds: float) -> None:
        """Request a frame and a database answer."""
        self._drawn = self._answered = False
        Window.canvas.ask_update()  # an idle screen draws no frame by itself
        self._app.work(lambda: self._app.services.day.answers, self._heard, lambda error: None)

    def _flipped(self, *_: object) -> None:
        if not self._drawn:
            self._drawn = True
            self._speak()

    def _heard(self, answers: bool) -> None:
        self._answered = answers
        self._speak()

    def _speak(self) -> None:
        """Notify systemd once both have arrived."""
        if self._drawn and self._answered:
            self._systemd.notify("READY=1\nWATCHDOG=1")
