"""What staff do with tickets, things, requests and counts; every change says who."""

from __future__ import annotations

import contextlib
import threading
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from kiosk.codes import BadCode, Kind, new_code, parse
from kiosk.data import new_id
from kiosk.errors import (
    BadValue,
    HandedOverAlready,
    ItemTaken,
    ItemWithdrawn,
    KioskError,
    NoPrinter,
    RequestErased,
    SameItem,
    UnknownCode,
    UnknownSession,
)
from kiosk.journal import Store
from kiosk.privacy.contact import BadText, PersonalId
from kiosk.privacy.sealing import KEY_FILE, CannotOpen, Cost, KeyPair, WrongPassphrase, new_keypair, wrap
from kiosk.services import Services
from kiosk.services.goods.naming import suggest
from kiosk.services.staff.keyring import Locked, NoKey
from kiosk.settings import load
from tests.services.conftest import NOW, chair

WHO = "shell"


def reserve(services: Services, item_id: str, now: Any = NOW) -> Any:
    return services.tickets.reserve(item_id=item_id, language="uk", now=now, held=())


def kinds(services: Services) -> list[tuple[str, str]]:
    return services.store.db.execute_sql("SELECT kind, who FROM journal ORDER BY seq").fetchall()


def test_a_live_ticket_is_handed_over_once_and_undone(services: Services) -> None:
    item = chair(services)
    ticket = reserve(services, item.id)
    found = services.scan.look_up(parse(ticket.code.lower()), NOW)
    assert (found.kind, found.actions[0], found.item and found.item.id) == ("ticket", "hand_over", item.id)
    done = services.tickets.hand_over(code=ticket.code, now=NOW, who=WHO)
    assert (done.state, done.ended_at) == ("collected", NOW)
    with pytest.raises(HandedOverAlready):
        services.tickets.hand_over(code=ticket.code, now=NOW, who=WHO)
    assert services.scan.look_up(ticket.code, NOW).actions == ("undo_hand_over",)
    back = services.tickets.undo_hand_over(code=ticket.code, now=NOW, who=WHO)
    assert (back.state, back.ended_at, services.goods.item(item.id).state) == ("reserved", None, "reserved")
    assert kinds(services)[-2:] == [("ticket.collected", WHO), ("ticket.hand_over_undone", WHO)]


def test_two_screens_hand_over_at_once(services: Services) -> None:
    ticket = reserve(services, chair(services).id)
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def hand_over() -> None:
        barrier.wait()
        try:
            services.tickets.hand_over(code=ticket.code, now=NOW, who=WHO)
            outcomes.append("done")
        except HandedOverAlready:
            outcomes.append("already")
        finally:
            services.store.db.close()

    threads = [threading.Thread(target=hand_over) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already", "done"]


def test_a_ticket_that_ran_out_says_the_way_out(services: Services) -> None:
    item, other = chair(services), chair(services)
    ticket = reserve(services, item.id)
    late = ticket.deadline + timedelta(minutes=1)
    found = services.scan.look_up(ticket.code, late)
    assert found.ticket
    assert found.ticket.state == "expired"
    assert found.actions == ("reactivate", "like")
    assert [card.id for card in found.like] == [other.id]
    again = services.tickets.reactivate(code=ticket.code, now=late, who=WHO)
    assert again.state == "reserved"
    assert again.deadline > late
    services.tickets.cancel(code=ticket.code, now=late, who=WHO)
    reserve(services, item.id, late)
    assert services.scan.look_up(ticket.code, late).actions == ("like",)
    with pytest.raises(ItemTaken):
        services.tickets.reactivate(code=ticket.code, now=late, who=WHO)


def test_the_label_of_a_thing_says_what_can_be_done(services: Services) -> None:
    item = chair(services)
    assert services.scan.look_up(item.label_code, NOW).actions == ("give", "label", "edit", "merge", "withdraw")
    ticket = reserve(services, item.id)
    found = services.scan.look_up(item.label_code, NOW)
    assert found.actions[0] == "hand_over"
    assert found.ticket
    assert found.ticket.code == ticket.code
    with pytest.raises(ItemTaken):
        services.tickets.give(item_id=item.id, language="fi", now=NOW, who=WHO)
    services.tickets.cancel(code=ticket.code, now=NOW, who=WHO)
    given = services.tickets.give(item_id=item.id, language="fi", now=NOW, who=WHO)
    assert services.goods.item(item.id).state == "given"
    services.tickets.undo_hand_over(code=given.code, now=NOW, who=WHO)
    assert services.goods.item(item.id).state == "reserved"


@pytest.mark.parametrize("code", ["", "hello", "https://example.org", "'; DROP TABLE ticket", "T" * 10_000, "I12"])
def test_what_is_no_code_is_told_calmly(services: Services, code: str) -> None:
    with pytest.raises(BadCode):
        services.scan.look_up(parse(code), NOW)


def test_codes_that_are_good_but_not_known(services: Services) -> None:
    for kind in (Kind.TICKET, Kind.REQUEST, Kind.BADGE, Kind.DONATION, Kind.WISH):
        with pytest.raises(UnknownCode):
            services.scan.look_up(new_code(kind), NOW)


def test_edit_changes_what_is_said_and_found(services: Services) -> None:
    item = chair(services, quantity=3)
    edited = services.shelf.edit(
        item_id=item.id,
        now=NOW,
        who=WHO,
        thing=None,
        names={"fi": "Keinutuoli"},
        place="C4",
        quantity=5,
        photos=("a" * 64,),
    )
    assert (edited.names, edited.place, edited.quantity, edited.photos) == ({"fi": "Keinutuoli"}, "C4", 5, ("a" * 64,))
    assert services.goods.find(text="keinutuoli", today=date(2026, 11, 24)) == [item.id]
    reserve(services, item.id)
    reserve(services, item.id)
    with pytest.raises(BadValue):
        services.shelf.edit(item_id=item.id, now=NOW, who=WHO, quantity=1)
    assert services.shelf.edit(item_id=item.id, now=NOW, who=WHO, quantity=2).state == "reserved"


def test_a_thing_taken_off_the_shelf_ends_its_tickets(services: Services) -> None:
    item = chair(services)
    ticket = reserve(services, item.id)
    gone = services.shelf.withdraw(item_id=item.id, reason="broken", now=NOW, who=WHO)
    assert (gone.state, gone.reason) == ("withdrawn", "broken")
    assert services.tickets.by_code(ticket.code, NOW).state == "cancelled"
    assert "reactivate" not in services.scan.look_up(ticket.code, NOW).actions
    with pytest.raises((ItemTaken, ItemWithdrawn)):
        services.tickets.reactivate(code=ticket.code, now=NOW, who=WHO)
    assert services.scan.look_up(item.label_code, NOW).actions == ("put_back",)
    assert services.shelf.put_back(item_id=item.id, now=NOW, who=WHO).state == "available"
    with pytest.raises(BadValue):
        services.shelf.withdraw(item_id=item.id, reason="because", now=NOW, who=WHO)


def test_a_duplicate_is_joined_with_ticket_label_and_photos(services: Services) -> None:
    item, other = chair(services), chair(services)
    services.shelf.edit(item_id=item.id, now=NOW, who=WHO, photos=("a" * 64,))
    ticket = reserve(services, item.id)
    joined = services.shelf.merge(item_id=item.id, into=other.id, now=NOW, who=WHO)
    assert joined.photos == ("a" * 64,)
    assert services.tickets.by_code(ticket.code, NOW).item.id == other.id
    assert services.goods.item(other.id).state == "reserved"
    assert services.goods.by_label(item.label_code).id == other.id
    with pytest.raises(SameItem):
        services.shelf.merge(item_id=other.id, into=other.id, now=NOW, who=WHO)
    with pytest.raises(ItemWithdrawn):
        services.shelf.merge(item_id=item.id, into=other.id, now=NOW, who=WHO)


def test_a_duplicate_with_both_reserved_is_a_conflict_that_staff_see(services: Services) -> None:
    item, other = chair(services), chair(services)
    first, second = reserve(services, item.id), reserve(services, other.id)
    services.shelf.merge(item_id=item.id, into=other.id, now=NOW, who=WHO)
    assert services.tickets.by_code(first.code, NOW).state == "conflicted"
    assert services.tickets.by_code(second.code, NOW).state == "reserved"
    services.tickets.cancel(code=second.code, now=NOW, who=WHO)
    assert services.tickets.reactivate(code=first.code, now=NOW, who=WHO).state == "reserved"


def test_tickets_to_hand_over_and_what_runs_out_today(services: Services) -> None:
    ticket = reserve(services, chair(services).id, NOW - timedelta(days=5))
    later = reserve(services, chair(services).id)
    day = services.day.look(NOW)
    assert [one.id for one in day.waiting] == [ticket.id, later.id]
    assert [one.id for one in day.due] == [ticket.id]
    assert (day.new_requests, day.prints, day.has_printer) == (0, (), False)


def test_tally_is_counted_as_such_and_taken_back(services: Services) -> None:
    [session] = services.gatherings.sessions_on(date(2026, 11, 24))
    for after, (adults, children) in enumerate(((1, 0), (0, 1), (2, 0))):
        services.attendance.check_in(
            visit_id=new_id(NOW + timedelta(seconds=after)), session_id=session.id, language="fi", adults=adults, children=children, now=NOW,
            who=WHO, way="tally",
        )  # fmt: skip
    services.attendance.check_in(visit_id=new_id(NOW), session_id=session.id, language="fi", now=NOW)
    assert services.attendance.by_way(session.id) == {"kiosk": 1, "tally": 4, "paper": 0, "imported": 0}
    last = services.attendance.last_tally(session.id)
    assert last
    services.attendance.undo(visit_id=last, now=NOW, who=WHO)
    [count] = services.day.look(NOW).sessions
    assert (count.people, count.tallied, count.lately, len(count.minutes)) == (3, 2, 3, 1)


def test_a_past_session_is_corrected_with_a_reason(services: Services) -> None:
    past = "coffee:2026-11-17:1300"
    with pytest.raises(BadText):
        services.attendance.correct(session_id=past, adults=9, children=2, reason=" ", now=NOW, who=WHO)
    with pytest.raises(PersonalId):
        services.attendance.correct(session_id=past, adults=9, children=2, reason="131052-308T", now=NOW, who=WHO)
    total = services.attendance.correct(session_id=past, adults=9, children=2, reason="Paper", now=NOW, who=WHO)
    assert (total.people, total.corrected, total.visits) == (11, True, 0)
    total = services.attendance.correct(session_id=past, adults=7, children=0, reason="Twice", now=NOW, who=WHO)
    assert (total.adults, total.children, services.attendance.count(past).people) == (7, 0, 7)
    with pytest.raises(BadValue):
        services.attendance.correct(session_id=past, adults=-1, children=0, reason="x", now=NOW, who=WHO)
    with pytest.raises(UnknownSession):
        services.attendance.correct(
            session_id="coffee:2026-11-18:1300", adults=1, children=0, reason="x", now=NOW, who=WHO
        )
    assert [kind for kind, _ in kinds(services)].count("session.corrected") == 2


def sign_up(services: Services, name: str = "Оксана") -> Any:
    return services.help.sign_up(
        request_id=new_id(NOW), service="friend", language="uk", details={"name": name}, now=NOW, notice_version="1"
    )


def test_requests_go_their_way_and_are_opened_only_with_the_key(services: Services, keys: KeyPair) -> None:
    request = sign_up(services)
    assert [one.id for one in services.help.list()] == [request.id]
    moved = services.help.set_status(request_id=request.id, status="contacted", now=NOW, who=WHO)
    assert (moved.status, services.help.new_count()) == ("contacted", 0)
    details = services.help.open(request_id=request.id, private=keys.private, now=NOW, who=WHO)
    assert details["name"] == "Оксана"
    assert kinds(services)[-1] == ("request.opened", WHO)
    with pytest.raises(CannotOpen):
        services.help.open(request_id=request.id, private=new_keypair().private, now=NOW, who=WHO)
    assert [kind for kind, _ in kinds(services)].count("request.opened") == 1
    with pytest.raises(BadValue):
        services.help.set_status(request_id=request.id, status="lost", now=NOW, who=WHO)


def test_an_erased_request_is_gone_but_counts(services: Services, keys: KeyPair) -> None:
    request = sign_up(services)
    box = services.store.db.execute_sql("SELECT box FROM envelope LIMIT 1").fetchone()[0]
    erased = services.help.erase(code=request.code, now=NOW, who=WHO)
    assert (erased.erased, erased.status) == (True, "closed")
    assert services.help.erase(code=request.code, now=NOW, who=WHO).erased
    for act in (
        lambda: services.help.open(request_id=request.id, private=keys.private, now=NOW, who=WHO),
        lambda: services.help.set_status(request_id=request.id, status="done", now=NOW, who=WHO),
    ):
        with pytest.raises(RequestErased):
            act()
    stored = b"".join(path.read_bytes() for path in services.store.folder.rglob("*") if path.is_file())
    assert bytes(box)[:32] not in stored
    assert services.scan.look_up(request.code, NOW).actions == ()


def test_the_keyring_opens_for_a_few_minutes(store: Store) -> None:
    keyring = Services(store, load(None)).keyring
    with pytest.raises(NoKey):
        keyring.unlock("one two", NOW)
    key = new_keypair()
    (store.folder / KEY_FILE).write_bytes(wrap(key.private, "one two", Cost(1, 8 * 1024 * 1024)))
    with pytest.raises(Locked):
        keyring.private(NOW)
    with pytest.raises(WrongPassphrase):
        keyring.unlock("one three", NOW)
    assert keyring.unlock("One  two", NOW) == NOW + timedelta(minutes=5)
    assert keyring.private(NOW + timedelta(minutes=4)) == key.private
    for moment in (NOW + timedelta(minutes=5), NOW - timedelta(hours=1)):
        keyring.unlock("one two", NOW)
        with pytest.raises(Locked):
            keyring.private(moment)


def test_names_are_suggested_in_every_language() -> None:
    assert "sofa" in [thing.key for thing in suggest("soh")]
    assert "sofa" in [thing.key for thing in suggest("диван")]
    assert "sofa" in [thing.key for thing in suggest("couch")]
    assert "dining_table" in [thing.key for thing in suggest("ruokapoyta")]
    assert suggest("") == []
    assert suggest("xyzzy") == []


def test_without_a_printer_nothing_is_queued(services: Services) -> None:
    with pytest.raises(NoPrinter):
        services.print_queue.add(kind="label", subject="x", language="fi", now=NOW, who=WHO)


class Desk(RuleBasedStateMachine):
    """Visitors and two desks at one shelf, in any order."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile
        from pathlib import Path

        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.create(Path(self.folder.name) / "data", now=NOW)
        self.services = Services(self.store, load(None))
        self.now = NOW
        self.items = [chair(self.services, quantity=quantity).id for quantity in (1, 1, 3)]
        self.codes: list[str] = []

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(at=st.integers(0, 2))
    def take(self, at: int) -> None:
        with contextlib.suppress(KioskError):
            self.codes.append(reserve(self.services, self.items[at], self.now).code)

    @rule(at=st.integers(0, 2), act=st.sampled_from(["withdraw", "put_back", "give", "merge", "fewer"]))
    def handle(self, at: int, act: str) -> None:
        item, shelf = self.items[at], self.services.shelf
        try:
            if act == "withdraw":
                shelf.withdraw(item_id=item, reason="missing", now=self.now, who=WHO)
            elif act == "put_back":
                shelf.put_back(item_id=item, now=self.now, who=WHO)
            elif act == "give":
                given = self.services.tickets.give(item_id=item, language="fi", now=self.now, who=WHO)
                self.codes.append(given.code)
            elif act == "merge":
                shelf.merge(item_id=item, into=self.items[(at + 1) % 3], now=self.now, who=WHO)
            else:
                shelf.edit(item_id=item, quantity=1, now=self.now, who=WHO)
        except KioskError:
            pass

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), act=st.sampled_from(["cancel", "hand_over", "undo_hand_over", "reactivate"]))
    def act(self, data: st.DataObject, act: str) -> None:
        code = data.draw(st.sampled_from(self.codes))
        with contextlib.suppress(KioskError):
            getattr(self.services.tickets, act)(code=code, now=self.now, who=WHO)

    @rule(hours=st.integers(1, 60))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.services.tickets.expire_due(self.now)

    @invariant()
    def nothing_is_given_twice_and_no_ticket_outlives_its_thing(self) -> None:
        sql = """SELECT item, unit, count(*) FROM ticket WHERE state IN ('reserved', 'collected')
                 GROUP BY item, unit HAVING count(*) > 1"""
        assert self.store.db.execute_sql(sql).fetchall() == []
        sql = """SELECT count(*) FROM ticket JOIN item ON item.id = ticket.item
                 WHERE ticket.state = 'reserved' AND item.state = 'withdrawn'"""
        assert self.store.db.execute_sql(sql).fetchone() == (0,)
        sql = """SELECT item.id FROM item LEFT JOIN ticket ON ticket.item = item.id
                 AND ticket.state IN ('reserved', 'collected') GROUP BY item.id HAVING count(ticket.id) > quantity"""
        assert self.store.db.execute_sql(sql).fetchall() == []


def test_whatever_happens_nothing_is_given_twice() -> None:
    run_state_machine_as_test(
        Desk, settings=hypothesis_settings(max_examples=25, stateful_step_count=25, deadline=None)
    )
