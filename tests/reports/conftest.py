"""A centre over a temporary data folder, whose past is written with the times it happened at."""

from __future__ import annotations

from tests.services.conftest import keys, services, settings, store

__all__ = ["keys", "services", "settings", "store"]
