"""Guidance by number: in order, anonymous, called by the coordinator."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kiosk.codes import Kind, code_from_number, parse
from kiosk.errors import BadValue, KioskError, NothingWaits, NumberClosed, SlotTaken, UnknownCode
from kiosk.journal import Store
from kiosk.journal.entries import verify_chain
from kiosk.services import QueueView, Services
from kiosk.settings import Settings
from tests.services.conftest import NOW

WHO = "shell"


def take(services: Services, topic: str = "housing", now: object = NOW) -> QueueView:
    return services.guidance.take(topic=topic, language="uk", interpreter=True, now=now)  # type: ignore[arg-type]


def test_numbers_count_from_one_each_day_and_codes_never_repeat(services: Services) -> None:
    first, second = take(services), take(services)
    tomorrow = take(services, now=NOW + timedelta(days=1))
    assert [first.number, second.number, tomorrow.number] == [1, 2, 1]
    assert len({first.code, second.code, tomorrow.code}) == 3
    assert (second.ahead, second.minutes) == (1, 30)
    assert services.guidance.by_code(parse(second.code.lower()), NOW).number == 2
    with pytest.raises(BadValue):
        take(services, topic="love")


def test_the_coordinator_calls_skips_returns_and_finishes(services: Services) -> None:
    one, two, three = (take(services) for _ in range(3))
    guidance = services.guidance
    assert guidance.serving(NOW) is None
    assert guidance.call_next(now=NOW, who=WHO).number == 1
    guidance.move(queue_id=one.id, state="skipped", now=NOW, who=WHO)
    assert guidance.call_next(now=NOW + timedelta(minutes=1), who=WHO).number == 2
    serving = guidance.serving(NOW)
    assert serving is not None
    assert serving.number == 2
    guidance.move(queue_id=one.id, state="waiting", now=NOW, who=WHO)
    assert guidance.call_next(now=NOW + timedelta(minutes=20), who=WHO).number == 1
    assert guidance.by_code(two.code, NOW).state == "done"
    with pytest.raises(NumberClosed):
        guidance.move(queue_id=two.id, state="called", now=NOW, who=WHO)
    guidance.move(queue_id=three.id, state="left", now=NOW, who="visitor")
    guidance.move(queue_id=one.id, state="done", now=NOW, who=WHO)
    with pytest.raises(NothingWaits):
        guidance.call_next(now=NOW, who=WHO)
    assert guidance.today(NOW) == []


def test_the_wait_is_guessed_from_today(services: Services) -> None:
    for minutes in (0, 10, 20):
        take(services)
        called = services.guidance.call_next(now=NOW + timedelta(minutes=minutes), who=WHO)
        services.guidance.move(queue_id=called.id, state="done", now=NOW + timedelta(minutes=minutes + 4), who=WHO)
    assert take(services).minutes == 4


def test_yesterdays_queue_is_gone(services: Services) -> None:
    take(services)
    assert services.guidance.today(NOW + timedelta(days=1)) == []
    with pytest.raises(UnknownCode):
        services.guidance.by_code(code_from_number(Kind.QUEUE, 999), NOW)


def booked(services: Services, starts_at: datetime, now: datetime = NOW) -> QueueView:
    return services.guidance.book(starts_at=starts_at, topic="work", language="fi", interpreter=False, now=now)


def test_free_times_are_booked_once_and_given_back(services: Services) -> None:
    guidance = services.guidance
    times = guidance.free(NOW)
    assert len(times) == 16  # two weeks of Tuesdays and Thursdays, four times each
    assert times[0] == datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    assert guidance.free(NOW.replace(hour=11))[0] == datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
    mine = booked(services, times[0])
    assert (mine.number, mine.code[0], mine.starts_at, mine.ahead) == (1, "G", times[0], 0)
    assert booked(services, times[1]).number == 2
    assert take(services).number == 3
    with pytest.raises(SlotTaken):
        booked(services, times[0])
    with pytest.raises(SlotTaken):
        booked(services, times[0] + timedelta(minutes=5))
    found = services.scan.look_up(mine.code, NOW)
    assert found.queue is not None
    assert (found.kind, found.queue.id) == ("queue", mine.id)
    guidance.move(queue_id=mine.id, state="left", now=NOW, who="visitor")
    assert booked(services, times[0]).number == 4
    verify_chain(services.store.db)


def test_closed_days_have_no_times_and_a_setting_says_when(store: Store, settings: Settings) -> None:
    rules = settings.guidance._replace(days=frozenset({2}), minutes=45, weeks=1)
    using = settings._replace(guidance=rules)
    guidance = Services(store, using).guidance
    assert [one.minute for one in guidance.free(NOW)] == [0, 45]  # 13.00 and 13.45; a third would end after 15.00
    closed = using._replace(closed=frozenset({date(2026, 11, 25)}))
    assert Services(store, closed).guidance.free(NOW) == []


def test_who_booked_is_called_in_time_before_those_who_walk_in(services: Services) -> None:
    guidance = services.guidance
    first, later = (booked(services, time) for time in guidance.free(NOW)[:2])
    walk_in, second = take(services), take(services)
    assert first.starts_at is not None
    assert guidance.call_next(now=NOW, who=WHO).id == walk_in.id
    at = first.starts_at - timedelta(minutes=5)
    assert [one.number for one in guidance.today(at)] == [3, 1, 4, 2]
    assert guidance.by_code(second.code, at).ahead == 1
    assert guidance.call_next(now=at, who=WHO).id == first.id
    assert guidance.call_next(now=at, who=WHO).id == second.id
    with pytest.raises(NothingWaits):
        guidance.call_next(now=at, who=WHO)
    assert guidance.call_next(now=at, who=WHO, queue_id=later.id).state == "called"
    with pytest.raises(NumberClosed):
        guidance.call_next(now=at, who=WHO, queue_id=first.id)
    assert guidance.today(NOW + timedelta(days=2)) == []


def test_how_long_people_waited(services: Services) -> None:
    assert services.guidance.served(NOW).count == 0
    for minutes in (10, 20):
        take(services)
        services.guidance.call_next(now=NOW + timedelta(minutes=minutes), who=WHO)
    [called] = services.guidance.today(NOW + timedelta(minutes=30))
    assert called.waited(NOW + timedelta(minutes=30)) == 20
    services.guidance.move(queue_id=called.id, state="done", now=NOW + timedelta(minutes=30), who=WHO)
    served = services.guidance.served(NOW + timedelta(minutes=40))
    assert (served.count, served.minutes) == (2, 15)


@hypothesis_settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["take", "next", "skip", "back", "done"]), max_size=25))
def test_at_most_one_is_served_and_none_is_lost(acts: list[str]) -> None:
    import tempfile
    from pathlib import Path

    from kiosk.settings import load

    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "data", now=NOW)
        services, now, taken = Services(store, load(None)), NOW, 0
        for act in acts:
            now += timedelta(minutes=1)
            today = services.guidance.today(now)
            try:
                if act == "take":
                    take(services, now=now)
                    taken += 1
                elif act == "next":
                    services.guidance.call_next(now=now, who=WHO)
                elif today:
                    state = {"skip": "skipped", "back": "waiting", "done": "done"}[act]
                    services.guidance.move(queue_id=today[0].id, state=state, now=now, who=WHO)
            except KioskError:
                pass
            assert sum(one.state == "called" for one in services.guidance.today(now)) <= 1
        assert store.db.execute_sql("SELECT count(*) FROM queue_number").fetchone() == (taken,)
        store.close()
