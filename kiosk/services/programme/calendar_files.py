"""Calendar files (.ics, RFC 5545): the programme out, and series and events of others in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Event, vRecur

from kiosk import clock
from kiosk.data import Store
from kiosk.data.models import Gathering
from kiosk.errors import N_, BadRule, KioskError, PastTime, UnknownSession
from kiosk.language.translation import LANGUAGES
from kiosk.privacy.contact import clean_name
from kiosk.settings import Settings

from . import recurrence
from .gatherings import AHEAD, GatheringService, SessionView, session_id
from .programme import ProgrammeService

#: The most a file may hold; more would keep the tablet busy for minutes.
MOST_BYTES, MOST_EVENTS, MOST_PARTS = 1_000_000, 500, 5_000
#: For how long ahead holidays are written out, days.
HOLIDAYS_AHEAD = 730
#: What our own ids are followed by in a UID.
HERE = "@lumijobi-kiosk"
PRODUCT = "-//Help Center Lumijobi//Kiosk//EN"
#: Names in further languages, which RFC 5545 has no place for.
NAME = "X-LUMIJOBI-NAME"
#: What the parser raises, beside ValueError, for files that are broken on purpose.
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


class NotACalendar(KioskError):
    default = N_("This is not a calendar file (.ics), or it is damaged.")


class HugeCalendar(KioskError):
    default = N_("This calendar file is too large. It may have {limit} events at most.")


class OddEvent(KioskError):
    default = N_("It cannot be read.")


class NoTime(OddEvent):
    default = N_("It does not say when it begins and ends.")


class WholeDay(OddEvent):
    default = N_("It lasts whole days and has no time of day.")


class TooLong(OddEvent):
    default = N_("It lasts longer than a day.")


class OtherZone(OddEvent):
    default = N_("It repeats by the clock of another time zone.")


class OverAlready(OddEvent):
    default = N_("It is over, or begins more than a year from now.")


class CalledOff(OddEvent):
    default = N_("It is cancelled.")


@dataclass(frozen=True)
class Left:
    """An event that was not taken, and why."""

    name: str
    error: KioskError


@dataclass(frozen=True)
class BroughtIn:
    """What became of a file: names of the series `taken`, how many were `known` already, and what was `left`."""

    taken: tuple[str, ...]
    known: int
    left: tuple[Left, ...]


class CalendarFileService:
    """Export and import."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._gatherings, self._programme = GatheringService(store, settings), ProgrammeService(store, settings)
        self._zone = clock.zone(settings.centre.timezone)

    # out

    def export(self, *, now: datetime, gathering_id: str | None = None) -> bytes:
        """Return all series that go on, or one, as a calendar file. Raises UnknownGathering."""
        series = self._programme.series(now) if gathering_id is None else [self._programme.by_id(gathering_id)]
        wanted = {one.id for one in series}
        today = clock.local_date(now, self._zone)
        plan = self._gatherings.plan(today - timedelta(days=AHEAD), today + timedelta(days=HOLIDAYS_AHEAD))
        calendar = Calendar()
        for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("x-wr-calname", self._settings.centre.name)):
            calendar.add(name, value)
        for row in Gathering.select().order_by(Gathering.id).execute(self._store.db):
            if row.id in wanted:
                sessions = [session for session in plan if session.gathering_id == row.id]
                for event in self._events(row, sessions, now):
                    calendar.add_component(event)
        calendar.add_missing_timezones(date(2020, 1, 1), date(2040, 1, 1))
        return bytes(calendar.to_ical())

    def _events(self, row: Gathering, sessions: list[SessionView], now: datetime) -> Iterator[Event]:
        first = recurrence.first_date(row.rule, row.since) or row.since
        event = self._event(row, now, *self._times(row, first), row.place)
        if recurrence.rhythm_of(row.rule, row.since).kind != "once":
            rule = vRecur.from_ical(row.rule)
            if row.until is not None:
                rule["UNTIL"] = [clock.local_to_utc(row.until, time(23, 59, 59), self._zone)]
            event.add("rrule", rule)
        moved = [session for session in sessions if session.state == "moved"]
        off = {session.starts_at for session in sessions if session.state in ("cancelled", "holiday")}
        off |= {self._times(row, date.fromisoformat(day))[0] for day in row.cancelled}
        extra = {self._times(row, date.fromisoformat(day))[0] for day in row.extra} - off
        for name, moments in (("exdate", off), ("rdate", extra)):
            if moments:
                event.add(name, sorted(moment.astimezone(self._zone) for moment in moments))
        yield event
        for session in moved:
            assert session.other is not None
            override = self._event(row, now, session.starts_at, session.ends_at, session.place)
            override.add("recurrence-id", session.other.astimezone(self._zone))
            yield override

    def _event(self, row: Gathering, now: datetime, start: datetime, end: datetime, place: str) -> Event:
        event, language = Event(), self._settings.centre.default_language
        name = row.names.get(language) or next(iter(row.names.values()))
        event.add("uid", row.uid or row.id + HERE)
        event.add("dtstamp", now)
        event.add("dtstart", start.astimezone(self._zone))
        event.add("dtend", end.astimezone(self._zone))
        event.add("summary", name)
        if place:
            event.add("location", place)
        for code, other in sorted(row.names.items()):
            if other != name:
                event.add(NAME, other, parameters={"LANGUAGE": code})
        return event

    def _times(self, row: Gathering, day: date) -> tuple[datetime, datetime]:
        return clock.local_span(day, time.fromisoformat(row.start), time.fromisoformat(row.end), self._zone)

    # in

    def bring_in(self, *, data: bytes, now: datetime, who: str) -> BroughtIn:
        """Take series and events of a file into the programme; what is there already (by its UID) is left as it is.
        Raises NotACalendar, HugeCalendar."""
        events = _events_of(data)
        masters = [event for event in events if "RECURRENCE-ID" not in event]
        taken, left, known = [], [], 0
        for event in masters:
            name = _text(event, "SUMMARY")[:100]
            try:
                uid = _uid(event)
                if self._known(uid):
                    known += 1
                    continue
                series = self._programme.add(uid=uid, now=now, who=who, **self._said(event, now))
                taken.append(name)
                others = [one for one in events if "RECURRENCE-ID" in one and _uid(one) == uid]
                for other in others:
                    self._override(series.id, series.start, other, now, who)
            except KioskError as error:
                left.append(Left(name, error))
            except _BROKEN:
                left.append(Left(name, OddEvent()))
        return BroughtIn(tuple(taken), known, tuple(left))

    def _known(self, uid: str) -> bool:
        mine = Gathering.uid == uid
        if uid.endswith(HERE):
            mine |= Gathering.id == uid.removesuffix(HERE)
        return bool(Gathering.select().where(mine).exists(self._store.db))

    def _said(self, event: Event, now: datetime) -> dict[str, Any]:
        """Return what an event says, as the programme takes it. Raises OddEvent, BadRule and what `clean_name` does."""
        if _text(event, "STATUS").upper() == "CANCELLED":
            raise CalledOff()
        start, end = self._span(event)
        since, today = start.date(), clock.local_date(now, self._zone)
        if since.year < 2000:
            raise OverAlready()
        rule, until = self._rule(event, since)
        regular = recurrence.dates(rule, since, since, since + timedelta(days=1))
        extra = {day for day in self._days(event, "RDATE") if day > since} | ({since} - set(regular))
        cancelled = self._days(event, "EXDATE")
        ahead = recurrence.dates(rule, since, today, min(today + timedelta(days=AHEAD), until or date.max))
        if not {day for day in (*ahead, *extra) if day >= today} - cancelled:
            raise OverAlready()
        language = self._settings.centre.default_language
        names = {str(name.params.get("LANGUAGE", "")): str(name) for name in _all(event, NAME)}
        place = _text(event, "LOCATION") or self._settings.centre.name
        return {
            "names": {code: name for code, name in names.items() if code in LANGUAGES and code != language}
            | {language: clean_name(_text(event, "SUMMARY"))},
            "rule": rule, "since": since, "until": until, "start": f"{start:%H:%M}", "end": f"{end:%H:%M}",
            "place": clean_name(place[:100]), "cancelled": sorted(cancelled), "extra": sorted(extra),
        }  # fmt: skip

    def _span(self, event: Event) -> tuple[datetime, datetime]:
        """Return begin and end on the wall of the centre. Raises NoTime, WholeDay, TooLong."""
        start, end, lasts = (_first(event, name) for name in ("DTSTART", "DTEND", "DURATION"))
        if start is None or (end is None and lasts is None):
            raise NoTime()
        if not isinstance(start.dt, datetime):
            raise WholeDay()
        begins = self._wall(start.dt)
        ends = self._wall(end.dt) if end is not None and isinstance(end.dt, datetime) else begins + lasts.dt
        if not timedelta(0) < ends - begins < timedelta(days=1):
            raise TooLong() if ends > begins else NoTime()
        return begins, ends

    def _rule(self, event: Event, since: date) -> tuple[str, date | None]:
        """Return the rule without its UNTIL, and that as a local date. Raises BadRule, OtherZone."""
        said = _all(event, "RRULE")
        if not said:
            return recurrence.rule_for("once", since), None
        if len(said) > 1:
            raise BadRule()
        start = _first(event, "DTSTART").dt
        if start.tzinfo is not None:
            for moment in (start, start + timedelta(days=182)):
                if moment.utcoffset() != moment.replace(tzinfo=self._zone).utcoffset():
                    raise OtherZone()
        until = next(iter(said[0].get("UNTIL", ())), None)
        if isinstance(until, datetime):
            until = self._wall(until).date()
        parts = said[0].to_ical().decode().split(";")
        return recurrence.check_rule(";".join(part for part in parts if not part.startswith("UNTIL="))), until

    def _override(self, gathering_id: str, start: str, event: Event, now: datetime, who: str) -> None:
        """Note what the file says of one session of a series."""
        day = self._wall(_first(event, "RECURRENCE-ID").dt).date()
        which: dict[str, Any] = {"session_id": session_id(gathering_id, day, start), "now": now, "who": who}
        try:
            if _text(event, "STATUS").upper() == "CANCELLED":
                self._programme.cancel(reason="other", **which)
                return
            begins, ends = self._span(event)
            place = clean_name((_text(event, "LOCATION") or self._settings.centre.name)[:100])
            times: dict[str, Any] = {
                "day": begins.date(),
                "start": f"{begins:%H:%M}",
                "end": f"{ends:%H:%M}",
                "place": place,
            }
            self._programme.move(reason="other", **times, **which)
        except (PastTime, UnknownSession):  # what is over needs no moving
            return

    def _days(self, event: Event, name: str) -> set[date]:
        found = {self._wall(one.dt).date() for dates in _all(event, name) for one in dates.dts}
        if len(found) > MOST_EVENTS:
            raise OddEvent()
        return found

    def _wall(self, moment: date) -> datetime:
        """Return a moment of a file as the centre's clock shows it, without a zone; a date is its beginning."""
        if not isinstance(moment, datetime):
            return datetime.combine(moment, time())
        return moment if moment.tzinfo is None else moment.astimezone(self._zone).replace(tzinfo=None)


def _events_of(data: bytes) -> list[Event]:
    if len(data) > MOST_BYTES:
        raise HugeCalendar(limit=MOST_EVENTS)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    upper = text.upper()
    if upper.count("BEGIN:VEVENT") > MOST_EVENTS or upper.count("BEGIN:") > MOST_PARTS:
        raise HugeCalendar(limit=MOST_EVENTS)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        found = [one for calendar in calendars for one in calendar.walk("VEVENT") if isinstance(one, Event)]
    except _BROKEN:
        raise NotACalendar() from None
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        raise NotACalendar()
    return found


def _all(event: Event, name: str) -> list[Any]:
    value = event.get(name)
    return [] if value is None else value if isinstance(value, list) else [value]


def _first(event: Event, name: str) -> Any:
    return next(iter(_all(event, name)), None)


def _text(event: Event, name: str) -> str:
    return str(_first(event, name) or "").strip()


def _uid(event: Event) -> str:
    """Return the UID; an event without one, or with one that is no id, gets one from what it says."""
    uid = _text(event, "UID")
    if 0 < len(uid) <= 255:
        return uid
    said = f"{uid}|{_text(event, 'SUMMARY')}|{_first(event, 'DTSTART').to_ical()!r}"
    return hashlib.sha256(said.encode()).hexdigest()
