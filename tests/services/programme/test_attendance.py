"""Attendance: one tap is one visit, and counts add up."""

from __future__ import annotations

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.data import new_id
from kiosk.errors import BadValue, EmptyParty, UnknownSession, UnknownVisit, VisitUndone
from kiosk.journal import Store
from kiosk.journal.entries import verify_chain
from kiosk.services import Services
from tests.services.conftest import NOW, TODAY

SESSION = "coffee:2026-11-24:1300"


def come(services: Services, **values: object) -> str:
    visit_id = new_id(NOW)
    services.attendance.check_in(visit_id=visit_id, session_id=SESSION, language="fi", now=NOW, **values)  # type: ignore[arg-type]
    return visit_id


def test_the_same_visit_twice_is_one(services: Services) -> None:
    visit_id = come(services)
    services.attendance.check_in(visit_id=visit_id, session_id=SESSION, language="fi", now=NOW, adults=5)
    count = services.attendance.count(SESSION)
    assert (count.visits, count.people) == (1, 1)


def test_two_threads_with_one_visit_are_one(services: Services) -> None:
    visit_id = new_id(NOW)

    def tap() -> None:
        services.attendance.check_in(visit_id=visit_id, session_id=SESSION, language="fi", now=NOW)
        services.store.close()

    threads = [threading.Thread(target=tap) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert services.attendance.count(SESSION).visits == 1


def test_answers_are_kept_and_what_is_not_said_stays_open(services: Services) -> None:
    visit = services.attendance.amend(visit_id=come(services), now=NOW, children=2, groups=["ukrainian", "family"])
    assert (visit.adults, visit.children, visit.groups, visit.first_visit) == (1, 2, ("family", "ukrainian"), None)
    assert services.attendance.by_id(visit.id) == visit
    assert services.attendance.amend(visit_id=visit.id, now=NOW, groups=()).groups == ()


def test_an_undone_visit_is_not_counted_nor_changed(services: Services) -> None:
    visit_id = come(services)
    services.attendance.undo(visit_id=visit_id, now=NOW)
    assert services.attendance.undo(visit_id=visit_id, now=NOW).undone
    assert services.attendance.count(SESSION).visits == 0
    with pytest.raises(VisitUndone):
        services.attendance.amend(visit_id=visit_id, now=NOW, adults=2)


def test_what_cannot_be_is_refused_and_changes_nothing(services: Services, store: Store) -> None:
    with pytest.raises(UnknownSession):
        services.attendance.check_in(visit_id=new_id(NOW), session_id="coffee:2026-11-25:1300", language="fi", now=NOW)
    with pytest.raises(UnknownSession):
        services.attendance.check_in(visit_id=new_id(NOW), session_id="'; DROP TABLE visit", language="fi", now=NOW)
    visit_id = come(services)
    with pytest.raises(EmptyParty):
        services.attendance.amend(visit_id=visit_id, now=NOW, adults=0)
    with pytest.raises(BadValue):
        services.attendance.amend(visit_id=visit_id, now=NOW, groups=["family", "secret"])
    with pytest.raises(UnknownVisit):
        services.attendance.undo(visit_id="nobody", now=NOW)
    assert services.attendance.count(SESSION).people == 1


def test_time_is_kept_to_the_minute(services: Services) -> None:
    visit = services.attendance.check_in(
        visit_id=new_id(NOW), session_id=SESSION, language="fi", now=NOW.replace(second=42, microsecond=7)
    )
    assert visit.at == NOW


parties = st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda party: sum(party) > 0)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(parties, st.booleans()), max_size=12))
def test_totals_are_the_sum_of_the_visits(services: Services, visits: list[tuple[tuple[int, int], bool]]) -> None:
    before = services.attendance.count(SESSION)
    for (adults, children), undone in visits:
        visit_id = come(services, adults=adults, children=children)
        if undone:
            services.attendance.undo(visit_id=visit_id, now=NOW)
    kept = [party for party, undone in visits if not undone]
    after = services.attendance.count(SESSION)
    assert after.visits - before.visits == len(kept)
    assert after.people - before.people == sum(map(sum, kept))
    if after.visits:
        [row] = services.attendance.totals(TODAY, TODAY)
        assert (row.visits, row.people, row.adults + row.children) == (after.visits, after.people, after.people)
        assert sum(row.languages.values()) == row.visits
    verify_chain(services.store.db)
