"""Detection of printers: on USB, serial ports and in CUPS."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from .printers import BadPrinter, parse_address


def found(devices: Path = Path("/dev")) -> list[str]:
    """Return the addresses of devices that look like printers. Takes up to some seconds; call it from a worker."""
    usb = [f"file://{path}" for path in sorted(devices.glob("usb/lp*"))]
    serial = [f"serial://{path}" for path in sorted(devices.glob("serial/by-id/*"))]
    return [address for address in (*usb, *(f"cups://{name}" for name in cups_queues()), *serial) if _usable(address)]


def cups_queues() -> list[str]:
    """Return the names of the queues of CUPS. Takes up to some seconds; call it from a worker."""
    if shutil.which("lpstat") is None:
        return []
    try:
        said = subprocess.run(["lpstat", "-e"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return said.stdout.split()


def _usable(address: str) -> bool:
    try:
        parse_address(address)
    except BadPrinter:
        return False
    return True
