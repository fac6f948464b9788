"""Printers on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.printing import printers
from tests.printing.cupsd import Cups
from tests.printing.paper import PaperPrinter


@pytest.fixture
def paper() -> Iterator[PaperPrinter]:
    printer = PaperPrinter()
    yield printer
    printer.close()


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    """A CUPS that keeps files of printed jobs, and that the programs of this test speak to."""
    server = Cups()
    monkeypatch.setenv("CUPS_SERVER", server.server)
    yield server
    server.close()


@pytest.fixture(autouse=True)
def nobody_is_known_to_be_silent() -> None:
    printers._silent.clear()
