"""Lookup of scanned codes: the subject of a code, and the actions possible now."""

from __future__ import annotations

from datetime import datetime

from kiosk import clock
from kiosk.codes.codes import Code
from kiosk.errors import UnknownCode
from kiosk.journal import Store
from kiosk.services.goods.donations import DonationService
from kiosk.services.goods.goods import GoodsService
from kiosk.services.goods.items import ItemCard, ItemView
from kiosk.services.goods.tickets import TicketService, TicketView
from kiosk.services.goods.wishes import WishService
from kiosk.services.help.guidance import GuidanceService
from kiosk.services.help.requests import HelpRequestService
from kiosk.services.programme.seats import SeatService
from kiosk.services.staff.volunteers import VolunteerService
from kiosk.settings import Settings
from kiosk.vocabulary.states import ItemState, SlipKind, TicketState, WithdrawReason

from .code_kinds import BY_NAME, CODE_KINDS, ScanResult


class ScanService:
    """Looks codes up by the declarations in `CODE_KINDS`."""

    goods: GoodsService
    tickets: TicketService
    help: HelpRequestService
    donations: DonationService
    wishes: WishService
    guidance: GuidanceService
    seats: SeatService
    volunteers: VolunteerService

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
        self.goods, self.tickets, self.help, self.donations = goods, tickets, help, donations
        self.wishes, self.guidance, self.seats, self.volunteers = wishes, guidance, seats, volunteers
        self._zone = clock.zone(settings.centre.timezone)

    def look_up(self, code: Code, now: datetime) -> ScanResult:
        """Look up a code. Raises UnknownCode."""
        kind = CODE_KINDS.get(code.kind)
        if kind is None:
            raise UnknownCode()
        return kind.find(self, code, now)

    def slip(self, kind: str, subject: str, now: datetime) -> ScanResult:
        """Look up the subject of a slip by kind and id. Raises UnknownCode."""
        slip = BY_NAME[kind].slip
        if slip is None:
            raise UnknownCode()
        return self.look_up(slip.by_id(self, subject, now).code, now)

    def ticket(self, ticket: TicketView, now: datetime) -> ScanResult:
        """Return the result for a ticket: the actions possible now."""
        item = self.goods.item(ticket.item.id, now)
        like: tuple[ItemCard, ...] = ()
        if ticket.state == TicketState.RESERVED:
            actions: tuple[str, ...] = ("hand_over", "cancel", "print")
        elif ticket.state == TicketState.COLLECTED:
            actions = ("undo_hand_over",)
        else:
            like = tuple(self.goods.like(item.id, clock.local_date(now, self._zone)))
            actions = (("reactivate",) if item.left > 0 and item.state != ItemState.WITHDRAWN else ()) + (
                ("like",) if like else ()
            )
            actions += ("cancel",) if ticket.state == TicketState.CONFLICTED else ()
        return ScanResult(SlipKind.TICKET, ticket.code, actions, ticket=ticket, item=item, like=like)

    def item(self, item: ItemView, now: datetime) -> ScanResult:
        """Return the result for an item; with exactly one live ticket, that ticket is included."""
        live = self.tickets.live(item.id)
        if item.state == ItemState.WITHDRAWN:
            actions: tuple[str, ...] = ("put_back",) if item.reason != WithdrawReason.DUPLICATE else ()
        else:
            actions = (
                (("hand_over",) if live and item.left == 0 else ())
                + (("give",) if item.left > 0 else ())
                + ("label", "edit", "merge", "withdraw")
            )
        return ScanResult(SlipKind.ITEM, item.label_code, actions, ticket=live[0] if live else None, item=item)
