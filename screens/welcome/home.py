"""Home: four large choices."""

from __future__ import annotations

from screens.base import KioskScreen


class Home(KioskScreen):
    """What one can do here."""
