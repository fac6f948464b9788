"""Transports to a printer: chunked writes, single-byte reads, and a timeout for everything."""

from __future__ import annotations

import os
import select
import socket
import stat
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from .printers import Address

#: Chunk size, bytes: one second at 9600 baud.
PIECE = 1024


class AddressKind(StrEnum):
    """The transport of a printer: the scheme of its address."""

    TCP = "tcp"
    USB = "usb"
    SERIAL = "serial"
    CUPS = "cups"
    FILE = "file"


class PrinterLine(Protocol):
    """An open transport. All methods raise OSErrors, TimeoutError among them, and errors of the libraries."""

    def write(self, data: bytes) -> None:
        """Write a chunk, within the timeout the transport was opened with."""

    def read(self, seconds: float) -> bytes:
        """Return the next byte received within `seconds`, b"" without one."""

    def taken(self, seconds: float) -> bool:
        """Finish sending; returns whether the printer received everything, as far as this transport can know."""

    def close(self) -> None:
        """Close the transport."""


class Network:
    """A printer that takes raw data on a TCP port."""

    def __init__(self, host: str, port: int, seconds: float) -> None:
        self._seconds = seconds
        self._socket = socket.create_connection((host, port), seconds)

    def write(self, data: bytes) -> None:
        self._socket.settimeout(self._seconds)
        self._socket.sendall(data)

    def read(self, seconds: float) -> bytes:
        self._socket.settimeout(seconds)
        try:
            byte = self._socket.recv(1)
        except TimeoutError:
            return b""
        if not byte:
            raise ConnectionResetError("the printer hung up")
        return byte

    def taken(self, seconds: float) -> bool:
        """Half-close, and wait for the printer to close: the kernel's buffering alone proves nothing."""
        self._socket.shutdown(socket.SHUT_WR)
        end = time.monotonic() + seconds
        try:
            while (left := end - time.monotonic()) > 0:
                self._socket.settimeout(left)
                if not self._socket.recv(64):
                    return True
        except TimeoutError:
            pass
        return False

    def close(self) -> None:
        self._socket.close()


class Serial:
    """A printer on a serial port."""

    def __init__(self, device: str, baud: int, seconds: float) -> None:
        import serial

        self._port = serial.Serial(device, baud, write_timeout=seconds)

    def write(self, data: bytes) -> None:
        self._port.write(data)

    def read(self, seconds: float) -> bytes:
        self._port.timeout = seconds
        return bytes(self._port.read(1))

    def taken(self, seconds: float) -> bool:
        self._port.flush()
        return True

    def close(self) -> None:
        self._port.close()


class Usb:
    """A printer by libusb."""

    def __init__(self, vendor: int, product: int, seconds: float) -> None:
        from escpos.printer import Usb as Printer

        self._printer: Any = Printer(vendor, product, timeout=round(seconds * 1000))
        self._printer.open()
        self._come = b""

    def write(self, data: bytes) -> None:
        self._printer._raw(data)

    def read(self, seconds: float) -> bytes:
        import usb.core

        if not self._come:
            printer = self._printer
            try:  # a whole packet at once: libusb drops what does not fit
                self._come = bytes(printer.device.read(printer.in_ep, 64, round(seconds * 1000)))
            except usb.core.USBError:  # a printer without an IN endpoint, or without an answer
                return b""
        byte, self._come = self._come[:1], self._come[1:]
        return byte

    def taken(self, seconds: float) -> bool:
        return True  # a USB transfer completes when the printer has the data

    def close(self) -> None:
        self._printer.close()


class Device:
    """A printer's device file such as /dev/usb/lp0, which answers too; or a file, to which everything is added."""

    def __init__(self, path: str, seconds: float) -> None:
        self._seconds = seconds
        self.answers = Path(path).exists() and stat.S_ISCHR(os.stat(path).st_mode)
        how = os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY if self.answers else os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self._file = os.open(path, how, 0o644)

    def write(self, data: bytes) -> None:
        while data:
            if not select.select((), (self._file,), (), self._seconds)[1]:
                raise TimeoutError("the printer takes nothing")
            data = data[os.write(self._file, data) :]

    def read(self, seconds: float) -> bytes:
        if not self.answers or not select.select((self._file,), (), (), seconds)[0]:
            return b""
        return os.read(self._file, 1)

    def taken(self, seconds: float) -> bool:
        return True

    def close(self) -> None:
        os.close(self._file)


def open_line(address: Address, seconds: float) -> PrinterLine:
    """Open the transport to a printer that CUPS does not drive. Raises OSErrors, and errors of the libraries."""
    if address.kind == AddressKind.TCP:
        return Network(address.place, address.number, seconds)
    if address.kind == AddressKind.USB:
        vendor, product = (int(part, 16) for part in address.place.split(":"))
        return Usb(vendor, product, seconds)
    if address.kind == AddressKind.SERIAL:
        return Serial(address.place, address.number, seconds)
    return Device(address.place, seconds)
