"""Receipt and label printers that speak ESC/POS, by python-escpos. Everything goes as raster: no cheap printer has every
letter of Ukrainian (DOMAIN.md section 6)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

from kiosk.errors import N_, KioskError

from .lines import PIECE, AddressKind, PrinterLine, open_line

if TYPE_CHECKING:
    from PIL import Image

#: The port on which network printers take raw data.
RAW_PORT = 9100
#: Height of the bands a picture is sent in, dots: small printers have little memory.
BAND = 240
#: Timeout of a status request before a slip, seconds; and how long a printer that gave no answer is not asked again.
ANSWER, SILENT = 1.0, 3600.0
#: Printers without status answers, and the time of the request (monotonic seconds).
_silent: dict[Address, float] = {}
#: Status requests (DLE EOT n) and the bits in the answer that matter, from the ESC/POS command reference.
ASK_OFFLINE, ASK_PAPER = b"\x10\x04\x02", b"\x10\x04\x04"
COVER_OPEN, PAPER_STOP, PAPER_END = 0x04, 0x20, 0x60
#: Fixed bits of a valid status byte.
FIXED_MASK, FIXED = 0x93, 0x12


class BadPrinter(KioskError):
    default = N_("{address} is not a printer address such as tcp://192.168.1.20:9100")


class PrinterTrouble(KioskError):
    """Nothing of the job was sent."""

    default = N_("The printer does not respond. Please check its plug and cable.")


class OutOfPaper(PrinterTrouble):
    default = N_("The printer is out of paper.")


class CoverOpen(PrinterTrouble):
    default = N_("The cover of the printer is open.")


class Unsure(PrinterTrouble):
    """Part of the job was sent; it may be on paper."""

    default = N_("The printer stopped while printing. Please check whether it printed.")


class Address(NamedTuple):
    """Where a printer is: `place` is the host, the vendor:product, the
    device, the queue or the file; `number` the port or the baud rate."""

    kind: AddressKind
    place: str
    number: int = 0


def parse_address(text: str) -> Address:
    """Return the address in e.g. "tcp://192.168.1.20:9100", "usb://04b8:0e15", "serial:///dev/ttyUSB0?baud=38400",
    "cups://queue" or "file:///dev/usb/lp0". Raises BadPrinter."""
    try:
        parts = urlsplit(text)
        port = parts.port if parts.scheme == AddressKind.TCP else None
    except ValueError:
        raise BadPrinter(address=text) from None
    place, path = parts.netloc, parts.path
    if (
        parts.scheme == AddressKind.TCP
        and parts.hostname
        and re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?", place)
        and path in ("", "/")
    ):
        return Address(AddressKind.TCP, parts.hostname, port or RAW_PORT)
    if parts.scheme == AddressKind.USB and re.fullmatch(r"[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}", place) and not path:
        return Address(AddressKind.USB, place.lower())
    if parts.scheme == AddressKind.CUPS and re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", place) and not path:
        return Address(AddressKind.CUPS, place)
    if parts.scheme in (AddressKind.SERIAL, AddressKind.FILE) and not place and len(path) > 1:
        baud = parse_qs(parts.query).get("baud", ["9600"])[0]
        if baud.isdecimal() and 300 <= int(baud) <= 921_600:
            return Address(AddressKind(parts.scheme), path, int(baud) if parts.scheme == AddressKind.SERIAL else 0)
    raise BadPrinter(address=text)


def status(address: Address, timeout: float = 3.0) -> None:
    """Ask the printer whether it could print now. A printer that takes the connection and never answers, and one that
    cannot be asked (a file), is taken to be well. Raises PrinterTrouble (also when its queue in CUPS is stopped), OutOfPaper,
    CoverOpen."""
    if address.kind == AddressKind.CUPS:
        from . import cups  # which needs the errors above

        cups.check(address.place)
        return
    with _opened(address, timeout) as line:
        _answers(address, line)


def send(address: Address, picture: Image.Image, *, timeout: float = 10.0) -> None:
    """Print `picture` (black and white, as wide as the paper has dots) and cut the paper.

    It returns when the printer has everything: it answered a question after the last byte, or closed the connection, or CUPS
    has it no more. A serial or USB printer that never answers is believed. Raises PrinterTrouble, OutOfPaper or CoverOpen
    when nothing went out, and Unsure when some of it did.
    """
    data = _commands(picture)
    if address.kind == AddressKind.CUPS:
        from . import cups

        # Raw: a driver would take the commands for text, and print nothing of it.
        cups.follow(address.place, cups.submit(address.place, data, "-t", "slip", "-o", "raw"))
        return
    with _opened(address, timeout) as line:
        answers = _answers(address, line)
        try:
            for start in range(0, len(data), PIECE):
                line.write(data[start : start + PIECE])
            if not (_asked(line, ASK_PAPER, timeout) if answers else line.taken(timeout)):
                raise Unsure()
        except Exception as error:  # the libraries below raise arbitrary exceptions
            raise Unsure() from error


def _commands(picture: Image.Image) -> bytes:
    """Return the ESC/POS commands that print a picture."""
    from escpos.printer import Dummy
    from PIL import Image

    printer = Dummy()
    # The library would print a remark to stdout about every profile without a width; ours is in the picture.
    printer.profile.profile_data = {**printer.profile.profile_data, "media": {}}
    printer.hw("INIT")
    printer.image(picture.convert("1", dither=Image.Dither.NONE), impl="bitImageRaster", fragment_height=BAND)
    printer.cut()
    return bytes(printer.output)


@contextmanager
def _opened(address: Address, timeout: float) -> Iterator[PrinterLine]:
    try:
        line = open_line(address, timeout)
    except Exception as error:  # of sockets, libusb, pyserial: each has its own
        raise PrinterTrouble() from error
    try:
        yield line
    finally:
        with suppress(Exception):  # the transport may be broken already
            line.close()


def _answers(address: Address, line: PrinterLine) -> bool:
    """Return whether the printer answers questions; one that did not is believed not to for an hour, so that its slips
    wait for nothing. Raises OutOfPaper, CoverOpen, PrinterTrouble."""
    if time.monotonic() - _silent.get(address, -SILENT) < SILENT:
        return False
    try:
        if _asked(line, ASK_PAPER, ANSWER) and _asked(line, ASK_OFFLINE, ANSWER):
            return True
    except PrinterTrouble:
        raise
    except Exception as error:  # of sockets, libusb, pyserial
        raise PrinterTrouble() from error
    _silent[address] = time.monotonic()
    return False


def _asked(line: PrinterLine, question: bytes, seconds: float) -> bool:
    """Ask, and tell whether an answer came. Raises OutOfPaper, CoverOpen."""
    line.write(question)
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and (byte := line.read(left)):
        if byte[0] & FIXED_MASK == FIXED:  # and not a part of what some printers say unasked
            _judge(question, byte[0])
            return True
    return False


def _judge(question: bytes, answer: int) -> None:
    if question == ASK_PAPER and answer & PAPER_END:
        raise OutOfPaper()
    if question == ASK_OFFLINE and answer & PAPER_STOP:
        raise OutOfPaper()
    if question == ASK_OFFLINE and answer & COVER_OPEN:
        raise CoverOpen()
