"""Donations from the announcement to the shelf; wishes held for whoever waited longest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.codes import Kind, new_code
from kiosk.data import new_id
from kiosk.errors import BadValue, DonationClosed, UnknownCode
from kiosk.journal import Store
from kiosk.language.translation import Language
from kiosk.privacy.sealing import KeyPair
from kiosk.services import DonationView, Services, TicketView, WishView
from kiosk.services.desk.slip_lines import donation_told
from kiosk.services.goods.wishes import TooManyWishes
from tests.services.conftest import NOW, chair

WHO = "shell"


def announce(services: Services, **more: object) -> DonationView:
    said = {"categories": ["furniture", "toys"], "amount": "few", "language": "fi"} | more
    return services.donations.announce(donation_id=new_id(NOW), now=NOW, **said)  # type: ignore[arg-type]


def wish(services: Services, minutes: int = 0, **more: object) -> WishView:
    said = {"category": "furniture", "thing": None, "size": "", "age_group": ""} | more
    at = NOW + timedelta(minutes=minutes)
    return services.wishes.leave(language="uk", now=at, **said)  # type: ignore[arg-type]


def test_an_announced_donation_is_accepted_and_taken_in(services: Services) -> None:
    donation = announce(services)
    assert (donation.state, donation.fetch, donation.request) == ("announced", False, None)
    assert services.donations.announce(
        donation_id=donation.id, categories=["toys"], amount="one", language="fi", now=NOW
    ) == donation  # fmt: skip
    found = services.scan.look_up(donation.code, NOW)
    assert found.donation == donation
    assert found.actions == ("take_in", "decide")
    accepted = services.donations.decide(donation_id=donation.id, state="accepted", now=NOW, who=WHO)
    assert [one.id for one in services.donations.open()] == [accepted.id]
    services.donations.decide(donation_id=donation.id, state="taken_in", now=NOW, who=WHO)
    assert services.donations.open() == []
    with pytest.raises(DonationClosed):
        services.donations.decide(donation_id=donation.id, state="accepted", now=NOW, who=WHO)
    assert services.scan.look_up(donation.code, NOW).actions == ()


def piece(services: Services, donation: DonationView, **more: object) -> None:
    services.donations.take_in(
        donation_id=donation.id, category="furniture", thing="dining_chair", now=NOW, who=WHO, **more
    )


def test_a_donation_stays_open_and_counts_its_pieces_until_it_is_all_in(services: Services) -> None:
    donation = announce(services, pieces=5)
    assert (donation.came, donation.is_open) == (0, True)
    piece(services, donation)
    assert services.donations.by_id(donation.id).state == "accepted"
    piece(services, donation, quantity=3)
    [still] = services.donations.open()
    assert (still.id, still.came, still.is_open) == (donation.id, 4, True)
    [mistaken] = [
        services.donations.take_in(
            donation_id=donation.id, category="toys", thing="doll_house", now=NOW, who=WHO
        )
    ]  # fmt: skip
    services.shelf.withdraw(item_id=mistaken.id, reason="mistake", now=NOW, who=WHO)
    assert services.donations.by_id(donation.id).came == 4
    done = services.donations.decide(donation_id=donation.id, state="taken_in", now=NOW, who=WHO)
    assert (done.state, done.came, done.is_open) == ("taken_in", 4, False)
    before = services.store.db.execute_sql("SELECT count(*) FROM item").fetchone()
    with pytest.raises(DonationClosed):
        piece(services, donation)
    assert services.store.db.execute_sql("SELECT count(*) FROM item").fetchone() == before


def test_a_piece_that_cannot_be_is_neither_taken_in_nor_accepts_the_donation(services: Services) -> None:
    donation = announce(services)
    with pytest.raises(BadValue):
        piece(services, donation, quantity=0)
    assert services.donations.by_id(donation.id).state == "announced"
    assert services.donations.by_id(donation.id).came == 0


@pytest.mark.parametrize("came", [0, 2])
def test_what_was_accepted_may_be_declined_still(services: Services, came: int) -> None:
    donation = announce(services)
    services.donations.decide(donation_id=donation.id, state="accepted", now=NOW, who=WHO)
    for _ in range(came):
        piece(services, donation)
    declined = services.donations.decide(donation_id=donation.id, state="declined", reason="no_room", now=NOW, who=WHO)
    assert (declined.state, declined.came) == ("declined", came)


GLAD, CALL = "We will be glad to have it", "We will call you to arrange collection."
THANKS, PLAIN = "Thank you for your donation!", "Your donation"


@pytest.mark.parametrize(
    ("fetch", "came", "state", "told"),
    [
        (False, 0, "", [THANKS, "Please show this code at the desk."]),
        (True, 0, "", [THANKS, CALL]),
        (False, 0, "accepted", [THANKS, GLAD + ". Please bring it when we are open."]),
        (True, 0, "accepted", [THANKS, GLAD + ", and will call you to arrange collection."]),
        (True, 1, "accepted", [THANKS, "1 thing has come in."]),
        (False, 2, "taken_in", [THANKS, "2 things have come in.", "Your donation is here and will find a new home."]),
        (True, 2, "taken_in", [THANKS, "2 things have come in.", "We have collected your donation. It will find a new home."]),
        (True, 0, "declined", [PLAIN, "We cannot take it this time.", "No room at the moment"]),
        (False, 2, "declined", [THANKS, "2 things have come in.", "We cannot take the rest.", "No room at the moment"]),
        (True, 0, "cancelled", [PLAIN, "This announcement is no longer active."]),
    ],
)  # fmt: skip
def test_thanks_say_what_is_true(services: Services, fetch: bool, came: int, state: str, told: list[str]) -> None:
    donation = announce(services, contact={"name": "Veikko"} if fetch else None)
    for _ in range(came):
        piece(services, donation)
    if state:
        reason = "no_room" if state == "declined" else None
        services.donations.decide(donation_id=donation.id, state=state, reason=reason, now=NOW, who=WHO)
    donation = services.donations.by_id(donation.id)
    assert donation_told(donation, Language("en")) == told
    slip = services.scan.slip("donation", donation.id, NOW).slip_lines(Language("en"))
    assert (slip.boxed, slip.line) == (PLAIN, " ".join(told if told[0] == THANKS else told[1:]))


def test_declining_needs_a_reason(services: Services) -> None:
    donation = announce(services)
    with pytest.raises(BadValue):
        services.donations.decide(donation_id=donation.id, state="declined", now=NOW, who=WHO)
    declined = services.donations.decide(donation_id=donation.id, state="declined", reason="no_room", now=NOW, who=WHO)
    assert (declined.state, declined.reason) == ("declined", "no_room")


def test_a_contact_is_sealed_with_the_requests(services: Services, keys: KeyPair) -> None:
    donation = announce(services, contact={"name": "Veikko Koivu", "phone": "+358 45 123 4567"})
    assert donation.request is not None
    details = services.help.open(request_id=donation.request, private=keys.private, now=NOW, who=WHO)
    assert details["name"] == "Veikko Koivu"
    services.donations.decide(donation_id=donation.id, state="accepted", now=NOW, who=WHO)
    assert [one.id for one in services.help.list(service="fetch")] == [donation.request]
    services.donations.decide(donation_id=donation.id, state="taken_in", now=NOW, who=WHO)
    assert services.help.by_id(donation.request).status == "done"
    stored = b"".join(path.read_bytes() for path in services.store.folder.rglob("*") if path.is_file())
    assert b"Koivu" not in stored


def test_a_donor_cancels_and_the_contact_is_gone(services: Services) -> None:
    donation = announce(services, contact={"name": "Oksana", "contact": "045 123 4567"})
    assert donation.request
    services.donations.decide(donation_id=donation.id, state="cancelled", now=NOW, who="visitor")
    assert services.donations.by_id(donation.id).state == "cancelled"
    assert services.help.by_id(donation.request).erased


def test_bad_announcements(services: Services) -> None:
    for bad in ({"categories": []}, {"categories": ["cars"]}, {"amount": "lots"}, {"pieces": 0}, {"pieces": 100}):
        with pytest.raises(BadValue):
            announce(services, **bad)
    with pytest.raises(UnknownCode):
        services.donations.by_code(new_code(Kind.DONATION))


def test_what_became_of_gifts_this_month(services: Services) -> None:
    item = chair(services, quantity=3)
    services.tickets.give(item_id=item.id, language="fi", now=NOW, who=WHO)
    assert (services.donations.gifts(NOW).came, services.donations.gifts(NOW).given) == (3, 1)
    assert services.donations.gifts(NOW + timedelta(days=10)).given == 0  # December


def test_what_is_never_brought_is_forgotten(services: Services) -> None:
    donation = announce(services)
    assert services.donations.forget_old(NOW + timedelta(days=59)) == 0
    assert services.donations.forget_old(NOW + timedelta(days=61)) == 1
    assert services.donations.by_code(donation.code).state == "cancelled"


def test_a_new_thing_is_held_for_the_oldest_wish_it_fits(services: Services) -> None:
    other = wish(services, 0, thing="sofa")
    oldest, younger = wish(services, 1), wish(services, 2, thing="dining_chair")
    item = chair(services)
    [held] = services.wishes.offer(item_id=item.id, now=NOW)
    assert held.id == oldest.id
    assert services.goods.item(item.id).state == "reserved"
    found = services.scan.look_up(oldest.code, NOW)
    assert (found.kind, found.actions[0]) == ("ticket", "hand_over")
    assert services.wishes.by_code(other.code, NOW).state == "open"
    services.tickets.hand_over(code=found.code, now=NOW, who=WHO)
    assert services.wishes.by_code(oldest.code, NOW).state == "fulfilled"
    assert services.wishes.by_code(younger.code, NOW).state == "open"


def test_what_is_not_collected_goes_to_the_next_and_never_to_the_same(services: Services) -> None:
    first, second = wish(services, 0), wish(services, 1)
    item = chair(services)
    services.wishes.offer(item_id=item.id, now=NOW)
    ticket = services.wishes.by_code(first.code, NOW).ticket
    assert ticket is not None
    assert ticket.language == "uk"
    late = ticket.deadline + timedelta(minutes=1)
    services.wishes.settle(late)
    assert services.wishes.by_code(first.code, late).state == "open"
    passed_on = services.wishes.by_code(second.code, late)
    assert passed_on.state == "held"
    assert passed_on.ticket is not None
    services.wishes.cancel(code=second.code, now=late)
    assert services.goods.item(item.id, late).state == "available"
    assert services.wishes.offer(item_id=item.id, now=late) == []


def test_a_lot_is_shared_among_wishes(services: Services) -> None:
    wishes = [wish(services, minute) for minute in range(3)]
    item = chair(services, quantity=2)
    assert [one.id for one in services.wishes.offer(item_id=item.id, now=NOW)] == [one.id for one in wishes[:2]]


@pytest.mark.parametrize("how", ["expired", "cancelled", "put back", "in a list", "counted again"])
def test_nobody_who_waits_is_passed_over_by_what_comes_free(services: Services, how: str) -> None:
    early, later = NOW - timedelta(days=1), NOW + timedelta(days=9)
    item = None
    if how != "in a list":
        item = services.goods.add(now=early, who=WHO, category="furniture", thing="dining_chair")
    if how == "put back":
        services.shelf.withdraw(item_id=item.id, reason="missing", now=early, who=WHO)
    elif item is not None:
        ticket = services.tickets.reserve(item_id=item.id, language="fi", now=early, held=())
    waits = wish(services)
    if how == "cancelled":
        services.tickets.cancel(code=ticket.code, now=NOW)
    elif how == "put back":
        services.shelf.put_back(item_id=item.id, now=later, who=WHO)
    elif how == "in a list":
        services.goods.add(now=later, who=WHO, category="furniture", thing="dining_chair")
    elif how == "counted again":
        services.tickets.hand_over(code=ticket.code, now=NOW, who=WHO)
        services.shelf.edit(item_id=item.id, quantity=2, now=later, who=WHO)
    assert services.wishes.settle(later) == 1
    assert services.wishes.by_id(waits.id).state == "held"


def test_what_was_free_when_a_wish_was_left_is_not_held_for_it(services: Services) -> None:
    services.goods.add(now=NOW - timedelta(days=1), who=WHO, category="furniture", thing="dining_chair")
    waits = wish(services)  # they saw it, and want another one
    assert services.wishes.settle(NOW + timedelta(days=1)) == 0
    assert services.wishes.by_id(waits.id).state == "open"


def held(services: Services) -> tuple[WishView, TicketView]:
    waits = wish(services)
    [found] = services.wishes.offer(item_id=chair(services).id, now=NOW)
    assert found.ticket is not None
    return waits, found.ticket


def test_a_wish_follows_its_ticket(services: Services) -> None:
    waits, ticket = held(services)
    late = ticket.deadline + timedelta(hours=1)
    services.tickets.hand_over(code=ticket.code, now=NOW, who=WHO)
    assert services.wishes.by_code(waits.code, NOW).state == "fulfilled"
    services.tickets.undo_hand_over(code=ticket.code, now=NOW, who=WHO)  # it was another one's ticket
    assert services.wishes.by_code(waits.code, NOW).state == "held"
    assert services.wishes.by_code(waits.code, late).state == "open"
    services.tickets.reactivate(code=ticket.code, now=late, who=WHO)  # they came an hour too late
    assert services.wishes.by_code(waits.code, late).state == "held"
    services.tickets.hand_over(code=ticket.code, now=late, who=WHO)
    assert services.wishes.by_code(waits.code, late).state == "fulfilled"


def test_the_slip_of_a_wish_says_how_it_stands(services: Services) -> None:
    waits = wish(services)

    def told() -> str:
        return services.scan.slip("wish", waits.id, NOW).slip_lines(Language("en")).line

    assert told() == "We are still looking for it."
    [found] = services.wishes.offer(item_id=chair(services).id, now=NOW)
    assert found.ticket is not None
    assert services.scan.slip("wish", waits.id, NOW).code == found.ticket.code  # its slip is the ticket now
    services.tickets.hand_over(code=found.ticket.code, now=NOW, who=WHO)
    services.wishes.settle(NOW)
    assert told() == "It is yours now. Enjoy it!"


def test_a_wish_can_be_cancelled_after_its_thing_was_not_collected(services: Services) -> None:
    waits, ticket = held(services)
    late = ticket.deadline + timedelta(hours=1)
    assert services.wishes.cancel(code=waits.code, now=late).state == "cancelled"
    assert services.tickets.by_id(ticket.id).state == "expired"


def test_sizes_and_ages_must_fit(services: Services) -> None:
    small = wish(services, 0, category="clothes", size="S", age_group="adult")
    add = services.goods.add
    large = add(now=NOW, who=WHO, category="clothes", thing="winter_coat", size="L", age_group="adult")
    assert services.wishes.offer(item_id=large.id, now=NOW) == []
    right = add(now=NOW, who=WHO, category="clothes", thing="winter_coat", size="s", age_group="adult")
    assert [one.id for one in services.wishes.offer(item_id=right.id, now=NOW)] == [small.id]


def test_the_same_wish_again_is_one_wish_and_three_are_enough(services: Services) -> None:
    one = wish(services)
    assert wish(services, made=[one.id]).id == one.id
    made = [one.id, wish(services, thing="sofa", made=[one.id]).id]
    made.append(wish(services, thing="armchair", made=made).id)
    with pytest.raises(TooManyWishes):
        wish(services, thing="dining_table", made=made)


def test_wishes_end_after_half_a_year(services: Services) -> None:
    one = wish(services)
    services.wishes.settle(NOW + timedelta(days=181))
    assert services.wishes.by_code(one.code, NOW).state == "expired"


def test_what_is_written_about_a_wish_is_sealed_replaced_and_gone_with_it(
    services: Services, store: Store, keys: KeyPair
) -> None:
    first = wish(services, details="A low bed, light wood")
    again = wish(services, 1, details="A low bed, any wood", made=[first.id])
    assert again.id == first.id
    assert wish(services, 2, made=[first.id]).request == again.request
    assert first.request
    assert again.request
    assert first.request != again.request
    assert services.help.by_id(first.request).erased
    said = services.help.open(request_id=again.request, private=keys.private, now=NOW, who=WHO)
    assert said == {"details": "A low bed, any wood", "language": "uk"}
    assert services.help.list() == []
    assert services.help.new_count() == 0
    services.wishes.cancel(code=again.code, now=NOW)
    assert services.help.by_id(again.request).erased
    store.db.close()
    assert not [path for path in store.folder.rglob("*") if path.is_file() and b"low bed" in path.read_bytes()]


def test_what_is_written_about_a_wish_goes_when_it_is_over(services: Services) -> None:
    old = wish(services, details="Blue")
    services.wishes.settle(NOW + timedelta(days=181))
    assert old.request
    assert services.help.by_id(old.request).erased
    got = wish(services, 60 * 24 * 181, details="Green")
    item = chair(services)
    services.wishes.offer(item_id=item.id, now=NOW + timedelta(days=182))
    ticket = services.wishes.by_id(got.id).ticket
    assert ticket is not None
    assert got.request
    assert not services.help.by_id(got.request).erased
    services.tickets.hand_over(code=ticket.code, now=NOW + timedelta(days=182), who=WHO)
    services.wishes.settle(NOW + timedelta(days=182))
    assert services.help.by_id(got.request).erased
