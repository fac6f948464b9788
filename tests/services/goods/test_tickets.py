"""Tickets: one live claim a thing, whoever asks and from wherever."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from kiosk.codes import BadCode, parse
from kiosk.errors import BadValue, ItemTaken, TicketClosed, TicketLimit, UnknownCode, UnknownItem
from kiosk.journal import Store
from kiosk.services import Services
from kiosk.settings import load
from tests.services.conftest import NOW, chair


def reserve(services: Services, item_id: str, held: tuple[str, ...] = (), now: datetime = NOW) -> Any:
    return services.tickets.reserve(item_id=item_id, language="fi", now=now, held=held)


def test_a_ticket_lasts_until_the_next_opening_day_closes(services: Services) -> None:
    ticket = reserve(services, chair(services).id)
    assert ticket.deadline == datetime(2026, 11, 25, 14, 0, tzinfo=UTC)  # Wednesday 16:00 in Finland
    friday = NOW + timedelta(days=3)
    assert services.opening.deadline(friday) == datetime(2026, 12, 1, 14, 0, tzinfo=UTC)


def test_closed_days_are_passed_over(store: Store) -> None:

    closed = load(None)._replace(closed=frozenset({date(2026, 11, 25)}))
    assert Services(store, closed).opening.deadline(NOW) == datetime(2026, 11, 26, 14, 0, tzinfo=UTC)


def test_a_taken_thing_is_refused(services: Services) -> None:
    item = chair(services)
    reserve(services, item.id)
    with pytest.raises(ItemTaken):
        reserve(services, item.id)
    assert services.goods.item(item.id).state == "reserved"
    with pytest.raises(UnknownItem):
        reserve(services, "nothing")


def test_the_database_itself_refuses_a_second_claim(services: Services) -> None:
    ticket = reserve(services, chair(services).id)
    with sqlite3.connect(services.store.folder / "kiosk.db") as db, pytest.raises(sqlite3.IntegrityError):
        db.execute(
            "INSERT INTO ticket (id, code, item, unit, state, language, created_at, deadline) "
            "SELECT 'x', 'y', item, unit, state, language, created_at, deadline FROM ticket WHERE id = ?",
            (ticket.id,),
        )


def test_the_limit_counts_only_live_tickets_of_this_visitor(services: Services) -> None:
    held: list[str] = []
    for _ in range(3):
        held.append(reserve(services, chair(services).id, tuple(held)).id)
    with pytest.raises(TicketLimit) as told:
        reserve(services, chair(services).id, tuple(held))
    assert "3" in str(told.value)
    reserve(services, chair(services).id)  # another visitor
    with sqlite3.connect(services.store.folder / "kiosk.db") as db:
        [(code,)] = db.execute("SELECT code FROM ticket WHERE id = ?", (held[0],)).fetchall()
    services.tickets.cancel(code=code, now=NOW)
    assert reserve(services, chair(services).id, tuple(held)).state == "reserved"


def test_a_due_ticket_frees_the_thing_by_itself(services: Services) -> None:
    item = chair(services)
    ticket = reserve(services, item.id)
    later = ticket.deadline + timedelta(seconds=1)
    assert services.tickets.by_code(ticket.code, later).state == "expired"
    assert services.goods.item(item.id).state == "available"
    assert services.tickets.expire_due(later) == 0
    assert reserve(services, item.id, now=later).state == "reserved"


def test_a_due_ticket_never_blocks_the_next(services: Services) -> None:
    item = chair(services)
    ticket = reserve(services, item.id)
    assert reserve(services, item.id, now=ticket.deadline).state == "reserved"


def test_cancel_by_code_however_it_is_typed(services: Services) -> None:
    item = chair(services)
    code = reserve(services, item.id).code
    typed = f" {code[:4].lower()}-{code[4:8]} {code[8:]} "
    assert services.tickets.cancel(code=parse(typed), now=NOW).state == "cancelled"
    assert services.tickets.cancel(code=code, now=NOW).state == "cancelled"
    assert services.goods.item(item.id).state == "available"
    with pytest.raises(BadCode):
        services.tickets.cancel(code=parse("T000"), now=NOW)
    with pytest.raises(UnknownCode):
        services.tickets.by_code(chair(services).label_code, NOW)


def test_a_thing_handed_over_is_given_and_the_ticket_closed(services: Services) -> None:
    item = chair(services)
    code = reserve(services, item.id).code
    services.tickets.hand_over(code=code, now=NOW, who="shell")
    assert services.goods.item(item.id).state == "given"
    with pytest.raises(TicketClosed):
        services.tickets.cancel(code=code, now=NOW)


def test_two_threads_get_one_thing_once(services: Services) -> None:
    item = chair(services)
    outcomes: list[str] = []

    def tap() -> None:
        try:
            outcomes.append(reserve(services, item.id).state)
        except ItemTaken:
            outcomes.append("taken")
        services.store.close()

    threads = [threading.Thread(target=tap) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["reserved"] + ["taken"] * 5


def _reserve_in_a_process(folder: Path, item_id: str) -> str:
    store = Store.open(folder)
    try:
        return str(reserve(Services(store, load(None)), item_id).state)
    except ItemTaken:
        return "taken"
    finally:
        store.close()


def test_two_programs_get_one_thing_once(services: Services) -> None:
    item = chair(services)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        outcomes = pool.starmap(_reserve_in_a_process, [(services.store.folder, item.id)] * 4)
    assert sorted(outcomes) == ["reserved"] + ["taken"] * 3


def test_the_journal_holds_no_code(services: Services) -> None:
    code = reserve(services, chair(services).id).code
    rows = services.store.db.execute_sql("SELECT payload FROM journal").fetchall()
    assert rows
    assert not any(code in payload for (payload,) in rows)


def test_a_ticket_never_outlives_its_thing_and_nothing_is_given_twice(tmp_path: Path) -> None:
    folders = iter(range(10_000))

    class Lot(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.now = NOW
            self.store = Store.create(tmp_path / str(next(folders)), now=NOW)
            self.services = Services(self.store, load(None))
            self.item = chair(self.services, quantity=2)
            self.codes: list[str] = []

        @rule()
        def reserve(self) -> None:
            try:
                self.codes.append(reserve(self.services, self.item.id, now=self.now).code)
            except ItemTaken:
                assert self._claims() == 2

        @precondition(lambda self: self.codes)
        @rule(data=st.data(), act=st.sampled_from(["cancel", "hand_over"]))
        def end(self, data: st.DataObject, act: str) -> None:
            code = data.draw(st.sampled_from(self.codes))
            try:
                getattr(self.services.tickets, act)(code=code, now=self.now, who="shell")
            except TicketClosed:
                assert self.services.tickets.by_code(code, self.now).state != "reserved"

        @rule(hours=st.integers(1, 40))
        def wait(self, hours: int) -> None:
            self.now += timedelta(hours=hours)
            self.services.tickets.expire_due(self.now)

        def _claims(self) -> int:
            sql = "SELECT count(*) FROM ticket WHERE state IN ('reserved', 'collected')"
            return int(self.store.db.execute_sql(sql).fetchone()[0])

        @invariant()
        def never_more_than_there_are(self) -> None:
            claims = self._claims()
            assert claims <= 2
            view = self.services.goods.item(self.item.id)
            assert view.left == 2 - claims
            assert (view.state == "available") == (claims < 2)

        def teardown(self) -> None:
            for code in self.codes:
                assert parse(code) == code
            self.store.close()

    run_state_machine_as_test(Lot, settings=hypothesis_settings(max_examples=12, stateful_step_count=15, deadline=None))


def test_a_reservation_has_a_short_number_of_its_day(services: Services) -> None:
    def reserve(now: datetime) -> int:
        ticket = services.tickets.reserve(item_id=chair(services).id, language="fi", now=now, held=())
        assert services.tickets.by_code(ticket.code, now).number == ticket.number
        return ticket.number

    assert [reserve(NOW), reserve(NOW)] == [1, 2]
    given = services.tickets.give(item_id=chair(services).id, language="fi", now=NOW, who="shell")
    assert given.number == 0
    first = services.tickets.reserve(item_id=chair(services).id, language="fi", now=NOW, held=())
    services.tickets.cancel(code=first.code, now=NOW)
    assert reserve(NOW) == 4  # a number that was given is never another's on that day
    assert reserve(NOW + timedelta(days=1)) == 1


def test_a_lot_can_be_counted_down_to_what_is_claimed(services: Services) -> None:
    lot = chair(services, quantity=4)
    tickets = [services.tickets.reserve(item_id=lot.id, language="fi", now=NOW, held=()) for _ in range(3)]
    services.tickets.cancel(code=tickets[0].code, now=NOW)  # the units of the others have higher numbers
    with pytest.raises(BadValue):
        services.shelf.edit(item_id=lot.id, quantity=1, now=NOW, who="shell")
    assert services.shelf.edit(item_id=lot.id, quantity=2, now=NOW, who="shell").left == 0
    with pytest.raises(ItemTaken):
        services.tickets.reserve(item_id=lot.id, language="fi", now=NOW, held=())
