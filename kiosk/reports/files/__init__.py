"""Report files, a module for each format with `to_bytes(report)`. The output is reproducible: the same report gives the
same bytes."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from kiosk.files.atomic import write_atomic
from kiosk.files.storage_errors import storage_errors
from kiosk.reports.model import Report

#: By file suffix.
FORMATS = ("pdf", "xlsx", "csv", "json")


def to_bytes(report: Report, ending: str) -> bytes:
    """Return the report in one of FORMATS. The writer is imported on first use, which keeps the start fast."""
    made: bytes = import_module(f"{__name__}.{ending}_file").to_bytes(report)
    return made


def file_name(report: Report, ending: str) -> str:
    """Return the file name of the report, such as "attendance-2026-11-01-2026-11-30.pdf"."""
    return f"{report.kind}-{report.first.isoformat()}-{report.last.isoformat()}.{ending}"


def save(report: Report, ending: str, path: Path) -> None:
    """Write the report to `path` atomically. Raises DiskFull, ReadOnlyFolder, StorageTrouble."""
    data = to_bytes(report, ending)
    with storage_errors():
        write_atomic(path, data)
