"""The parts of the settings, and the texts of enumerated values."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.errors import N_
from kiosk.language.translation import LANGUAGES
from kiosk.settings.validators import DAYS
from screens.visitor.donate.announce import NOT_TAKEN
from screens.widgets.choices import Option
from screens.words.desk import CATEGORIES


@dataclass(frozen=True)
class Part:
    """A group of settings, and the screen that shows it."""

    name: str
    icon: str
    keys: tuple[str, ...]
    screen: str = "settings_part"


PARTS = {
    "centre": Part(
        N_("The centre"), "home_city_outline",
        ("centre.name", "centre.address", "centre.phone", "centre.logo", "centre.languages", "centre.default_language", "help.areas",
         "help.controller"),
    ),
    "message": Part(
        N_("Message to everyone"), "bullhorn_outline", tuple(f"message.{code}" for code in LANGUAGES),
    ),
    "opening": Part(
        N_("Opening hours"), "clock_outline",
        (*(f"opening.{day}" for day in DAYS), "closed", "calendar.holidays"),
    ),
    "services": Part(
        N_("What we offer"), "hand_heart_outline",
        ("services.guidance", "services.appointments", "services.donations", "services.wishes", "services.calendar",
         "services.sign_up", "services.partners", "services.friends", "services.neighbours", "services.volunteers"),
    ),
    "guidance": Part(
        N_("Appointments with the coordinator"), "calendar_account_outline",
        ("guidance.days", "guidance.hours", "guidance.minutes", "guidance.weeks"),
    ),
    "goods": Part(
        N_("Things and wishes"), "sofa_outline",
        ("goods.categories", "donations.not_taken", "tickets.limit", "goods.new_days", "wishes.hold_days",
         "wishes.keep_days", "goods.share", "goods.neighbours"),
    ),
    "public": Part(
        N_("Public page"), "web",
        ("delivery.place", "delivery.minutes", "public.url", "public.reserved", "public.listed"),
        "public_page",
    ),
    "screen": Part(
        N_("The screen"), "monitor",
        ("screen.text", "screen.contrast", "screen.motion", "screen.shift", "screen.dark_when_closed", "screen.idle_seconds",
         "screen.warning_seconds", "screen.keyboard", "staff.idle_seconds", "screen.output"),
    ),
    "devices": Part(
        N_("Printers, scanners and sound"), "printer_outline",
        ("sound.volume", "printers.receipt", "printers.paper_mm", "printers.label", "printers.label_size",
         "staff.scan_prefix", "staff.scan_suffix", "staff.scan_gap_ms", "camera.source"),
    ),
    "keeping": Part(
        N_("Backups and reports"), "backup_restore",
        ("backup.second", "backup.second_at", "backup.keep_days", "reports.folder", "help.keep_days", "help.call_days",
         "help.open_minutes"),
    ),
}  # fmt: skip

_SPOKEN = tuple(Option(code, name) for code, name in LANGUAGES.items())
#: Enumerated values; the key of an option is the value as text. Weekdays are named by locale.
OPTIONS = {
    "centre.languages": _SPOKEN,
    "centre.default_language": _SPOKEN,
    "goods.categories": CATEGORIES,
    "donations.not_taken": NOT_TAKEN,
    "screen.text": (Option("normal", N_("Normal")), Option("big", N_("Large"))),
    "screen.contrast": (Option("normal", N_("Normal")), Option("high", N_("High"))),
    "sound.volume": (
        Option("0", N_("Silent")),
        *(Option(str(percent), f"{percent} %") for percent in (25, 50, 75, 100)),
    ),
    "printers.paper_mm": (Option("58", "58 mm"), Option("80", "80 mm")),
    "printers.label_size": tuple(Option(size, f"{size} mm") for size in ("62x29", "50x30", "70x37")),
    "calendar.holidays": (Option("FI", N_("Finnish public holidays")), Option("", N_("No public holidays"))),
}
