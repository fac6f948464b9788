"""A tablet that is far behind can be used before everything is read, and ends as if it had read in order."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.errors import ItemTaken, KioskError
from kiosk.hub import ahead, pull, settings
from kiosk.hub.errors import HubAway
from kiosk.hub.projection import summary
from kiosk.hub.standing import look
from kiosk.journal.entries import verify_chain
from tests.hub.conftest import KEYS, Tablet, settle
from tests.hub.test_in_step import agree, chair, reserve

Make = Callable[..., Tablet]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every tablet is far behind, and reads few entries at once."""
    monkeypatch.setattr(pull, "FAR", 0)
    monkeypatch.setattr(pull, "PAGE", 7)
    monkeypatch.setattr(ahead, "SOME", 5)


def read(tablet: Tablet, looks: int | None = None) -> None:
    """Let a tablet read, and be switched off when it has looked so often whether it is."""
    left = iter(range(looks or 0))
    tablet.sync._stopped.is_set = lambda: looks is not None and next(left, None) is None  # type: ignore[method-assign]
    try:
        tablet.round()
    finally:
        del tablet.sync._stopped.is_set


def shelf(tablet: Tablet) -> set[tuple[object, ...]]:
    """Return what is on the shelf or reserved."""
    sql = """SELECT item.id, item.state, item.category, item.place, quantity, count(ticket.id) FROM item
             LEFT JOIN ticket ON ticket.item = item.id AND ticket.state IN ('reserved', 'collected')
             WHERE item.state IN ('available', 'reserved') GROUP BY item.id"""
    return set(tablet.store.db.execute_sql(sql).fetchall())


def years(one: Tablet) -> dict[str, str]:
    """Let a tablet work for long; returns what is still in use, by name."""
    do, now, found = one.services, one.now, dict[str, str]()
    do.preferences.change(changes={"tickets.limit": 3}, now=now(), who="shell")
    for number in range(6):
        gone = chair(one, quantity=1 + number % 2)
        for code in [reserve(one, gone) for _ in range(1 + number % 2)]:
            do.tickets.hand_over(code=code, now=now(), who="shell")
        do.shelf.withdraw(item_id=chair(one), reason="broken", now=now(), who="shell")
        session = do.gatherings.sessions_between(now().date(), now().date() + timedelta(7))[0].id
        do.attendance.check_in(visit_id=f"v{number}", session_id=session, language="fi", now=now(), adults=2)
        slip = do.help.sign_up(request_id=f"r{number}", service="friend", language="fi", details={"name": "x"},
                               now=now(), notice_version="1")  # fmt: skip
        do.help.erase(code=slip.code, now=now(), who="shell")
        if number == 2:
            found["old"] = chair(one, size="45 × 90 cm", place="A1")
            found["lot"] = chair(one, quantity=3)
            do.tickets.hand_over(code=reserve(one, found["lot"]), now=now(), who="shell")
            found["asks"] = do.help.sign_up(request_id="asks", service="friend", language="fi", details={"name": "Marker"},
                                            now=now(), notice_version="1").code  # fmt: skip
            do.preferences.change(changes={"tickets.limit": 7}, now=now(), who="shell")
        one.moment += timedelta(days=100)
    found["slip"] = reserve(one, found["lot"])
    found["session"] = do.gatherings.sessions_between(now().date(), now().date() + timedelta(7))[0].id
    do.attendance.check_in(visit_id="today", session_id=found["session"], language="fi", now=now(), adults=2)
    return found


def test_what_is_in_use_is_right_before_the_rest_is_read(tablet: Make) -> None:
    one, late = tablet(), tablet()
    found = years(one)
    late.moment = one.moment
    one.round()
    calls: list[dict[str, object]] = []

    def shown() -> None:
        if not calls:
            seen, lot = late.services, late.services.goods.item(found["lot"])
            calls.append({"here": late.store.db.execute_sql("SELECT count(*) FROM journal WHERE device <> ?",
                                                            (late.store.device,)).fetchone()})  # fmt: skip
            assert shelf(late) == shelf(one)
            assert (lot, seen.goods.item(found["old"]).place) == (one.services.goods.item(found["lot"]), "A1")
            assert seen.tickets.by_code(found["slip"], late.now()).state == "reserved"
            assert seen.attendance.session_totals(found["session"]).adults == 2
            assert (
                seen.help.open(request_id="asks", private=KEYS.private, now=late.now(), who="shell")["name"] == "Marker"
            )
            assert settings.due(late.store)[0]["tickets.limit"] == 7
            assert look(late.store).unfolded == 0

    late.sync._changed = shown
    late.round()
    assert calls == [{"here": (0,)}]
    late.sync._changed = lambda: None
    agree(one, late)
    assert not ahead.is_behind(late.store)
    assert settings.due(late.store)[0]["tickets.limit"] == 7


def test_wherever_it_is_switched_off_it_goes_on_there(tablet: Make) -> None:
    one = tablet()
    found = years(one)
    one.round()
    for looks in (2, 9, 14, 27):
        late = tablet()
        late.moment = one.moment
        read(late, looks)
        [(before,)] = late.store.db.execute_sql("SELECT value FROM meta WHERE key = 'hub_cursor'").fetchall() or [
            ("0",)
        ]
        assert shelf(late) <= shelf(one)  # nothing that was given away
        verify_chain(late.store.db)
        late.services.reports.closings(late.now())  # books what is here, and later what is missing
        read(late, looks)
        assert int((late.store.get_meta("hub_cursor") or "0").split()[0]) >= int(before.split()[0])
        agree(one, late)
        assert not ahead.is_behind(late.store)
        assert late.services.goods.item(found["lot"]) == one.services.goods.item(found["lot"])


def test_people_work_with_what_was_read_ahead(tablet: Make) -> None:
    one, late = tablet(), tablet()
    found = years(one)
    late.moment = one.moment + timedelta(minutes=1)
    one.round()
    late.sync._changed = lambda: late.sync._stopped.set()
    late.round()
    late.sync._stopped.clear()
    late.sync._changed = lambda: None
    assert ahead.is_behind(late.store)
    late.services.tickets.hand_over(code=found["slip"], now=late.now(), who="shell")
    code = reserve(late, found["old"])
    with pytest.raises(ItemTaken):
        reserve(late, found["old"])
    late.services.help.erase(code=found["asks"], now=late.now(), who="shell")
    one.moment = late.moment
    one.services.shelf.edit(item_id=found["old"], place="B7", now=one.now(), who="shell")
    agree(late, one)
    assert one.services.tickets.by_code(code, one.now()).state == "reserved"
    assert late.services.goods.item(found["old"]).place == "B7"
    assert one.services.goods.item(found["lot"]) == late.services.goods.item(found["lot"])


def test_without_an_answer_everything_is_read_in_order(tablet: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    one, late = tablet(), tablet()
    years(one)
    late.moment = one.moment
    monkeypatch.setattr(ahead, "_IN_USE", "SELECT '', '', ARRAY[1/0] WHERE %(cursor)s = %(head)s OR true")
    agree(one, late)
    assert not ahead.is_behind(late.store)


def test_words_of_a_newer_program_stop_nothing(tablet: Make) -> None:
    one, late = tablet(), tablet()
    found, odd = years(one), chair(one)
    late.moment = one.moment
    with one.store.write(one.now()) as journal:
        journal.append_unchecked("ticket.lent", "t", {"ticket": "unheard", "until": "2027"})
        journal.append_unchecked("ticket.lent", "t", {"ticket": "other", "item": ["x"]})
        journal.append_unchecked("item.changed", "t", {"item": odd, "quantity": "a few"})
        journal.append_unchecked("item.changed", "t", {"item": "unknown", "quantity": 99999})
        journal.append_unchecked("loan.made", "t", {"loan": "l", "item": found["old"]})
        journal.append_unchecked("settings.changed", "t", {"settings": "centre", "values": 7})
    settle(one, late)
    assert shelf(late) == {row for row in shelf(one) if row[0] != odd}
    assert not ahead.is_behind(late.store)


def test_an_own_entry_follows_what_was_read_ahead(tablet: Make) -> None:
    one, late = tablet(), tablet(wrong=timedelta(hours=-3))
    one.wrong = timedelta(hours=5)  # its ids are ahead of the hub's clock
    item = chair(one)
    one.round()
    late.sync._changed = lambda: late.sync._stopped.set()
    late.round()
    late.sync._stopped.clear()
    late.sync._changed = lambda: None
    late.services.shelf.edit(item_id=item, place="C3", now=late.now(), who="shell")
    agree(late, one)
    assert one.services.goods.item(item).place == "C3"


def _act(one: Tablet, chance: random.Random, things: list[str], codes: list[str]) -> None:
    """Do something that staff or visitors do; what cannot be done now is left."""
    do, now = one.services, one.now()
    try:
        match chance.randrange(9):
            case 0 | 1:
                things.append(chair(one, quantity=chance.choice((1, 1, 2, 3))))
            case 2 | 3:
                codes.append(reserve(one, chance.choice(things)))
            case 4:
                do.tickets.hand_over(code=chance.choice(codes), now=now, who="shell")
            case 5:
                do.tickets.undo_hand_over(code=chance.choice(codes), now=now, who="shell")
            case 6:
                do.tickets.cancel(code=chance.choice(codes), now=now, who="shell")
            case 7:
                do.shelf.withdraw(item_id=chance.choice(things), reason="broken", now=now, who="shell")
            case 8:
                do.shelf.put_back(item_id=chance.choice(things), now=now, who="shell")
    except (KioskError, IndexError):
        pass
    one.moment += timedelta(days=chance.choice((0, 0, 1, 9)))


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 60))])
def test_any_history_ends_the_same_wherever_it_is_cut(tablet: Make, seed: int) -> None:
    chance = random.Random(seed)
    one, other, late = tablet(), tablet(), tablet()
    things: list[str] = []
    codes: list[str] = []
    for _ in range(4):
        for each in (one, other):
            for _ in range(chance.randrange(12)):
                _act(each, chance, things, codes)
            other.moment = one.moment = max(one.moment, other.moment)
        if chance.random() < 0.7:
            settle(one, other)
        late.moment = one.moment
        read(late, chance.randrange(1, 25))
        for _ in range(chance.randrange(3)):
            _act(late, chance, [*things], [*codes])
    agree(one, other, late)
    assert shelf(one) == shelf(late)
    in_order = tablet()
    in_order.moment = one.moment
    pull.FAR = 10**9
    in_order.round()
    assert summary(in_order.store) == summary(late.store)


def test_no_error_of_the_hub_is_hidden_for_long(tablet: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    one, late = tablet(), tablet()
    chair(one)
    one.round()

    def away(*_: object) -> None:
        raise HubAway(reason="x")

    late.sync._greet(link := late.sync._whereabouts.reach())
    monkeypatch.setattr(link, "rows", away)
    with pytest.raises(HubAway):
        late.sync._pull(link)
    assert late.round() > 0
