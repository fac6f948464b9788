"""How long a thing is held for a wish, and what a wish shows that is free already."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from kiosk.journal import Store
from kiosk.services import Services, WishView
from kiosk.settings import Settings
from kiosk.settings.toml_reader import read
from tests.services.conftest import NOW, chair, with_gathering

WHO = "shell"
#: NOW is a Tuesday with a coffee meeting from 13 to 16; the centre is open on Tuesdays until 16.
TUESDAY = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)  # 16:00 in Finland


def wish(services: Services, at: datetime = NOW, **more: object) -> WishView:
    said = {"category": "furniture", "thing": None, "size": "", "age_group": ""} | more
    return services.wishes.leave(language="uk", now=at, **said)  # type: ignore[arg-type]


def held_until(services: Services, at: datetime) -> datetime:
    [held] = services.wishes.offer(item_id=chair(services).id, now=at)
    assert held.ticket is not None
    return held.ticket.deadline


@pytest.mark.parametrize("hours", [1, 24, 72, 6 * 24])
def test_a_weekly_visitor_finds_it_on_their_next_day(services: Services, hours: int) -> None:
    wish(services)
    assert held_until(services, NOW + timedelta(hours=hours)) == TUESDAY


def test_a_cancelled_gathering_is_not_waited_for(services: Services) -> None:
    wish(services)
    [session] = services.gatherings.sessions_on(date(2026, 12, 1))
    services.programme.cancel(session_id=session.id, reason="ill", now=NOW, who=WHO)
    until = held_until(services, NOW)
    assert NOW + timedelta(days=1) < until <= NOW + timedelta(days=8)
    assert services.opening.closes_on(until.date()) == until


def test_a_day_on_which_the_centre_is_closed_is_not_waited_for(store: Store, settings: Settings) -> None:
    services = Services(store, settings._replace(closed=frozenset({date(2026, 12, 1)})))
    services.gatherings.apply(settings.gatherings, NOW)
    wish(services)
    until = held_until(services, NOW)
    assert until.date() != date(2026, 12, 1)
    assert until <= NOW + timedelta(days=8)


def test_a_gathering_far_away_does_not_keep_it_for_longer_than_the_settings_say(
    store: Store, settings: Settings
) -> None:
    monthly = with_gathering(settings, every="FREQ=MONTHLY;BYDAY=-1TU")
    services = Services(store, monthly._replace(wishes=settings.wishes._replace(hold_days=3)))
    services.gatherings.apply(monthly.gatherings, NOW)
    wish(services)
    assert NOW < held_until(services, NOW) <= NOW + timedelta(days=3)


def test_a_centre_that_is_closed_for_weeks_holds_it_for_the_days_of_the_settings(
    store: Store, settings: Settings
) -> None:
    december = frozenset(date(2026, 11, 25) + timedelta(days=day) for day in range(30))
    services = Services(store, settings._replace(closed=december))
    wish(services)
    assert held_until(services, NOW) == NOW + timedelta(days=8)


@rounds(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 60 * 24 * 40))
def test_it_is_held_beyond_today_and_for_eight_days_at_most(services: Services, minutes: int) -> None:
    at = NOW + timedelta(minutes=minutes)
    until = services.wishes._until(wish(services, at), at)
    assert at.date() < until.date()
    assert at < until <= at + timedelta(days=8)


def test_a_wish_past_its_age_whose_hold_lapses_expires(services: Services, settings: Settings) -> None:
    """Another thing came in meanwhile; it is not held for somebody who was to be forgotten."""
    ends = NOW + timedelta(days=settings.wishes.keep_days)
    kept = wish(services)
    held_until(services, ends - timedelta(hours=1))
    lapsed = ends + timedelta(days=settings.wishes.hold_days)
    services.goods.add(now=ends, who=WHO, category="furniture", thing="dining_chair")
    services.wishes.settle(lapsed)
    assert services.wishes.by_id(kept.id).state == "expired"


def test_a_settings_file_of_before_is_read_still() -> None:
    assert read("[wishes]\nhold_hours = 48\n", "kiosk.toml").wishes.hold_days == 8


def test_an_open_wish_shows_what_is_free_now(services: Services) -> None:
    mine, other = wish(services, thing="dining_chair"), wish(services, thing="sofa")
    assert services.wishes.free_now() == {}
    item = chair(services)
    assert [card.id for card in services.wishes.free_now()[mine.id]] == [item.id]
    assert services.wishes.free_now(other.id) == {}
    services.wishes.offer(item_id=item.id, now=NOW)
    assert services.wishes.free_now() == {}
    ticket = services.wishes.by_id(mine.id).ticket
    assert ticket is not None
    late = ticket.deadline + timedelta(minutes=1)
    services.wishes.settle(late)
    assert [card.id for card in services.wishes.free_now(mine.id)[mine.id]] == [item.id], "not collected, and free"
    services.shelf.withdraw(item_id=item.id, reason="broken", now=late, who=WHO)
    assert services.wishes.free_now() == {}
    services.shelf.put_back(item_id=item.id, now=late, who=WHO)
    assert list(services.wishes.free_now()) == [mine.id]
    services.wishes.cancel(code=mine.code, now=late)
    assert services.wishes.free_now() == {}


def test_a_wish_that_came_true_is_not_cancelled(services: Services) -> None:
    """Also in the half minute before it has followed its ticket."""
    mine = wish(services)
    [held] = services.wishes.offer(item_id=chair(services).id, now=NOW)
    assert held.ticket is not None
    services.tickets.hand_over(code=held.ticket.code, now=NOW, who=WHO)
    assert services.wishes.cancel(code=mine.code, now=NOW).state == "fulfilled"


def test_what_is_free_costs_as_many_statements_for_many_wishes(services: Services, store: Store) -> None:
    said: list[str] = []
    for thing in ("dining_chair", "sofa", "armchair"):
        wish(services, thing=thing)
        chair(services)
    store.db.connection().set_trace_callback(said.append)
    services.wishes.free_now()
    store.db.connection().set_trace_callback(None)
    assert len([sql for sql in said if sql.startswith("SELECT")]) == 2
