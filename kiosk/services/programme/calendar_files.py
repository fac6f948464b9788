"""Export of the programme to calendar files (.ics, RFC 5545), and import of series and events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Event, vRecur

from kiosk import clock
from kiosk.data.models import Gathering
from kiosk.errors import KioskError
from kiosk.journal import Store
from kiosk.language.holidays import holiday_on
from kiosk.services.programme.calendar_entries import NewSeries, occurrence_uid
from kiosk.services.programme.calendar_errors import (
    CalledOff,
    EndsEarly,
    HugeCalendar,
    Left,
    NotACalendar,
    NoTime,
    OddEvent,
    OtherHere,
    OtherZone,
    OverAlready,
    StillHere,
    TooLong,
    WholeDay,
)
from kiosk.services.programme.calendar_events import BROKEN, MOST_BYTES, NAME, OutsideEvent, read
from kiosk.services.programme.calendar_series import SeriesReader
from kiosk.services.programme.calendar_zones import vtimezone
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import RhythmKind, SessionReason, SessionState

from . import rhythm
from .gatherings import AHEAD, GatheringService, SessionView, session_id
from .programme import ProgrammeService

__all__ = [
    "MOST_BYTES", "BroughtIn", "CalendarFileService", "CalledOff", "EndsEarly", "HugeCalendar", "Left", "NoTime", "NotACalendar", "OddEvent",
    "OnHolidays", "OtherZone", "OverAlready", "TooLong", "WholeDay",
]  # fmt: skip

#: Days ahead for which holidays are exported.
HOLIDAYS_AHEAD = 730
#: Suffix of our ids in a UID.
HERE = "@lumijobi-kiosk"
PRODUCT = "-//Help Center Lumijobi//Kiosk//EN"


@dataclass(frozen=True)
class OnHolidays:
    """An imported series, and the local days of the next year that it skips as holidays."""

    name: str
    days: tuple[date, ...]


@dataclass(frozen=True)
class BroughtIn:
    """Result of an import: names of the series `taken`, how many were `known` already, what was `left` out, and series
    that skip `holidays`."""

    taken: tuple[str, ...]
    known: int
    left: tuple[Left, ...]
    holidays: tuple[OnHolidays, ...] = ()


class CalendarFileService:
    """Export and import."""

    def __init__(
        self, store: Store, settings: Settings, *, gatherings: GatheringService, programme: ProgrammeService
    ) -> None:
        self._store, self._settings = store, settings
        self._gatherings, self._programme = gatherings, programme
        self._zone = clock.zone(settings.centre.timezone)

    # out

    def export(self, *, now: datetime, gathering_id: str | None = None) -> bytes:
        """Return all current series, or one, as a calendar file. Raises UnknownGathering."""
        series = self._programme.series(now) if gathering_id is None else [self._programme.by_id(gathering_id)]
        wanted = {one.id for one in series}
        today = clock.local_date(now, self._zone)
        plan = self._gatherings.plan(today - timedelta(days=AHEAD), today + timedelta(days=HOLIDAYS_AHEAD))
        calendar = Calendar()
        for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("x-wr-calname", self._settings.centre.name)):
            calendar.add(name, value)
        calendar.add_component(vtimezone(self._zone))
        for row in Gathering.select().order_by(Gathering.id).execute(self._store.db):
            if row.id in wanted:
                sessions = [session for session in plan if session.gathering_id == row.id]
                for event in self._events(row, sessions, now):
                    calendar.add_component(event)
        return bytes(calendar.to_ical())

    def _events(self, row: Gathering, sessions: list[SessionView], now: datetime) -> Iterator[Event]:
        first = rhythm.first_date(row.rule, row.since) or row.since
        event = self._event(row, now, *self._times(row, first), row.place)
        if rhythm.rhythm_of(row.rule, row.since).kind != RhythmKind.ONCE:
            rule = vRecur.from_ical(row.rule)
            last = min((day for day in (row.until, *rule.pop("UNTIL", ())) if day is not None), default=None)
            if last is not None:
                rule["UNTIL"] = [clock.local_to_utc(last, time(23, 59, 59), self._zone)]
            event.add("rrule", rule)
        off = {
            session.starts_at for session in sessions if session.state in (SessionState.CANCELLED, SessionState.HOLIDAY)
        }
        off |= {self._times(row, date.fromisoformat(day))[0] for day in row.cancelled}
        named = [date.fromisoformat(day) for day in row.extra]
        # no RDATE for a day of the rule: some programs would show it twice
        extra = {self._times(row, day)[0] for day in named if not rhythm.dates(row.rule, row.since, day, day)} - off
        for name, moments in (("exdate", off), ("rdate", extra)):
            for moment in sorted(moments):  # one date a line: some programs read only the first
                event.add(name, moment.astimezone(self._zone))
        yield event
        for session in sessions:
            if session.state == SessionState.MOVED or (session.state == SessionState.ON and self._held(row, session)):
                override = self._event(row, now, session.starts_at, session.ends_at, session.place)
                override.add("recurrence-id", (session.other or session.starts_at).astimezone(self._zone))
                yield override

    def _held(self, row: Gathering, session: SessionView) -> bool:
        """Return whether a session takes place on a holiday, which is exported as an exception."""
        day = clock.local_date(session.starts_at, self._zone)
        by_rule = rhythm.rhythm_of(row.rule, row.since).kind != RhythmKind.ONCE and rhythm.dates(
            row.rule, row.since, day, day
        )
        return bool(by_rule) and bool(holiday_on(self._settings.calendar.holidays, day))

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

    @needs("events")
    def bring_in(self, *, data: bytes, now: datetime, who: str) -> BroughtIn:
        """Import series and events of a file; those already there (by UID) are not changed. Raises NotACalendar,
        HugeCalendar."""
        events, left = read(data)
        intake = _Intake(self, now, who, left)
        masters, exceptions = (
            {one.uid for one in events if not one.is_exception},
            defaultdict[str, list[OutsideEvent]](list),
        )
        for found in events:
            if found.is_exception:
                exceptions[found.uid].append(found)
        for found in events:
            if not found.is_exception:
                intake.master(found, exceptions[found.uid])
            elif found.uid not in masters:
                intake.date_alone(found)
        return BroughtIn(tuple(intake.taken), intake.known, tuple(intake.left), tuple(intake.holidays))


class _Intake:
    """The import of one file."""

    def __init__(self, service: CalendarFileService, now: datetime, who: str, left: list[Left]) -> None:
        settings = service._settings
        self._store, self._settings, self._now, self._who = service._store, settings, now, who
        self._gatherings, self._programme = service._gatherings, service._programme
        self._reader = SeriesReader(settings, now)
        self._zone = clock.zone(settings.centre.timezone)
        self.taken, self.known, self.left, self.holidays = list[str](), 0, left, list[OnHolidays]()

    def master(self, found: OutsideEvent, others: list[OutsideEvent]) -> None:
        """Import an event with its exceptions."""
        with self._naming(found):
            there = self._there(found.uid)
            if there is not None and found.is_off:
                raise StillHere()
            if there is not None:
                self.known += 1
                for other in others:
                    self._compare(other)
                return
            try:
                entries, left = self._reader.series(found, others, self._apart(found.uid))
            except OverAlready:
                # a past date may have been moved to the future
                entries, left = list(self._later(others)), [Left(found.name, OverAlready())]
            self.left += left
            for entry in entries:
                self._add(entry)

    def date_alone(self, found: OutsideEvent) -> None:
        """Import an exception whose series is not in the file."""
        with self._naming(found):
            there, alone = self._there(found.uid), occurrence_uid(found.uid, self._reader.day_of(found))
            if there is not None:
                self._compare(found)
            elif self._there(alone) is None:
                self._add(self._reader.single(found))
            elif found.is_off:
                raise StillHere()
            else:
                self.known += 1

    @contextmanager
    def _naming(self, found: OutsideEvent) -> Iterator[None]:
        """Collect errors of an event with its name."""
        try:
            yield
        except KioskError as error:
            self.left.append(Left(found.name, error))
        except BROKEN:
            self.left.append(Left(found.name, OddEvent()))

    def _later(self, others: list[OutsideEvent]) -> Iterator[NewSeries]:
        for other in others:
            with suppress(OddEvent):
                yield self._reader.single(other)

    def _add(self, entry: NewSeries) -> None:
        """Add a series with its differing sessions."""
        if self._there(entry.uid) is not None:
            return
        row = entry.row | {name: sorted(entry.row[name]) for name in ("cancelled", "extra")}
        series = self._programme.add(uid=entry.uid, now=self._now, who=self._who, **row)
        self.taken.append(entry.name)
        by: dict[str, Any] = {"now": self._now, "who": self._who}
        for day in entry.cancels:
            self._programme.cancel(
                session_id=session_id(series.id, day, series.start), reason=SessionReason.OTHER, **by
            )
        for day in entry.holds:
            self._programme.hold(session_id=session_id(series.id, day, series.start), **by)
        for day, (begins, ends, place) in entry.moves.items():
            which = session_id(series.id, day, series.start)
            times: dict[str, Any] = {"day": begins.date(), "start": f"{begins:%H:%M}", "end": f"{ends:%H:%M}"}
            self._programme.move(session_id=which, place=place, reason=SessionReason.OTHER, **times, **by)
        days = self._reader.holidays(entry)
        if days:
            self.holidays.append(OnHolidays(entry.name, tuple(days)))

    def _compare(self, other: OutsideEvent) -> None:
        """Report an exception that the existing series lacks; past ones are ignored."""
        day = self._reader.day_of(other)
        if self._there(occurrence_uid(other.uid, day)) is not None:
            return
        with self._naming(other):
            if other.is_off:
                if any(session.starts_at > self._now for session in self._held(other.uid, day)):
                    raise OtherHere()
                return
            begins, ends = (clock.local_to_utc(at.date(), at.time(), self._zone) for at in self._reader.span(other))
            held = self._held(other.uid, clock.local_date(begins, self._zone))
            if ends > self._now and not any(session.starts_at == begins for session in held):
                raise OtherHere()

    def _held(self, uid: str, day: date) -> list[SessionView]:
        """Return the sessions on a local day of a series and of the separate events split from it."""
        ids = {self._there(uid), *(self._there(alone) for alone in self._alone(uid))}
        return [one for one in self._gatherings.sessions_between(day, day) if one.gathering_id in ids]

    def _there(self, uid: str) -> str | None:
        """Return the id of the series with this UID, or None."""
        mine = Gathering.uid == uid
        if uid.endswith(HERE):
            mine |= Gathering.id == uid.removesuffix(HERE)
        rows = Gathering.select(Gathering.id).where(mine).tuples().execute(self._store.db)
        return next((gathering_id for (gathering_id,) in rows), None)

    def _apart(self, uid: str) -> set[date]:
        """Return the days of a series that are separate events in the programme."""
        days = [alone.rpartition("#")[2] for alone in self._alone(uid)]
        return {date.fromisoformat(day) for day in days if len(day) == 8 and day.isdigit()}

    def _alone(self, uid: str) -> list[str]:
        """Return the ids of separate events split from a series."""
        start = occurrence_uid(uid, date.min)[:-8]
        rows = Gathering.select(Gathering.uid).where(Gathering.uid.startswith(start)).tuples().execute(self._store.db)
        return [alone for (alone,) in rows if alone.startswith(start)]
