"""Settings of one tablet: screen, scanner, printers, folders. This is the only declaration of each."""

from datetime import time
from typing import NamedTuple

from kiosk.errors import N_

from . import validators as is_
from .declaration import declared, setting


@declared
class Screen(NamedTuple):
    diagonal_inches: float = setting(is_.number(5, 100), "10.1", "measured corner to corner, so that sizes are right")
    lower_edge_mm: int = setting(is_.whole(300, 900), "850", "height of the picture's lower edge above the floor")
    reach_limit_mm: int = setting(
        is_.whole(1000, 1220), "1120", "nothing to touch is higher above the floor (EN 301 549)"
    )
    viewing_distance_mm: int = setting(is_.whole(200, 1500), "400", "from the eyes to the screen; big text follows it")
    text: str = setting(
        is_.one_of("normal", "big"), '"normal"', N_("size of the text for a new visitor"), N_("Size of the text")
    )
    contrast: str = setting(is_.one_of("normal", "high"), '"normal"', N_("contrast for a new visitor"), N_("Contrast"))
    motion: bool = setting(is_.yes_no, "true", N_("animated changes of screen"), N_("Animations"))
    shift: bool = setting(
        is_.yes_no,
        "true",
        N_("the waiting picture moves slightly every few minutes, so that it does not burn in"),
        N_("Protect the screen"),
    )
    dark_when_closed: bool = setting(
        is_.yes_no,
        "true",
        N_("the screen is dark while the centre is closed; a touch wakes it"),
        N_("Dark screen when closed"),
    )
    idle_seconds: int = setting(
        is_.whole(10, 3600),
        "60",
        N_("seconds without a touch before the kiosk asks"),
        N_("Seconds before “Are you still there?”"),
    )
    keyboard: bool = setting(
        is_.yes_no,
        "false",
        N_("a USB keyboard types into visitors’ fields; into staff’s it always does"),
        N_("Visitors may use a USB keyboard"),
    )
    warning_seconds: int = setting(
        is_.whole(20, 600), "20", N_("seconds to answer; 20 or more (WCAG 2.2.1)"), N_("Seconds to answer")
    )
    output: str = setting(
        is_.maybe_text,
        '""',
        N_("the screen that shows the kiosk where several are plugged in; empty: the main one"),
        N_("Which screen"),
    )


@declared
class ReportRules(NamedTuple):
    folder: str = setting(
        is_.maybe_text,
        '""',
        N_("folder for reports and tables of earlier years; empty: USB sticks"),
        N_("Folder for reports"),
    )


@declared
class StaffRules(NamedTuple):
    idle_seconds: int = setting(
        is_.whole(15, 900),
        "90",
        N_("seconds without a touch before the staff area closes"),
        N_("Seconds before the staff area closes"),
    )
    scan_gap_ms: int = setting(
        is_.whole(10, 1000),
        "180",
        N_("longest pause between two letters of a scanner, thousandths of a second; less than 180 is taken as 180"),
        N_("Pause between the letters of the scanner, ms"),
    )
    scan_prefix: str = setting(
        is_.maybe_code_part,
        '""',
        N_("letters the scanner puts before each code; empty: none"),
        N_("Letters before the scanner’s codes"),
    )
    scan_suffix: str = setting(
        is_.maybe_code_part,
        '""',
        N_("letters the scanner puts after each code; empty: none"),
        N_("Letters after the scanner’s codes"),
    )


@declared
class Sound(NamedTuple):
    """`volume` of the loudspeaker in percent; 0 is muted."""

    volume: int = setting(
        is_.whole(0, 100), "75", N_("how loud the tablet speaks, in percent; 0: not at all"), N_("Volume")
    )


@declared
class CameraRules(NamedTuple):
    source: str = setting(is_.maybe_text, '""', N_("camera, for example “0”; empty: none"), N_("Camera"))


@declared
class Printers(NamedTuple):
    """Addresses in the format of `kiosk.printing.printers`, "" for none; paper sizes."""

    receipt: str = setting(
        is_.printer,
        '""',
        N_("receipt printer, for example “tcp://192.168.1.20:9100”; empty: none"),
        N_("Receipt printer"),
    )
    paper_mm: int = setting(is_.paper, "80", N_("width of the receipt paper, 58 or 80"), N_("Width of the paper, mm"))
    label: str = setting(
        is_.printer, '""', N_("label printer; empty: labels come from the receipt printer"), N_("Label printer")
    )
    label_size: str = setting(
        is_.one_of("62x29", "50x30", "70x37"), '"62x29"', N_("size of a single label, mm"), N_("Size of a label, mm")
    )


@declared
class BackupRules(NamedTuple):
    """`second`: a folder, "usb", or "" for none; `second_at`: the local time of the daily second-place backup."""

    minutes: int = setting(is_.whole(1, 1440), "15", "a copy beside the database this often")
    keep_days: int = setting(is_.whole(1, 90), "14", N_("how many days backups are kept"), N_("Days backups are kept"))
    most_mb: int = setting(is_.whole(10, 1_000_000), "2000", "how large all copies together may grow")
    second: str = setting(
        is_.maybe_text,
        '""',
        N_("second backup location: a folder, or “usb” for a USB stick with a folder lumijobi-backup on it"),
        N_("Second backup location"),
    )
    second_at: time = setting(
        is_.clock_time,
        '"15:30"',
        N_("when the second backup is made, or as soon as possible"),
        N_("Time of the second backup"),
    )


@declared
class DeliveryRules(NamedTuple):
    """Where this tablet brings the public page, in the format of `kiosk.publish.places`, and how often at most."""

    place: str = setting(
        is_.delivery_place,
        '""',
        N_(
            "where the public page goes: a folder, “usb”, sftp://name@host/folder, https://host/folder/ (WebDAV) or "
            "rsync://name@host/folder; empty: nowhere"
        ),
        N_("Where the page is published"),
    )
    minutes: int = setting(
        is_.whole(5, 1440),
        "15",
        N_("after changes the public page is renewed at most this often, in minutes"),
        N_("Minutes between updates"),
    )
