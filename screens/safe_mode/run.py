"""The plain screen after too many crashes. Beside app.py the one place here that opens a window; it shares nothing with it
that could have crashed."""

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
    """Show it until somebody, or time, tries the kiosk again; returns whether that is so. `trouble` is what keeps the
    kiosk from starting, if that is known."""
    from .safe_app import SafeApp, configure

    configure(windowed)
    sdl_preload.need_display()  # before there is a window
    garbage.release()  # nobody collects between frames here
    count = HeadCount(folder, settings, datetime.now(UTC), schedule=not isinstance(trouble, BadSettings))
    signal.signal(signal.SIGTERM, lambda *_: app.stop())  # SDL makes of it a wish to close the window, which is refused
    app = SafeApp(count, settings, lambda: datetime.now(UTC), trouble, full_screen=windowed is None)
    try:
        app.run()
    finally:
        count.close()
    starts.forgive()
    return bool(app.again)
