"""Codes on tickets, labels and badges: their text, the symbols scanners read, and the slip a visitor takes home."""

from .codes import ALPHABET, BadCode, Code, Kind, code_from_number, display, new_code, parse

__all__ = [
    "ALPHABET",
    "BadCode",
    "Code",
    "Kind",
    "code_from_number",
    "display",
    "new_code",
    "parse",
]
