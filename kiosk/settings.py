"""Settings: one TOML file, declared once below. No file at all is fine."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from kiosk.errors import N_, KioskError
from kiosk.holidays import known_country
from kiosk.i18n import LANGUAGES
from kiosk.printing.printers import parse_address
from kiosk.vocabulary import GROUPS

#: What a centre may not take.
NOT_TAKEN = ("broken", "mattress", "building", "appliance", "safety", "chemicals")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class BadSettings(KioskError):
    """The settings file cannot be used; says the line and the key."""

    default = N_("{file} line {line}: {key}: {reason}")


class Wrong(ValueError):
    """A value is not one that its key takes; says why."""


@dataclass(frozen=True)
class Centre:
    name: str
    timezone: str
    languages: tuple[str, ...]
    default_language: str


@dataclass(frozen=True)
class Screen:
    diagonal_inches: float
    lower_edge_mm: int
    reach_limit_mm: int
    viewing_distance_mm: int
    text: str
    contrast: str
    motion: bool
    idle_seconds: int
    warning_seconds: int


@dataclass(frozen=True)
class TicketRules:
    limit: int


@dataclass(frozen=True)
class GoodsRules:
    new_days: int
    picture_folder: str


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
    closed: frozenset[date] = frozenset()
    gatherings: tuple[GatheringSetting, ...] = ()
    projects: tuple[ProjectSetting, ...] = ()
    rates: tuple[RateSetting, ...] = ()


# checks: each returns the value to keep or raises Wrong


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Wrong(f"must be a whole number from {least} to {most}")
        return value

    return check


def _number(least: float, most: float) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            raise Wrong(f"must be a number from {least:g} to {most:g}")
        return float(value)

    return check


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong("must be a text in quotes")
    return value


def _maybe_text(value: Any) -> str:
    return "" if value == "" else _text(value)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong('must be a list of texts such as ["Kirkonkylä"]')
    return tuple(dict.fromkeys(_text(text) for text in value))


def _printer(value: Any) -> str:
    text = _maybe_text(value)
    try:
        if text:
            parse_address(text)
    except KioskError as error:
        raise Wrong(str(error)) from error
    return text


def _paper(value: Any) -> int:
    if value not in (58, 80) or isinstance(value, bool):
        raise Wrong("must be 58 or 80")
    return int(value)


def _one_of(*words: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in words:
            raise Wrong(f"must be one of: {', '.join(words)}")
        return str(value)

    return check


def _some_of(*words: str) -> Callable[[Any], tuple[str, ...]]:
    def check(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or any(word not in words for word in value):
            raise Wrong(f"must be a list of some of: {', '.join(words)}")
        return tuple(dict.fromkeys(value))

    return check


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("must be true or false")
    return value


def _zone(value: Any) -> str:
    try:
        ZoneInfo(_text(value))
    except (OSError, ValueError, LookupError) as error:
        raise Wrong('must be a time zone such as "Europe/Helsinki"') from error
    return str(value)


def _language(value: Any) -> str:
    return _one_of(*LANGUAGES)(value)


def _languages(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or any(code not in LANGUAGES for code in value):
        raise Wrong(f"must be a list of some of: {', '.join(LANGUAGES)}")
    return tuple(dict.fromkeys(value))


def _country(value: Any) -> str:
    if value != "" and not known_country(_text(value)):
        raise Wrong('must be a country whose public holidays are known, such as "FI", or ""')
    return str(value)


def _groups(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or any(group not in GROUPS for group in value):
        raise Wrong(f"must be a list of some of: {', '.join(GROUPS)}")
    return tuple(dict.fromkeys(value))


def _day(value: Any) -> date:
    if type(value) is not date:
        raise Wrong("must be a date such as 2026-12-24, without quotes")
    return value


def _days(value: Any) -> tuple[date, ...]:
    if not isinstance(value, list):
        raise Wrong("must be a list of dates such as [2026-12-24]")
    return tuple(_day(day) for day in value)


def _time(value: Any) -> time:
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(_text(value))
    except ValueError as error:
        raise Wrong('must be a time such as "13:00"') from error


def _hours(value: Any) -> tuple[time, time]:
    match = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", value if isinstance(value, str) else "")
    if not match:
        raise Wrong('must be hours such as "10:00-16:00"')
    start, end = _time(match[1]), _time(match[2])
    if end <= start:
        raise Wrong("must close after it opens")
    return start, end


def _weekdays(value: Any) -> frozenset[int]:
    return frozenset(DAYS.index(day) for day in _some_of(*DAYS)(value))


def _rule(value: Any) -> str:
    try:
        rrulestr(_text(value))
    except (ValueError, TypeError) as error:
        raise Wrong('must be an RFC 5545 rule such as "FREQ=WEEKLY;BYDAY=TU"') from error
    return str(value)


def _names(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not value or any(code not in LANGUAGES for code in value):
        raise Wrong(f"must have a name for some of: {', '.join(LANGUAGES)}")
    return {code: _text(name) for code, name in value.items()}


def _euros(value: Any) -> Decimal:
    return Decimal(str(_number(0, 1000)(value)))


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong('must be a list of texts such as ["coffee"]')
    return tuple(_text(word) for word in value)


@dataclass(frozen=True)
class Entry:
    """One setting: `key` with its section, what it takes, its default as TOML, and a word of help."""

    key: str
    check: Callable[[Any], Any]
    default: str
    help: str


ENTRIES = (
    Entry("centre.name", _text, '"Help Center Lumijobi"', "name on the welcome screen and on tickets"),
    Entry("centre.timezone", _zone, '"Europe/Helsinki"', "time zone of the place"),
    Entry("centre.languages", _languages, '["fi", "uk", "en"]', "languages on the welcome screen, in this order"),
    Entry("centre.default_language", _language, '"fi"', "language when nobody has chosen one"),
    Entry("screen.diagonal_inches", _number(5, 100), "10.1", "measured corner to corner, so that sizes are right"),
    Entry("screen.lower_edge_mm", _whole(300, 900), "850", "height of the picture's lower edge above the floor"),
    Entry(
        "screen.reach_limit_mm", _whole(1000, 1220), "1120", "nothing to touch is higher above the floor (EN 301 549)"
    ),
    Entry("screen.viewing_distance_mm", _whole(200, 1500), "400", "from the eyes to the screen; big text follows it"),
    Entry("screen.text", _one_of("normal", "big"), '"normal"', "size of the text for a new visitor"),
    Entry("screen.contrast", _one_of("normal", "high"), '"normal"', "contrast for a new visitor"),
    Entry("screen.motion", _yes_no, "true", "soft transitions"),
    Entry("screen.idle_seconds", _whole(10, 3600), "60", "time without a touch until the kiosk asks"),
    Entry("screen.warning_seconds", _whole(20, 600), "20", "time to answer; 20 or more (WCAG 2.2.1)"),
    Entry("tickets.limit", _whole(1, 20), "3", "live tickets one visitor may hold"),
    Entry("goods.new_days", _whole(1, 60), "7", "for how many days a thing is new"),
    Entry("goods.picture_folder", _maybe_text, '""', "folder with pictures to take in; empty: USB sticks"),
    Entry("help.notice_version", _text, '"2026-11"', "version of the data protection notice shown"),
    Entry("help.open_minutes", _whole(1, 60), "5", "for how long the passphrase opens requests"),
    Entry(
        "help.keep_days", _whole(1, 730), "90", "details of a request that is done are erased so long after it was made"
    ),
    Entry("help.longest_days", _whole(30, 730), "365", "details of a request that nobody carried on are erased after"),
    Entry("help.follow_up_days", _whole(1, 365), "14", "after how many days staff ask how a pair of friends is"),
    Entry(
        "help.areas",
        _texts,
        '["Kirkonkylä", "Ylipää", "Varjakka"]',
        "places a neighbour may need help in, for matching",
    ),
    Entry("guidance.days", _weekdays, '["tue", "thu"]', "days with times to book with the coordinator"),
    Entry("guidance.hours", _hours, '"13:00-15:00"', "when the first of these times begins and the last one ends"),
    Entry("guidance.minutes", _whole(5, 240), "30", "length of one of these times"),
    Entry("guidance.weeks", _whole(1, 26), "2", "how many weeks ahead one can book"),
    Entry(
        "donations.not_taken",
        _some_of(*NOT_TAKEN),
        str(list(NOT_TAKEN)).replace("'", '"'),
        "what is not taken; shown before somebody announces what they bring",
    ),
    Entry(
        "wishes.hold_hours", _whole(1, 720), "48", "for how long a thing is held for whoever wished for it, at least"
    ),
    Entry("wishes.keep_days", _whole(7, 730), "180", "for how long a wish is kept"),
    Entry("calendar.holidays", _country, '"FI"', "country on whose public holidays regular sessions rest; empty: none"),
    Entry("calendar.folder", _maybe_text, '""', "folder for calendar files (.ics); empty: USB sticks"),
    Entry("reports.folder", _maybe_text, '""', "folder for reports and tables of earlier years; empty: USB sticks"),
    Entry("services.guidance", _yes_no, "true", "numbers for the coordinator's guidance"),
    Entry("services.appointments", _yes_no, "true", "visitors book a time with the coordinator"),
    Entry("services.donations", _yes_no, "true", "visitors announce what they bring"),
    Entry("services.wishes", _yes_no, "true", "visitors leave wishes"),
    Entry("services.calendar", _yes_no, "true", "visitors see what is on in the next weeks"),
    Entry("services.sign_up", _yes_no, "true", "visitors book seats at gatherings"),
    Entry("services.partners", _yes_no, "true", "a register of partners; those who agreed are thanked in public"),
    Entry("services.friends", _yes_no, "true", "visitors ask for a friend or want to be one"),
    Entry("services.neighbours", _yes_no, "true", "visitors ask neighbours for help or offer it"),
    Entry("services.volunteers", _yes_no, "true", "volunteers sign in and out"),
    Entry("staff.idle_seconds", _whole(15, 900), "90", "time without a touch until the desk closes"),
    Entry("staff.scan_gap_ms", _whole(10, 500), "50", "longest pause between two letters of a scanner"),
    Entry("camera.source", _maybe_text, '""', 'camera, for example "0"; empty: none'),
    Entry("printers.receipt", _printer, '""', 'receipt printer, for example "tcp://192.168.1.20:9100"; empty: none'),
    Entry("printers.paper_mm", _paper, "80", "width of the receipt paper, 58 or 80"),
    Entry("printers.label", _printer, '""', "label printer; empty: labels come from the receipt printer"),
    Entry("printers.label_size", _one_of("62x29", "50x30", "70x37"), '"62x29"', "size of a single label, mm"),
    Entry("backup.minutes", _whole(1, 1440), "15", "a copy beside the database this often"),
    Entry("backup.keep_days", _whole(1, 90), "14", "for how many days copies are kept"),
    Entry("backup.most_mb", _whole(10, 1_000_000), "2000", "how large all copies together may grow"),
    Entry(
        "backup.second",
        _maybe_text,
        '""',
        'second place: a folder, or "usb" for a stick with a folder lumijobi-backup on it',
    ),
    Entry("backup.second_at", _time, '"15:30"', "when the second place is brought up to date, or as soon as it can"),
    *(
        Entry(f"opening.{day}", _hours, '"10:00-16:00"', "opening hours; leave out a day that is closed")
        for day in DAYS
    ),
    Entry("closed", _days, "[]", "dates on which the centre is closed"),
)
GATHERING_ENTRIES = (
    Entry("key", _text, '"coffee"', "a short name that never changes"),
    Entry(
        "names",
        _names,
        '{fi = "Tiistaikahvit", uk = "Кава у вівторок", en = "Tuesday coffee meeting"}',
        "name by language",
    ),
    Entry("every", _rule, '"FREQ=WEEKLY;BYDAY=TU"', "RFC 5545 rule"),
    Entry("start", _time, '"13:00"', "local time"),
    Entry("end", _time, '"16:00"', "local time; earlier than start means after midnight"),
    Entry("place", _text, '"Help Center"', "where"),
    Entry("since", _day, "2024-01-02", "first date of the series"),
    Entry("art", lambda value: value if value == "" else _text(value), '""', "picture, a file under assets/art"),
    Entry("cancelled", lambda value: frozenset(_days(value)), "[]", "dates on which it does not take place"),
    Entry("extra", _days, "[]", "further dates"),
    Entry("seats", _whole(0, 10_000), "0", "seats to sign up for; 0: come as you are"),
    Entry("partner", _maybe_text, '""', "who arranges it with the centre"),
    Entry(
        "languages", lambda value: () if value == [] else _languages(value), "[]", "languages spoken there; empty: any"
    ),
    Entry("groups", _groups, "[]", "whom it is meant for, some of: " + ", ".join(GROUPS)),
)
PROJECT_ENTRIES = (
    Entry("number", _text, '"1"', "number of the decision"),
    Entry("names", _names, '{fi = "Hanke", uk = "Проєкт", en = "Project"}', "name by language"),
    Entry("funder", _text, '"Funder"', "who pays"),
    Entry("since", _day, "2024-01-01", "first day"),
    Entry("until", _day, "2026-12-31", "last day"),
    Entry("logo", _maybe_text, '""', "picture for the top of reports, a PNG or JPEG file"),
    Entry("gatherings", _words, "[]", "keys of the gatherings that count for it; empty: all"),
    Entry("services", _words, "[]", 'services that count for it, such as "friend"; empty: all'),
    Entry("tasks", _words, "[]", 'tasks of volunteers that count for it, such as "kitchen"; empty: all'),
    Entry("categories", _words, "[]", 'categories of goods that count for it, such as "furniture"; empty: all'),
)
RATE_ENTRIES = (
    Entry("kind", _one_of("work", "machine"), '"work"', "an hour of work, or of a machine"),
    Entry("since", _day, "2014-01-01", "first day of the rate"),
    Entry("euros", _euros, "15", "what an hour is worth"),
)


@dataclass(frozen=True)
class Section:
    """A [[section]] that may stand there several times: what a row takes, what it must have, and the rows there are
    without a file (in TOML)."""

    entries: tuple[Entry, ...]
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


def default_toml() -> str:
    """Return a settings file with every setting, its default and its help."""
    lines = ["# Settings of the Lumijobi kiosk. Everything here is the default; change what you like.", ""]
    top = [entry for entry in ENTRIES if "." not in entry.key]
    lines += [f"{entry.key} = {entry.default}  # {entry.help}" for entry in top]
    section = ""
    for entry in ENTRIES:
        part, _, key = entry.key.rpartition(".")
        if not part:
            continue
        if part != section:
            section = part
            lines += ["", f"[{part}]"]
        shut = "# " if part == "opening" and key not in OPEN_BY_DEFAULT else ""
        lines.append(f"{shut}{key} = {entry.default}  # {entry.help}")
    for name, part_of in SECTIONS.items():
        for row in part_of.rows:
            lines += ["", f"[[{name}]]"]
            lines += [f"{entry.key} = {row.get(entry.key, entry.default)}  # {entry.help}" for entry in part_of.entries]
        if not part_of.rows:
            lines += ["", f"# [[{name}]]"]
            lines += [f"# {entry.key} = {entry.default}  # {entry.help}" for entry in part_of.entries]
    return "\n".join(lines) + "\n"


def load(path: Path | None) -> Settings:
    """Read the settings file `path`, or the defaults for None. Raises BadSettings naming line and key."""
    if path is None:
        return _read(default_toml(), "settings")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadSettings(file=path.name, line=0, key="-", reason=error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise BadSettings(file=path.name, line=0, key="-", reason="is not a text file in UTF-8") from None
    return _read(text, path.name)


def _read(text: str, file: str) -> Settings:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"\(at line (\d+)", str(error))
        line = int(match[1]) if match else text.count("\n") + 1
        bad = text.splitlines()[line - 1] if 0 < line <= text.count("\n") + 1 else ""
        key = bad.partition("=")[0].strip() or "-"
        raise BadSettings(file=file, line=line, key=key, reason=str(error).partition(" (at")[0]) from None
    defaults = tomllib.loads(default_toml())
    known = {entry.key: entry for entry in ENTRIES}
    values: dict[str, Any] = {}
    for key, value in _flat(data):
        if key.partition(".")[0] in SECTIONS:
            continue
        if key not in known:
            near = difflib.get_close_matches(key, [*known, *SECTIONS], 1)
            reason = "is not a setting" + (f"; did you mean {near[0]}?" if near else "")
            raise BadSettings(file=file, line=_line(text, key), key=key, reason=reason)
        values[key] = _checked(known[key], value, key, file, text)
    if not any(key.startswith("opening.") for key in values):
        values |= {f"opening.{day}": _hours("10:00-16:00") for day in OPEN_BY_DEFAULT}
    for key, value in _flat(defaults):
        if key in known and not key.startswith("opening."):
            values.setdefault(key, known[key].check(value))
    if values["centre.default_language"] not in values["centre.languages"]:
        key = "centre.default_language"
        raise BadSettings(file=file, line=_line(text, key), key=key, reason="must be one of centre.languages")
    rows = {name: _rows(name, data.get(name, defaults.get(name, [])), file, text) for name in SECTIONS}
    return _settings(values, rows)


def _rows(section: str, rows: Any, file: str, text: str) -> tuple[Any, ...]:
    part = SECTIONS[section]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadSettings(file=file, line=_line(text, section), key=section, reason=f"begins with [[{section}]]")
    known = {entry.key: entry for entry in part.entries}
    found: dict[tuple[Any, ...], Any] = {}
    for number, row in enumerate(rows):
        unknown = next((key for key in row if key not in known), None)
        missing = next((key for key in part.needed if key not in row), None)
        if unknown or missing:
            key = unknown or str(missing)
            reason = f"is not a setting of a {part.word}" if unknown else f"is missing from a {part.word}"
            line = _line(text, key, (section, number))
            raise BadSettings(file=file, line=line, key=f"{section}.{key}", reason=reason)
        values = {key: _checked(known[key], value, key, file, text, (section, number)) for key, value in row.items()}
        is_one = tuple(values[key] for key in part.unique)
        if is_one in found:
            line = _line(text, part.unique[0], (section, number))
            raise BadSettings(file=file, line=line, key=f"{section}.{part.unique[0]}", reason="is there twice")
        found[is_one] = part.make(**values)
    return tuple(found.values())


def _checked(entry: Entry, value: Any, key: str, file: str, text: str, row: tuple[str, int] | None = None) -> Any:
    try:
        return entry.check(value)
    except Wrong as error:
        name = key if row is None else f"{row[0]}.{key}"
        raise BadSettings(file=file, line=_line(text, key, row), key=name, reason=str(error)) from None


def _flat(data: dict[str, Any]) -> list[tuple[str, Any]]:
    found = []
    for key, value in data.items():
        if isinstance(value, dict):
            found += [(f"{key}.{inner}", inner_value) for inner, inner_value in value.items()]
        else:
            found.append((key, value))
    return found


def _line(text: str, key: str, row: tuple[str, int] | None = None) -> int:
    """Return the line of `text` on which `key` stands (in the n-th row of a section, counted from 0)."""
    section, seen = "", -1
    for number, line in enumerate(text.splitlines(), 1):
        head = re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]", line)
        if head:
            section = head[1].partition(".")[0]
            if row is None and head[1] == key:
                return number
            seen += row is not None and line.strip().startswith(f"[[{row[0]}]]")
            if row is not None and seen == row[1] and head[1] == f"{row[0]}.{key}":
                return number
            continue
        name = line.partition("=")[0].strip()
        full = name if not section else f"{section}.{name}"
        if row is None and key in (full, full.partition(".")[0] if not section else full):
            return number
        if row is not None and section == row[0] and seen == row[1] and name == key:
            return number
    return 1


def _settings(values: dict[str, Any], rows: dict[str, tuple[Any, ...]]) -> Settings:
    parts = {"centre": Centre, "screen": Screen, "tickets": TicketRules, "goods": GoodsRules, "help": HelpRules, "guidance": GuidanceRules, "donations": DonationRules,
        "wishes": WishRules, "calendar": CalendarRules, "reports": ReportRules, "services": Offered, "staff": StaffRules, "camera": CameraRules, "printers": Printers,
        "backup": BackupRules,
    }  # fmt: skip
    made = {
        name: part(**{item.name: values[f"{name}.{item.name}"] for item in fields(part)})
        for name, part in parts.items()
    }
    opening = {number: values[f"opening.{day}"] for number, day in enumerate(DAYS) if f"opening.{day}" in values}
    sections: dict[str, Any] = made | rows
    return Settings(opening=opening, closed=frozenset(values["closed"]), **sections)
