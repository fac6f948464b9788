"""The bell: a visitor calls staff."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.errors import BadValue
from kiosk.journal.entries import verify_chain
from kiosk.services import Services
from kiosk.services.desk.bell import AGAIN, LASTS
from kiosk.services.desk.tasks import Task, tasks
from tests.services.conftest import NOW

MINUTE = timedelta(minutes=1)


def test_a_ring_is_the_first_task_of_the_desk_until_it_is_answered(services: Services) -> None:
    ring = services.bell.ring(language="uk", now=NOW)
    assert services.bell.waiting(NOW + MINUTE) == (ring,)
    assert tasks(services.day.look(NOW + MINUTE), NOW)[0] == Task("bell", 1)
    assert services.bell.answer(now=NOW + MINUTE, who="shell") == 1
    assert services.bell.waiting(NOW + MINUTE) == ()
    assert services.bell.answer(now=NOW + MINUTE, who="shell") == 0
    kinds = services.store.db.execute_sql("SELECT kind FROM journal WHERE kind LIKE 'bell.%' ORDER BY seq").fetchall()
    assert [kind for (kind,) in kinds] == ["bell.rung", "bell.answered"]
    verify_chain(services.store.db)


def test_who_rings_again_and_again_rings_once(services: Services) -> None:
    first = services.bell.ring(language="fi", now=NOW)
    assert services.bell.ring(language="en", now=NOW + AGAIN / 2) == first
    later = services.bell.ring(language="en", now=NOW + AGAIN)
    assert services.bell.waiting(NOW + AGAIN) == (first, later)
    services.bell.answer(now=NOW + AGAIN, who="shell")
    assert services.bell.ring(language="fi", now=NOW + AGAIN).id not in (first.id, later.id)


def test_nobody_is_waited_for_forever(services: Services) -> None:
    services.bell.ring(language="fi", now=NOW)
    assert services.bell.waiting(NOW + LASTS - MINUTE) != ()
    assert services.bell.waiting(NOW + LASTS) == ()


def test_a_language_that_is_none_is_refused(services: Services) -> None:
    with pytest.raises(BadValue):
        services.bell.ring(language="<b>", now=NOW)
    assert services.bell.waiting(NOW) == ()
