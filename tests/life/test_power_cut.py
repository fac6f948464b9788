"""The power goes in the middle of a call: it happened as a whole, or not at all. So every call commits once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.data import new_id
from kiosk.journal import Store
from kiosk.services import Services
from kiosk.settings import Settings
from tests.services.conftest import NOW, chair, keys, services, settings, store, with_gathering

__all__ = ["keys", "services", "settings", "store"]  # fixtures
CONTACT = {"name": "Oksana", "contact": "045 123 4567"}


def announce(do: Services) -> Callable[[], object]:
    said = {"categories": ["toys"], "amount": "few", "language": "fi", "contact": CONTACT}
    return lambda: do.donations.announce(donation_id=new_id(NOW), now=NOW, **said)


def cancel_gift(do: Services) -> Callable[[], object]:
    gift = do.donations.announce(
        donation_id=new_id(NOW), categories=["toys"], amount="few", language="fi", now=NOW, contact=CONTACT
    )
    return lambda: do.donations.decide(donation_id=gift.id, state="cancelled", now=NOW, who="visitor")


def register(do: Services) -> Callable[[], object]:
    return lambda: do.volunteers.register(name="Eino", now=NOW, who="shell")


def contact(do: Services) -> Callable[[], object]:
    partner = do.partners.add(name="4H", kind="association", now=NOW, who="shell").id
    do.partners.set_contact(partner_id=partner, details={"name": "Maija"}, now=NOW, who="shell")
    return lambda: do.partners.set_contact(partner_id=partner, details={"name": "Liisa"}, now=NOW, who="shell")


def arrive(do: Services) -> Callable[[], object]:
    do = do.under(with_gathering(do.settings, seats=4))
    do.gatherings.apply(do.settings.gatherings, NOW)
    seat = do.seats.book(session_id="coffee:2026-11-24:1300", people=2, language="fi", now=NOW)
    return lambda: do.seats.arrive(code=seat.code, now=NOW + timedelta(hours=3))


def cancel_wish(do: Services) -> Callable[[], object]:
    said = {"category": "furniture", "thing": None, "size": "", "age_group": "", "language": "fi"}
    wish = do.wishes.leave(now=NOW, details="blue", **said)
    do.wishes.offer(item_id=chair(do).id, now=NOW)
    return lambda: do.wishes.cancel(code=wish.code, now=NOW)


CALLS = (announce, cancel_gift, register, contact, arrive, cancel_wish)


@pytest.mark.parametrize("prepare", CALLS, ids=lambda prepare: prepare.__name__)
def test_a_call_is_one_transaction(
    services: Services, store: Store, settings: Settings, prepare: Callable[[Services], Callable[[], object]]
) -> None:
    call, said = prepare(services), list[str]()
    store.db.connection().set_trace_callback(said.append)
    call()
    store.db.connection().set_trace_callback(None)
    begun = [text for text in said if text.upper().startswith("BEGIN IMMEDIATE")]
    assert len(begun) == 1, begun
