"""Renews the public page while the kiosk runs: in a process of the lowest priority, so that no screen waits for it and no memory
of it stays."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime

from kiosk.services import Services

#: Seconds that a delivery has to end when the kiosk does.
PATIENCE = 2


class PageRenewal:
    """At most one delivery at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def runs(self) -> bool:
        """Whether a delivery runs."""
        return self._process is not None and self._process.poll() is None

    def run_due(self, services: Services, now: datetime) -> None:
        """Start a delivery if one is due and none runs."""
        if not self.runs and services.public_page.is_due(now):
            self._process = subprocess.Popen(_command(services), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        """End a running delivery; the next one goes on where it was."""
        if self._process is not None and self.runs:
            self._process.terminate()
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def _command(services: Services) -> list[str]:
    settings = ["--settings", str(services.file)] if services.file else []
    return [
        "nice",
        "-n",
        "19",
        sys.executable,
        "-m",
        "kiosk",
        "publish",
        "--data",
        str(services.store.folder),
        *settings,
    ]
