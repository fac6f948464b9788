"""Access and erasure by the code of a slip: everything is shown, and after it nothing is left in any byte of the disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.codes.codes import BadCode, parse
from kiosk.errors import UnknownCode
from kiosk.journal import Store
from kiosk.journal.entries import verify_chain
from kiosk.privacy.sealing import KeyPair
from kiosk.services import Services, new_id
from tests.services.conftest import NOW, chair

NAME = "Markerina"


def request(services: Services) -> str:
    return services.help.sign_up(
        request_id=new_id(NOW), service="friend", language="uk", details={"name": NAME}, now=NOW, notice_version="1"
    ).code


def donation(services: Services) -> str:
    return services.donations.announce(
        donation_id=new_id(NOW), categories=["furniture"], amount="few", language="uk", contact={"name": NAME}, now=NOW
    ).code


def wish(services: Services) -> str:
    return services.wishes.leave(
        category="clothes", thing="winter_coat", size="M", age_group="adult", language="uk", now=NOW, details=NAME
    ).code


def seat(services: Services) -> str:
    session = services.gatherings.next_session(NOW - timedelta(days=1))
    assert session is not None
    return services.seats.book(session_id=session.id, people=3, language="uk", now=NOW).code


def number(services: Services) -> str:
    return services.guidance.take(topic="housing", language="uk", interpreter=True, now=NOW).code


def appointment(services: Services) -> str:
    at = services.guidance.free(NOW)[-1]
    return services.guidance.book(starts_at=at, topic="work", language="uk", interpreter=False, now=NOW).code


def ticket(services: Services) -> str:
    return services.tickets.reserve(item_id=chair(services).id, language="uk", now=NOW, held=()).code


def volunteer(services: Services) -> str:
    code = services.volunteers.register(name=NAME, now=NOW, who="shell").code
    services.volunteers.sign_in(code=code, task="kitchen", of_age=True, now=NOW)
    return code


SEALED = (request, donation, wish, volunteer)
EVERY = (*SEALED, seat, number, appointment, ticket)


@pytest.mark.parametrize("leave", EVERY)
def test_everything_is_shown_and_then_nothing_is_left(
    leave: Callable[[Services], str], store: Store, services: Services, keys: KeyPair
) -> None:
    code = leave(services)
    held = services.data_requests.held(parse(code.lower()))
    assert held.facts
    assert bool(held.requests) == (leave in SEALED)
    opened = services.data_requests.unsealed(code=code, private=keys.private, now=NOW, who="shell")
    assert (NAME in str(opened)) == (leave in SEALED)
    boxes = [bytes(box)[-64:] for (box,) in store.db.execute_sql("SELECT box FROM envelope").fetchall()]
    services.backups.make_snapshot(NOW)
    later = NOW + timedelta(hours=1)
    services.data_requests.erase(code=code, now=later, who="shell")
    for path in (*store.folder.glob("kiosk.db*"), *store.copies_folder.glob("*.db")):
        data = path.read_bytes()
        assert code.encode() not in data, path.name
        assert not any(box in data for box in boxes), path.name
    with pytest.raises(UnknownCode):
        services.data_requests.held(code)
    with pytest.raises(UnknownCode):
        services.scan.look_up(code, later)
    [(who, payload)] = store.db.execute_sql(
        "SELECT who, payload FROM journal WHERE kind = 'slip.erased'"
    ).fetchall()  # fmt: skip
    assert (who, held.subject in payload, code in payload) == ("shell", True, False)
    if leave in SEALED:
        assert store.erased() == list(held.requests)
    assert verify_chain(store.db) > 0


@pytest.mark.parametrize(
    ("leave", "table", "state"),
    [(donation, "donation", "cancelled"), (wish, "wish", "cancelled"), (seat, "seat", "cancelled"),
     (number, "queue_number", "left"), (ticket, "ticket", "cancelled")],
)  # fmt: skip
def test_what_was_to_come_is_ended_and_still_counts(
    leave: Callable[[Services], str], table: str, state: str, store: Store, services: Services
) -> None:
    services.data_requests.erase(code=leave(services), now=NOW, who="shell")
    assert store.db.execute_sql(f"SELECT state FROM {table}").fetchall() == [(state,)]


def test_hours_of_an_erased_volunteer_stay_by_number(store: Store, services: Services) -> None:
    code = volunteer(services)
    services.data_requests.erase(code=code, now=NOW + timedelta(hours=2), who="shell")
    assert store.db.execute_sql("SELECT quarters FROM shift").fetchall() == [(8,)]
    with pytest.raises(UnknownCode):
        services.volunteers.by_code(code)


def test_codes_of_things_and_badges_and_nonsense_are_refused(services: Services) -> None:
    for code in (chair(services).label_code, "R" + "0" * 11):
        with pytest.raises((UnknownCode, BadCode)):
            services.data_requests.held(parse(code))


def test_a_phone_number_is_shown_and_erased_with_what_it_is_for(
    store: Store, services: Services, keys: KeyPair
) -> None:
    for leave in (wish, seat, appointment):
        code = parse(leave(services))
        services.calls.leave_number(code=code, phone="+358 40 1234567", language="uk", now=NOW)
        assert services.data_requests.held(code).requests
        opened = services.data_requests.unsealed(code=code, private=keys.private, now=NOW, who="shell")
        assert opened["phone"] == "+358 40 1234567"
        services.data_requests.erase(code=code, now=NOW, who="shell")
    assert store.db.execute_sql("SELECT count(*) FROM envelope").fetchone() == (0,)


def test_case_notes_are_shown_and_erased_with_the_request(store: Store, services: Services, keys: KeyPair) -> None:
    code = parse(request(services))
    about = services.help.by_code(code).id
    services.notes.write(about=about, text="Likes walks", language="fi", now=NOW, who="shell")
    assert len(services.data_requests.held(code).notes) == 1
    opened = services.data_requests.unsealed(code=code, private=keys.private, now=NOW, who="shell")
    assert opened["notes"] == ["Likes walks"]
    services.data_requests.erase(code=code, now=NOW, who="shell")
    assert store.db.execute_sql("SELECT count(*) FROM envelope").fetchone() == (0,)
