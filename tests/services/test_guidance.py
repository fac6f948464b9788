"""Guidance by number: in order, anonymous, called by the coordinator."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kiosk.codes import Kind, code_from_number
from kiosk.errors import BadValue, KioskError, NothingWaits, NumberClosed, UnknownCode
from kiosk.services import QueueView, Services

from .conftest import NOW

WHO = "staff:x"


def take(services: Services, topic: str = "housing", now: object = NOW) -> QueueView:
    return services.guidance.take(topic=topic, language="uk", interpreter=True, now=now)  # type: ignore[arg-type]


def test_numbers_count_from_one_each_day_and_codes_never_repeat(services: Services) -> None:
    first, second = take(services), take(services)
    tomorrow = take(services, now=NOW + timedelta(days=1))
    assert [first.number, second.number, tomorrow.number] == [1, 2, 1]
    assert len({first.code, second.code, tomorrow.code}) == 3
    assert (second.ahead, second.minutes) == (1, 30)
    assert services.guidance.by_code(second.code.lower()).number == 2
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
    assert guidance.by_code(two.code).state == "done"
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
        services.guidance.by_code(code_from_number(Kind.QUEUE, 999))


@hypothesis_settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["take", "next", "skip", "back", "done"]), max_size=25))
def test_at_most_one_is_served_and_none_is_lost(acts: list[str]) -> None:
    import tempfile
    from pathlib import Path

    from kiosk.data import Store
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
