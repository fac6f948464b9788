"""What the settings are once they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal


@dataclass(frozen=True)
class Centre:
    name: str
    timezone: str
    languages: tuple[str, ...]
    default_language: str
    logo: str


@dataclass(frozen=True)
class Screen:
    diagonal_inches: float
    lower_edge_mm: int
    reach_limit_mm: int
    viewing_distance_mm: int
    text: str
    contrast: str
    motion: bool
    shift: bool
    dark_when_closed: bool
    idle_seconds: int
    warning_seconds: int


@dataclass(frozen=True)
class TicketRules:
    limit: int


@dataclass(frozen=True)
class GoodsRules:
    """`categories` are those that the centre has shelves for; `share`: neighbouring centres may show the goods;
    `neighbours`: theirs are shown here."""

    new_days: int
    picture_folder: str
    categories: tuple[str, ...]
    share: bool
    neighbours: bool


@dataclass(frozen=True)
class HelpRules:
    """Details of requests that are done are erased `keep_days` after they were made, of those that nobody carried on
    after `longest_days`."""

    notice_version: str
    open_minutes: int
    keep_days: int
    longest_days: int
    follow_up_days: int
    areas: tuple[str, ...]


@dataclass(frozen=True)
class GuidanceRules:
    """Times that can be booked with the coordinator: on `days` of the week within `hours`, for so many `weeks`."""

    days: frozenset[int]
    hours: tuple[time, time]
    minutes: int
    weeks: int


@dataclass(frozen=True)
class DonationRules:
    not_taken: tuple[str, ...]


@dataclass(frozen=True)
class WishRules:
    hold_hours: int
    keep_days: int


@dataclass(frozen=True)
class ReportRules:
    folder: str


@dataclass(frozen=True)
class CalendarRules:
    """`holidays` is the country whose public holidays regular sessions keep, "" for none."""

    holidays: str
    folder: str


@dataclass(frozen=True)
class Offered:
    """What the centre does; what is off is shown nowhere."""

    guidance: bool
    appointments: bool
    donations: bool
    wishes: bool
    calendar: bool
    sign_up: bool
    partners: bool
    friends: bool
    neighbours: bool
    volunteers: bool


@dataclass(frozen=True)
class StaffRules:
    idle_seconds: int
    scan_gap_ms: int


@dataclass(frozen=True)
class CameraRules:
    source: str


@dataclass(frozen=True)
class Printers:
    """Addresses as `kiosk.printing.printers` reads them, "" for none; sizes of the paper in them."""

    receipt: str
    paper_mm: int
    label: str
    label_size: str


@dataclass(frozen=True)
class BackupRules:
    """`second` is a folder, "usb" or "" for none; `second_at` the local time at which it is brought up to date."""

    minutes: int
    keep_days: int
    most_mb: int
    second: str
    second_at: time


@dataclass(frozen=True)
class GatheringSetting:
    """A series: `every` is an RFC 5545 rule, times are local; `cancelled` and `extra` are dates."""

    key: str
    names: dict[str, str]
    every: str
    start: time
    end: time
    place: str
    since: date
    art: str = ""
    cancelled: frozenset[date] = frozenset()
    extra: tuple[date, ...] = ()
    seats: int = 0
    partner: str = ""
    languages: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProjectSetting:
    """What a funder pays for, from `since` to `until`. The lists say what of the centre's work counts for it; an empty
    one stands for all."""

    number: str
    names: dict[str, str]
    funder: str
    since: date
    until: date
    logo: str = ""
    gatherings: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class RateSetting:
    """What an hour of talkoot is worth from `since` until the next rate of its kind, "work" or "machine"."""

    kind: str
    since: date
    euros: Decimal


@dataclass(frozen=True)
class Settings:
    centre: Centre
    screen: Screen
    tickets: TicketRules
    goods: GoodsRules
    help: HelpRules
    guidance: GuidanceRules
    donations: DonationRules
    wishes: WishRules
    calendar: CalendarRules
    reports: ReportRules
    services: Offered
    staff: StaffRules
    camera: CameraRules
    printers: Printers
    backup: BackupRules
    opening: dict[int, tuple[time, time]] = field(default_factory=dict)
    message: dict[str, str] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()
    gatherings: tuple[GatheringSetting, ...] = ()
    projects: tuple[ProjectSetting, ...] = ()
    rates: tuple[RateSetting, ...] = ()
