"""The schedule: which session is today's, across cancellations, extra dates, midnight and daylight saving."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from kiosk.data.models import JournalEntry
from kiosk.journal import Store
from kiosk.services import Services
from kiosk.settings import Settings
from tests.services.conftest import NOW, TODAY, with_gathering


def use(services: Services, settings: Settings) -> None:
    services.gatherings.apply(settings.gatherings, NOW)


def test_tuesday_has_the_coffee_meeting(services: Services) -> None:
    [session] = services.gatherings.sessions_on(TODAY)
    assert session.id == "coffee:2026-11-24:1300"
    assert session.starts_at == datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    assert session.ends_at == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def test_other_days_have_none_and_the_next_is_known(services: Services) -> None:
    assert services.gatherings.sessions_on(TODAY + timedelta(days=1)) == []
    following = services.gatherings.next_session(NOW + timedelta(days=1))
    assert following is not None
    assert following.id == "coffee:2026-12-01:1300"


def test_a_cancelled_date_is_none_and_an_extra_date_is_one(services: Services, settings: Settings) -> None:
    use(services, with_gathering(settings, cancelled=frozenset({TODAY}), extra=(date(2026, 11, 26),)))
    assert services.gatherings.sessions_on(TODAY) == []
    [extra] = services.gatherings.sessions_on(date(2026, 11, 26))
    assert services.gatherings.next_session(NOW) == extra


def test_several_sessions_a_day_come_in_order(services: Services, settings: Settings) -> None:
    coffee = settings.gatherings[0]
    early = coffee._replace(key="early", start=time(9), end=time(10))
    use(services, settings._replace(gatherings=(coffee, early)))
    assert [session.gathering_id for session in services.gatherings.sessions_on(TODAY)] == ["early", "coffee"]


def test_a_session_past_midnight_still_counts_as_now(services: Services, settings: Settings) -> None:
    use(services, with_gathering(settings, start=time(20), end=time(1)))
    night = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)  # 00:30 on Wednesday in Finland
    [session] = services.gatherings.sessions_now(night)
    assert session.id == "coffee:2026-11-24:2000"
    assert services.gatherings.sessions_now(night + timedelta(hours=1)) == []


def test_daylight_saving_keeps_the_clock_on_the_wall(services: Services) -> None:
    [winter] = services.gatherings.sessions_on(date(2026, 10, 27))
    [summer] = services.gatherings.sessions_on(date(2026, 10, 20))
    assert winter.starts_at.hour == 11
    assert summer.starts_at.hour == 10


def test_the_night_of_the_change_has_its_real_length(services: Services, settings: Settings) -> None:
    use(services, with_gathering(settings, every="FREQ=WEEKLY;BYDAY=SA", start=time(22), end=time(6)))
    [autumn] = services.gatherings.sessions_on(date(2026, 10, 24))
    [spring] = services.gatherings.sessions_on(date(2026, 3, 28))
    assert autumn.ends_at - autumn.starts_at == timedelta(hours=9)
    assert spring.ends_at - spring.starts_at == timedelta(hours=7)


def test_applying_the_same_settings_changes_nothing(services: Services, settings: Settings, store: Store) -> None:
    before = JournalEntry.select().count(store.db)
    use(services, settings)
    assert JournalEntry.select().count(store.db) == before


def test_a_gathering_gone_from_the_settings_has_no_sessions(services: Services, settings: Settings) -> None:
    use(services, settings._replace(gatherings=()))
    assert services.gatherings.sessions_on(TODAY) == []
    assert services.gatherings.next_session(NOW) is None
