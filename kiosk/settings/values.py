"""What the settings are once they are read. The groups are named tuples: Python makes a class of them in a tenth of the
time that a dataclass takes, and the window waits for all of these. Annotations are not postponed here: the reader makes each group by its own."""

from datetime import date, time
from typing import NamedTuple

from .centre import (
    CalendarRules,
    Centre,
    DonationRules,
    GoodsRules,
    GuidanceRules,
    HelpRules,
    Offered,
    TicketRules,
    WishRules,
)
from .rows import GatheringSetting, ProjectSetting, RateSetting
from .tablet import BackupRules, CameraRules, Printers, ReportRules, Screen, Sound, StaffRules


class Settings(NamedTuple):
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
    sound: Sound
    camera: CameraRules
    printers: Printers
    backup: BackupRules
    opening: dict[int, tuple[time, time]]
    message: dict[str, str]
    closed: frozenset[date] = frozenset()
    gatherings: tuple[GatheringSetting, ...] = ()
    projects: tuple[ProjectSetting, ...] = ()
    rates: tuple[RateSetting, ...] = ()
