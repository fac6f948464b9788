"""A page for an office printer: it waits until the page is out, and takes it off the spooler's disk whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.printing import pages
from kiosk.printing.pages import print_page
from kiosk.printing.printers import PrinterTrouble, Unsure

#: A spooler of three shell scripts: it keeps what it is given, as CUPS does, until it is told to delete it. A job waits
#: for as many questions as the file `asks` has lines.
LP = """#!/bin/sh
[ -e {bad} ] && exit 1
cat > {spool}/Office-7
echo "$@" > {place}/args
echo "request id is Office-7 (1 file(s))"
"""
LPSTAT = """#!/bin/sh
[ -s {asks} ] || exit 0
sed -i 1d {asks}
echo "Office-7 kiosk 1024 Tue 24 Nov 2026"
"""
CANCEL = """#!/bin/sh
[ "$1" = -x ] && rm {spool}/$2
"""


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    spool = tmp_path / "spool"
    spool.mkdir()
    for name, script in (("lp", LP), ("lpstat", LPSTAT), ("cancel", CANCEL)):
        program = tmp_path / name
        program.write_text(script.format(spool=spool, place=tmp_path, asks=tmp_path / "asks", bad=tmp_path / "bad"))
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(pages, "EVERY", 0.01)
    return spool


def test_a_page_is_printed_and_nothing_is_kept(spool: Path) -> None:
    asks = spool.parent / "asks"
    asks.write_text("1\n2\n3\n")
    print_page("Office", b"%PDF secret")
    assert asks.read_text() == ""  # it waited until the printer had it
    assert "-d Office" in (spool.parent / "args").read_text()
    assert list(spool.iterdir()) == []


def test_a_printer_that_never_prints_keeps_nothing_either(spool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (spool.parent / "asks").write_text("1\n" * 10_000)
    monkeypatch.setattr(pages, "PATIENCE", 0.1)
    with pytest.raises(Unsure):
        print_page("Office", b"%PDF secret")
    assert list(spool.iterdir()) == []


def test_a_spooler_that_refuses_or_is_not_there_is_told(spool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (spool.parent / "bad").touch()
    with pytest.raises(PrinterTrouble):
        print_page("Office", b"%PDF secret")
    monkeypatch.setenv("PATH", str(spool))
    with pytest.raises(PrinterTrouble):
        print_page("Office", b"%PDF secret")
