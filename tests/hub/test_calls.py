"""Calls, case notes, reasons and categories on two tablets: what is left or set on one is there on the other, and erased on
both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.data import new_id
from kiosk.hub.projection import summary
from kiosk.hub.projection_rules import RULES
from tests.hub.conftest import KEYS, Tablet, settle
from tests.world import photo as picture

Make = Callable[..., Tablet]
PHONE = "+358 40 1234567"


def numbers(tablet: Tablet) -> int:
    return int(tablet.store.db.execute_sql("SELECT count(*) FROM envelope").fetchone()[0])


def test_a_number_left_on_one_tablet_is_called_from_the_other(tablet: Make) -> None:
    one, other = tablet(), tablet()
    wish = one.services.wishes.leave(
        category="furniture", thing="dining_chair", size="", age_group="", language="uk", now=one.now()
    )
    one.services.calls.leave_number(code=wish.code, phone=PHONE, language="uk", now=one.now())
    settle(one, other)
    item = other.services.goods.add(now=other.now(), who="shell", category="furniture", thing="dining_chair")
    other.services.wishes.offer(item_id=item.id, now=other.now())
    [call] = other.services.calls.due(other.now())
    opened = other.services.calls.read(private=KEYS.private, now=other.now(), who="shell")
    assert [details["phone"] for details in opened.values()] == [PHONE]
    other.services.calls.tick(call_id=call.id, now=other.now(), who="shell")
    settle(one, other)
    assert one.services.calls.due(one.now()) == []
    one.services.calls.tick(call_id=call.id, made=False, now=one.now(), who="shell")
    settle(one, other)
    assert [again.id for again in other.services.calls.due(other.now())] == [call.id]
    other.services.wishes.cancel(code=wish.code, now=other.now())
    settle(one, other)
    assert numbers(one) == numbers(other) == 0
    assert summary(one.store) == summary(other.store)


def test_each_tablet_erases_its_own_numbers(tablet: Make) -> None:
    one, other = tablet(), tablet()
    at = one.services.guidance.free(one.now())[0]
    booked = one.services.guidance.book(starts_at=at, topic="work", language="uk", interpreter=False, now=one.now())
    one.services.calls.leave_number(code=booked.code, phone=PHONE, language="uk", now=one.now())
    settle(one, other)
    later = at + timedelta(days=2)
    assert other.services.calls.settle(later) == 0
    assert one.services.calls.settle(later) == 1
    settle(one, other)
    assert numbers(other) == 0


def test_case_notes_are_read_and_erased_on_every_tablet(tablet: Make) -> None:
    one, other = tablet(), tablet()
    request = one.services.help.sign_up(
        request_id=new_id(one.now()),
        service="friend",
        language="uk",
        details={"name": "Olena"},
        now=one.now(),
        notice_version="1",
    )
    settle(one, other)
    other.services.notes.write(about=request.id, text="Likes walks", language="fi", now=other.now(), who="shell")
    settle(one, other)
    [note] = one.services.notes.read(about=(request.id,), private=KEYS.private, now=one.now(), who="shell")
    assert note.text == "Likes walks"
    one.services.help.erase(code=request.code, now=one.now(), who="shell")
    settle(one, other)
    assert numbers(one) == numbers(other) == 0
    assert other.services.notes.about(request.id) == ()
    assert summary(one.store) == summary(other.store)


def test_own_reasons_to_decline_reach_every_tablet(tablet: Make) -> None:
    one, other = tablet(), tablet()
    said = {"names": {"fi": "Patjoja emme ota"}, "instead": {"fi": "Kierrätyskeskus"}}
    made = one.services.reasons.add(now=one.now(), who="shell", **said)
    settle(one, other)
    assert other.services.reasons.offered() == [made]
    other.services.reasons.change(reason_id=made.id, active=False, now=other.now(), who="shell", **said)
    settle(one, other)
    assert one.services.reasons.offered() == []
    assert summary(one.store) == summary(other.store)


def test_own_categories_reach_every_tablet_with_their_photo(tablet: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    newer, older = tablet(), tablet()
    photo = newer.pictures.add(picture("olive"))
    by = {"now": newer.now(), "who": "shell"}
    own = newer.services.categories.add(names={"fi": "Polkupyörät"}, part_of="sport", photo=photo, **by)
    item = newer.services.goods.add(category=own.id, thing="bicycle", **by)
    said = {"thing": None, "size": "", "age_group": "", "language": "fi", "now": newer.now()}
    wish = newer.services.wishes.leave(category=own.id, **said)
    with monkeypatch.context() as patch:  # a program that does not know of own categories
        patch.delitem(RULES, "category")
        settle(newer, older)
        there = older.services.goods.item(item.id)
        assert (there.names["fi"], there.category, there.own) == ("Polkupyörä", "sport", None)
        assert older.services.goods.find(today=older.now().date(), category="sport") == [item.id]
        assert older.services.wishes.by_id(wish.id).category == "sport"
        older.sync.hang_up()
    settle(newer, older)  # it was updated
    assert older.services.categories.offered() == [own]
    assert older.services.goods.item(item.id).own == own
    assert older.services.wishes.by_id(wish.id).own == own
    assert older.pictures.is_sound(photo)
    older.services.categories.move(category_id=own.id, later=True, now=older.now(), who="shell")
    settle(newer, older)
    assert newer.services.categories.all() == older.services.categories.all()
    assert summary(newer.store) == summary(older.store)
