"""Slips by CUPS, a real one: sent is what has left the queue for the printer."""

from __future__ import annotations

import socket

import pytest
from PIL import Image

from kiosk.printing import cups as way
from kiosk.printing.cups import PrinterStopped
from kiosk.printing.printers import BadPrinter, PrinterTrouble, Unsure, parse_address, send, status
from tests.printing.cupsd import Cups
from tests.printing.paper import PaperPrinter

SLIP = Image.linear_gradient("L").resize((384, 900)).point(lambda value: 255 if value > 128 else 0)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(way, "PATIENCE", 2.0)


def printer(cups: Cups, paper: PaperPrinter, *, driver: bool = False) -> str:
    cups.add("receipt", f"socket://127.0.0.1:{paper.port}", driver=driver)
    return "cups://receipt"


@pytest.mark.parametrize("driver", [False, True], ids=["raw", "driver"])
def test_a_slip_comes_out_dot_for_dot_whether_the_queue_has_a_driver_or_not(
    cups: Cups, paper: PaperPrinter, driver: bool
) -> None:
    address = parse_address(printer(cups, paper, driver=driver))
    status(address)
    send(address, SLIP)
    [out] = paper.wait(1)
    assert out.convert("L").crop((0, 0, *SLIP.size)).tobytes() == SLIP.tobytes()
    assert paper.connections == 1
    assert cups.waiting() == []


@pytest.mark.parametrize("program", ["cupsdisable", "cupsreject"])
def test_a_queue_that_prints_nothing_or_takes_nothing_has_sent_nothing(
    cups: Cups, paper: PaperPrinter, program: str
) -> None:
    address = parse_address(printer(cups, paper))
    cups.tell(program, "receipt")
    for ask in (lambda: send(address, SLIP), lambda: status(address)):
        with pytest.raises(PrinterStopped) as raised:
            ask()
        assert not isinstance(raised.value, Unsure)
    assert cups.waiting() == []
    cups.tell("cupsenable" if program == "cupsdisable" else "cupsaccept", "receipt")
    send(address, SLIP)
    assert len(paper.wait(1)) == 1  # and the first one does not come out as well


def test_a_queue_that_is_not_there_has_sent_nothing(cups: Cups) -> None:
    with pytest.raises(PrinterTrouble) as raised:
        send(parse_address("cups://nothing"), SLIP)
    assert not isinstance(raised.value, Unsure)


def test_a_queue_stopped_behind_another_job_has_sent_nothing(
    cups: Cups, paper: PaperPrinter, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = parse_address(printer(cups, paper))
    monkeypatch.setattr(way, "check", lambda queue: None)  # it was stopped a moment later
    cups.tell("cupsdisable", "receipt")
    with pytest.raises(PrinterTrouble) as raised:
        send(address, SLIP)
    assert not isinstance(raised.value, Unsure)
    assert cups.waiting() == []


def test_a_printer_that_is_off_or_stalls_may_have_printed_and_nothing_comes_later(
    cups: Cups, paper: PaperPrinter, quick: None
) -> None:
    address = parse_address(printer(cups, paper))
    paper.stall_after = 2000
    with pytest.raises(Unsure):
        send(address, SLIP)
    assert cups.waiting() == []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    cups.add("off", f"socket://127.0.0.1:{port}")
    with pytest.raises(Unsure):
        send(parse_address("cups://off"), SLIP)
    assert cups.waiting() == []


def test_without_cups_nothing_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(PrinterTrouble) as raised:
        send(parse_address("cups://receipt"), SLIP)
    assert not isinstance(raised.value, (Unsure, BadPrinter))
    monkeypatch.undo()
    monkeypatch.setenv("CUPS_SERVER", "/nowhere/socket")
    with pytest.raises(PrinterTrouble) as raised:
        send(parse_address("cups://receipt"), SLIP)
    assert not isinstance(raised.value, Unsure)
