"""A page for an office printer, by a real CUPS: it waits until the page is out, and looks whether its file is gone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.printing import cups as way
from kiosk.printing import pages
from kiosk.printing.pages import StoppedAndKept, print_page
from kiosk.printing.printers import PrinterTrouble, Unsure
from tests.printing.cupsd import Cups
from tests.printing.paper import PaperPrinter

PAGE = b"%PDF-1.4 secret " + bytes(range(256)) * 400


@pytest.fixture
def tidy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    """A CUPS as the installer sets it: it keeps no file of what was printed."""
    server = Cups(keeps=False)
    monkeypatch.setenv("CUPS_SERVER", server.server)
    yield server
    server.close()


def test_a_page_is_printed_and_its_file_is_gone(tidy: Cups, paper: PaperPrinter) -> None:
    tidy.add("Office", f"socket://127.0.0.1:{paper.port}")
    assert print_page("Office", PAGE, spool=tidy.spool)
    assert bytes(paper.received) == PAGE
    assert tidy.documents() == []


def test_a_page_that_is_out_before_anybody_looks_leaves_nothing(
    tidy: Cups, paper: PaperPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    tidy.add("Office", f"socket://127.0.0.1:{paper.port}")
    submit = way.submit

    def done_at_once(queue: str, *args: Any) -> int:
        job = submit(queue, *args)
        way.follow(queue, job)
        while tidy.documents():
            time.sleep(way.EVERY)
        return job

    monkeypatch.setattr(way, "submit", done_at_once)
    assert print_page("Office", PAGE, spool=tidy.spool)


def test_a_file_that_stays_is_told(cups: Cups, paper: PaperPrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "DELETING", 0.2)
    cups.add("Office", f"socket://127.0.0.1:{paper.port}")
    assert not print_page("Office", PAGE, spool=cups.spool)
    assert cups.documents() == ["d00001-001"]


def test_what_cannot_be_looked_at_is_not_said_to_be_gone(tidy: Cups, paper: PaperPrinter, tmp_path: Path) -> None:
    tidy.add("Office", f"socket://127.0.0.1:{paper.port}")
    assert not print_page("Office", PAGE, spool=tmp_path)  # CUPS is elsewhere
    (tmp_path / "file").touch()
    assert not print_page("Office", PAGE, spool=tmp_path / "file")  # a folder one may not look into


@pytest.mark.parametrize("keeps", [False, True])
def test_a_printer_that_never_prints_keeps_nothing_or_it_is_told(
    request: pytest.FixtureRequest, paper: PaperPrinter, monkeypatch: pytest.MonkeyPatch, keeps: bool
) -> None:
    server: Cups = request.getfixturevalue("cups" if keeps else "tidy")
    monkeypatch.setattr(way, "PATIENCE", 1.0)
    monkeypatch.setattr(pages, "DELETING", 1.0)
    paper.stall_after = 500
    server.add("Office", f"socket://127.0.0.1:{paper.port}")
    with pytest.raises(Unsure) as raised:
        print_page("Office", PAGE, spool=server.spool)
    assert isinstance(raised.value, StoppedAndKept) == keeps
    assert server.waiting() == []
    assert server.documents() == (["d00001-001"] if keeps else [])


def test_a_queue_that_is_stopped_or_not_there_is_told(cups: Cups, paper: PaperPrinter) -> None:
    cups.add("Office", f"socket://127.0.0.1:{paper.port}")
    cups.tell("cupsdisable", "Office")
    for queue in ("Office", "Nothing"):
        with pytest.raises(PrinterTrouble) as raised:
            print_page(queue, PAGE, spool=cups.spool)
        assert not isinstance(raised.value, Unsure)
    assert cups.documents() == []  # CUPS was not given it
