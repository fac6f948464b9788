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
        N_("picture on the welcome screen, chosen at the desk; empty: a drawn one"),
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
    Setting("screen.motion", is_.yes_no, "true", N_("soft transitions"), N_("Soft movements")),
    Setting(
        "screen.shift",
        is_.yes_no,
        "true",
        N_("the waiting picture moves by a hair every few minutes, so that it does not burn in"),
        N_("Spare the screen"),
    ),
    Setting(
        "screen.dark_when_closed",
        is_.yes_no,
        "true",
        N_("the screen is dark while the centre is closed; a touch wakes it"),
        N_("Dark when closed"),
    ),
    Setting(
        "screen.idle_seconds",
        is_.whole(10, 3600),
        "60",
        N_("time without a touch until the kiosk asks"),
        N_("Seconds until it asks"),
    ),
    Setting(
        "screen.warning_seconds",
        is_.whole(20, 600),
        "20",
        N_("time to answer; 20 or more (WCAG 2.2.1)"),
        N_("Seconds to answer"),
    ),
    Setting(
        "tickets.limit", is_.whole(1, 20), "3", N_("live tickets one visitor may hold"), N_("Tickets for one visitor")
    ),
    Setting("goods.new_days", is_.whole(1, 60), "7", N_("for how many days a thing is new"), N_("Days a thing is new")),
    Setting(
        "goods.categories",
        is_.some_of(*CATEGORIES, least=1),
        str(list(CATEGORIES)).replace("'", '"'),
        N_("kinds of things that have a shelf and are taken in"),
        N_("Kinds of things"),
    ),
    Setting("goods.picture_folder", is_.maybe_text, '""', "folder with pictures to take in; empty: USB sticks"),
    Setting(
        "goods.share",
        is_.yes_no,
        "false",
        N_("other centres of the hub's region may show what is here"),
        N_("Other centres show our goods"),
    ),
    Setting(
        "goods.neighbours",
        is_.yes_no,
        "false",
        N_("what other centres of the hub's region show is shown here too"),
        N_("We show goods of other centres"),
    ),
    Setting("help.notice_version", is_.text, '"2026-11"', "version of the data protection notice shown"),
    Setting(
        "help.open_minutes",
        is_.whole(1, 60),
        "5",
        N_("for how long the passphrase opens requests"),
        N_("Minutes requests stay open"),
    ),
    Setting(
        "help.keep_days",
        is_.whole(1, 730),
        "90",
        N_("details of a request that is done are erased so long after it was made"),
        N_("Days finished requests are kept"),
    ),
    Setting(
        "help.longest_days", is_.whole(30, 730), "365", "details of a request that nobody carried on are erased after"
    ),
    Setting("help.follow_up_days", is_.whole(1, 365), "14", "after how many days staff ask how a pair of friends is"),
    Setting(
        "help.areas",
        is_.texts,
        '["Kirkonkylä", "Ylipää", "Varjakka"]',
        N_("places a neighbour may need help in, for matching"),
        N_("Parts of the municipality"),
    ),
    Setting(
        "guidance.days",
        is_.weekdays,
        '["tue", "thu"]',
        N_("days with times to book with the coordinator"),
        N_("Days with times to book"),
    ),
    Setting(
        "guidance.hours",
        is_.hours,
        '"13:00-15:00"',
        N_("when the first of these times begins and the last one ends"),
        N_("Hours with times to book"),
    ),
    Setting("guidance.minutes", is_.whole(5, 240), "30", N_("length of one of these times"), N_("Minutes for each")),
    Setting("guidance.weeks", is_.whole(1, 26), "2", N_("how many weeks ahead one can book"), N_("Weeks ahead")),
    Setting(
        "donations.not_taken",
        is_.some_of(*NOT_TAKEN),
        str(list(NOT_TAKEN)).replace("'", '"'),
        N_("what is not taken; shown before somebody announces what they bring"),
        N_("What we do not take"),
    ),
    Setting(
        "wishes.hold_hours",
        is_.whole(1, 720),
        "48",
        N_("for how long a thing is held for whoever wished for it, at least"),
        N_("Hours a wished thing is held"),
    ),
    Setting("wishes.keep_days", is_.whole(7, 730), "180", N_("for how long a wish is kept"), N_("Days a wish is kept")),
    Setting(
        "calendar.holidays",
        is_.country,
        '"FI"',
        N_("country on whose public holidays regular sessions rest; empty: none"),
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
        N_("numbers for the coordinator's guidance"),
        N_("Numbers for guidance"),
    ),
    Setting(
        "services.appointments", is_.yes_no, "true", N_("visitors book a time with the coordinator"), N_("Booked times")
    ),
    Setting("services.donations", is_.yes_no, "true", N_("visitors announce what they bring"), N_("Bringing things")),
    Setting("services.wishes", is_.yes_no, "true", N_("visitors leave wishes"), N_("Wishes")),
    Setting("services.calendar", is_.yes_no, "true", N_("visitors see what is on in the next weeks"), N_("What is on")),
    Setting("services.sign_up", is_.yes_no, "true", N_("visitors book seats at gatherings"), N_("Booking seats")),
    Setting(
        "services.partners",
        is_.yes_no,
        "true",
        N_("a register of partners; those who agreed are thanked in public"),
        N_("Partners"),
    ),
    Setting("services.friends", is_.yes_no, "true", N_("visitors ask for a friend or want to be one"), N_("Friends")),
    Setting(
        "services.neighbours",
        is_.yes_no,
        "true",
        N_("visitors ask neighbours for help or offer it"),
        N_("Neighbour help"),
    ),
    Setting("services.volunteers", is_.yes_no, "true", N_("volunteers sign in and out"), N_("Volunteers")),
    Setting(
        "staff.idle_seconds",
        is_.whole(15, 900),
        "90",
        N_("time without a touch until the desk closes"),
        N_("Seconds until the desk closes"),
    ),
    Setting("staff.scan_gap_ms", is_.whole(10, 500), "50", "longest pause between two letters of a scanner"),
    Setting(
        "sound.volume",
        is_.whole(0, 100),
        "75",
        N_("how loud the tablet speaks, in percent; 0: not at all"),
        N_("Volume"),
    ),
    Setting("camera.source", is_.maybe_text, '""', N_('camera, for example "0"; empty: none'), N_("Camera")),
    Setting(
        "printers.receipt",
        is_.printer,
        '""',
        N_('receipt printer, for example "tcp://192.168.1.20:9100"; empty: none'),
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
        "backup.keep_days", is_.whole(1, 90), "14", N_("for how many days copies are kept"), N_("Days copies are kept")
    ),
    Setting("backup.most_mb", is_.whole(10, 1_000_000), "2000", "how large all copies together may grow"),
    Setting(
        "backup.second",
        is_.maybe_text,
        '""',
        N_('second place: a folder, or "usb" for a stick with a folder lumijobi-backup on it'),
        N_("Second place for copies"),
    ),
    Setting(
        "backup.second_at",
        is_.clock_time,
        '"15:30"',
        N_("when the second place is brought up to date, or as soon as it can"),
        N_("Time for the second place"),
    ),
    *(
        Setting(f"opening.{day}", is_.hours, '"10:00-16:00"', "opening hours; leave out a day that is closed")
        for day in DAYS
    ),
    *(
        Setting(
            f"message.{code}", is_.maybe_line, '""', N_("a message of the centre to everyone who comes; empty: none")
        )
        for code in LANGUAGES
    ),
    Setting("closed", is_.days, "[]", N_("dates on which the centre is closed"), N_("Closed days")),
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
