"""What the settings are once they are read. The groups are named tuples: Python makes a class of them in a tenth of the
time that a dataclass takes, and the window waits for all of these."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import NamedTuple


class Centre(NamedTuple):
    name: str
    timezone: str
    languages: tuple[str, ...]
    default_language: str
    logo: str


class Screen(NamedTuple):
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
    output: str


class Sound(NamedTuple):
    """`volume` of the loudspeaker in percent, 0 when it is silent."""

    volume: int


class TicketRules(NamedTuple):
    limit: int


class GoodsRules(NamedTuple):
    """`categories` are those that the centre has shelves for; `share`: neighbouring centres may show the goods;
    `neighbours`: theirs are shown here."""

    new_days: int
    picture_folder: str
    categories: tuple[str, ...]
    share: bool
    neighbours: bool


class HelpRules(NamedTuple):
    """Details of requests that are done are erased `keep_days` after they were made, of those that nobody carried on
    after `longest_days`."""

    notice_version: str
    open_minutes: int
    keep_days: int
    longest_days: int
    follow_up_days: int
    areas: tuple[str, ...]
    controller: str


class GuidanceRules(NamedTuple):
    """Times that can be booked with the coordinator: on `days` of the week within `hours`, for so many `weeks`."""

    days: frozenset[int]
    hours: tuple[time, time]
    minutes: int
    weeks: int


class DonationRules(NamedTuple):
    not_taken: tuple[str, ...]


class WishRules(NamedTuple):
    hold_hours: int
    keep_days: int


class ReportRules(NamedTuple):
    folder: str


class CalendarRules(NamedTuple):
    """`holidays` is the country whose public holidays regular sessions keep, "" for none."""

    holidays: str
    folder: str


class Offered(NamedTuple):
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


class StaffRules(NamedTuple):
    idle_seconds: int
    scan_gap_ms: int
    scan_prefix: str
    scan_suffix: str


class CameraRules(NamedTuple):
    source: str


class Printers(NamedTuple):
    """Addresses as `kiosk.printing.printers` reads them, "" for none; sizes of the paper in them."""

    receipt: str
    paper_mm: int
    label: str
    label_size: str


class BackupRules(NamedTuple):
    """`second` is a folder, "usb" or "" for none; `second_at` the local time at which it is brought up to date."""

    minutes: int
    keep_days: int
    most_mb: int
    second: str
    second_at: time


class GatheringSetting(NamedTuple):
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


class ProjectSetting(NamedTuple):
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


class RateSetting(NamedTuple):
    """What an hour of talkoot is worth from `since` until the next rate of its kind, "work" or "machine"."""

    kind: str
    since: date
    euros: Decimal


class Settings(NamedTuple):
    centre: Centre
    screen: Screen
    sound: Sound
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
    opening: dict[int, tuple[time, time]]
    message: dict[str, str]
    closed: frozenset[date] = frozenset()
    gatherings: tuple[GatheringSetting, ...] = ()
    projects: tuple[ProjectSetting, ...] = ()
    rates: tuple[RateSetting, ...] = ()
