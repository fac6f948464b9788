"""Converts an event of a calendar file and its exceptions to series with differing sessions.

The programme identifies sessions by day. What it cannot represent becomes a separate single event: one date of a series
with another text, a date whose series is not in the file, an added date at another time of day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kiosk import clock
from kiosk.errors import BadRule, KioskError
from kiosk.language.glyphs import shown
from kiosk.language.holidays import holiday_on
from kiosk.language.recurrence import check_rule, dates
from kiosk.language.translation import LANGUAGES
from kiosk.privacy.contact import clean_name
from kiosk.settings import Settings
from kiosk.vocabulary.states import RhythmKind

from .calendar_entries import NewSeries, following, occurrence_uid
from .calendar_errors import (
    CalledOff,
    EndsEarly,
    Left,
    NoTime,
    NoTitle,
    OddEvent,
    OtherZone,
    OverAlready,
    SeriesMissing,
    TooLong,
    WholeDay,
)
from .calendar_events import BROKEN, NAME, OutsideEvent
from .gatherings import AHEAD
from .rhythm import rule_for

#: Years ahead for which a yearly event on a holiday is held; its days are listed.
YEARS_AHEAD = 10
_DAY = timedelta(days=1)


class SeriesReader:
    """Converts the events of one UID."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        self._centre, self._country = settings.centre, settings.calendar.holidays
        self._zone: ZoneInfo = clock.zone(settings.centre.timezone)
        self._now = now.astimezone(self._zone).replace(tzinfo=None)

    def series(
        self, master: OutsideEvent, others: list[OutsideEvent], apart: set[date]
    ) -> tuple[list[NewSeries], list[Left]]:
        """Return the entries of an event, and those of its exceptions `others` that were not understood. On the days
        `apart` separate events exist already. Raises OddEvent, BadRule, and as `clean_name` does."""
        if master.is_off:
            raise CalledOff()
        entry = self._entry(master)
        entry.row["cancelled"] |= apart
        entries, singles, left = [entry], list(self._other_times(entry, master)), list[Left]()
        self._hold_yearly(entry)
        for other in sorted(others, key=lambda one: (not one.is_range, self.day_of(one))):
            try:
                self._split(entries, other) if other.is_range else self._lay(entries, singles, other)
            except KioskError as error:
                left.append(Left(other.name or master.name, error))
            except BROKEN:
                left.append(Left(other.name or master.name, OddEvent()))
        return [*entries, *singles], left

    def single(self, found: OutsideEvent) -> NewSeries:
        """Return one date of a series as a separate event. Raises as `series` does."""
        if found.is_off:
            raise CalledOff()
        if found.is_range:
            raise SeriesMissing()
        begins, ends = self.span(found)
        today = self._now.date()
        if not today <= begins.date() <= today + timedelta(days=AHEAD):
            raise OverAlready()
        return self._one(occurrence_uid(found.uid, self.day_of(found)), found, begins, ends)

    def day_of(self, found: OutsideEvent) -> date:
        """Return the day of the series that an exception overrides."""
        return self._wall(found.first("RECURRENCE-ID").dt).date()

    def span(self, found: OutsideEvent) -> tuple[datetime, datetime]:
        """Return begin and end in the centre's local time. Raises NoTime, EndsEarly, WholeDay,
        TooLong."""
        start, end, lasts = (found.first(name) for name in ("DTSTART", "DTEND", "DURATION"))
        if start is None:
            raise NoTime()
        if not isinstance(start.dt, datetime):
            raise WholeDay()
        begins = self._wall(start.dt)
        if end is not None and isinstance(end.dt, datetime):
            ends = self._wall(end.dt)
        elif lasts is not None:
            ends = begins + lasts.dt
        else:
            raise NoTime()
        if ends <= begins:
            raise EndsEarly()
        if ends - begins >= _DAY:
            raise WholeDay() if begins.time() == ends.time() == time() else TooLong()
        return begins, ends

    def holidays(self, entry: NewSeries) -> list[date]:
        """Return the days of the next year that a series skips as holidays."""
        today, row = self._now.date(), entry.row
        if row["rule"] == rule_for(RhythmKind.ONCE, row["since"]):
            return []
        decided = {*row["extra"], *entry.holds, *entry.cancels, *entry.moves}
        ahead = entry.dates(today, today + timedelta(days=AHEAD))
        return [day for day in ahead if day not in decided and holiday_on(self._country, day)]

    def _entry(self, found: OutsideEvent) -> NewSeries:
        begins, ends = self.span(found)
        since, today = begins.date(), self._now.date()
        if since.year < 1900:
            raise OverAlready()
        rule, until = self._rule(found, begins)
        extra = {start.date() for start, _end, alike in self._added(found, begins, ends) if alike}
        row = self._row(found, begins, ends) | {"rule": rule, "since": since, "until": until}
        row["extra"] = {day for day in extra if day > since} | ({since} - set(dates(rule, since, since, since)))
        row["cancelled"] = self._left_out(found)
        entry = NewSeries(found.uid, found.name, row, since)
        ahead = {*entry.dates(today, today + timedelta(days=AHEAD)), *(row["extra"] - row["cancelled"])}
        if not any(day >= today for day in ahead):
            raise OverAlready()
        return entry

    def _row(self, found: OutsideEvent, begins: datetime, ends: datetime) -> dict[str, Any]:
        if not shown(found.line("SUMMARY")).strip():
            raise NoTitle()
        language = self._centre.default_language
        names = {str(name.params.get("LANGUAGE", "")): str(name) for name in found.all(NAME)}
        return {
            "names": {code: name for code, name in names.items() if code in LANGUAGES and code != language}
            | {language: clean_name(found.line("SUMMARY"))},
            "start": f"{begins:%H:%M}",
            "end": f"{ends:%H:%M}",
            "place": self._place(found),
        }

    def _place(self, found: OutsideEvent) -> str:
        return clean_name((found.line("LOCATION") or self._centre.name)[:100])

    def _one(self, uid: str, found: OutsideEvent, begins: datetime, ends: datetime) -> NewSeries:
        day = begins.date()
        row = {"rule": rule_for(RhythmKind.ONCE, day), "since": day, "until": None, "extra": set(), "cancelled": set()}
        return NewSeries(uid, found.name, self._row(found, begins, ends) | row, day)

    def _rule(self, found: OutsideEvent, begins: datetime) -> tuple[str, date | None]:
        """Return the rule without UNTIL, and the last day that UNTIL gives. Raises BadRule, OtherZone."""
        said = found.all("RRULE")
        if not said and not found.all("EXRULE"):
            return rule_for(RhythmKind.ONCE, begins.date()), None
        if len(said) != 1 or found.all("EXRULE"):
            raise BadRule()
        until = next(iter(said[0].get("UNTIL", ())), None)
        if isinstance(until, datetime):
            last = self._wall(until)
            until = last.date() if last.time() >= begins.time() else last.date() - _DAY
        rule = check_rule(
            ";".join(one for one in said[0].to_ical().decode().split(";") if not one.startswith("UNTIL="))
        )
        start = found.first("DTSTART").dt
        if start.tzinfo is not None and not found.old:
            self._refuse_other_clock(start, rule, begins.date(), until)
        return rule, until

    def _refuse_other_clock(self, start: datetime, rule: str, since: date, until: date | None) -> None:
        """Raise OtherZone for a series whose sessions do not keep their local time at the centre."""
        last = min(since + timedelta(days=AHEAD), until or date.max)
        for day in dates(rule, since, since, last):
            moment = start + (day - since)
            if moment.utcoffset() != moment.replace(tzinfo=self._zone).utcoffset() and (
                moment.astimezone(self._zone).time() != start.astimezone(self._zone).time()
            ):
                raise OtherZone()

    def _hold_yearly(self, entry: NewSeries) -> None:
        """List the days of a yearly event that always falls on a holiday: it is meant to take place."""
        today = self._now.date()
        ahead = entry.dates(today, today + timedelta(days=AHEAD))
        if ahead and "FREQ=YEARLY" in entry.row["rule"] and all(holiday_on(self._country, day) for day in ahead):
            days = entry.dates(today, today + timedelta(days=YEARS_AHEAD * 366))
            entry.row["extra"] |= {day for day in days if holiday_on(self._country, day)}

    def _left_out(self, found: OutsideEvent) -> set[date]:
        return {self._wall(one.dt).date() for one in found.dates("EXDATE")}

    def _added(
        self, found: OutsideEvent, begins: datetime, ends: datetime
    ) -> Iterator[tuple[datetime, datetime, bool]]:
        """Yield the local begin and end of added dates, and whether these are the times of day of the others."""
        lasts = ends - begins
        for one in found.dates("RDATE"):
            said, until = one.dt if isinstance(one.dt, tuple) else (one.dt, lasts)
            start = self._wall(said) if isinstance(said, datetime) else datetime.combine(said, begins.time())
            end = start + until if isinstance(until, timedelta) else self._wall(until)
            yield start, end, start.time() == begins.time() and end - start == lasts

    def _other_times(self, entry: NewSeries, found: OutsideEvent) -> Iterator[NewSeries]:
        """Yield a separate event for each future added date at another time of day or of another length."""
        for start, end, alike in self._added(found, *self.span(found)):
            if not alike and end > self._now:
                uid = occurrence_uid(f"{entry.uid}#{start:%H%M}", start.date())
                yield self._one(uid, found, start, end)

    def _split(self, entries: list[NewSeries], other: OutsideEvent) -> None:
        """Split the series at a date from which it changes (RANGE=THISANDFUTURE). Raises FollowingMoved, OddEvent."""
        before, day = entries[-1], self.day_of(other)
        at = day + before.shift
        ended = {"until": min(at - _DAY, before.row["until"] or date.max)}
        if other.is_off:
            before.row |= ended
            return
        begins, ends = self.span(other)
        move = begins.date() - at
        row = (
            before.row
            | (self._row(other, begins, ends) if other.line("SUMMARY") else {})
            | {
                "start": f"{begins:%H:%M}",
                "end": f"{ends:%H:%M}",
                "place": self._place(other),
                "rule": following(before.row["rule"], before.row["since"], at, move),
                "since": begins.date(),
                "until": before.row["until"] and before.row["until"] + move,
                "extra": {one + move for one in before.row["extra"] if one > at},
                "cancelled": {one + move for one in before.row["cancelled"] if one >= at},
            }
        )
        after = NewSeries(occurrence_uid(before.uid, day), other.name or before.name, row, day, before.shift + move)
        before.row |= ended | {"extra": {one for one in before.row["extra"] if one < at}}
        if before.dates(before.row["since"], at) or before.row["extra"]:
            entries.append(after)
        else:
            after.uid = before.uid
            entries[-1] = after

    def _lay(self, entries: list[NewSeries], singles: list[NewSeries], other: OutsideEvent) -> None:
        """Apply an exception to one session of a series."""
        day = self.day_of(other)
        entry = next((one for one in reversed(entries) if one.begins <= day), entries[0])
        at = day + entry.shift
        planned, row = entry.has(at), entry.row
        if other.is_off:
            entry.cancels += [at] if planned else []
            return
        begins, ends = self.span(other)
        words = other.line("SUMMARY")
        same_words = not words or clean_name(words) == row["names"][self._centre.default_language]
        over = ends <= self._now
        if not planned or not same_words or over:
            ended = datetime.combine(at, time.fromisoformat(row["start"])) <= self._now
            row["cancelled"] |= {at} if planned and not (over and ended) else set()
            if not over:
                singles.append(self._one(occurrence_uid(entries[0].uid, day), other, begins, ends))
        elif (f"{begins:%H:%M}", f"{ends:%H:%M}", self._place(other)) != (row["start"], row["end"], row["place"]) or (
            begins.date() != at
        ):
            entry.moves[at] = begins, ends, self._place(other)
        elif holiday_on(self._country, at):
            entry.holds.append(at)

    def _wall(self, moment: date) -> datetime:
        """Return a time of a file as naive local time of the centre; a date is its midnight."""
        if not isinstance(moment, datetime):
            return datetime.combine(moment, time())
        return moment if moment.tzinfo is None else moment.astimezone(self._zone).replace(tzinfo=None)
