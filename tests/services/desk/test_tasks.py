"""What is to be done, by urgency."""

from __future__ import annotations

from datetime import timedelta

from kiosk.services import Services
from kiosk.services.desk.tasks import SCREENS, Task, tasks
from tests.services.conftest import NOW, chair
from tests.world import request

LATER = NOW + timedelta(days=1)


def found(services: Services, now: object = NOW) -> dict[str, int]:
    return {task.kind: task.number for task in tasks(services.day.look(now), now)}  # type: ignore[arg-type]


def test_nothing_is_to_be_done_but_a_first_backup(services: Services) -> None:
    assert found(services) == {"backup": 1}
    services.backups.make_all(NOW)
    assert found(services) == {}
    assert found(services, NOW + timedelta(days=2)) == {"backup": 1}


def test_each_thing_that_waits_is_a_task(services: Services) -> None:
    services.backups.make_all(NOW)
    request(services)
    services.donations.announce(donation_id="d", categories=["toys"], amount="bag", language="fi", now=NOW)
    volunteer = services.volunteers.register(name="Eino", now=NOW, who="shell")
    services.volunteers.sign_in(code=volunteer.code, task="goods", of_age=True, now=NOW)
    starts_at = services.guidance.free(LATER)[0]
    services.guidance.book(starts_at=starts_at, topic="work", language="fi", interpreter=False, now=NOW)
    assert found(services) == {}  # all of today: nobody is late
    late = {"requests": 1, "donations": 1, "shifts": 1}
    assert found(services, LATER) == late
    assert found(services, starts_at) == {"backup": 1, "appointments": 1} | late
    services.tickets.reserve(item_id=chair(services).id, language="uk", now=NOW, held=())
    assert found(services, LATER)["tickets"] == 1
    kinds = [task.kind for task in tasks(services.day.look(starts_at), starts_at)]
    assert kinds == sorted(kinds, key=list(SCREENS).index)
    services.help.set_status(request_id="0" * 32, status="contacted", now=LATER, who="shell")
    assert "requests" not in found(services, LATER)
    assert Task("backup", 1) in tasks(services.day.look(starts_at), starts_at)
