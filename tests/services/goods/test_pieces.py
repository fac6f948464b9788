"""Several pieces on one ticket: all or none, handed over at once, and each unit claimed by itself."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from kiosk.errors import BadValue, HandedOverAlready, ItemTaken, SetTogether, TicketClosed, TicketLimit
from kiosk.hub.claims import fold_ticket
from kiosk.journal import Store
from kiosk.services import Services
from kiosk.settings import load
from tests.services.conftest import NOW

WHO = "shell"


def chairs(services: Services, quantity: int = 6) -> Any:
    return services.goods.add(now=NOW, who=WHO, category="furniture", thing="dining_chair", quantity=quantity)


def reserve(services: Services, item: Any, pieces: int, held: tuple[str, ...] = (), now: Any = NOW) -> Any:
    return services.tickets.reserve(item_id=item.id, language="fi", now=now, held=held, pieces=pieces)


def states(store: Store) -> list[tuple[str, int]]:
    sql = "SELECT state, count(*) FROM ticket GROUP BY state ORDER BY state"
    return list(store.db.execute_sql(sql).fetchall())


def test_four_chairs_are_one_ticket_and_one_hand_over(services: Services, store: Store) -> None:
    item = chairs(services)
    ticket = reserve(services, item, 4)
    assert (ticket.pieces, services.goods.item(item.id).left) == (4, 2)
    assert (
        [one.id for one in services.tickets.waiting()]
        == [one.id for one in services.tickets.live(item.id)]
        == [ticket.id]
    )
    given = services.tickets.hand_over(code=ticket.code, now=NOW, who=WHO)
    assert (given.pieces, states(store)) == (4, [("collected", 4)])
    with pytest.raises(HandedOverAlready):
        services.tickets.hand_over(code=ticket.code, now=NOW, who=WHO)
    back = services.tickets.undo_hand_over(code=ticket.code, now=NOW, who=WHO)
    assert (back.pieces, back.state, states(store)) == (4, "reserved", [("reserved", 4)])
    services.tickets.cancel(code=ticket.code, now=NOW)
    assert (states(store), services.goods.item(item.id).left) == ([("cancelled", 4)], 6)


def test_all_pieces_or_none(services: Services, store: Store) -> None:
    item = chairs(services, 3)
    before = store.db.execute_sql("SELECT count(*) FROM journal").fetchone()
    with pytest.raises(ItemTaken):
        reserve(services, item, 4)
    with pytest.raises(ItemTaken):
        services.tickets.give(item_id=item.id, language="fi", now=NOW, who=WHO, pieces=4)
    for pieces in (0, 21):
        with pytest.raises(BadValue):
            reserve(services, item, pieces)
    assert (states(store), store.db.execute_sql("SELECT count(*) FROM journal").fetchone()) == ([], before)


def test_pieces_count_as_one_ticket_of_the_visitor(services: Services) -> None:
    item, held = chairs(services, 12), ()
    for _ in range(3):
        held = (*held, reserve(services, item, 3, held).id)
    with pytest.raises(TicketLimit):
        reserve(services, item, 1, held)


def test_they_expire_together_and_come_back_together(services: Services, store: Store) -> None:
    item = chairs(services, 4)
    ticket = reserve(services, item, 3)
    later = ticket.deadline + timedelta(minutes=1)
    assert services.tickets.expire_due(later) == 3
    assert services.tickets.by_code(ticket.code, later).pieces == 3
    again = services.tickets.reactivate(code=ticket.code, now=later, who=WHO)
    assert (again.pieces, again.state, again.deadline > later) == (3, "reserved", True)
    services.tickets.cancel(code=ticket.code, now=later)
    other = reserve(services, item, 2, now=later)
    with pytest.raises(ItemTaken):  # two are left: not fewer than were asked for
        services.tickets.reactivate(code=ticket.code, now=later, who=WHO)
    assert states(store) == [("cancelled", 3), ("reserved", 2)]
    assert services.tickets.by_id(other.id).pieces == 2


def test_four_are_given_without_a_ticket_and_the_reports_count_four(services: Services) -> None:
    item = chairs(services)
    ticket = services.tickets.give(item_id=item.id, language="fi", now=NOW, who=WHO, pieces=4)
    assert (ticket.pieces, services.goods.item(item.id).left) == (4, 2)
    day = NOW.date()
    report = services.reports.build(kind="goods", first=day, last=day, as_of=NOW + timedelta(days=1), language="en")
    table = report.tables[0]
    at = [column.key for column in table.columns].index("given")
    assert table.total is not None
    assert table.total[at] == 4


def test_a_set_goes_only_as_a_whole(services: Services, store: Store) -> None:
    item = services.goods.add(now=NOW, who=WHO, category="furniture", thing="dining_chair", quantity=4, together=True)
    assert (item.together, item.least, item.most) == (True, 4, 4)
    for pieces in (1, 3, 5):
        with pytest.raises(SetTogether):
            reserve(services, item, pieces)
    with pytest.raises(SetTogether):
        services.tickets.give(item_id=item.id, language="fi", now=NOW, who=WHO)
    ticket = reserve(services, item, 4)
    services.tickets.cancel(code=ticket.code, now=NOW)
    again = services.tickets.reactivate(code=ticket.code, now=NOW, who=WHO)
    assert (again.pieces, services.goods.item(item.id).state) == (4, "reserved")
    services.tickets.cancel(code=ticket.code, now=NOW)
    single = services.shelf.edit(item_id=item.id, together=False, now=NOW, who=WHO)
    assert (single.together, reserve(services, item, 1).pieces) == (False, 1)
    with pytest.raises(BadValue):
        services.goods.add(now=NOW, who=WHO, category="kitchen", thing="plates", quantity=21, together=True)


def test_a_set_is_held_as_a_whole_for_a_wish(services: Services, store: Store) -> None:
    wish = services.wishes.leave(
        category="furniture", thing="dining_chair", size="", age_group="", language="uk", now=NOW
    )
    item = services.goods.add(now=NOW, who=WHO, category="furniture", thing="dining_chair", quantity=4, together=True)
    [held] = services.wishes.offer(item_id=item.id, now=NOW)
    assert held.id == wish.id
    assert held.ticket is not None
    assert (held.ticket.pieces, states(store)) == (4, [("reserved", 4)])


def test_pieces_move_along_when_a_duplicate_is_joined(services: Services, store: Store) -> None:
    item, other = chairs(services, 3), chairs(services, 2)
    ticket = reserve(services, item, 3)
    services.shelf.merge(item_id=item.id, into=other.id, now=NOW, who=WHO)
    assert states(store) == [("conflicted", 1), ("reserved", 2)]
    assert services.tickets.by_id(ticket.id).item.id == other.id
    services.tickets.cancel(code=ticket.code, now=NOW)
    assert states(store) == [("cancelled", 3)]


def test_another_tablet_makes_the_same_of_the_entries(services: Services, store: Store) -> None:
    ticket = reserve(services, chairs(services), 3)
    sql = """SELECT json_extract(payload, '$.ticket'), id, kind, time, payload, who FROM journal
             WHERE kind = 'ticket.reserved' ORDER BY id"""
    folded = {subject: fold_ticket([tuple(entry)]) for subject, *entry in store.db.execute_sql(sql)}
    assert [claim.row["bundle"] for claim in folded.values()] == [None, ticket.id, ticket.id]
    assert {claim.state for claim in folded.values()} == {"reserved"}


@rounds(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["reserve", "give", "collect", "cancel", "undo"]), st.integers(1, 5)), max_size=12
    )
)
def test_never_more_pieces_than_there_are(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "data", now=NOW)
        services = Services(store, load(None))
        item, codes = chairs(services, 5), []
        act = services.tickets
        for step, number in steps:
            code = codes[number % len(codes)] if codes else None
            with suppress(ItemTaken, TicketLimit, TicketClosed, HandedOverAlready):
                if step == "reserve":
                    codes.append(reserve(services, item, number).code)
                elif step == "give":
                    codes.append(act.give(item_id=item.id, language="fi", now=NOW, who=WHO, pieces=number).code)
                elif code and step == "collect":
                    act.hand_over(code=code, now=NOW, who=WHO)
                elif code and step == "cancel":
                    act.cancel(code=code, now=NOW)
                elif code:
                    act.undo_hand_over(code=code, now=NOW, who=WHO)
        [(live, units)] = store.db.execute_sql(
            "SELECT count(*), count(DISTINCT unit) FROM ticket WHERE state IN ('reserved', 'collected')"
        ).fetchall()
        assert live == units <= 5
        assert (
            sum(
                act.by_code(code, NOW).pieces
                for code in codes
                if act.by_code(code, NOW).state in ("reserved", "collected")
            )
            == live
        )
        store.close()


def test_of_what_is_counted_anew_the_last_hand_over_says_when_all_was_given(services: Services, store: Store) -> None:
    item = chairs(services, 2)
    services.tickets.give(item_id=item.id, language="fi", now=NOW, who=WHO)
    services.shelf.edit(item_id=item.id, quantity=1, now=NOW + timedelta(days=6), who=WHO)
    assert store.db.execute_sql("SELECT state, given_on FROM item").fetchone() == ("given", "2026-11-24")
