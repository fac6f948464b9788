"""The plain screen after too many crashes. Beside app.py the one place here that opens a window; it shares nothing with it
that could have crashed."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from pathlib import Path

from kiosk import driver
from kiosk.crashes import Starts
from kiosk.safe_count import SafeCount
from kiosk.settings import Settings


def run_safe(folder: Path, settings: Settings, starts: Starts, windowed: tuple[int, int] | None) -> bool:
    """Show it until somebody, or time, tries the kiosk again; returns whether that is so."""
    from screens.safe.safe import SafeApp, configure

    configure(windowed)
    driver.wait()  # before there is a window
    gc.enable()  # nobody collects between frames here
    count = SafeCount(folder, settings, datetime.now(UTC))
    app = SafeApp(count, settings, lambda: datetime.now(UTC))
    try:
        app.run()
    finally:
        count.close()
    starts.forgive()
    return bool(app.again)
