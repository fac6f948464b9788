"""When the centre is open."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kiosk.journal import Store
from kiosk.services.programme.opening_hours import OpeningHoursService
from kiosk.settings import Settings


@pytest.mark.parametrize(
    ("moment", "open_then"),
    [
        (datetime(2026, 11, 24, 7, 29, tzinfo=UTC), False),  # Tuesday 9:29 in Finland
        (datetime(2026, 11, 24, 7, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 14, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 14, 31, tzinfo=UTC), False),
        (datetime(2026, 7, 21, 6, 29, tzinfo=UTC), False),  # summer time
        (datetime(2026, 7, 21, 6, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 10, 0, tzinfo=UTC), False),  # Monday
        (datetime(2026, 11, 25, 10, 0, tzinfo=UTC), False),  # a Wednesday on which it is closed
    ],
)
def test_half_an_hour_around_the_hours_people_are_here(
    store: Store, settings: Settings, moment: datetime, open_then: bool
) -> None:
    opening = OpeningHoursService(store, settings._replace(closed=frozenset({date(2026, 11, 25)})))
    assert opening.is_open(moment) is open_then
