"""Parser of calendar files: iCalendar (RFC 5545) and vCalendar 1.0.

Lines are unfolded as bytes and decoded one by one, unused properties are dropped, and each event is parsed separately,
so that an invalid alarm, character or date affects its own event only.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import quopri
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import icalendar
from icalendar import Calendar, Event

from kiosk.errors import BadRule
from kiosk.files.spreadsheets import cell_text
from kiosk.language.recurrence import check_rule

from .calendar_errors import HugeCalendar, Left, NoEvent, NotACalendar, OddEvent, TwinEvent
from .calendar_old import old_rule

#: Limits of a file; parsing more would take minutes.
MOST_BYTES, MOST_EVENTS, MOST_PARTS = 1_000_000, 500, 5_000
#: Own properties for names in further languages, which RFC 5545 lacks.
NAME = "X-LUMIJOBI-NAME"
#: Exceptions of the parser, besides ValueError, for malicious files.
BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)
#: Properties of an event that are used.
_KEPT = frozenset(
    (
        "UID",
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "EXRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "LOCATION",
        "STATUS",
        "SEQUENCE",
        NAME,
    )
)
#: Properties in which vCalendar 1.0 separates dates by a semicolon, iCalendar by a comma.
_DATES = ("EXDATE", "RDATE")
#: The time zone of Outlook on the web that is UTC, and the prefix with which Evolution names a zone.
_UTC, _VENDOR = (
    re.compile(r';TZID="?tzone://Microsoft/Utc"?:', re.IGNORECASE),
    re.compile(r'(?<=;TZID=)"?/[^:;"]*?(?=[A-Z]\w+/)'),
)
_ZIP, MOST_CALENDARS = b"PK\x03\x04", 20
_NEW_LINE = re.compile(rb"\r\n|\r|\n")
_FOLD = re.compile(rb"(?:\r\n|\r|\n)[ \t]")
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)', re.DOTALL)


@dataclass(frozen=True)
class OutsideEvent:
    """An event of a file. `cancels`: the file cancels events (METHOD:CANCEL). `old`: it is vCalendar 1.0, whose series
    follow the local clock although their times are in UTC."""

    name: str
    event: Event
    cancels: bool
    old: bool

    @property
    def uid(self) -> str:
        """The UID; without a valid one it is derived from the content."""
        uid = self.line("UID")
        if 0 < len(uid) <= 255:
            return uid
        start = self.first("DTSTART")
        said = f"{uid}|{self.line('SUMMARY')}|{start and start.to_ical()!r}"
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def is_exception(self) -> bool:
        """Whether it overrides one date of a series, or all from one on."""
        return "RECURRENCE-ID" in self.event

    @property
    def is_range(self) -> bool:
        """Whether an exception also overrides all later dates."""
        return str(self.first("RECURRENCE-ID").params.get("RANGE", "")).upper() == "THISANDFUTURE"

    @property
    def sequence(self) -> int:
        """Its number among the versions of the event, from 0."""
        number = self.line("SEQUENCE")
        return int(number) if number.isdecimal() and number.isascii() else 0

    @property
    def is_off(self) -> bool:
        """Whether it is cancelled."""
        return self.cancels or self.line("STATUS").upper() == "CANCELLED"

    def all(self, name: str) -> list[Any]:
        """Return the values of a property."""
        value = self.event.get(name)
        return [] if value is None else value if isinstance(value, list) else [value]

    def first(self, name: str) -> Any:
        """Return the first value of a property, None when there is none."""
        return next(iter(self.all(name)), None)

    def line(self, name: str) -> str:
        """Return a text property as one line."""
        return ", ".join(filter(None, (line.strip() for line in str(self.first(name) or "").splitlines())))

    def dates(self, name: str) -> list[Any]:
        """Return each date of a property that may hold several. Raises OddEvent for more than MOST_EVENTS."""
        found = [one for several in self.all(name) for one in several.dts]
        if len(found) > MOST_EVENTS:
            raise OddEvent()
        return found


@dataclass
class _Part:
    """A component while it is parsed: `lines` are its own, without those of nested components."""

    kind: str
    lines: list[str] = field(default_factory=list)

    def value(self, name: str) -> str:
        return next(
            (match[3].strip() for match in map(_LINE.fullmatch, self.lines) if match and match[1].upper() == name), ""
        )


def read(data: bytes) -> tuple[list[OutsideEvent], list[Left]]:
    """Parse a file into events, and errors of what cannot be parsed. Raises NotACalendar, HugeCalendar."""
    data = _unpacked(data) if data.startswith(_ZIP) else data
    if len(data) > MOST_BYTES:
        raise HugeCalendar(limit=MOST_EVENTS)
    lines = list(_lines(data))
    starts = [line[6:].strip().upper() for line in lines if line[:6].upper() == "BEGIN:"]
    if starts.count("VEVENT") > MOST_EVENTS or len(starts) > MOST_PARTS:
        raise HugeCalendar(limit=MOST_EVENTS)
    parts = list(_parts(lines))
    icalendar.use_zoneinfo()  # reset zones of the previous file: "Customized Time Zone" differs in each
    for _, zone in parts:
        if zone.kind == "VTIMEZONE":
            _learn(zone)
    found = [_found(calendar, part) for calendar, part in parts if part.kind in ("VEVENT", "VTODO", "VJOURNAL")]
    events, twins = _newest([one for one in found if isinstance(one, OutsideEvent)])
    return events, [*(one for one in found if isinstance(one, Left)), *twins]


def _unpacked(data: bytes) -> bytes:
    """Return the calendars in a ZIP, which Google exports. Raises NotACalendar."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".ics")][:MOST_CALENDARS]
            found = b""
            for name in names:
                with archive.open(name) as file:
                    found += file.read(MOST_BYTES + 1) + b"\r\n"
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise NotACalendar() from error
    return found


def _newest(events: list[OutsideEvent]) -> tuple[list[OutsideEvent], list[Left]]:
    """Return the last version of each event, equal ones as often as they are there; and those that another one of the
    same version hides."""
    kept: dict[tuple[str, object], OutsideEvent] = {}
    equal, twins = list[OutsideEvent](), list[Left]()
    for event in events:
        key = (event.uid, event.first("RECURRENCE-ID").dt if event.is_exception else None)
        before = kept.setdefault(key, event)
        if event.sequence > before.sequence:
            kept[key] = event
        elif event.sequence == before.sequence and event.event != before.event:
            twins.append(Left(event.name, TwinEvent()))
        elif event.sequence == before.sequence and event is not before:
            equal.append(event)
    return [*kept.values(), *equal], twins


def _lines(data: bytes) -> Iterator[str]:
    """Yield the unfolded lines."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", errors="replace").encode()
    line = b""
    for more in _NEW_LINE.split(_FOLD.sub(b"", data.removeprefix(codecs.BOM_UTF8))):
        line += more
        head = line.partition(b":")[0].upper()
        if b"QUOTED-PRINTABLE" in head and line.endswith(b"="):  # continued on the next line
            line = line[:-1]
            continue
        if line.strip():
            charset = re.search(rb";CHARSET=([\w-]+)", head)
            yield _decoded(line, charset[1].decode() if charset else "utf-8")
        line = b""


def _decoded(line: bytes, charset: str) -> str:
    for code in (charset, "utf-8"):
        try:
            return line.decode(code)
        except (ValueError, LookupError):
            continue
    return line.decode("cp1252", errors="replace")


def _parts(lines: list[str]) -> Iterator[tuple[_Part, _Part]]:
    """Yield each component with its calendar; a time zone has the lines of its sub-components. Raises NotACalendar."""
    open_parts: list[_Part] = []
    calendars = 0
    for line in lines:
        mark, _, kind = line.partition(":")
        kind = kind.strip().upper()
        if mark.upper() == "BEGIN":
            if not open_parts and kind != "VCALENDAR":
                raise NotACalendar()
            open_parts.append(_Part(kind))
        elif mark.upper() == "END":
            if not open_parts or open_parts[-1].kind != kind:
                raise NotACalendar()
            done = open_parts.pop()
            calendars += kind == "VCALENDAR"
            if open_parts:
                above = next(part for part in reversed(open_parts) if part.kind == "VCALENDAR")
                if open_parts[-1].kind == "VTIMEZONE":
                    open_parts[-1].lines += [f"BEGIN:{kind}", *done.lines, f"END:{kind}"]
                yield above, done
        elif open_parts:
            open_parts[-1].lines.append(line)
    if open_parts or not calendars:
        raise NotACalendar()


def _learn(zone: _Part) -> None:
    """Register a time zone of the file; unbounded rules, which the parser would expand, are dropped."""
    lines = [line for line in zone.lines if not line.upper().startswith("RRULE") or _yearly(line)]
    text = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", *lines, "END:VTIMEZONE", "END:VCALENDAR", ""])
    try:
        Calendar.from_ical(text)
    except BROKEN:
        return


def _yearly(line: str) -> bool:
    said = line.partition(":")[2].strip().upper().split(";")
    rule = ";".join(part for part in said if not part.startswith("UNTIL="))
    try:
        return "FREQ=YEARLY" in check_rule(rule).split(";")
    except BadRule:
        return False


def _found(calendar: _Part, part: _Part) -> OutsideEvent | Left:
    method, old = calendar.value("METHOD").upper(), calendar.value("VERSION") == "1.0"
    lines = [line for line in (_kept(line, old) for line in part.lines) if line]
    name = cell_text(_Part("", lines).value("SUMMARY").replace("\\,", ",").replace("\\;", ";"))[:100]
    if part.kind != "VEVENT" or method in ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"):
        return Left(name, NoEvent())
    try:
        event: Any = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""]))
    except BROKEN:
        return Left(name, OddEvent())
    if event.errors:
        return Left(name, BadRule() if any(said == "RRULE" for said, _ in event.errors) else OddEvent())
    return OutsideEvent(name, event, method == "CANCEL", old)


def _kept(line: str, old: bool) -> str:
    """Return a line in iCalendar form; "" for an unused one."""
    if utc := _UTC.search(line):
        line = line[: utc.start()] + ":" + re.sub(r"T\d{6}", r"\g<0>Z", line[utc.end() :])
    match = _LINE.fullmatch(line)
    if match is None or match[1].upper() not in _KEPT or not match[3].strip():
        return ""
    name, params, value = match[1].upper(), match[2], match[3]
    said = {one.partition("=")[0].strip().upper(): one.partition("=")[2] for one in params.split(";")}
    if "QUOTED-PRINTABLE" in (*said, said.get("ENCODING", "").upper()):
        value = _decoded(quopri.decodestring(value.encode()), said.get("CHARSET") or "utf-8")
        value = re.sub(r"\r\n|\r|\n", r"\\n", value)
        params = ""
    params = _VENDOR.sub("", params)
    if name in ("RRULE", "EXRULE") and not old:
        value = "".join(value.upper().split()).strip(";")
    if old and name in _DATES:
        value = value.replace(";", ",")
    if old and name == "RRULE" and "FREQ=" not in value.upper():
        value = old_rule(value)
    return f"{name}{params}:{value}"
