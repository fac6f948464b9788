"""The settings as values. Groups are named tuples: creating such a class takes a tenth of the time of a dataclass, and
all are created before the first frame. Annotations are not postponed here, since the reader instantiates each group by
its annotation."""

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
    PublicRules,
    TicketRules,
    WishRules,
)
from .rows import GatheringSetting, ProjectSetting, RateSetting
from .tablet import BackupRules, CameraRules, DeliveryRules, Printers, ReportRules, Screen, Sound, StaffRules


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
    public: PublicRules
    reports: ReportRules
    services: Offered
    staff: StaffRules
    sound: Sound
    camera: CameraRules
    printers: Printers
    backup: BackupRules
    delivery: DeliveryRules
    opening: dict[int, tuple[time, time]]
    message: dict[str, str]
    closed: frozenset[date] = frozenset()
    gatherings: tuple[GatheringSetting, ...] = ()
    projects: tuple[ProjectSetting, ...] = ()
    rates: tuple[RateSetting, ...] = ()
