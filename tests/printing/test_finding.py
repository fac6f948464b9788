"""Printers that are found: what is plugged in, what CUPS knows, and nothing that is no address."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.printing.finding import found


def test_what_is_plugged_in_and_what_cups_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("usb/lp0", "usb/hiddev0", "serial/by-id/usb-EPSON_TM-T20-if00"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    program = tmp_path / "lpstat"
    program.write_text('#!/bin/sh\n[ "$1" = -e ] && printf "Office\\nbad;name\\n"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert found(tmp_path) == [
        f"file://{tmp_path}/usb/lp0",
        "cups://Office",
        f"serial://{tmp_path}/serial/by-id/usb-EPSON_TM-T20-if00",
    ]


def test_nothing_there_is_nothing_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert found(tmp_path) == []
