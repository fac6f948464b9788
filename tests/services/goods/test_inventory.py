"""The inventory: found by word, code, number and place; filters; counts of the stock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from kiosk.codes.codes import display
from kiosk.errors import BadValue, UnknownItem
from kiosk.journal import Store
from kiosk.services import ItemView, Services
from tests.services.conftest import NOW, chair

WHO = "shell"


def put(services: Services, **facts: Any) -> ItemView:
    said = {"category": "furniture", "thing": "dining_chair"} | facts
    return services.goods.add(now=NOW, who=WHO, **said)


def found(services: Services, text: str = "", wanted: str = "", **more: Any) -> set[str]:
    return set(services.inventory.find(now=NOW, text=text, wanted=wanted, **more))


def test_a_thing_is_found_by_word_code_number_and_place(services: Services) -> None:
    shelf, other = put(services, place="Hylly Ä 3", number="1047"), put(services, thing="sofa", place="B1")
    for text in (shelf.label_code, display(shelf.label_code).lower(), "1047", "hylly ä 3", "HYLLY", "tuoli", "стілець"):
        assert found(services, text) == {shelf.id}, text
    assert found(services, "b1") == {other.id}
    assert found(services, str(other.label_code)[:-1]) == {other.id}
    assert found(services, "nothing like it") == set()
    assert found(services, "   ") == {shelf.id, other.id}


def test_what_is_gone_is_found_too(services: Services) -> None:
    given, broken, here = put(services), put(services, thing="sofa"), put(services)
    services.tickets.give(item_id=given.id, language="fi", now=NOW, who=WHO)
    services.shelf.withdraw(item_id=broken.id, reason="broken", now=NOW, who=WHO)
    assert found(services, wanted="gone") == {given.id, broken.id}
    assert found(services, "sohva", "gone") == {broken.id}
    assert found(services, str(given.label_code), "gone") == {given.id}
    assert found(services) == {here.id}


def test_each_filter_lets_through_what_it_says(services: Services) -> None:
    free = put(services, photos=["ab" * 32])
    taken = put(services, thing="armchair")
    old = put(services, thing="sofa", arrived_on=NOW.date() - timedelta(days=61))
    services.tickets.reserve(item_id=taken.id, language="fi", now=NOW, held=())
    services.inventory.labelled(item_ids=[old.id], now=NOW, who=WHO)
    wish = services.wishes.leave(
        category="furniture", thing="dining_chair", size="", age_group="", language="uk", now=NOW
    )
    assert found(services, wanted="free") == {free.id, old.id}
    assert found(services, wanted="reserved") == {taken.id}
    assert found(services, wanted="no_photo") == {taken.id, old.id}
    assert found(services, wanted="no_label") == {free.id, taken.id}
    assert found(services, wanted="old") == {old.id}
    assert found(services, wanted="old", days=62) == set()
    assert found(services, wanted="wished") == {free.id}
    services.wishes.offer(item_id=free.id, now=NOW)
    assert services.wishes.by_id(wish.id).state == "held"
    assert found(services, wanted="wished") == {free.id}
    assert found(services, "sofa", "no_label") == set()
    with pytest.raises(BadValue):
        found(services, wanted="cheap")


@rounds(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30), st.sampled_from(["", "gone", "no_label"]))
@example("¸", "gone")  # nothing of it can be searched for
def test_no_text_breaks_the_search(services: Services, text: str, wanted: str) -> None:
    found(services, text, wanted)


def test_a_list_costs_one_statement_and_keeps_the_order(services: Services, store: Store) -> None:
    items = [chair(services, quantity=3) for _ in range(4)]
    services.tickets.give(item_id=items[0].id, language="fi", now=NOW, who=WHO)
    said: list[str] = []
    store.db.connection().set_trace_callback(said.append)
    lines = services.inventory.lines([item.id for item in items])
    store.db.connection().set_trace_callback(None)
    assert len([sql for sql in said if "SELECT" in sql]) == 1
    assert [line.id for line in lines] == [item.id for item in items]
    assert [(line.left, line.quantity) for line in lines] == [(2, 3), (3, 3), (3, 3), (3, 3)]
    assert services.inventory.lines(["unknown"]) == []


def test_a_printed_label_is_known(services: Services) -> None:
    printers = services.settings.printers._replace(label="file:///dev/null")
    services = services.under(services.settings._replace(printers=printers))
    item = chair(services)
    job = services.print_queue.add(kind="label", subject=item.id, language="fi", now=NOW, who=WHO)
    assert found(services, wanted="no_label") == {item.id}
    services.print_queue.sent(job.id, NOW)
    assert found(services, wanted="no_label") == set()
    services.inventory.labelled(item_ids=[item.id], now=NOW, who=WHO)
    said = services.store.db.execute_sql("SELECT count(*) FROM journal WHERE kind = 'item.labelled'").fetchone()
    assert said == (1,), "it is noted once"


def test_a_count_lists_what_was_not_seen(services: Services) -> None:
    assert services.inventory.count() is None
    first, second, third = (chair(services) for _ in range(3))
    at = NOW + timedelta(hours=1)
    count = services.inventory.begin(now=at, who=WHO)
    assert (count.seen, count.total, count.ended_at) == (0, 3, None)
    assert services.inventory.begin(now=at + timedelta(minutes=1), who=WHO) == count, "it goes on"
    services.inventory.see(item_id=first.id, now=at + timedelta(minutes=2), who=WHO, scanned=True)
    services.inventory.see(item_id=first.id, now=at + timedelta(minutes=3), who=WHO, scanned=True)
    new = services.goods.add(now=at + timedelta(minutes=4), who=WHO, category="furniture", thing="sofa")
    assert found(services, wanted="unseen") == {second.id, third.id}
    assert found(services, wanted="no_label") == {second.id, third.id, new.id}
    services.inventory.see(item_id=second.id, now=at + timedelta(minutes=5), who=WHO, scanned=False)
    services.shelf.withdraw(item_id=third.id, reason="missing", now=at + timedelta(minutes=6), who=WHO)
    ended = services.inventory.end(now=at + timedelta(minutes=7), who=WHO)
    assert ended is not None
    assert (ended.seen, ended.total, ended.ended_at) == (3, 3, at + timedelta(minutes=7))
    assert services.inventory.see(item_id=third.id, now=at, who=WHO, scanned=True).state == "withdrawn"
    again = services.inventory.begin(now=at + timedelta(days=30), who=WHO)
    assert again.id != count.id
    assert (again.seen, again.total) == (0, 3)
    with pytest.raises(UnknownItem):
        services.inventory.see(item_id="nothing", now=at, who=WHO, scanned=True)
