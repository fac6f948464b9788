"""Printers: what is sent comes out dot for dot; every trouble is told apart from "it may have printed"."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from kiosk.codes import Kind, new_code
from kiosk.documents.slip import Slip, draw
from kiosk.printing import printers
from kiosk.printing.printers import (
    Address,
    BadPrinter,
    CoverOpen,
    OutOfPaper,
    PrinterTrouble,
    Unsure,
    parse_address,
    send,
    status,
)
from tests.printing.paper import PaperPrinter

CODE = new_code(Kind.TICKET)


def slip(width: int = 576) -> Image.Image:
    return draw(
        Slip(
            heading="Help Center Lumijobi", item_name="Дощовик до візка, ґудзики й їжачок",
            photo=Image.radial_gradient("L").convert("RGB"), code=CODE, deadline_text="Заберіть до: п’ятниця",
            lines=("Покажіть це на стійці.",), staff_line="Henkilökunnalle: lue koodi.", copy_text="Копія 2",
        ),
        width,
    )  # fmt: skip


@pytest.mark.parametrize("width", [576, 384])
def test_a_slip_comes_out_dot_for_dot(paper: PaperPrinter, width: int) -> None:
    sent = slip(width)
    send(parse_address(paper.address), sent)
    [out] = paper.wait(1)
    assert ImageChops.difference(out.convert("L").crop((0, 0, *sent.size)), sent).getbbox() is None
    read = {found.format.name: found.text for found in zxingcpp.read_barcodes(out.convert("L"))}
    assert read["QRCode"] == CODE
    if width == 576:
        assert read["Code128"] == CODE


def test_nothing_goes_out_without_paper_or_with_an_open_cover(paper: PaperPrinter) -> None:
    address = parse_address(paper.address)
    for trouble, error in (("out_of_paper", OutOfPaper), ("cover_open", CoverOpen)):
        setattr(paper, trouble, True)
        with pytest.raises(error):
            send(address, slip())
        with pytest.raises(error):
            status(address)
        setattr(paper, trouble, False)
    assert b"\x1dv0" not in paper.received
    send(address, slip())
    paper.wait(1)


def test_unplugged_is_told_and_nothing_went_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(PrinterTrouble) as raised:
        send(Address("tcp", "127.0.0.1", port), slip())
    assert not isinstance(raised.value, Unsure)
    for other in (
        Address("serial", "/dev/ttyNOTHING", 9600),
        Address("usb", "1fc9:2016"),
        Address("file", "/no/such/dir/x"),
    ):
        with pytest.raises(PrinterTrouble) as raised:
            send(other, slip())
        assert not isinstance(raised.value, Unsure)


def test_a_printer_that_never_answers_still_prints(paper: PaperPrinter) -> None:
    paper.silent = True
    send(parse_address(paper.address), slip(), timeout=0.3)
    paper.wait(1)
    assert len(paper.papers) == 1


def test_a_printer_that_stops_in_the_middle_may_have_printed(paper: PaperPrinter) -> None:
    paper.hang_up_after = 20_000
    with pytest.raises(Unsure):
        send(parse_address(paper.address), slip(), timeout=2)
    assert paper.papers == []


@pytest.mark.parametrize("silent", [False, True])
def test_a_printer_that_stalls_in_the_middle_may_have_printed(paper: PaperPrinter, silent: bool) -> None:
    paper.silent, paper.stall_after = silent, 4_000  # about a tenth; the kernel takes all the rest
    with pytest.raises(Unsure):
        send(parse_address(paper.address), slip(), timeout=0.5)
    assert paper.papers == []


def test_a_printer_that_neither_answers_nor_hangs_up_may_have_printed(paper: PaperPrinter) -> None:
    paper.silent = paper.lingers = True
    with pytest.raises(Unsure):
        send(parse_address(paper.address), slip(), timeout=0.5)


def test_paper_that_ends_in_the_middle_may_have_printed(paper: PaperPrinter) -> None:
    paper.out_of_paper_after = 3  # questions
    with pytest.raises(Unsure):
        send(parse_address(paper.address), slip())


def test_a_silent_printer_is_asked_once(paper: PaperPrinter) -> None:
    paper.silent = True
    for _ in range(3):
        send(parse_address(paper.address), slip(384), timeout=5)
    paper.wait(3)
    assert bytes(paper.received).count(printers.ASK_PAPER) == 1


def test_what_a_printer_says_unasked_is_no_answer(paper: PaperPrinter) -> None:
    paper.unasked = b"\x14\x00\x00\x0f"  # automatic status back: four bytes
    send(parse_address(paper.address), slip(384))
    paper.out_of_paper = True
    with pytest.raises(OutOfPaper):
        send(parse_address(paper.address), slip(384))
    assert len(paper.wait(1)) == 1


def test_a_printer_that_hangs_up_at_once_has_printed_nothing(paper: PaperPrinter) -> None:
    paper.hang_up_after = 0
    with pytest.raises(PrinterTrouble) as raised:
        send(parse_address(paper.address), slip(), timeout=2)
    assert not isinstance(raised.value, Unsure)


def test_a_file_is_added_to(tmp_path: Path) -> None:
    address = parse_address(f"file://{tmp_path / 'out.bin'}")
    for _ in range(2):
        send(address, slip(384))
    assert (tmp_path / "out.bin").read_bytes().count(b"\x1dV") == 2


def test_addresses() -> None:
    assert parse_address("tcp://192.168.1.20") == Address("tcp", "192.168.1.20", 9100)
    assert parse_address("tcp://printer.local:9101") == Address("tcp", "printer.local", 9101)
    assert parse_address("usb://04B8:0e15") == Address("usb", "04b8:0e15")
    assert parse_address("serial:///dev/ttyUSB0?baud=38400") == Address("serial", "/dev/ttyUSB0", 38400)
    assert parse_address("cups://desk_printer") == Address("cups", "desk_printer")
    assert parse_address("file:///dev/usb/lp0") == Address("file", "/dev/usb/lp0")


@pytest.mark.parametrize(
    "text",
    ["", "192.168.1.20", "tcp://", "tcp://a b", "tcp://host:99999", "tcp://host:x", "usb://04b8", "usb://zzzz:0001",
     "cups://a;rm -rf", "cups://-o", "cups://$(id)", "serial://ttyUSB0", "serial:///dev/x?baud=fast", "file://",
     "http://printer", "tcp://user@host", "tcp://host/path"],
)  # fmt: skip
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(BadPrinter):
        parse_address(text)


def test_patience_is_bounded() -> None:
    assert timedelta(seconds=printers.status.__defaults__[0]) < timedelta(seconds=10)  # type: ignore[index]
