"""What the centre does, one file a capability. Every call is keyword-only (one lone argument may also be given by
position), takes `now` and `who`, returns frozen plain values or raises a KioskError; a change is one transaction with
its journal entry.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.backup import Backups
from kiosk.data import Store, new_id

from .attendance import Attendance, Count, SessionTotals, VisitView
from .calendar_files import CalendarFiles
from .day import Day, DayView
from .donations import Donations, DonationView
from .earlier import Earlier
from .gatherings import Gatherings, SessionView
from .glass import Glass
from .goods import Goods
from .guidance import Guidance, QueueView
from .help import HelpRequests, RequestView
from .items import ItemCard, ItemView
from .keyring import Keyring
from .keys import Keys
from .opening import Opening
from .pairs import Pairs, PairView, Suggestion
from .partners import Partners, PartnerView
from .preferences import Preferences
from .prints import Prints, PrintView
from .programme import Programme, SeriesView
from .reports import Reports
from .rights import Held, Rights
from .scan import Found, Scan
from .seats import Seats, SeatView
from .setup import Setup
from .shelf import Shelf
from .staff import Member, Staff
from .tickets import Tickets, TicketView
from .volunteers import ShiftView, Volunteers, VolunteerView
from .weights import Factor, Weight, Weights
from .wishes import Wishes, WishView

if TYPE_CHECKING:
    from kiosk.settings import Settings

__all__ = [
    "Count",
    "DayView",
    "DonationView",
    "Factor",
    "Found",
    "Held",
    "ItemCard",
    "ItemView",
    "Member",
    "PairView",
    "PartnerView",
    "PrintView",
    "QueueView",
    "RequestView",
    "SeatView",
    "SeriesView",
    "Services",
    "SessionTotals",
    "SessionView",
    "ShiftView",
    "Suggestion",
    "TicketView",
    "VisitView",
    "VolunteerView",
    "Weight",
    "WishView",
    "new_id",
]


class Services:
    """All capabilities over one `store` with one `settings`, read from `file` if not from the data folder's."""

    def __init__(self, store: Store, settings: Settings, file: Path | None = None) -> None:
        self.store, self.settings = store, settings
        self.opening = Opening(store, settings)
        self.gatherings = Gatherings(store, settings)
        self.programme = Programme(store, settings)
        self.calendar_files = CalendarFiles(store, settings)
        self.attendance = Attendance(store, settings)
        self.goods = Goods(store, settings)
        self.tickets = Tickets(store, settings)
        self.earlier = Earlier(store, settings)
        self.help = HelpRequests(store, settings)
        self.shelf = Shelf(store, settings)
        self.staff = Staff(store, settings)
        self.guidance = Guidance(store, settings)
        self.donations = Donations(store, settings)
        self.volunteers = Volunteers(store, settings)
        self.pairs = Pairs(store, settings)
        self.seats = Seats(store, settings)
        self.partners = Partners(store, settings)
        self.wishes = Wishes(store, settings)
        self.weights = Weights(store, settings)
        self.keyring = Keyring(store, settings)
        self.keys = Keys(store, settings)
        self.setup = Setup(store, settings)
        self.prints = Prints(store, settings)
        self.reports = Reports(store, settings)
        self.scan = Scan(store, settings)
        self.rights = Rights(store, settings)
        self.day = Day(store, settings)
        self.glass = Glass(store, settings)
        self.backups = Backups(store, settings)
        self.preferences = Preferences(store, settings, file)
