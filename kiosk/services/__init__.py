"""The services, one module a capability. Methods take keyword-only arguments (a lone argument may also be positional),
among them `now` and `who`; they return frozen plain values or raise a KioskError. A change and its journal entry are
one transaction.

Service modules are imported lazily, on first use: the first frame needs few of them.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.data import new_id
from kiosk.journal import Store

if TYPE_CHECKING:
    from kiosk.backup.schedule import BackupService
    from kiosk.settings import Settings

    from .desk.bell import BellService
    from .desk.board import BoardService
    from .desk.code_kinds import ScanResult
    from .desk.dashboard import DashboardService, DayView
    from .desk.data_requests import DataRequestService, Held
    from .desk.earlier_years import EarlierYearsService
    from .desk.print_queue import PrintQueueService, PrintView
    from .desk.public_page import PublicPageService
    from .desk.reports import ReportService
    from .desk.scan import ScanService
    from .desk.screen_size import ScreenSizeService
    from .goods.categories import CategoryService, CategoryView
    from .goods.donations import DonationService, DonationView
    from .goods.goods import GoodsService
    from .goods.inventory import CountView, InventoryService, StockView
    from .goods.items import ItemCard, ItemView
    from .goods.neighbour_goods import NeighbourGoodsService
    from .goods.reasons import DeclineReasonService, ReasonView
    from .goods.search import SearchIndex
    from .goods.shelf import ShelfService
    from .goods.tickets import TicketService, TicketView
    from .goods.weights import Factor, WeightService, WeightView
    from .goods.wishes import WishService, WishView
    from .help.appointments import AppointmentService
    from .help.calls import CallService, CallView
    from .help.guidance import GuidanceService, QueueView
    from .help.notes import CaseNoteService, NoteView
    from .help.pairs import PairService, PairView, Suggestion
    from .help.requests import HelpRequestService, RequestView
    from .programme.attendance import AttendanceService, Count, SessionTotals, VisitView
    from .programme.calendar_files import CalendarFileService
    from .programme.gatherings import GatheringService, SessionView
    from .programme.opening_hours import OpeningHoursService
    from .programme.partners import PartnerService, PartnerView
    from .programme.programme import ProgrammeService, SeriesView
    from .programme.seats import SeatService, SeatView
    from .staff.first_start import FirstStartService
    from .staff.keyring import KeyringService
    from .staff.keys import KeyService
    from .staff.members import Member, StaffService
    from .staff.other_tablets import OtherTabletsService
    from .staff.preferences import PreferenceService
    from .staff.volunteers import ShiftView, VolunteerService, VolunteerView

__all__ = [
    "CallView",
    "CategoryView",
    "Count",
    "CountView",
    "DayView",
    "DonationView",
    "Factor",
    "Held",
    "ItemCard",
    "ItemView",
    "Member",
    "NoteView",
    "PairView",
    "PartnerView",
    "PrintView",
    "QueueView",
    "ReasonView",
    "RequestView",
    "ScanResult",
    "SeatView",
    "SeriesView",
    "Services",
    "SessionTotals",
    "SessionView",
    "ShiftView",
    "StockView",
    "Suggestion",
    "TicketView",
    "VisitView",
    "VolunteerView",
    "WeightView",
    "WishView",
    "new_id",
]

#: Module of each plain value above.
_VALUES = {
    "CallView": ".help.calls",
    "CategoryView": ".goods.categories",
    "Count": ".programme.attendance",
    "CountView": ".goods.inventory",
    "DayView": ".desk.dashboard",
    "DonationView": ".goods.donations",
    "Factor": ".goods.weights",
    "ScanResult": ".desk.code_kinds",
    "Held": ".desk.data_requests",
    "ItemCard": ".goods.items",
    "ItemView": ".goods.items",
    "Member": ".staff.members",
    "NoteView": ".help.notes",
    "PairView": ".help.pairs",
    "PartnerView": ".programme.partners",
    "PrintView": ".desk.print_queue",
    "QueueView": ".help.guidance",
    "ReasonView": ".goods.reasons",
    "RequestView": ".help.requests",
    "SeatView": ".programme.seats",
    "SeriesView": ".programme.programme",
    "SessionTotals": ".programme.attendance",
    "SessionView": ".programme.gatherings",
    "ShiftView": ".staff.volunteers",
    "StockView": ".goods.inventory",
    "Suggestion": ".help.pairs",
    "TicketView": ".goods.tickets",
    "VisitView": ".programme.attendance",
    "VolunteerView": ".staff.volunteers",
    "WeightView": ".goods.weights",
    "WishView": ".goods.wishes",
}


def __getattr__(name: str) -> Any:
    if name not in _VALUES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_VALUES[name], __name__), name)


#: Module of each service.
_SERVICES = {
    "opening": ".programme.opening_hours",
    "gatherings": ".programme.gatherings",
    "programme": ".programme.programme",
    "calendar_files": ".programme.calendar_files",
    "attendance": ".programme.attendance",
    "categories": ".goods.categories",
    "goods": ".goods.goods",
    "tickets": ".goods.tickets",
    "earlier": ".desk.earlier_years",
    "help": ".help.requests",
    "shelf": ".goods.shelf",
    "staff": ".staff.members",
    "guidance": ".help.guidance",
    "appointments": ".help.appointments",
    "reasons": ".goods.reasons",
    "donations": ".goods.donations",
    "volunteers": ".staff.volunteers",
    "pairs": ".help.pairs",
    "notes": ".help.notes",
    "calls": ".help.calls",
    "seats": ".programme.seats",
    "partners": ".programme.partners",
    "wishes": ".goods.wishes",
    "inventory": ".goods.inventory",
    "weights": ".goods.weights",
    "keyring": ".staff.keyring",
    "keys": ".staff.keys",
    "first_start": ".staff.first_start",
    "print_queue": ".desk.print_queue",
    "public_page": ".desk.public_page",
    "reports": ".desk.reports",
    "scan": ".desk.scan",
    "data_requests": ".desk.data_requests",
    "bell": ".desk.bell",
    "board": ".desk.board",
    "day": ".desk.dashboard",
    "screen_size": ".desk.screen_size",
    "preferences": ".staff.preferences",
    "other_tablets": ".staff.other_tablets",
    "neighbour_goods": ".goods.neighbour_goods",
    "backups": "kiosk.backup.schedule",
}


class Services:
    """One instance of each service over one `store` with one `settings`, which are read from `file`, by default the one
    in the data folder. An instance is created on first use and gets its collaborators as arguments."""

    opening: OpeningHoursService
    gatherings: GatheringService
    programme: ProgrammeService
    calendar_files: CalendarFileService
    attendance: AttendanceService
    categories: CategoryService
    goods: GoodsService
    tickets: TicketService
    earlier: EarlierYearsService
    help: HelpRequestService
    shelf: ShelfService
    staff: StaffService
    guidance: GuidanceService
    appointments: AppointmentService
    reasons: DeclineReasonService
    donations: DonationService
    volunteers: VolunteerService
    pairs: PairService
    notes: CaseNoteService
    calls: CallService
    seats: SeatService
    partners: PartnerService
    wishes: WishService
    inventory: InventoryService
    weights: WeightService
    keyring: KeyringService
    keys: KeyService
    first_start: FirstStartService
    print_queue: PrintQueueService
    public_page: PublicPageService
    reports: ReportService
    scan: ScanService
    data_requests: DataRequestService
    bell: BellService
    board: BoardService
    day: DashboardService
    screen_size: ScreenSizeService
    backups: BackupService
    preferences: PreferenceService
    other_tablets: OtherTabletsService
    neighbour_goods: NeighbourGoodsService

    def __init__(self, store: Store, settings: Settings, file: Path | None = None) -> None:
        self.store, self.settings, self.file = store, settings, file

    def under(self, settings: Settings) -> Services:
        """Return services over the same store with other settings."""
        return Services(self.store, settings, self.file)

    @cached_property
    def search(self) -> SearchIndex:
        """The full-text index of goods."""
        from .goods.search import SearchIndex

        return SearchIndex(self.store)

    def __getattr__(self, name: str) -> Any:
        where = _SERVICES.get(name)
        if where is None:
            raise AttributeError(f"there is no capability {name!r}")
        service = getattr(import_module(where, __name__), self.__annotations__[name])
        made = service(self.store, self.settings, **{other: getattr(self, other) for other in _collaborators(service)})
        return self.__dict__.setdefault(name, made)  # atomic: two threads get the same instance


def _collaborators(service: type) -> tuple[str, ...]:
    """Return the names of a service's collaborators: its keyword-only constructor arguments."""
    code = service.__init__.__code__  # type: ignore[misc]  # inspect.signature takes 30 times as long
    return tuple(code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount])
