"""Reports: the journal added up. `kiosk.services.desk.reports` is the way in; here are the engine and what it makes."""

from __future__ import annotations

from .model import (
    KINDS,
    QUIET,
    Cancelled,
    Cell,
    Chart,
    ChartSeries,
    Column,
    Hidden,
    ProgressTracker,
    Project,
    Report,
    Table,
)

__all__ = [
    "KINDS",
    "QUIET",
    "Cancelled",
    "Cell",
    "Chart",
    "ChartSeries",
    "Column",
    "Hidden",
    "ProgressTracker",
    "Project",
    "Report",
    "Table",
]
