"""Receipt and label printers that speak ESC/POS, by python-escpos. Everything goes as raster: no cheap printer has every
letter of Ukrainian (DOMAIN.md section 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from kiosk.errors import N_, KioskError

if TYPE_CHECKING:
    from PIL import Image

#: The port on which network printers take raw data.
RAW_PORT = 9100
#: Height of the pieces a picture is sent in, dots: small printers have little memory.
PIECE = 240
#: Status requests (DLE EOT n) and the bits in the answer that matter, from the ESC/POS command reference.
ASK_OFFLINE, ASK_PAPER = b"\x10\x04\x02", b"\x10\x04\x04"
COVER_OPEN, PAPER_STOP, PAPER_END = 0x04, 0x20, 0x60
#: Every answer has these bits fixed; anything else is no answer.
FIXED_MASK, FIXED = 0x93, 0x12


class BadPrinter(KioskError):
    default = N_("{address} is not a printer address such as tcp://192.168.1.20:9100")


class PrinterTrouble(KioskError):
    """Nothing of the job went out."""

    default = N_("The printer does not respond. Please check its plug and cable.")


class OutOfPaper(PrinterTrouble):
    default = N_("The printer is out of paper.")


class CoverOpen(PrinterTrouble):
    default = N_("The cover of the printer is open.")


class Unsure(PrinterTrouble):
    """Some of the job went out; it may be on paper."""

    default = N_("The printer stopped while printing. Please check whether it printed.")


class Address(NamedTuple):
    """Where a printer is: `kind` is "tcp", "usb", "serial", "cups" or "file"; `place` the host, the vendor:product, the
    device, the queue or the file; `number` the port or the baud rate."""

    kind: str
    place: str
    number: int = 0


def parse_address(text: str) -> Address:
    """Return the address in e.g. "tcp://192.168.1.20:9100", "usb://04b8:0e15", "serial:///dev/ttyUSB0?baud=38400",
    "cups://queue" or "file:///dev/usb/lp0". Raises BadPrinter."""
    try:
        parts = urlsplit(text)
        port = parts.port if parts.scheme == "tcp" else None
    except ValueError:
        raise BadPrinter(address=text) from None
    place, path = parts.netloc, parts.path
    if parts.scheme == "tcp" and parts.hostname and re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?", place) and path in ("", "/"):
        return Address("tcp", parts.hostname, port or RAW_PORT)
    if parts.scheme == "usb" and re.fullmatch(r"[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}", place) and not path:
        return Address("usb", place.lower())
    if parts.scheme == "cups" and re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", place) and not path:
        return Address("cups", place)
    if parts.scheme in ("serial", "file") and not place and len(path) > 1:
        baud = parse_qs(parts.query).get("baud", ["9600"])[0]
        if baud.isdecimal() and 300 <= int(baud) <= 921_600:
            return Address(parts.scheme, path, int(baud) if parts.scheme == "serial" else 0)
    raise BadPrinter(address=text)


def status(address: Address, timeout: float = 3.0) -> None:
    """Ask the printer whether it could print now. A printer that takes the connection and never answers, and one that
    cannot be asked (file, CUPS), is taken to be well. Raises PrinterTrouble, OutOfPaper, CoverOpen."""
    with _opened(address, timeout) as printer:
        _ask(address, printer)


def send(address: Address, picture: Image.Image, *, timeout: float = 10.0) -> None:
    """Print `picture` (black and white, as wide as the paper has dots) and cut the paper.

    Raises PrinterTrouble, OutOfPaper or CoverOpen when nothing went out, and Unsure when some of it did.
    """
    from PIL import Image

    plain = picture.convert("1", dither=Image.Dither.NONE)
    with _opened(address, timeout) as printer:
        answers = _ask(address, printer)
        try:
            printer.hw("INIT")
            printer.image(plain, impl="bitImageRaster", fragment_height=PIECE)
            printer.cut()
            if answers:  # what it says afterwards shows that it got so far
                printer.device.settimeout(timeout) if address.kind == "tcp" else None
                _judge(printer, ASK_PAPER)
            _finish(address, printer)
        except Exception as error:  # the libraries below raise what they like
            raise Unsure() from error


@contextmanager
def _opened(address: Address, timeout: float) -> Iterator[Any]:
    try:
        printer = _make(address, timeout)
        # The library would print a remark to stdout about every profile without a width; ours is in the picture.
        printer.profile.profile_data = {**printer.profile.profile_data, "media": {}}
        printer.open()
    except Exception as error:  # of sockets, libusb, pyserial, lp: each has its own
        raise PrinterTrouble() from error
    try:
        yield printer
    finally:
        with suppress(Exception):  # closing what is broken already
            printer.close()


def _make(address: Address, timeout: float) -> Any:
    from shutil import which

    from escpos import printer

    if address.kind == "tcp":
        return printer.Network(address.place, port=address.number, timeout=timeout)
    if address.kind == "usb":
        vendor, product = (int(part, 16) for part in address.place.split(":"))
        return printer.Usb(vendor, product, timeout=int(timeout * 1000))
    if address.kind == "serial":
        return printer.Serial(address.place, baudrate=address.number, timeout=timeout)
    if address.kind == "cups":
        if which("lp") is None:
            raise PrinterTrouble()
        return printer.LP(address.place)
    return _Appending(address.place)


def _ask(address: Address, printer: Any) -> bool:
    """Return whether the printer answers questions. Raises OutOfPaper, CoverOpen, PrinterTrouble."""
    if address.kind in ("file", "cups"):
        return False
    try:
        return _judge(printer, ASK_PAPER) and _judge(printer, ASK_OFFLINE)
    except PrinterTrouble:
        raise
    except OSError as error:
        raise PrinterTrouble() from error
    except Exception:  # a USB or serial printer without a way back: it can still print
        return False


def _judge(printer: Any, question: bytes) -> bool:
    printer._raw(question)
    try:
        answer = bytes(printer._read())
    except TimeoutError:
        return False
    if not answer and hasattr(printer, "host"):
        raise ConnectionResetError("the printer hung up")
    if not answer or answer[0] & FIXED_MASK != FIXED:
        return False
    if question == ASK_PAPER and answer[0] & PAPER_END:
        raise OutOfPaper()
    if question == ASK_OFFLINE and answer[0] & PAPER_STOP:
        raise OutOfPaper()
    if question == ASK_OFFLINE and answer[0] & COVER_OPEN:
        raise CoverOpen()
    return True


def _finish(address: Address, printer: Any) -> None:
    """Wait for what was handed to another program."""
    if address.kind == "cups":
        process = printer.device
        printer.close()
        if process.wait(timeout=10):
            raise PrinterTrouble()


def _Appending(path: str) -> Any:
    """Return a printer that is a file; bytes are added at its end."""
    from escpos.escpos import Escpos

    class Appending(Escpos):  # type: ignore[misc]
        file: Any = None

        def open(self, raise_not_found: bool = True) -> None:
            self.file = Path(path).open("ab")  # noqa: SIM115 - closed by close()

        def _raw(self, msg: bytes) -> None:
            self.file.write(msg)
            self.file.flush()

        def _read(self) -> bytes:
            return b""

        def close(self) -> None:
            if self.file is not None:
                self.file.close()

    return Appending()
