"""The physical size of the screen: calibrated once with a bank card, so that sizes in millimetres are right."""

from __future__ import annotations

import json
import math
from datetime import datetime

from kiosk.data.models import Meta
from kiosk.journal import Store
from kiosk.services.rights import needs
from kiosk.settings import Settings

#: A bank card (ISO/IEC 7810 ID-1), mm: every visitor has one, and it is the same everywhere.
CARD_MM = (85.6, 53.98)
#: Limits of a calibrated diagonal, inches: beyond them it was a mistake.
LEAST, MOST = 5.0, 100.0


class ScreenSizeService:
    """The diagonal of the screen: calibrated at this resolution, else from the settings."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings

    def diagonal(self, width: int, height: int) -> float:
        """Return the diagonal in inches of a screen of `width` × `height` pixels. A calibration for another resolution
        is ignored; a rotated screen is the same."""
        noted = json.loads(self._store.get_meta("glass") or "{}")
        if noted.get("pixels") == sorted((width, height)):
            return float(noted["inches"])
        return self._settings.screen.diagonal_inches

    @needs("settings")
    def measured(self, *, width: int, height: int, pixels_per_mm: float, now: datetime, who: str) -> float:
        """Store a calibration: `pixels_per_mm` on a screen of `width` × `height` pixels. Returns the diagonal, limited
        to LEAST and MOST inches."""
        inches = min(max(math.hypot(width, height) / pixels_per_mm / 25.4, LEAST), MOST)
        noted = {"pixels": sorted((width, height)), "inches": round(inches, 3)}
        with self._store.write(now) as journal:
            Meta.replace(key="glass", value=json.dumps(noted)).execute(self._store.db)
            journal.append("glass.measured", who, noted)
        return inches
