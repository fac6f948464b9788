"""Reports computed from the journal. The entry point is `kiosk.services.desk.reports`; this package has the engine and
the file formats."""

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
