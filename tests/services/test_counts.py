"""What an action costs in numbers that no machine changes: SQL statements, steps of SQLite, and memory kept."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kiosk.data import new_id
from kiosk.journal import Store
from kiosk.services import Services
from tests.services.conftest import NOW, TODAY, chair


def statements(store: Store, act: Callable[[], object]) -> list[str]:
    """Return the SQL statements that `act` runs on this thread; those of triggers are not among them."""
    said: list[str] = []
    connection = store.db.connection()
    connection.set_trace_callback(said.append)
    try:
        act()
    finally:
        connection.set_trace_callback(None)
    return [sql for sql in said if not sql.startswith("--")]


def steps(store: Store, act: Callable[[], object]) -> int:
    """Return how many tens of steps SQLite's machine takes for `act`."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    connection = store.db.connection()
    connection.set_progress_handler(tick, 10)
    try:
        act()
    finally:
        connection.set_progress_handler(None, 10)
    return count


@pytest.fixture
def session(services: Services) -> str:
    [session] = [found.id for found in services.gatherings.sessions_on(TODAY)][:1]
    return session


def test_a_visit_costs_few_statements(services: Services, store: Store, session: str) -> None:
    def arrive() -> None:
        services.attendance.check_in(visit_id=new_id(NOW), session_id=session, language="fi", now=NOW)

    arrive()  # opens the session
    assert len(statements(store, arrive)) <= 8
    first = statements(store, arrive)
    for _ in range(50):
        arrive()
    assert len(statements(store, arrive)) == len(first)


def test_a_ticket_costs_few_statements(services: Services, store: Store) -> None:
    items = [chair(services).id for _ in range(3)]

    def reserve(item: str) -> list[str]:
        return statements(
            store, lambda: services.tickets.reserve(item_id=item, language="fi", now=NOW + timedelta(hours=1), held=())
        )

    assert len(reserve(items[0])) <= 16  # two of them for the short number
    assert len(reserve(items[1])) == len(reserve(items[2]))


def test_a_minute_does_not_grow_with_the_pairs(services: Services, store: Store) -> None:
    def pair() -> None:
        asker, helper = (
            services.help.sign_up(
                request_id=new_id(NOW), service=service, language="fi", details={}, now=NOW, notice_version="1"
            ).id
            for service in ("friend", "friend_offer")
        )
        services.pairs.accept(asker=asker, helper=helper, now=NOW, who="shell")

    def minute() -> list[str]:
        return statements(store, lambda: services.pairs.settle(NOW))

    pair()
    first = minute()
    for _ in range(5):
        pair()
    assert len(minute()) == len(first)


def test_the_first_page_does_not_grow_with_the_shelf(services: Services, store: Store) -> None:
    """What is shown first of a search or a shelf is read in the same steps, however much there is."""
    looks: list[dict[str, Any]] = [{"text": "chair"}, {"text": "tuol"}, {"text": "c"}, {}, {"category": "furniture"}]

    def cost() -> list[int]:
        return [steps(store, lambda look=look: services.goods.find(today=TODAY, most=20, **look)) for look in looks]  # type: ignore[misc]

    for _ in range(60):
        chair(services)
    few = cost()
    assert all(few), "nothing was counted"
    for _ in range(180):
        chair(services)
    many = cost()
    assert [after <= before * 1.25 + 4 for before, after in zip(few, many, strict=True)] == [True] * len(looks), (
        few,
        many,
    )


def test_visits_leave_nothing_in_memory(services: Services, session: str) -> None:
    def arrive(count: int) -> None:
        for number in range(count):
            now = NOW + timedelta(seconds=number)
            services.attendance.check_in(visit_id=new_id(now), session_id=session, language="fi", now=now)
            services.goods.find(today=TODAY, text="tuoli", most=20)

    arrive(300)
    gc.collect()
    before = sys.getallocatedblocks()
    arrive(1000)
    gc.collect()
    # sqlite3 counts the cursors that are gone in every 200 only
    assert sys.getallocatedblocks() - before < 500, "each visit keeps something"
