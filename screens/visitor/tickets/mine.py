"""What was taken in this visit: reservations, numbers, seats, wishes, announcements. It is forgotten when the visit ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from kivy.properties import ListProperty

from kiosk.codes.codes import Code, display
from kiosk.errors import KioskError
from kiosk.services.desk.code_kinds import ScanResult
from kiosk.services.desk.scan import ScanService
from kiosk.services.help.guidance import ENDED
from kiosk.vocabulary.states import DonationState, SlipKind, TicketState, WishState
from screens.frame.screen import KioskScreen
from screens.widgets.lists import Line

ICONS: dict[str, str] = {
    SlipKind.TICKET: "ticket_confirmation_outline",
    SlipKind.REQUEST: "email_outline",
    SlipKind.DONATION: "gift_outline",
    SlipKind.WISH: "star_outline",
    SlipKind.QUEUE: "account_voice",
    SlipKind.SEAT: "calendar_clock",
}


class MineScreen(KioskScreen):
    """Lists what is still open; a touch shows it as its code would."""

    lines = ListProperty(None, allownone=True)
    found: tuple[ScanResult, ...] = ()

    def open(self, **values: Any) -> None:
        app, now, codes = self.app, self.app.now(), tuple(self.app.visitor.codes)
        scan = app.services.scan
        app.work(lambda: tuple(_open(scan, codes, now)), app.visitor.during(self.latest(self._show)))

    def on_return(self) -> None:
        self.open()

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._show(self.found)

    def _show(self, found: tuple[ScanResult, ...]) -> None:
        self.found = found
        self.lines = [self._line(one) for one in found]

    def _line(self, found: ScanResult) -> Line:
        tr, ticket = self.app.tr, found.ticket
        if ticket is not None:
            until = tr("Collect by: {deadline}", deadline=tr.language.at(ticket.deadline, short=True))
            if ticket.number:
                until = "  ·  ".join((tr("Pick-up number {number}", number=ticket.number), until))
            return Line(found.code, ticket.named(tr.language), until, display(found.code), photo=ticket.item.photo)
        told = found.slip_lines(tr.language)
        return Line(found.code, told.name, told.due or told.boxed, display(found.code), icon=ICONS[found.kind])

    def choose(self, code: str) -> None:
        """Show one of them."""
        self.app.code_router.show(next(one for one in self.found if one.code == code))

    def reset(self) -> None:
        self.found, self.lines = (), None


def _open(scan: ScanService, codes: tuple[Code, ...], now: datetime) -> Iterator[ScanResult]:
    """Yield what the codes stand for, unless it is over."""
    for code in codes:
        try:
            found = scan.look_up(code, now)
        except KioskError:
            continue
        if not _is_over(found):
            yield found


def _is_over(found: ScanResult) -> bool:
    if found.ticket is not None:
        return found.ticket.state in (TicketState.CANCELLED, TicketState.COLLECTED, TicketState.EXPIRED)
    if found.queue is not None:
        return found.queue.state in ENDED
    if found.seat is not None:
        return not found.actions
    if found.donation is not None:
        return found.donation.state == DonationState.CANCELLED
    if found.wish is not None:
        return found.wish.state == WishState.CANCELLED
    return found.request is None or found.request.erased
