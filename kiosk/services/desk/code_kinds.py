"""The declaration of every kind of code: its service, its actions, the lines of its slip, its table, and its
screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from kiosk.codes.codes import Code, Kind
from kiosk.data.models import Donation, QueueNumber, Request, Seat, Ticket, Volunteer, Wish
from kiosk.errors import N_, UnknownCode
from kiosk.vocabulary.states import SeatState, SlipKind, TicketState, WishState

from . import slip_lines

if TYPE_CHECKING:
    from kiosk.language.translation import Language
    from kiosk.services.goods.donations import DonationView
    from kiosk.services.goods.items import ItemCard, ItemView
    from kiosk.services.goods.tickets import TicketView
    from kiosk.services.goods.wishes import WishView
    from kiosk.services.help.guidance import QueueView
    from kiosk.services.help.requests import RequestView
    from kiosk.services.programme.seats import SeatView
    from kiosk.services.staff.volunteers import VolunteerView

    from .scan import ScanService


class Coded(Protocol):
    """A view with a code."""

    @property
    def code(self) -> Code: ...


class Shown(NamedTuple):
    """A screen's name, the argument it opens with, and the attribute of the `ScanResult` passed as it; "" for the
    result."""

    screen: str
    value: str = "found"
    part: str = ""


class Printed(NamedTuple):
    """The slip of a kind: its name for staff (msgid), the lookup of its subject by id, and the function that returns
    its lines; tickets have their own layout."""

    words: str
    by_id: Callable[[ScanService, str, datetime], Coded]
    lines: Callable[[Any, Language], slip_lines.SlipLines] | None = None


class Kept(NamedTuple):
    """The table of a kind, the name of a row (msgid), and the columns shown in a data request: those that mean
    something to a person."""

    model: Any
    words: str
    columns: tuple[str, ...]


class CodeKind(NamedTuple):
    """A kind of code. `name` is used by print jobs and the command line; `find` raises UnknownCode. A kind without a
    visitor screen shows visitors a message with its state."""

    name: str
    find: Callable[[ScanService, Code, datetime], ScanResult]
    staff: Shown
    visitor: Shown | None = None
    slip: Printed | None = None
    kept: Kept | None = None


@dataclass(frozen=True)
class ScanResult:
    """The result of a lookup. `kind` names a `CodeKind`, and the attribute of that name has its view; `actions` are
    those possible now, most likely first; `like` are alternatives to offer."""

    kind: str
    code: Code
    actions: tuple[str, ...]
    ticket: TicketView | None = None
    item: ItemView | None = None
    request: RequestView | None = None
    donation: DonationView | None = None
    wish: WishView | None = None
    queue: QueueView | None = None
    seat: SeatView | None = None
    volunteer: VolunteerView | None = None
    like: tuple[ItemCard, ...] = ()

    def slip_lines(self, language: Language) -> slip_lines.SlipLines:
        """Return the lines of its slip. Raises UnknownCode for a kind without one."""
        slip = BY_NAME[self.kind].slip
        if slip is None or slip.lines is None:
            raise UnknownCode()
        return slip.lines(getattr(self, self.kind), language)

    def screen(self, *, staff: bool) -> tuple[str, dict[str, Any]] | None:
        """Return its screen and that screen's arguments; None when a visitor is shown a message instead."""
        kind = BY_NAME[self.kind]
        shown = kind.staff if staff else kind.visitor
        return shown and (shown.screen, {shown.value: getattr(self, shown.part) if shown.part else self})


def _ticket(scan: ScanService, code: Code, now: datetime) -> ScanResult:
    return scan.ticket(scan.tickets.by_code(code, now), now)


def _item(scan: ScanService, code: Code, now: datetime) -> ScanResult:
    scan.tickets.expire_due(now)
    return scan.item(scan.goods.by_label(code, now), now)


def _request(scan: ScanService, code: Code, now: datetime) -> ScanResult:
    request = scan.help.by_code(code)
    return ScanResult(SlipKind.REQUEST, code, () if request.erased else ("status", "erase"), request=request)


def _donation(scan: ScanService, code: Code, now: datetime) -> ScanResult:
    donation = scan.donations.by_code(code)
    actions = ("take_in", "decide") if donation.is_open else ()
    return ScanResult(SlipKind.DONATION, code, actions, donation=donation)


def _wish(scan: ScanService, code: Code, now: datetime) -> ScanResult:
    wish = scan.wishes.by_code(code, now)
    if wish.ticket is not None and wish.ticket.state == TicketState.RESERVED:
        return replace(scan.ticket(wish.ticket, now), wish=wish)
    return ScanResult(SlipKind.WISH, code, ("cancel",) if wish.state == WishState.OPEN else (), wish=wish)


def _volunteer(scan: ScanService, code: Code, now: datetime) -> ScanResult:
    volunteer = scan.volunteers.by_code(code)
    return ScanResult(SlipKind.VOLUNTEER, code, ("sign_out" if volunteer.shift else "sign_in",), volunteer=volunteer)


def _seat(scan: ScanService, code: Code, now: datetime) -> ScanResult:
    seat = scan.seats.by_code(code)
    to_come = seat.session is not None and seat.session.ends_at > now
    open_still = to_come and seat.state in (SeatState.BOOKED, SeatState.WAITING)
    return ScanResult(SlipKind.SEAT, code, ("arrive", "cancel") if open_still else (), seat=seat)


def _queue(scan: ScanService, code: Code, now: datetime) -> ScanResult:
    return ScanResult(SlipKind.QUEUE, code, (), queue=scan.guidance.by_code(code, now))


_QUEUE = CodeKind(
    SlipKind.QUEUE,
    _queue,
    staff=Shown("queue"),
    visitor=Shown("number", "number", "queue"),
    slip=Printed(
        N_("Slip with a number"), lambda scan, number_id, now: scan.guidance.by_id(number_id, now), slip_lines.queue
    ),
    kept=Kept(
        QueueNumber,
        N_("A queue number for guidance"),
        ("number", "topic", "language", "interpreter", "state", "made_at", "starts_at"),
    ),
)
#: Every kind except badges, which only open the door: see `StaffService.enter_by_badge`.
CODE_KINDS = {
    Kind.TICKET: CodeKind(
        SlipKind.TICKET,
        _ticket,
        staff=Shown("found"),
        visitor=Shown("ticket", "ticket", "ticket"),
        slip=Printed(N_("Ticket"), lambda scan, ticket_id, now: scan.tickets.by_id(ticket_id)),
        kept=Kept(Ticket, N_("A ticket"), ("language", "state", "created_at", "deadline")),
    ),
    Kind.ITEM: CodeKind(SlipKind.ITEM, _item, staff=Shown("found"), visitor=Shown("item", "item", "item")),
    Kind.REQUEST: CodeKind(
        SlipKind.REQUEST,
        _request,
        staff=Shown("request", "request", "request"),
        slip=Printed(
            N_("Slip of a request for help"),
            lambda scan, request_id, now: scan.help.by_id(request_id),
            slip_lines.request,
        ),
        kept=Kept(Request, N_("A request or an offer of help"), ("service", "day", "status")),
    ),
    Kind.DONATION: CodeKind(
        SlipKind.DONATION,
        _donation,
        staff=Shown("donations", "donation", "donation"),
        slip=Printed(
            N_("Slip of a donation"),
            lambda scan, donation_id, now: scan.donations.by_id(donation_id),
            slip_lines.donation,
        ),
        kept=Kept(
            Donation, N_("An announced donation"), ("categories", "amount", "pieces", "fetch", "state", "made_at")
        ),
    ),
    Kind.WISH: CodeKind(
        SlipKind.WISH,
        _wish,
        staff=Shown("wishes"),
        visitor=Shown("wished", "wish", "wish"),
        slip=Printed(N_("Slip of a wish"), lambda scan, wish_id, now: scan.wishes.by_id(wish_id), slip_lines.wish),
        kept=Kept(Wish, N_("A wish"), ("category", "size", "age_group", "language", "state", "made_at")),
    ),
    Kind.SEAT: CodeKind(
        SlipKind.SEAT,
        _seat,
        staff=Shown("seat", "seat", "seat"),
        visitor=Shown("seat", "seat", "seat"),
        slip=Printed(N_("Slip of seats"), lambda scan, seat_id, now: scan.seats.by_id(seat_id), slip_lines.seat),
        kept=Kept(Seat, N_("Seats at an event"), ("people", "language", "state", "made_at")),
    ),
    Kind.QUEUE: _QUEUE,
    Kind.APPOINTMENT: _QUEUE,
    Kind.VOLUNTEER: CodeKind(
        SlipKind.VOLUNTEER,
        _volunteer,
        staff=Shown("shift", "volunteer", "volunteer"),
        visitor=Shown("shift", "volunteer", "volunteer"),
        kept=Kept(Volunteer, N_("A volunteer"), ("number",)),
    ),
}
BY_NAME = {kind.name: kind for kind in CODE_KINDS.values()}
