"""Reports as files, a module a format with `to_bytes(report)`: the same report gives the same bytes."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from kiosk.files.atomic import write_atomic
from kiosk.files.storage_errors import storage_errors
from kiosk.reports.model import Report

#: By the ending of the file's name.
FORMATS = ("pdf", "xlsx", "csv", "json")


def to_bytes(report: Report, ending: str) -> bytes:
    """Return the report in one of FORMATS. What makes it is read when it is first needed: the kiosk starts without."""
    made: bytes = import_module(f"{__name__}.{ending}_file").to_bytes(report)
    return made


def file_name(report: Report, ending: str) -> str:
    """Return the name a file of the report goes by, such as "attendance-2026-11-01-2026-11-30.pdf"."""
    return f"{report.kind}-{report.first.isoformat()}-{report.last.isoformat()}.{ending}"


def save(report: Report, ending: str, path: Path) -> None:
    """Write the report to `path`, whole or not at all. Raises DiskFull, ReadOnlyFolder, StorageTrouble."""
    data = to_bytes(report, ending)
    with storage_errors():
        write_atomic(path, data)
