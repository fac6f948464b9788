"""What screens have that bring a table in: where its encoding cannot be told, it is asked."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.files.encodings import DoubtfulEncoding
from screens.widgets.choices import Option

from .base import StaffScreen


class TableScreen(StaffScreen):
    """A step that brings a table in."""

    def ask_encoding(self, error: DoubtfulEncoding, read: Callable[[str], None]) -> None:
        """Show how the text reads in each encoding, and `read(encoding)` with the one that was touched."""
        options = [Option(name, sample, icon="format_letter_case") for name, sample in error.choices]
        self.pick(self.app.tr.error(error), options, read)
