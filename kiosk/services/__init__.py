"""What the centre does, one file a capability. Every call is keyword-only (one lone argument may also be given by
position), takes `now` and `who`, returns frozen plain values or raises a KioskError; a change is one transaction with
its journal entry.

A capability is read when it is first used: the first picture on the screen needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.data import Store, new_id

if TYPE_CHECKING:
    from kiosk.backup import Backups
    from kiosk.settings import Settings

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

#: Where the plain values above are.
_VALUES = {
    "Count": "attendance",
    "DayView": "day",
    "DonationView": "donations",
    "Factor": "weights",
    "Found": "scan",
    "Held": "rights",
    "ItemCard": "items",
    "ItemView": "items",
    "Member": "staff",
    "PairView": "pairs",
    "PartnerView": "partners",
    "PrintView": "prints",
    "QueueView": "guidance",
    "RequestView": "help",
    "SeatView": "seats",
    "SeriesView": "programme",
    "SessionTotals": "attendance",
    "SessionView": "gatherings",
    "ShiftView": "volunteers",
    "Suggestion": "pairs",
    "TicketView": "tickets",
    "VisitView": "attendance",
    "VolunteerView": "volunteers",
    "Weight": "weights",
    "WishView": "wishes",
}


def __getattr__(name: str) -> Any:
    if name not in _VALUES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_VALUES[name]}"), name)


class Services:
    """All capabilities over one `store` with one `settings`, read from `file` if not from the data folder's. Each is
    made when it is first used."""

    opening: Opening
    gatherings: Gatherings
    programme: Programme
    calendar_files: CalendarFiles
    attendance: Attendance
    goods: Goods
    tickets: Tickets
    earlier: Earlier
    help: HelpRequests
    shelf: Shelf
    staff: Staff
    guidance: Guidance
    donations: Donations
    volunteers: Volunteers
    pairs: Pairs
    seats: Seats
    partners: Partners
    wishes: Wishes
    weights: Weights
    keyring: Keyring
    keys: Keys
    setup: Setup
    prints: Prints
    reports: Reports
    scan: Scan
    rights: Rights
    day: Day
    glass: Glass
    backups: Backups
    preferences: Preferences

    def __init__(self, store: Store, settings: Settings, file: Path | None = None) -> None:
        self.store, self.settings, self._file = store, settings, file

    def __getattr__(self, name: str) -> Any:
        kind = self.__annotations__.get(name)
        if kind is None:
            raise AttributeError(f"there is no capability {name!r}")
        module = import_module("kiosk.backup" if name == "backups" else f"{__name__}.{name}")
        more = (self._file,) if name == "preferences" else ()
        made = getattr(module, kind)(self.store, self.settings, *more)
        return self.__dict__.setdefault(name, made)  # of two threads that want it first, both get the same
