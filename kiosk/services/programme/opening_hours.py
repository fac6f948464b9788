"""Opening hours, from the settings."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from kiosk import clock
from kiosk.journal import Store
from kiosk.language.holidays import holiday_on
from kiosk.settings import Settings

#: Days searched for the next opening day; a centre closed for longer still gives its tickets a deadline.
AHEAD = 60
#: Time before opening and after closing in which people are here.
AROUND = timedelta(minutes=30)


class OpeningHoursService:
    """Opening hours of the centre."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._settings = settings

    def is_open(self, now: datetime) -> bool:
        """Return whether people may be here: from 30 minutes before opening to 30 minutes after closing."""
        here = now.astimezone(clock.zone(self._settings.centre.timezone))
        hours = self._settings.opening.get(here.weekday())
        if hours is None or self.is_closed_on(here.date()):
            return False
        first, last = (datetime.combine(here.date(), at, here.tzinfo) for at in hours)
        return first - AROUND <= here <= last + AROUND

    def hours_on(self, day: date) -> tuple[time, time] | None:
        """Return (opening, closing) of local `day`; None on a weekday, date or public holiday on which it is closed."""
        hours = self._settings.opening.get(day.weekday())
        if hours is None or self.is_closed_on(day) or holiday_on(self._settings.calendar.holidays, day):
            return None
        return hours

    def closes_on(self, day: date) -> datetime | None:
        """Return the closing time of local `day` (aware UTC); None when closed all day."""
        hours = self.hours_on(day)
        return hours and clock.local_to_utc(day, hours[1], clock.zone(self._settings.centre.timezone))

    def is_closed_on(self, day: date) -> bool:
        """Return whether local `day` is a date listed as closed, whatever its weekday."""
        return day in self._settings.closed

    def deadline(self, now: datetime) -> datetime:
        """Return the closing time of the first opening day after today (aware UTC)."""
        today = clock.local_date(now, clock.zone(self._settings.centre.timezone))
        days = (today + timedelta(days=ahead) for ahead in range(1, AHEAD + 1))
        return next(filter(None, map(self.closes_on, days)), now + timedelta(days=AHEAD))
