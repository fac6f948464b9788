"""Reports: the journal added up. `kiosk.services.reports` is the way in; here are the engine and what it makes."""

from __future__ import annotations

from .shape import KINDS, QUIET, Cancelled, Cell, Chart, Column, Hidden, Project, Report, Series, Table, Work

__all__ = [
    "KINDS",
    "QUIET",
    "Cancelled",
    "Cell",
    "Chart",
    "Column",
    "Hidden",
    "Project",
    "Report",
    "Series",
    "Table",
    "Work",
]
