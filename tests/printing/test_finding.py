"""Printers that are found: what is plugged in, what CUPS knows, and nothing that is no address."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.printing.finding import found
from tests.printing.cupsd import Cups


def test_what_is_plugged_in_and_what_cups_knows(tmp_path: Path, cups: Cups) -> None:
    for name in ("usb/lp0", "usb/hiddev0", "serial/by-id/usb-EPSON_TM-T20-if00"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    cups.add("Office", "file:/dev/null")
    cups.add("bad;name", "file:/dev/null")
    assert found(tmp_path) == [
        f"file://{tmp_path}/usb/lp0",
        "cups://Office",
        f"serial://{tmp_path}/serial/by-id/usb-EPSON_TM-T20-if00",
    ]


def test_nothing_there_is_nothing_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert found(tmp_path) == []
