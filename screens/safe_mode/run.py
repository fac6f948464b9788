"""Opens the safe screen after too many crashes. It shares nothing with app.py that could have crashed."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.safe_mode.crash_log import CrashLog
from kiosk.safe_mode.head_count import HeadCount
from kiosk.settings import BadSettings, Settings
from kiosk.startup import garbage, sdl_preload


def run_safe(
    folder: Path,
    settings: Settings,
    starts: CrashLog,
    windowed: tuple[int, int] | None,
    trouble: KioskError | None = None,
) -> bool:
    """Show the safe screen until somebody or a timeout retries; returns whether to start the kiosk. `trouble` is the
    error that prevents the start, if known."""
    from .safe_app import SafeApp, configure

    configure(windowed)
    sdl_preload.need_display()  # before the window is created
    garbage.release()  # no collections between frames here
    count = HeadCount(folder, settings, datetime.now(UTC), schedule=not isinstance(trouble, BadSettings))
    signal.signal(
        signal.SIGTERM, lambda *_: app.stop()
    )  # SDL would turn it into a request to close the window, which is refused
    app = SafeApp(count, settings, lambda: datetime.now(UTC), trouble, full_screen=windowed is None)
    try:
        app.run()
    finally:
        count.close()
    starts.forgive()
    return bool(app.again)
