"""Whom to call: numbers are sealed, each call is listed once, a number goes when nothing is left to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from kiosk.codes.codes import Code
from kiosk.errors import NoRecipients, NothingToTell, UnknownCode
from kiosk.journal import Store
from kiosk.privacy.sealing import KeyPair
from kiosk.services import Services, SessionView
from kiosk.settings import Settings
from tests.services.conftest import NOW, TODAY, chair, with_gathering

PHONE = "+358 40 1234567"
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def services(store: Store, settings: Settings) -> Services:
    """A coffee meeting with two seats."""
    settings = with_gathering(settings, seats=2)
    services = Services(store, settings)
    services.gatherings.apply(settings.gatherings, NOW)
    return services


def leave(services: Services, code: Code, now: datetime = NOW) -> None:
    services.calls.leave_number(code=code, phone=PHONE, language="uk", now=now)


def wish(services: Services) -> Any:
    return services.wishes.leave(
        category="furniture", thing="dining_chair", size="", age_group="", language="uk", now=NOW
    )


def session(services: Services) -> SessionView:
    found = services.gatherings.next_session(NOW + timedelta(days=1))
    assert found is not None
    return found


def seat(services: Services, people: int = 2) -> Any:
    return services.seats.book(session_id=session(services).id, people=people, language="uk", now=NOW)


def appointment(services: Services) -> Any:
    at = services.guidance.free(NOW)[0]
    return services.guidance.book(starts_at=at, topic="work", language="uk", interpreter=False, now=NOW)


def reasons(services: Services, now: datetime = LATER) -> list[str]:
    return [call.reason for call in services.calls.due(now)]


def phones(services: Services, keys: KeyPair, now: datetime = LATER) -> list[str]:
    return [one["phone"] for one in services.calls.read(private=keys.private, now=now, who="shell").values()]


def numbers(store: Store) -> int:
    """Return how many sealed numbers are left."""
    sql = "SELECT count(DISTINCT request) FROM envelope JOIN request ON request.id = request WHERE service = 'call'"
    return int(store.db.execute_sql(sql).fetchone()[0])


def test_a_wish_that_is_here_is_called_once(services: Services, store: Store, keys: KeyPair) -> None:
    one = wish(services)
    leave(services, one.code)
    assert reasons(services) == []
    chair(services)
    services.wishes.offer(item_id=services.goods.find(free_only=True, today=TODAY)[0], now=LATER)
    [call] = services.calls.due(LATER)
    assert (call.reason, call.code) == ("wish_here", one.code)
    assert call.names["en"] == "Dining chair"
    assert phones(services, keys) == [PHONE]
    for made, left in ((True, 0), (True, 0), (False, 1), (True, 0)):
        services.calls.tick(call_id=call.id, made=made, now=LATER, who="shell")
        assert services.calls.count(LATER) == left
    ticket = services.wishes.by_id(one.id).ticket
    assert ticket is not None
    services.tickets.hand_over(code=ticket.code, now=LATER, who="shell")
    services.wishes.settle(LATER)
    assert numbers(store) == 0


def test_the_next_thing_for_a_wish_is_another_call(services: Services) -> None:
    one = wish(services)
    leave(services, one.code)
    chair(services)
    found = services.goods.find(free_only=True, today=TODAY)
    services.wishes.offer(item_id=found[0], now=LATER)
    [first] = services.calls.due(LATER)
    services.calls.tick(call_id=first.id, now=LATER, who="shell")
    ticket = services.wishes.by_id(one.id).ticket
    assert ticket is not None
    services.tickets.cancel(code=ticket.code, now=LATER)
    services.wishes.settle(LATER)
    second = chair(services)
    services.wishes.offer(item_id=second.id, now=LATER)
    [again] = services.calls.due(LATER)
    assert again.id != first.id


def test_a_cancelled_gathering_is_told_and_then_forgotten(services: Services, store: Store, keys: KeyPair) -> None:
    one = seat(services)
    leave(services, one.code)
    services.programme.cancel(session_id=session(services).id, reason="ill", now=LATER, who="shell")
    [call] = services.calls.due(LATER)
    assert (call.reason, call.starts_at) == ("session_cancelled", one.session.starts_at)
    assert phones(services, keys) == [PHONE]
    services.calls.tick(call_id=call.id, now=LATER, who="shell")
    assert services.calls.settle(LATER) == 0  # for an hour the tick can be undone
    assert services.calls.settle(LATER + timedelta(hours=1)) == 1
    assert numbers(store) == 0


def test_a_moved_gathering_is_told_to_who_booked_before(services: Services) -> None:
    one, other = seat(services), seat(services)
    leave(services, one.code)
    found = session(services)
    services.programme.move(
        session_id=found.id, day=found.starts_at.date() + timedelta(days=1), start="15:00", end="17:00",
        place="Kirjasto", reason="place", now=LATER, who="shell",
    )  # fmt: skip
    leave(services, other.code, LATER + timedelta(minutes=1))  # they have seen the new time
    [call] = services.calls.due(LATER)
    assert (call.reason, call.code) == ("session_moved", one.code)
    assert call.starts_at != found.starts_at


def test_a_seat_that_became_free(services: Services) -> None:
    first, second = seat(services), seat(services)
    leave(services, second.code)
    assert reasons(services) == []
    services.seats.cancel(code=first.code, now=LATER)
    assert reasons(services) == ["seat_free"]


def test_an_appointment_that_staff_moved_or_cancelled(services: Services) -> None:
    one = appointment(services)
    leave(services, one.code)
    services.appointments.change_time(
        queue_id=one.id, starts_at=one.starts_at + timedelta(hours=1), now=LATER, who="shell"
    )
    assert reasons(services) == ["time_moved"]
    services.guidance.move(queue_id=one.id, state="left", now=LATER, who="shell")
    assert reasons(services) == ["time_cancelled"]


def test_who_cancels_is_not_called(services: Services, store: Store) -> None:
    made = [wish(services), seat(services), appointment(services)]
    for one in made:
        leave(services, one.code)
    assert numbers(store) == 3
    services.wishes.cancel(code=made[0].code, now=LATER)
    services.seats.cancel(code=made[1].code, now=LATER)
    services.guidance.move(queue_id=made[2].id, state="left", now=LATER, who="visitor")
    assert reasons(services) == []
    assert numbers(store) == 0


def test_numbers_go_when_their_day_is_over(services: Services, store: Store) -> None:
    for one in (seat(services), appointment(services)):
        leave(services, one.code)
    assert services.calls.settle(NOW) == 0
    assert services.calls.settle(session(services).ends_at + timedelta(days=9)) == 2
    assert numbers(store) == 0


def test_a_call_nobody_made_is_given_up(services: Services, store: Store) -> None:
    one = seat(services)
    leave(services, one.code)
    services.programme.cancel(session_id=session(services).id, reason="ill", now=LATER, who="shell")
    ends = one.session.ends_at
    assert services.calls.settle(ends + timedelta(days=7)) == 0
    assert services.calls.settle(ends + timedelta(days=8)) == 1


def test_another_number_replaces_the_first(services: Services, store: Store, keys: KeyPair) -> None:
    one = wish(services)
    leave(services, one.code)
    leave(services, one.code)
    assert numbers(store) == 1
    assert services.wishes.by_id(one.id).contact is not None


def test_a_follow_up_of_a_pair_is_on_the_list(services: Services, keys: KeyPair) -> None:
    asked = [
        services.help.sign_up(
            request_id=f"{service}-1", service=service, language="fi", details={"name": name, "phone": PHONE}, now=NOW,
            notice_version="1",
        )
        for service, name in (("friend", "Aino"), ("friend_offer", "Eero"))
    ]  # fmt: skip
    services.pairs.accept(asker=asked[0].id, helper=asked[1].id, now=NOW, who="shell")
    later = NOW + timedelta(days=14)
    [call] = services.calls.due(later)
    assert (call.reason, len(call.requests)) == ("follow_up", 2)
    opened = services.calls.read(private=keys.private, now=later, who="shell")
    assert {one["name"] for one in opened.values()} == {"Aino", "Eero"}
    assert services.calls.count(later) == 0
    assert call.pair is not None
    services.pairs.note(pair_id=call.pair.id, now=later, who="shell")
    assert reasons(services, later) == []


def test_bad_input_loses_nothing(services: Services, store: Store) -> None:
    one = wish(services)
    with pytest.raises(UnknownCode):
        leave(services, chair(services).label_code)
    services.wishes.cancel(code=one.code, now=NOW)
    with pytest.raises(NothingToTell):
        leave(services, one.code)
    store.set_recipients([])
    with pytest.raises(NoRecipients):
        leave(services, seat(services).code)
    assert numbers(store) == 0


def test_what_is_listed_can_be_shown_without_the_key(services: Services) -> None:
    one = wish(services)
    leave(services, one.code)
    chair(services)
    services.wishes.offer(item_id=services.goods.find(free_only=True, today=TODAY)[0], now=LATER)
    [call] = services.calls.due(LATER)
    assert PHONE not in repr(replace(call, made_at=None))
