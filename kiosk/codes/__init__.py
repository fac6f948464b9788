"""Codes on tickets, labels and badges: their text, the symbols scanners read, and the slip a visitor takes home."""

from .codes import ALPHABET, BadCode, Code, Kind, code_from_number, display, new_code, parse
from .slip import Slip, draw
from .symbols import code128, qr

__all__ = [
    "ALPHABET",
    "BadCode",
    "Code",
    "Kind",
    "Slip",
    "code128",
    "code_from_number",
    "display",
    "draw",
    "new_code",
    "parse",
    "qr",
]
