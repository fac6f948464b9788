"""The proof pack: every report in every format in one zip, with data for later verification."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from kiosk import __version__, clock
from kiosk.errors import N_
from kiosk.files.atomic import atomic_file
from kiosk.files.storage_errors import storage_errors
from kiosk.reports.model import ProgressTracker, Report
from kiosk.reports.wording import Say
from kiosk.settings import Settings

from . import FORMATS, file_name, to_bytes
from .json_file import plain

SUMS, ABOUT, READ_ME = "SHA256SUMS", "about.json", "README.txt"


class _Zip:
    """A reproducible zip: its bytes depend on its content only."""

    def __init__(self, file: BinaryIO, when: datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._time = (when.year, when.month, when.day, when.hour, when.minute, when.second // 2 * 2)
        self.sums: dict[str, str] = {}

    def add(self, name: str, data: bytes) -> None:
        """Add a file."""
        self.sums[name] = hashlib.sha256(data).hexdigest()
        entry = zipfile.ZipInfo(name, self._time)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        self._zip.writestr(entry, data)

    def close(self) -> None:
        self._zip.close()


def write_pack(
    path: Path,
    kinds: Sequence[str],
    make: Callable[[str, ProgressTracker], Report],
    settings: Settings,
    work: ProgressTracker,
) -> None:
    """Write the proof pack to `path` atomically; `make(kind, work)` makes the reports, one at a time. Raises Cancelled,
    DiskFull, ReadOnlyFolder, StorageTrouble."""
    with storage_errors(), atomic_file(path) as file:
        pack: _Zip | None = None
        try:
            for at, kind in enumerate(kinds):
                report = make(kind, work.part(at / len(kinds), (at + 0.7) / len(kinds)))
                if pack is None:
                    pack = _Zip(file, report.as_of.astimezone(ZoneInfo(report.timezone)))
                    first = report
                for ending in FORMATS:
                    work.at((at + 0.8) / len(kinds))
                    pack.add(f"{ending}/{file_name(report, ending)}", to_bytes(report, ending))
            if pack is not None:
                pack.add(ABOUT, _about(first, settings))
                pack.add(READ_ME, _read_me(first))
                sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(pack.sums.items()))
                pack.add(SUMS, sums.encode())
            work.at(1)
        finally:
            if pack is not None:
                pack.close()


def _about(report: Report, settings: Settings) -> bytes:
    """Return the settings a report depends on, without addresses and the like."""
    about = {
        "program": "Lumijobi Kiosk",
        "version": __version__,
        "as_of": clock.utc_text(report.as_of),
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "language": report.language,
        "project": report.project.number if report.project else None,
        "settings": {
            "centre": settings.centre._asdict(),
            "opening": settings.opening,
            "closed": settings.closed,
            **{
                name: [row._asdict() for row in getattr(settings, name)] for name in ("gatherings", "projects", "rates")
            },
        },
    }
    return (json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True, default=plain) + "\n").encode()


def _read_me(report: Report) -> bytes:
    say = Say(report.language, report.timezone)
    lines = [
        report.centre,
        *(f"{label}: {text}" for label, text in report.head),
        "",
        say.text(
            N_("Each folder has the same reports in another format. The PDF files are made for archiving (PDF/A).")
        ),
        say.text(N_("The same data always gives the same files. To check that nothing was changed, type:")),
        f"  sha256sum --check {SUMS}",
    ]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
