"""Printing of lists and pages: receipt printer, office printer, or USB stick."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from kiosk.documents.content import request_sheet
from kiosk.documents.day_list import DayRow, day_pdf
from kiosk.files.atomic import write_atomic
from kiosk.files.usb import hand_over
from kiosk.printing.finding import cups_queues
from kiosk.printing.pages import print_page
from kiosk.printing.printers import parse_address, send
from kiosk.services.desk.print_queue import PAPER_DOTS
from screens.widgets.choices import Option

from .base import StaffScreen

RECEIPT, STICK = "receipt", "stick"


class PaperScreen(StaffScreen):
    """A screen with a printable list or page, which has no names of visitors."""

    def offer_paper(self, right: str, heading: str, day: str, boxes: list[str], rows: list[DayRow], file: str) -> None:
        """Ask for the destination of the list, and print it."""
        printer = self.app.settings.printers.receipt
        receipt = partial(self._to_receipt, printer, heading, day, rows) if printer else None
        self.offer_pdf(right, partial(day_pdf, heading, day, boxes, rows), file, receipt)

    def offer_pdf(
        self, right: str, make: Callable[[], bytes], file: str, receipt: Callable[[str], Any] | None = None
    ) -> None:
        """Ask for the destination of the pages that `make` returns, and print them; `receipt(who)` prints them on the
        receipt printer."""
        tr = self.app.tr
        ways: dict[str, Callable[[str], Any]] = {STICK: lambda who: _to_stick(make(), file)}

        def offer(names: list[str]) -> None:
            options = [Option(RECEIPT, tr._("Receipt printer"), icon="printer")] if receipt else []
            options += [Option(name, name, icon="printer") for name in names]
            options.append(Option(STICK, tr._("Save it to a USB stick"), icon="usb_flash_drive_outline"))
            ways.update({name: partial(_to_office, name, make) for name in names})
            ways.update({RECEIPT: receipt} if receipt else {})
            self.pick(tr._("On which printer?"), options, lambda key: self.do(right, ways[key], self._out))

        self.do(right, lambda who: cups_queues(), offer)

    def _to_receipt(self, address: str, heading: str, day: str, rows: list[DayRow], _who: str) -> Path | None:
        width = PAPER_DOTS[self.app.settings.printers.paper_mm]
        lines = [("  ".join(filter(None, (row.first, row.note))), row.title) for row in rows]
        send(parse_address(address), request_sheet(day, lines, heading, width))
        return None

    def _out(self, path: Path | None) -> None:
        tr = self.app.tr
        if path is None:
            self.app.shell.say(tr._("It was printed"), "")
        else:
            self.app.shell.say(tr._("You can take out the USB stick now"), path.name)


def _to_office(queue: str, make: Callable[[], bytes], _who: str) -> None:
    print_page(queue, make())


def _to_stick(pdf: bytes, file: str) -> Path:
    return hand_over("", file, lambda path: write_atomic(path, pdf))
