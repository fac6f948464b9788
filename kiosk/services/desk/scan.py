"""One scan, the right action: what a code stands for and what can be done with it now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk import clock
from kiosk.codes.codes import Kind, parse
from kiosk.errors import UnknownCode
from kiosk.journal import Store
from kiosk.services.goods.donations import DonationService, DonationView
from kiosk.services.goods.goods import GoodsService
from kiosk.services.goods.items import ItemCard, ItemView
from kiosk.services.goods.tickets import TicketService, TicketView
from kiosk.services.goods.wishes import WishService, WishView
from kiosk.services.help.guidance import GuidanceService, QueueView
from kiosk.services.help.requests import HelpRequestService, RequestView
from kiosk.services.programme.seats import SeatService, SeatView
from kiosk.services.staff.volunteers import VolunteerService, VolunteerView
from kiosk.settings import Settings


@dataclass(frozen=True)
class ScanResult:
    """What a code stands for. `kind` is "ticket", "item", "request", "donation", "wish", "queue",
    "seat" or "volunteer"; `actions` what can be done now, the
    likeliest first; `like` what could be offered instead."""

    kind: str
    code: str
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


class ScanService:
    """Looks codes up. Badges are not looked up: they open the door, see `Staff.enter_by_badge`."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        goods: GoodsService,
        tickets: TicketService,
        help: HelpRequestService,
        donations: DonationService,
        wishes: WishService,
        guidance: GuidanceService,
        seats: SeatService,
        volunteers: VolunteerService,
    ) -> None:
        self._goods, self._tickets, self._help, self._donations = goods, tickets, help, donations
        self._wishes, self._guidance, self._seats, self._volunteers = wishes, guidance, seats, volunteers
        self._zone = clock.zone(settings.centre.timezone)

    def look_up(self, code: str, now: datetime) -> ScanResult:
        """Return what a typed or scanned code stands for. Raises BadCode, UnknownCode."""
        parsed = parse(code)
        if parsed.kind is Kind.TICKET:
            return self.ticket(self._tickets.by_code(parsed.text, now), now)
        if parsed.kind is Kind.ITEM:
            self._tickets.expire_due(now)
            return self.item(self._goods.by_label(parsed.text, now), now)
        if parsed.kind is Kind.REQUEST:
            request = self._help.by_code(parsed.text)
            return ScanResult("request", parsed.text, () if request.erased else ("status", "erase"), request=request)
        if parsed.kind is Kind.DONATION:
            donation = self._donations.by_code(parsed.text)
            open_still = donation.state in ("announced", "accepted")
            return ScanResult("donation", parsed.text, ("take_in", "decide") if open_still else (), donation=donation)
        if parsed.kind is Kind.WISH:
            wish = self._wishes.by_code(parsed.text, now)
            if wish.ticket is not None and wish.ticket.state == "reserved":
                return self.ticket(wish.ticket, now)
            return ScanResult("wish", parsed.text, ("cancel",) if wish.state == "open" else (), wish=wish)
        if parsed.kind is Kind.VOLUNTEER:
            volunteer = self._volunteers.by_code(parsed.text)
            return ScanResult(
                "volunteer", parsed.text, ("sign_out" if volunteer.shift else "sign_in",), volunteer=volunteer
            )
        if parsed.kind is Kind.SEAT:
            seat = self._seats.by_code(parsed.text)
            open_still = seat.session is not None and seat.state in ("booked", "waiting")
            return ScanResult("seat", parsed.text, ("arrive", "cancel") if open_still else (), seat=seat)
        if parsed.kind in (Kind.QUEUE, Kind.APPOINTMENT):
            number = self._guidance.by_code(parsed.text, now)
            return ScanResult("queue", parsed.text, (), queue=number)
        raise UnknownCode()

    def slip(self, kind: str, subject: str, now: datetime) -> ScanResult:
        """Return what the code on a slip stands for, by the id of what it was given for. Raises UnknownCode."""
        views: dict[str, Callable[[str], TicketView | DonationView | WishView | SeatView | QueueView | RequestView]] = {
            "ticket": self._tickets.by_id,
            "donation": self._donations.by_id,
            "wish": self._wishes.by_id,
            "seat": self._seats.by_id,
            "queue": lambda number_id: self._guidance.by_id(number_id, now),
            "request": self._help.by_id,
        }
        return self.look_up(views[kind](subject).code, now)

    def ticket(self, ticket: TicketView, now: datetime) -> ScanResult:
        """Return what can be done with a ticket now."""
        item = self._goods.item(ticket.item.id, now)
        like: tuple[ItemCard, ...] = ()
        if ticket.state == "reserved":
            actions: tuple[str, ...] = ("hand_over", "cancel", "print")
        elif ticket.state == "collected":
            actions = ("undo_hand_over",)
        else:
            like = tuple(self._goods.like(item.id, clock.local_date(now, self._zone)))
            actions = (("reactivate",) if item.left > 0 and item.state != "withdrawn" else ()) + (
                ("like",) if like else ()
            )
            actions += ("cancel",) if ticket.state == "conflicted" else ()
        return ScanResult("ticket", ticket.code, actions, ticket=ticket, item=item, like=like)

    def item(self, item: ItemView, now: datetime) -> ScanResult:
        """Return what can be done with an item now; with a single live ticket, that ticket comes along."""
        live = self._tickets.live(item.id)
        if item.state == "withdrawn":
            actions: tuple[str, ...] = ("put_back",) if item.reason != "duplicate" else ()
        else:
            actions = (
                (("hand_over",) if live and item.left == 0 else ())
                + (("give",) if item.left > 0 else ())
                + ("label", "edit", "merge", "withdraw")
            )
        return ScanResult("item", item.label_code, actions, ticket=live[0] if live else None, item=item)
