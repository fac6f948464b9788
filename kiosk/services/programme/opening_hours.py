"""Opening hours from the settings."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk import clock
from kiosk.journal import Store
from kiosk.settings import Settings

#: Days searched for the next opening day; a centre closed for longer still gives its tickets a deadline.
AHEAD = 60
#: Time before opening and after closing in which people are here.
AROUND = timedelta(minutes=30)


class OpeningHoursService:
    """When the centre is open, from the settings."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._settings = settings

    def is_open(self, now: datetime) -> bool:
        """Tell whether people may be here: from half an hour before opening until half an hour after closing."""
        here = now.astimezone(clock.zone(self._settings.centre.timezone))
        hours = self._settings.opening.get(here.weekday())
        if hours is None or here.date() in self._settings.closed:
            return False
        first, last = (datetime.combine(here.date(), at, here.tzinfo) for at in hours)
        return first - AROUND <= here <= last + AROUND

    def deadline(self, now: datetime) -> datetime:
        """Return when the first opening day after today closes (aware UTC)."""
        where = clock.zone(self._settings.centre.timezone)
        today = clock.local_date(now, where)
        for ahead in range(1, AHEAD + 1):
            day = today + timedelta(days=ahead)
            hours = self._settings.opening.get(day.weekday())
            if hours and day not in self._settings.closed:
                return clock.local_to_utc(day, hours[1], where)
        return now + timedelta(days=AHEAD)
