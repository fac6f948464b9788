"""Every setting, declared once: key, what it takes, default, help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from kiosk.errors import N_
from kiosk.language.translation import LANGUAGES
from kiosk.vocabulary import CATEGORIES, GROUPS

from . import validators as is_
from .validators import DAYS
from .values import GatheringSetting, ProjectSetting, RateSetting

#: What a centre may not take.
NOT_TAKEN = ("broken", "mattress", "building", "appliance", "safety", "chemicals")


class Setting(NamedTuple):
    """One setting: `key` with its section, what it takes, its default as TOML, and a word of help; what the coordinator
    sets on the screen has a `name` there."""

    key: str
    check: Callable[[Any], Any]
    default: str
    help: str
    name: str = ""


ENTRIES = (
    Setting(
        "centre.name",
        is_.text,
        '"Help Center Lumijobi"',
        N_("name on the welcome screen and on tickets"),
        N_("Name of the centre"),
    ),
    Setting("centre.timezone", is_.zone, '"Europe/Helsinki"', "time zone of the place"),
    Setting(
        "centre.languages",
        is_.languages,
        '["fi", "uk", "en"]',
        N_("languages on the welcome screen, in this order"),
        N_("Languages"),
    ),
    Setting(
        "centre.default_language",
        is_.language,
        '"fi"',
        N_("language when nobody has chosen one"),
        N_("Language of the centre"),
    ),
    Setting(
        "centre.logo",
        is_.maybe_text,
        '""',
        N_("picture on the welcome screen, chosen in the settings; empty: an illustration"),
        N_("Picture of the centre"),
    ),
    Setting("screen.diagonal_inches", is_.number(5, 100), "10.1", "measured corner to corner, so that sizes are right"),
    Setting("screen.lower_edge_mm", is_.whole(300, 900), "850", "height of the picture's lower edge above the floor"),
    Setting(
        "screen.reach_limit_mm",
        is_.whole(1000, 1220),
        "1120",
        "nothing to touch is higher above the floor (EN 301 549)",
    ),
    Setting(
        "screen.viewing_distance_mm", is_.whole(200, 1500), "400", "from the eyes to the screen; big text follows it"
    ),
    Setting(
        "screen.text",
        is_.one_of("normal", "big"),
        '"normal"',
        N_("size of the text for a new visitor"),
        N_("Size of the text"),
    ),
    Setting(
        "screen.contrast", is_.one_of("normal", "high"), '"normal"', N_("contrast for a new visitor"), N_("Contrast")
    ),
    Setting("screen.motion", is_.yes_no, "true", N_("animated changes of screen"), N_("Animations")),
    Setting(
        "screen.shift",
        is_.yes_no,
        "true",
        N_("the waiting picture moves slightly every few minutes, so that it does not burn in"),
        N_("Protect the screen"),
    ),
    Setting(
        "screen.dark_when_closed",
        is_.yes_no,
        "true",
        N_("the screen is dark while the centre is closed; a touch wakes it"),
        N_("Dark screen when closed"),
    ),
    Setting(
        "screen.idle_seconds",
        is_.whole(10, 3600),
        "60",
        N_("seconds without a touch before the kiosk asks"),
        N_("Seconds before “Are you still there?”"),
    ),
    Setting(
        "screen.warning_seconds",
        is_.whole(20, 600),
        "20",
        N_("seconds to answer; 20 or more (WCAG 2.2.1)"),
        N_("Seconds to answer"),
    ),
    Setting(
        "screen.output",
        is_.maybe_text,
        '""',
        N_("the screen that shows the kiosk where several are plugged in; empty: the main one"),
        N_("Which screen"),
    ),
    Setting(
        "tickets.limit", is_.whole(1, 20), "3", N_("valid tickets one visitor may have"), N_("Tickets per visitor")
    ),
    Setting(
        "goods.new_days",
        is_.whole(1, 60),
        "7",
        N_("how many days a thing counts as new"),
        N_("Days a thing counts as new"),
    ),
    Setting(
        "goods.categories",
        is_.some_of(*CATEGORIES, least=1),
        str(list(CATEGORIES)).replace("'", '"'),
        N_("categories that have a shelf and are taken in"),
        N_("Categories of things"),
    ),
    Setting("goods.picture_folder", is_.maybe_text, '""', "folder with pictures to take in; empty: USB sticks"),
    Setting(
        "goods.share",
        is_.yes_no,
        "false",
        N_("other centres of the hub’s region may show what is here"),
        N_("Other centres show our things"),
    ),
    Setting(
        "goods.neighbours",
        is_.yes_no,
        "false",
        N_("what other centres of the hub’s region show is shown here too"),
        N_("We show things from other centres"),
    ),
    Setting("help.notice_version", is_.text, '"2026-11"', "version of the data protection notice shown"),
    Setting(
        "help.open_minutes",
        is_.whole(1, 60),
        "5",
        N_("how long the passphrase keeps requests open"),
        N_("Minutes before requests lock again"),
    ),
    Setting(
        "help.keep_days",
        is_.whole(1, 730),
        "90",
        N_("days after which the details of a closed request are deleted, counted from when it was made"),
        N_("Days closed requests are kept"),
    ),
    Setting(
        "help.longest_days", is_.whole(30, 730), "365", "details of a request that nobody carried on are erased after"
    ),
    Setting("help.follow_up_days", is_.whole(1, 365), "14", "after how many days staff ask how a pair of friends is"),
    Setting(
        "help.areas",
        is_.texts,
        '["Kirkonkylä", "Ylipää", "Varjakka"]',
        N_("areas where a neighbour may need help, for matching"),
        N_("Parts of the municipality"),
    ),
    Setting(
        "help.controller",
        is_.text,
        '"Lumijoen kunta"',
        N_("who is responsible for what visitors tell, as the notice names it"),
        N_("Data controller"),
    ),
    Setting(
        "guidance.days",
        is_.weekdays,
        '["tue", "thu"]',
        N_("days when visitors can book an appointment with the coordinator"),
        N_("Days for appointments"),
    ),
    Setting(
        "guidance.hours",
        is_.hours,
        '"13:00-15:00"',
        N_("when the first appointment of the day begins and the last one ends"),
        N_("Hours for appointments"),
    ),
    Setting(
        "guidance.minutes",
        is_.whole(5, 240),
        "30",
        N_("length of an appointment"),
        N_("Length of an appointment, minutes"),
    ),
    Setting("guidance.weeks", is_.whole(1, 26), "2", N_("how many weeks ahead visitors can book"), N_("Weeks ahead")),
    Setting(
        "donations.not_taken",
        is_.some_of(*NOT_TAKEN),
        str(list(NOT_TAKEN)).replace("'", '"'),
        N_("what is not taken; shown before someone announces a donation"),
        N_("What we do not take"),
    ),
    Setting(
        "wishes.hold_hours",
        is_.whole(1, 720),
        "48",
        N_("how long a thing is reserved for the person who wished for it, at least"),
        N_("Hours a thing is reserved for a wish"),
    ),
    Setting("wishes.keep_days", is_.whole(7, 730), "180", N_("how long a wish is kept"), N_("Days a wish is kept")),
    Setting(
        "calendar.holidays",
        is_.country,
        '"FI"',
        N_("country whose public holidays pause regular sessions; empty: none"),
        N_("Public holidays"),
    ),
    Setting("calendar.folder", is_.maybe_text, '""', "folder for calendar files (.ics); empty: USB sticks"),
    Setting(
        "reports.folder",
        is_.maybe_text,
        '""',
        N_("folder for reports and tables of earlier years; empty: USB sticks"),
        N_("Folder for reports"),
    ),
    Setting(
        "services.guidance",
        is_.yes_no,
        "true",
        N_("queue numbers for guidance with the coordinator"),
        N_("Queue numbers for guidance"),
    ),
    Setting(
        "services.appointments",
        is_.yes_no,
        "true",
        N_("visitors book an appointment with the coordinator"),
        N_("Appointments"),
    ),
    Setting("services.donations", is_.yes_no, "true", N_("visitors announce donations"), N_("Donations")),
    Setting("services.wishes", is_.yes_no, "true", N_("visitors leave wishes"), N_("Wishes")),
    Setting(
        "services.calendar", is_.yes_no, "true", N_("visitors see the events of the coming weeks"), N_("Coming events")
    ),
    Setting("services.sign_up", is_.yes_no, "true", N_("visitors book seats at events"), N_("Booking seats")),
    Setting(
        "services.partners",
        is_.yes_no,
        "true",
        N_("a list of partners; those who agreed are thanked in public"),
        N_("Partners"),
    ),
    Setting(
        "services.friends", is_.yes_no, "true", N_("visitors ask for a friend or want to be one"), N_("Friend service")
    ),
    Setting(
        "services.neighbours",
        is_.yes_no,
        "true",
        N_("visitors ask neighbours for help or offer it"),
        N_("Neighbour help"),
    ),
    Setting("services.volunteers", is_.yes_no, "true", N_("volunteers start and end their shifts"), N_("Volunteers")),
    Setting(
        "staff.idle_seconds",
        is_.whole(15, 900),
        "90",
        N_("seconds without a touch before the staff area closes"),
        N_("Seconds before the staff area closes"),
    ),
    Setting(
        "staff.scan_gap_ms",
        is_.whole(10, 1000),
        "180",
        N_("longest pause between two letters of a scanner, thousandths of a second; less than 180 is taken as 180"),
        N_("Pause between the letters of the scanner, ms"),
    ),
    Setting(
        "staff.scan_prefix",
        is_.maybe_code_part,
        '""',
        N_("letters the scanner puts before each code; empty: none"),
        N_("Letters before the scanner’s codes"),
    ),
    Setting(
        "staff.scan_suffix",
        is_.maybe_code_part,
        '""',
        N_("letters the scanner puts after each code; empty: none"),
        N_("Letters after the scanner’s codes"),
    ),
    Setting(
        "sound.volume",
        is_.whole(0, 100),
        "75",
        N_("how loud the tablet speaks, in percent; 0: not at all"),
        N_("Volume"),
    ),
    Setting("camera.source", is_.maybe_text, '""', N_("camera, for example “0”; empty: none"), N_("Camera")),
    Setting(
        "printers.receipt",
        is_.printer,
        '""',
        N_("receipt printer, for example “tcp://192.168.1.20:9100”; empty: none"),
        N_("Receipt printer"),
    ),
    Setting(
        "printers.paper_mm", is_.paper, "80", N_("width of the receipt paper, 58 or 80"), N_("Width of the paper, mm")
    ),
    Setting(
        "printers.label",
        is_.printer,
        '""',
        N_("label printer; empty: labels come from the receipt printer"),
        N_("Label printer"),
    ),
    Setting(
        "printers.label_size",
        is_.one_of("62x29", "50x30", "70x37"),
        '"62x29"',
        N_("size of a single label, mm"),
        N_("Size of a label, mm"),
    ),
    Setting("backup.minutes", is_.whole(1, 1440), "15", "a copy beside the database this often"),
    Setting(
        "backup.keep_days", is_.whole(1, 90), "14", N_("how many days backups are kept"), N_("Days backups are kept")
    ),
    Setting("backup.most_mb", is_.whole(10, 1_000_000), "2000", "how large all copies together may grow"),
    Setting(
        "backup.second",
        is_.maybe_text,
        '""',
        N_("second backup location: a folder, or “usb” for a USB stick with a folder lumijobi-backup on it"),
        N_("Second backup location"),
    ),
    Setting(
        "backup.second_at",
        is_.clock_time,
        '"15:30"',
        N_("when the second backup is made, or as soon as possible"),
        N_("Time of the second backup"),
    ),
    *(
        Setting(f"opening.{day}", is_.hours, '"10:00-16:00"', "opening hours; leave out a day that is closed")
        for day in DAYS
    ),
    *(
        Setting(
            f"message.{code}", is_.maybe_line, '""', N_("a message from the centre to everyone who comes; empty: none")
        )
        for code in LANGUAGES
    ),
    Setting("closed", is_.days, "[]", N_("dates when the centre is closed"), N_("Closed days")),
)
GATHERING_ENTRIES = (
    Setting("key", is_.text, '"coffee"', "a short name that never changes"),
    Setting(
        "names",
        is_.names,
        '{fi = "Tiistaikahvit", uk = "Кава у вівторок", en = "Tuesday coffee meeting"}',
        "name by language",
    ),
    Setting("every", is_.rule, '"FREQ=WEEKLY;BYDAY=TU"', "RFC 5545 rule"),
    Setting("start", is_.clock_time, '"13:00"', "local time"),
    Setting("end", is_.clock_time, '"16:00"', "local time; earlier than start means after midnight"),
    Setting("place", is_.text, '"Help Center"', "where"),
    Setting("since", is_.day, "2024-01-02", "first date of the series"),
    Setting("art", is_.maybe_text, '""', "picture, a file under assets/art"),
    Setting("cancelled", lambda value: frozenset(is_.days(value)), "[]", "dates on which it does not take place"),
    Setting("extra", is_.days, "[]", "further dates"),
    Setting("seats", is_.whole(0, 10_000), "0", "seats to sign up for; 0: come as you are"),
    Setting("partner", is_.maybe_text, '""', "who arranges it with the centre"),
    Setting(
        "languages",
        lambda value: () if value == [] else is_.languages(value),
        "[]",
        "languages spoken there; empty: any",
    ),
    Setting("groups", is_.groups, "[]", "whom it is meant for, some of: " + ", ".join(GROUPS)),
)
PROJECT_ENTRIES = (
    Setting("number", is_.text, '"1"', "number of the decision"),
    Setting("names", is_.names, '{fi = "Hanke", uk = "Проєкт", en = "Project"}', "name by language"),
    Setting("funder", is_.text, '"Funder"', "who pays"),
    Setting("since", is_.day, "2024-01-01", "first day"),
    Setting("until", is_.day, "2026-12-31", "last day"),
    Setting("logo", is_.maybe_text, '""', "picture for the top of reports, a PNG or JPEG file"),
    Setting("gatherings", is_.words, "[]", "keys of the gatherings that count for it; empty: all"),
    Setting("services", is_.words, "[]", 'services that count for it, such as "friend"; empty: all'),
    Setting("tasks", is_.words, "[]", 'tasks of volunteers that count for it, such as "kitchen"; empty: all'),
    Setting("categories", is_.words, "[]", 'categories of goods that count for it, such as "furniture"; empty: all'),
)
RATE_ENTRIES = (
    Setting("kind", is_.one_of("work", "machine"), '"work"', "an hour of work, or of a machine"),
    Setting("since", is_.day, "2014-01-01", "first day of the rate"),
    Setting("euros", is_.euros, "15", "what an hour is worth"),
)


class Section(NamedTuple):
    """A [[section]] that may stand there several times: what a row takes, what it must have, and the rows there are
    without a file (in TOML)."""

    entries: tuple[Setting, ...]
    make: Callable[..., Any]
    needed: tuple[str, ...]
    unique: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    word: str


SECTIONS = {
    "gatherings": Section(
        GATHERING_ENTRIES,
        GatheringSetting,
        ("key", "names", "every", "start", "end", "place", "since"),
        ("key",),
        ({},),
        "gathering",
    ),
    "projects": Section(
        PROJECT_ENTRIES,
        ProjectSetting,
        ("number", "names", "funder", "since", "until"),
        ("number",),
        (),
        "project",
    ),
    # 15 €/h until the end of 2022, 20 €/h since; the machine's is to be looked up in the decision.
    "rates": Section(
        RATE_ENTRIES,
        RateSetting,
        ("kind", "since", "euros"),
        ("kind", "since"),
        (
            {},
            {"since": "2023-01-01", "euros": "20"},
            {"kind": '"machine"', "euros": "30"},
        ),
        "rate",
    ),
}
#: Days that are open when the file says nothing about opening hours.
OPEN_BY_DEFAULT = ("tue", "wed", "thu")
