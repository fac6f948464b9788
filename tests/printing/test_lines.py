"""Printers on a wire: a pair of serial ports by socat, a printer at its other end."""

from __future__ import annotations

import os
import select
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kiosk.printing import printers
from kiosk.printing.printers import CoverOpen, OutOfPaper, Unsure, parse_address, send, status
from tests.printing.paper import PaperPrinter

SLIP = Image.linear_gradient("L").resize((384, 400)).point(lambda value: 255 if value > 128 else 0)


class Wire:
    """The printer's end of the pair: what comes is taken as a `PaperPrinter` takes it, its answers go back."""

    def __init__(self, end: Path, printer: PaperPrinter) -> None:
        self.printer, self._ended = printer, threading.Event()
        self._file = os.open(end, os.O_RDWR | os.O_NOCTTY)
        self._thread = threading.Thread(target=self._talk, daemon=True)
        self._thread.start()

    def sendall(self, data: bytes) -> None:
        os.write(self._file, data)

    def close(self) -> None:
        self._ended.set()
        self._thread.join(timeout=10)
        os.close(self._file)

    def _talk(self) -> None:
        data, piece = bytearray(), []  # type: ignore[var-annotated]
        while not self._ended.is_set():
            after = self.printer.stall_after
            if after is not None and len(self.printer.received) > after:
                self._ended.wait(0.05)
            elif select.select((self._file,), (), (), 0.05)[0]:
                more = os.read(self._file, 4096)
                data += more
                self.printer.received += more
                self.printer._read(self, data, piece)  # type: ignore[arg-type]


@pytest.fixture
def wire(tmp_path: Path, paper: PaperPrinter) -> Iterator[Wire]:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ends = [f"pty,raw,echo=0,link={end}" for end in (ours, theirs)]
    with subprocess.Popen(["socat", *ends], stderr=subprocess.DEVNULL) as socat:
        while not (ours.exists() and theirs.exists()):
            assert socat.poll() is None
            time.sleep(0.01)
        wire = Wire(theirs, paper)
        yield wire
        wire.close()
        socat.terminate()


@pytest.fixture(params=["serial", "file"])
def address(request: pytest.FixtureRequest, wire: Wire, tmp_path: Path) -> printers.Address:
    return parse_address(f"{request.param}://{tmp_path / 'ours'}")


def test_a_printer_that_answers_prints_and_is_asked_before_and_after(address: printers.Address, wire: Wire) -> None:
    send(address, SLIP)
    [out] = wire.printer.wait(1)
    assert out.convert("L").crop((0, 0, *SLIP.size)).tobytes() == SLIP.tobytes()
    assert wire.printer.questions == [4, 2, 4]


def test_one_byte_is_read_and_nothing_is_waited_for(
    address: printers.Address, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[float] = []
    opened = printers.open_line

    def watched(*how: object) -> object:
        line = opened(*how)  # type: ignore[arg-type]
        read = line.read
        monkeypatch.setattr(line, "read", lambda seconds: reads.append(seconds) or read(seconds))
        return line

    monkeypatch.setattr(printers, "open_line", watched)
    send(address, SLIP)
    assert len(reads) == 3  # an answer each, and no read that runs into its time


def test_trouble_is_told_before_anything_goes_out(address: printers.Address, wire: Wire) -> None:
    for trouble, error in (("out_of_paper", OutOfPaper), ("cover_open", CoverOpen)):
        setattr(wire.printer, trouble, True)
        for ask in (lambda: send(address, SLIP), lambda: status(address)):
            with pytest.raises(error):
                ask()
        setattr(wire.printer, trouble, False)
    assert b"\x1dv0" not in wire.printer.received


def test_a_printer_that_never_answers_is_asked_once_and_prints(address: printers.Address, wire: Wire) -> None:
    wire.printer.silent = True
    for _ in range(3):
        send(address, SLIP)
    wire.printer.wait(3)
    assert wire.printer.questions == [4]


def test_a_printer_that_stops_taking_may_have_printed(address: printers.Address, wire: Wire) -> None:
    wire.printer.stall_after = 2_000
    big = SLIP.resize((576, 4000))
    with pytest.raises(Unsure):
        send(address, big, timeout=0.5)
    assert wire.printer.papers == []
