"""Opening hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from kiosk import clock
from kiosk.journal import Store
from kiosk.language.holidays import holiday_on
from kiosk.settings import Settings

#: Days looked ahead for an open one; a centre closed for longer still gives its tickets an end.
AHEAD = 60
#: People are here before the doors open and after they close.
AROUND = timedelta(minutes=30)


class OpeningHoursService:
    """When the centre is open, from the settings."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._settings = settings

    def is_open(self, now: datetime) -> bool:
        """Tell whether people may be here: in opening hours, and half an hour before and after."""
        here = now.astimezone(clock.zone(self._settings.centre.timezone))
        hours = self._settings.opening.get(here.weekday())
        if hours is None or here.date() in self._settings.closed:
            return False
        first, last = (datetime.combine(here.date(), at, here.tzinfo) for at in hours)
        return first - AROUND <= here <= last + AROUND

    def hours_on(self, day: date) -> tuple[time, time] | None:
        """Return when the centre opens and closes on local `day`; None on a weekday, a date or a public holiday on which
        it is closed."""
        hours = self._settings.opening.get(day.weekday())
        if hours is None or day in self._settings.closed or holiday_on(self._settings.calendar.holidays, day):
            return None
        return hours

    def deadline(self, now: datetime) -> datetime:
        """Return when the first opening day after today closes (aware UTC)."""
        where = clock.zone(self._settings.centre.timezone)
        today = clock.local_date(now, where)
        for ahead in range(1, AHEAD + 1):
            day = today + timedelta(days=ahead)
            hours = self.hours_on(day)
            if hours:
                return clock.local_to_utc(day, hours[1], where)
        return now + timedelta(days=AHEAD)
