"""What the centre does, one file a capability. Every call is keyword-only (one lone argument may also be given by
position), takes `now` and `who`, returns frozen plain values or raises a KioskError; a change is one transaction with
its journal entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.data import Store, new_id

from .attendance import Attendance, Count, SessionTotals, VisitView
from .gatherings import Gatherings, SessionView
from .goods import Goods
from .help import HelpRequests, RequestView
from .items import ItemCard, ItemView
from .opening import Opening
from .tickets import Tickets, TicketView

if TYPE_CHECKING:
    from kiosk.settings import Settings

__all__ = [
    "Count",
    "ItemCard",
    "ItemView",
    "RequestView",
    "Services",
    "SessionTotals",
    "SessionView",
    "TicketView",
    "VisitView",
    "new_id",
]


class Services:
    """All capabilities over one `store` with one `settings`."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store, self.settings = store, settings
        self.opening = Opening(store, settings)
        self.gatherings = Gatherings(store, settings)
        self.attendance = Attendance(store, settings)
        self.goods = Goods(store, settings)
        self.tickets = Tickets(store, settings)
        self.help = HelpRequests(store, settings)
