"""Tablets of one centre agree, whatever happened while they could not speak."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from psycopg.conninfo import conninfo_to_dict

from kiosk.data import new_id
from kiosk.errors import ItemTaken, UnknownSession
from kiosk.hub import admin, push
from kiosk.hub.connection import HubConnection
from kiosk.hub.invitation import save, saved
from kiosk.hub.pictures import PART
from kiosk.hub.projection import summary
from kiosk.hub.push import last
from kiosk.hub.standing import look
from kiosk.journal import Store
from kiosk.journal.entries import COUNTS, verify_chain
from kiosk.journal.forks import fork
from kiosk.journal.hub_clock import STARTED
from kiosk.pictures.store import SIZES
from kiosk.reports.ledger import Ledger
from kiosk.services.desk.earlier_columns import HeadedTable
from kiosk.vocabulary.states import EarlierKind
from tests.hub.conftest import KEYS, Tablet, settle
from tests.hub.server import Server
from tests.services.conftest import with_gathering
from tests.world import photo as picture

Make = Callable[..., Tablet]


def chair(tablet: Tablet, **values: object) -> str:
    return tablet.services.goods.add(
        now=tablet.now(), who="shell", category="furniture", thing="dining_chair", **values
    ).id  # type: ignore[arg-type]


def reserve(tablet: Tablet, item_id: str) -> str:
    return tablet.services.tickets.reserve(item_id=item_id, language="uk", now=tablet.now(), held=[]).code


def state(tablet: Tablet, code: str) -> str:
    return tablet.services.tickets.by_code(code, tablet.now()).state


def agree(*tablets: Tablet) -> None:
    settle(*tablets)
    found = [summary(one.store) for one in tablets]
    assert all(one == found[0] for one in found), [name for name in found[0] if len({one[name] for one in found}) > 1]
    assert len({verify_chain(one.store.db) for one in tablets}) == 1


def test_what_happens_on_one_is_seen_on_the_other(tablet: Make) -> None:
    one, other = tablet(), tablet()
    code = reserve(one, item := chair(one, size="45 × 90 cm", place="A1"))
    agree(one, other)
    assert state(other, code) == "reserved"
    assert other.services.goods.find(today=other.now().date(), text="tuoli") == [item]
    other.services.tickets.hand_over(code=code, now=other.now(), who="shell")
    agree(one, other)
    assert state(one, code) == "collected"
    assert one.services.goods.item(item).state == "given"


@pytest.mark.parametrize(
    ("kind", "fields", "row"),
    [
        (EarlierKind.ATTENDANCE, ("day", "people", "children", "first_visits"), ("2025-01-07", "31", "9", "4")),
        (EarlierKind.GOODS, ("day", "category", "taken_in", "given"), ("2025-01-01", "toys", "20", "10")),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_an_earlier_year_is_brought_in_once(
    tablet: Make, kind: EarlierKind, fields: tuple[str, ...], row: tuple[str, ...], *, apart: bool
) -> None:
    one, other = tablet(), tablet()
    table = HeadedTable("list", "0" * 64, fields, ((2, row),))
    said = {
        "table": table,
        "kind": kind,
        "columns": {field: at for at, field in enumerate(fields)},
        "gathering": "coffee",
    }

    def bring_in(where: Tablet) -> int:
        plan = where.services.earlier.plan(**said, now=where.now())
        return where.services.earlier.bring_in(plan=plan, now=where.now(), who="shell")

    def booked(where: Tablet) -> tuple[int, int]:
        Ledger(where.store, ZoneInfo("Europe/Helsinki")).catch_up()
        sums = [
            where.store.db.execute_sql(sql).fetchone()[0]
            for sql in ("SELECT sum(adults + children) FROM ledger_visit", "SELECT sum(pieces) FROM ledger_goods")
        ]
        return sums[0] or 0, sums[1] or 0

    assert bring_in(one) == 1
    if apart:
        assert bring_in(other) == 1
        booked(other)
    agree(one, other)
    assert bring_in(other) == 0
    agree(one, other)
    assert booked(one) == booked(other) == ((31, 0) if kind == EarlierKind.ATTENDANCE else (0, 30))
    days = {"first": date(2025, 1, 1), "last": date(2025, 1, 31)}
    sums = [where.services.attendance.totals(*days.values()) for where in (one, other)]
    assert sums[0] == sums[1]
    assert [row.people for row in sums[1]] == ([31] if kind == EarlierKind.ATTENDANCE else [])


def test_everything_a_centre_does_travels(tablet: Make) -> None:
    one, other = tablet(), tablet()
    do, now = one.services, one.now
    session = do.gatherings.sessions_now(now())[0].id
    do.attendance.check_in(visit_id="v", session_id=session, language="fi", now=now(), adults=2)
    do.attendance.amend(visit_id="v", now=now(), groups=["family", "older"], first_visit=True)
    do.attendance.correct(session_id=session, adults=5, children=0, reason="counted by hand", now=now(), who="shell")
    number = do.guidance.take(topic="housing", language="uk", interpreter=True, now=now())
    do.guidance.call_next(now=now(), who="shell")
    do.bell.ring(language="uk", now=now())
    do.bell.answer(now=now(), who="shell")
    do.bell.ring(language="fi", now=now())
    gift = do.donations.announce(donation_id="d", categories=["toys"], amount="bag", language="fi", now=now(),
                                 contact={"name": "Marker"})  # fmt: skip
    do.donations.decide(donation_id="d", state="declined", reason="no_room", now=now(), who="shell")
    wish = do.wishes.leave(category="toys", thing=None, size="", age_group="", language="uk", now=now())
    request = do.help.sign_up(request_id="r", service="friend", language="fi", details={"name": "Marker"}, now=now(),
                              notice_version="1")  # fmt: skip
    do.help.set_status(request_id="r", status="contacted", now=now(), who="shell")
    do.help.sign_up(request_id="o", service="friend_offer", language="fi", details={}, now=now(), notice_version="1")
    pair = do.pairs.accept(asker="r", helper="o", now=now(), who="shell")
    do.pairs.note(pair_id=pair.id, now=now(), who="shell")
    do.pairs.end(pair_id=pair.id, reason="no_match", now=now(), who="shell")
    booked = do.guidance.book(
        starts_at=do.guidance.free(now())[0], topic="work", language="fi", interpreter=False, now=now()
    )
    times = do.guidance.free(now())
    moved, missed = (
        do.guidance.book(starts_at=at, topic="work", language="fi", interpreter=False, now=now()) for at in times[:2]
    )
    do.appointments.change_time(queue_id=moved.id, starts_at=times[-1], now=now(), who="shell")
    do.appointments.note(queue_id=missed.id, came=False, now=now(), who="shell")
    volunteer = do.volunteers.register(name="Marker", now=now(), who="shell")
    do.volunteers.sign_in(code=volunteer.code, task="goods", of_age=True, now=now())
    shift = do.volunteers.sign_out(code=volunteer.code, now=now() + timedelta(hours=2))
    do.volunteers.correct(shift_id=shift.id, hours=1, reason="a break", now=now(), who="shell")
    item = chair(one)
    double = chair(one)
    do.shelf.merge(item_id=double, into=item, now=now(), who="shell")
    do.shelf.edit(item_id=item, place="C2", kg=4.5, now=now(), who="shell")
    bag = do.donations.announce(donation_id="b", categories=["toys"], amount="bag", language="fi", now=now())
    do.donations.take_in(donation_id="b", category="toys", thing="doll_house", now=now(), who="shell")
    one.moment += timedelta(minutes=1)
    do.inventory.begin(now=now(), who="shell")
    do.inventory.see(item_id=item, now=now(), who="shell", scanned=True)
    agree(one, other)
    count = other.services.inventory.count()
    assert count is not None
    assert (count.seen, count.total, count.ended_at) == (1, 2, None)
    assert [line.labelled for line in other.services.inventory.lines([item])] == [True]
    [open_still] = other.services.donations.open()
    assert (open_still.code, open_still.state, open_still.came) == (bag.code, "accepted", 1)
    other.moment = one.moment + timedelta(minutes=1)
    other.services.inventory.end(now=other.now(), who="shell")
    agree(one, other)
    ended = do.inventory.count()
    assert ended is not None
    assert ended.ended_at is not None
    assert other.services.inventory.count() == ended
    seen = other.services
    assert seen.attendance.session_totals(session).adults == 5
    assert seen.attendance.by_id("v").groups == ("family", "older")
    assert seen.attendance.session_totals(session).groups == {"family": 1, "older": 1}
    assert [ring.language for ring in seen.bell.waiting(other.now())] == ["fi"]
    assert seen.guidance.by_code(number.code, other.now()).state == "called"
    assert seen.guidance.by_code(booked.code, other.now()).starts_at == booked.starts_at
    assert seen.guidance.by_code(moved.code, other.now()).starts_at == times[-1]
    assert seen.guidance.by_code(missed.code, other.now()).state == "missed"
    assert seen.pairs.count(now().date(), now().date()) == do.pairs.count(now().date(), now().date())
    assert seen.pairs.count(now().date(), now().date())[0].stopped == 1
    assert seen.donations.by_code(gift.code).reason == "no_room"
    assert seen.wishes.by_code(wish.code, other.now()).state == "open"
    assert seen.help.by_code(request.code).status == "contacted"
    assert seen.help.open(request_id="r", private=KEYS.private, now=other.now(), who="shell")["name"] == "Marker"
    assert [shift.hours for shift in seen.volunteers.ended_since(now() - timedelta(days=1))] == [1]
    assert (seen.goods.item(item).place, seen.goods.item(double).state) == ("C2", "withdrawn")
    # Both tablets of a lobby give numbers and labels at once, and never the same.
    assert seen.guidance.take(topic="work", language="fi", interpreter=False, now=other.now()).number == 101
    labels = {each.services.goods.item(chair(each)).label_code for each in (one, other) for _ in range(3)}
    assert len(labels) == 6
    agree(one, other)


def test_the_programme_and_the_partners_travel(tablet: Make) -> None:
    one, other = tablet(), tablet()
    do, seen, now = one.services, other.services, one.now
    school = do.partners.add(name="Lumijoen koulu", kind="school", now=now(), who="shell").id
    do.partners.set_contact(partner_id=school, details={"name": "Marker"}, now=now(), who="shell")
    do.partners.change(partner_id=school, thanked=True, now=now(), who="shell")
    do.weights.weigh(subject="dining_chair", pieces=4, kg=18.0, now=now(), who="shell")
    do.weights.set_factor(subject="*", value=2.5, per="kg", source="SYKE", version="2026", now=now(), who="shell")
    do.donations.announce(donation_id="d", categories=["toys"], amount="bag", language="fi", now=now(), contact=None)
    do.donations.decide(donation_id="d", state="accepted", now=now(), who="shell")
    do.donations.give(donation_id="d", partner=school, now=now(), who="shell")
    first, second, third = do.gatherings.sessions_between(now().date(), now().date() + timedelta(days=20))[:3]
    do.programme.change(gathering_id=third.gathering_id, seats=9, now=now(), who="shell")
    seat = do.seats.book(session_id=third.id, people=1, language="fi", now=now())
    do.programme.cancel(session_id=second.id, reason="ill", now=now(), who="shell")
    agree(one, other)
    partner = seen.partners.by_id(school)
    assert (partner.name, partner.thanked_on is not None) == ("Lumijoen koulu", True)
    assert seen.donations.by_id("d").partner == school
    assert (
        seen.help.open(request_id=partner.request or "", private=KEYS.private, now=now(), who="shell")["name"]
        == "Marker"
    )
    assert seen.weights.table(now())["dining_chair"] == do.weights.table(now())["dining_chair"]
    assert seen.weights.factors(now()) == do.weights.factors(now())
    assert [row.state for row in seen.donations.open()] == ["accepted"]
    with pytest.raises(UnknownSession):
        seen.gatherings.session(second.id)
    # The other tablet decides otherwise, and moves what somebody came to already.
    seen.programme.take_back(session_id=second.id, now=other.now(), who="shell")
    seen.attendance.check_in(visit_id="v", session_id=first.id, language="fi", now=other.now(), adults=1)
    day = first.starts_at.date() + timedelta(days=1)
    seen.programme.move(
        session_id=first.id,
        day=day,
        start="15:00",
        end="17:00",
        place="Library",
        reason="ill",
        now=other.now(),
        who="shell",
    )
    agree(one, other)
    assert do.gatherings.session(second.id).state == "on"
    assert (do.gatherings.session(first.id).state, do.gatherings.session(first.id).place) == ("moved", "Library")
    do.programme.take_back(session_id=first.id, now=now(), who="shell")
    do.programme.change(gathering_id=third.gathering_id, start="14:00", now=now(), who="shell")
    agree(one, other)
    assert seen.gatherings.session(first.id).state == "on"
    assert [row.start for row in seen.programme.series(now()) if row.id == third.gathering_id] == ["14:00"]
    assert seen.seats.by_code(seat.code).state == "booked"
    agree(one, other)


def test_of_a_series_of_the_settings_only_what_the_desk_changed_travels(tablet: Make) -> None:
    one, other = tablet(), tablet()
    [own, *more] = other.services.settings.gatherings
    other.services.gatherings.apply([own._replace(place="Kirkko"), *more], other.now())

    def seen() -> tuple[str, str]:
        [series] = [each for each in other.services.programme.series(other.now()) if each.id == own.key]
        return series.start, series.place

    agree(one, other)
    one.services.programme.change(gathering_id=own.key, start="14:00", now=one.now(), who="shell")
    agree(one, other)
    assert seen() == ("14:00", "Kirkko")
    one.services.programme.reset(gathering_id=own.key, now=one.now(), who="shell")
    agree(one, other)
    assert seen() == ("13:00", "Kirkko")


def test_the_hub_holds_nothing_it_could_read(tablet: Make, server: Server, hub: str) -> None:
    one = tablet()
    one.services.help.sign_up(request_id="r", service="friend", language="fi", details={"name": "Markerperson"},
                              now=one.now(), notice_version="1")  # fmt: skip
    one.round()
    with admin.owner(hub) as db:
        [(boxes,)] = db.execute("SELECT count(*) FROM kiosk.parcel WHERE part LIKE 'box:%'").fetchall()
        assert boxes == 1
        tables = [
            name for (name,) in db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'kiosk'").fetchall()
        ]
        for table in tables:
            rows = db.execute(f"SELECT t::text FROM kiosk.{table} AS t".encode()).fetchall()
            assert not [row for row in rows if "Markerperson" in row[0] or b"Markerperson".hex() in row[0]]


def test_an_erased_person_is_nowhere_even_when_a_tablet_was_off_for_months(
    tablet: Make, hub: str, tmp_path: Path
) -> None:
    one, other = tablet(), tablet()
    request = one.services.help.sign_up(request_id="r", service="friend", language="fi", details={"name": "Marker"},
                                        now=one.now(), notice_version="1")  # fmt: skip
    agree(one, other)
    one.close()
    shutil.copytree(one.folder, tmp_path / "old")  # switched off, or a backup
    one.open()
    other.services.help.erase(code=request.code, now=other.now(), who="shell")
    agree(one, other)
    late = Tablet(tmp_path / "old")
    late.services.help.set_status(request_id="r", status="done", now=late.now() + timedelta(days=90), who="shell")
    agree(late, one, other)
    late.close()
    with admin.owner(hub) as db:
        assert db.execute("SELECT count(*) FROM kiosk.parcel WHERE part LIKE 'box:%'").fetchone() == (0,)
    for each in (one, other, late):
        each.open()
        assert each.store.db.execute_sql("SELECT count(*) FROM envelope").fetchone() == (0,)
        assert each.services.help.by_code(request.code).erased
        each.close()
    one.open(), other.open()


def test_online_the_hub_says_who_was_first(tablet: Make) -> None:
    one, other = tablet(), tablet()
    for each in (one, other):
        each.services.tickets.arbiter = each.sync.reserve
    item = chair(one)
    agree(one, other)
    code = reserve(one, item)
    assert one.services.tickets.by_code(code, one.now()).provisional is False
    with pytest.raises(ItemTaken):  # the other tablet has not heard of it yet
        reserve(other, item)
    agree(one, other)
    lot = chair(one, quantity=3)
    agree(one, other)
    for each in (one, other, one):
        reserve(each, lot)
    with pytest.raises(ItemTaken):
        reserve(other, lot)
    agree(one, other)
    assert other.services.goods.item(lot).left == 0


def test_offline_the_earliest_wins_and_the_loser_is_told(tablet: Make) -> None:
    one, other = tablet(), tablet()
    item = chair(one)
    agree(one, other)
    first = reserve(other, item)
    other.moment, one.moment = other.moment, other.moment + timedelta(minutes=1)
    second = reserve(one, item)
    assert one.services.tickets.by_code(second, one.now()).provisional
    one.round()  # the later one is told first
    one.round()
    assert not one.services.tickets.by_code(second, one.now()).provisional
    agree(one, other)
    for each in (one, other):
        assert (state(each, first), state(each, second)) == ("reserved", "conflicted")
        assert [ticket.code for ticket in each.services.tickets.in_conflict()] == [second]
        assert not each.services.tickets.by_code(first, each.now()).provisional
    # Staff find a way: the first is not wanted after all.
    other.services.tickets.cancel(code=first, now=other.now(), who="shell")
    other.services.tickets.reactivate(code=second, now=other.now(), who="shell")
    agree(one, other)
    assert {state(each, second) for each in (one, other)} == {"reserved"}


def test_pieces_of_one_ticket_are_decided_one_by_one_and_a_set_goes_as_a_whole(tablet: Make) -> None:
    def take(each: Tablet, item: str, pieces: int) -> str:
        now = each.now()
        return each.services.tickets.reserve(item_id=item, language="uk", now=now, held=[], pieces=pieces).code

    one, other = tablet(), tablet()
    lot, whole = chair(one, quantity=4), chair(one, quantity=4, together=True)
    agree(one, other)
    assert other.services.goods.item(whole).together
    first, mine = take(one, lot, 3), take(one, whole, 4)
    other.moment += timedelta(minutes=1)
    second, yours = take(other, lot, 3), take(other, whole, 4)
    agree(one, other)
    for each in (one, other):
        found = [each.services.tickets.by_code(code, each.now()) for code in (first, second, mine, yours)]
        assert [(ticket.state, ticket.pieces) for ticket in found] == [
            ("reserved", 3), ("reserved", 1), ("reserved", 4), ("conflicted", 4),
        ]  # fmt: skip
        assert len(each.services.tickets.in_conflict()) == 2 + 4
    other.services.tickets.hand_over(code=first, now=other.now(), who="shell")
    other.services.tickets.cancel(code=yours, now=other.now())
    agree(one, other)
    assert one.services.tickets.by_code(first, one.now()).pieces == 3
    assert len(one.services.tickets.in_conflict()) == 2


def test_a_hand_over_beats_a_reservation(tablet: Make) -> None:
    one, other = tablet(), tablet()
    item = chair(one)
    agree(one, other)
    early = reserve(one, item)
    other.moment += timedelta(minutes=5)
    given = other.services.tickets.give(item_id=item, language="fi", now=other.now(), who="shell")
    agree(one, other)
    for each in (one, other):
        assert (state(each, early), state(each, given.code)) == ("conflicted", "collected")
        assert each.services.goods.item(item).state == "given"
        assert not each.services.tickets.by_code(early, each.now()).given_twice


@pytest.mark.parametrize("ends", ["expired", "cancelled"])
def test_a_reservation_that_is_over_is_in_conflict_with_nothing(
    tablet: Make, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    """Also if the hub hears of its end in another push than of its beginning."""
    monkeypatch.setattr(push, "BATCH", 1)
    one, other = tablet(), tablet()
    item = chair(one)
    agree(one, other)
    code = reserve(other, item)
    if ends == "cancelled":
        other.services.tickets.cancel(code=code, now=other.now())
    else:
        other.services.tickets.expire_due(other.services.tickets.by_code(code, other.now()).deadline)
    one.services.tickets.give(item_id=item, language="fi", now=one.now(), who="shell")
    agree(one, other)
    assert [state(each, code) for each in (one, other)] == [ends, ends]
    assert not one.services.tickets.in_conflict()


def test_a_thing_goes_to_who_holds_it_however_many_parts_the_other_tablet_tells_it_in(
    tablet: Make, hub: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is judged before a tablet has told all; one that stops in the middle holds up nobody for long."""
    monkeypatch.setattr(push, "BATCH", 1)
    one, other, third = tablet(), tablet(), tablet()
    item, cup = chair(one), chair(one)
    agree(one, other, third)
    over = [reserve(other, thing) for thing in (item, cup)]
    for each in (one, other, third):
        each.moment += timedelta(minutes=5)
    held = reserve(one, item)
    other.services.tickets.cancel(code=over[0], now=other.now())
    one.round()
    with closing(HubConnection(saved(other.folder), other.folder)) as link:  # the power goes after two of the parts
        told = push.lasts(third.store)[other.store.device]
        parts = iter([False, False, True])
        push.push(link, other.store, other.store.device, told, lambda: next(parts))
        assert link.value("SELECT kiosk.reserve(%s, %s)", ("t", cup)) is None  # nobody is promised it meanwhile
    assert waiting(hub) == 2
    chair(one)
    one.round()
    assert not one.store.db.execute_sql("SELECT 1 FROM journal WHERE kind = 'ticket.conflicted'").fetchall()
    agree(one, other, third)
    assert waiting(hub) == 0
    for each in (one, other, third):
        assert [state(each, code) for code in (held, *over)] == ["reserved", "cancelled", "reserved"]
    assert not one.services.tickets.in_conflict()


def test_what_a_tablet_that_went_silent_told_of_is_judged_after_ten_minutes(tablet: Make, hub: str) -> None:
    one, other = tablet(), tablet()
    agree(one, other)
    with admin.owner(hub) as db:
        db.execute(
            "INSERT INTO kiosk.unjudged SELECT id, 'gone', 'cup', now() - interval '9 minutes' FROM kiosk.centre"
        )
        chair(one)
        one.round()
        assert waiting(hub) == 1
        db.execute("UPDATE kiosk.unjudged SET since = now() - interval '11 minutes'")
    chair(one)
    one.round()
    assert waiting(hub) == 0


def waiting(hub: str) -> int:
    """Return how many things wait for the rest of what a tablet tells."""
    with admin.owner(hub) as db:
        [(count,)] = db.execute("SELECT count(*) FROM kiosk.unjudged").fetchall()
    return int(count)


def test_one_thing_given_twice_is_an_alarm(tablet: Make) -> None:
    one, other = tablet(), tablet()
    item = chair(one)
    agree(one, other)
    tickets = [
        each.services.tickets.give(item_id=item, language="fi", now=each.now(), who="shell") for each in (one, other)
    ]
    agree(one, other)
    for each in (one, other):
        found = [each.services.tickets.by_code(ticket.code, each.now()) for ticket in tickets]
        assert sorted(ticket.given_twice for ticket in found) == [False, True]
        assert sorted(ticket.state for ticket in found) == ["collected", "conflicted"]


def test_a_ticket_that_ran_out_elsewhere_is_handed_over_all_the_same(tablet: Make) -> None:
    one, other = tablet(), tablet(wrong=timedelta(days=365))
    code = reserve(one, chair(one))
    settle(one, other)  # a clock a year off: everything has run out there
    one.services.tickets.hand_over(code=code, now=one.now(), who="shell")
    other.services.tickets.expire_due(other.now())
    agree(one, other)
    assert {state(one, code), state(other, code)} == {"collected"}
    assert abs(look(other.store).clock_off + timedelta(days=365)) < timedelta(days=400)


def test_a_ticket_that_ran_out_before_the_hub_heard_of_it_is_reactivated_elsewhere(tablet: Make) -> None:
    one, other = tablet(), tablet()
    code, late = reserve(one, chair(one)), timedelta(days=9)
    one.services.tickets.expire_due(one.now() + late)
    agree(one, other)
    other.services.tickets.reactivate(
        code=other.services.tickets.by_code(code, other.now()).code, now=other.now(), who="shell"
    )
    agree(one, other)
    assert state(one, code) == "reserved"


def test_who_waits_for_a_seat_moves_up_when_one_is_given_back_elsewhere(tablet: Make) -> None:
    one, other = tablet(), tablet()
    for each in (one, other):
        each.services = each.services.under(with_gathering(each.services.settings, seats=2))
        each.services.gatherings.apply(each.services.settings.gatherings, each.now())
    session = "coffee:2026-12-01:1300"
    book = one.services.seats.book(session_id=session, people=2, language="fi", now=one.now())
    agree(one, other)
    waits = one.services.seats.book(session_id=session, people=1, language="fi", now=one.now())
    other.services.seats.cancel(code=book.code, now=other.now())
    agree(one, other)
    one.services.seats.settle(one.now())
    agree(one, other)
    assert other.services.seats.by_code(waits.code).state == "booked"


def test_who_has_cancelled_a_wish_waits_no_longer_whatever_another_tablet_held(tablet: Make) -> None:
    one, other = tablet(), tablet()
    said = {"category": "furniture", "thing": "dining_chair", "size": "", "age_group": "", "language": "fi"}
    wish = one.services.wishes.leave(**said, now=one.now())
    agree(one, other)
    one.services.wishes.cancel(code=wish.code, now=one.now())
    other.moment = one.moment
    item = chair(other)
    assert [held.id for held in other.services.wishes.offer(item_id=item, now=other.now())] == [wish.id]
    agree(one, other)
    for each in (one, other):
        assert each.services.wishes.by_code(wish.code, each.now()).state == "cancelled"
    assert other.services.goods.item(item).state == "reserved"  # until the day it is held for


def test_a_wish_follows_what_was_reserved_for_it_last_on_any_tablet(tablet: Make) -> None:
    one, other = tablet(), tablet()
    said = {"category": "furniture", "thing": "dining_chair", "size": "", "age_group": "", "language": "fi"}
    wish = one.services.wishes.leave(**said, now=one.now())
    agree(one, other)
    [here] = one.services.wishes.offer(item_id=chair(one), now=one.now())
    assert here.ticket is not None
    one.services.tickets.hand_over(code=here.ticket.code, now=one.now(), who="shell")
    one.services.wishes.settle(one.now())
    other.moment = one.moment
    [there] = other.services.wishes.offer(item_id=chair(other), now=other.now())  # it has not heard of that
    assert there.ticket is not None
    one.moment = other.moment
    one.services.tickets.undo_hand_over(code=here.ticket.code, now=one.now(), who="shell")
    one.services.wishes.settle(one.now())
    agree(one, other)
    other.services.tickets.hand_over(code=there.ticket.code, now=other.now(), who="shell")
    agree(one, other)
    for each in (one, other):
        each.services.wishes.settle(each.now())
        assert each.services.wishes.by_code(wish.code, each.now()).state == "fulfilled"


def test_pictures_come_a_few_parts_a_round_and_none_twice(tablet: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tablet(), tablet()
    noise = Image.effect_noise((1600, 1200), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=92)
    photo = one.pictures.add(out.getvalue())
    chair(one, photos=[photo])
    one.round()
    parts = sum(-(-one.pictures.path(photo, size).stat().st_size // PART) for size in SIZES)
    monkeypatch.setattr("kiosk.hub.pictures.ROUND", 2)
    courier, rounds = other.sync._courier, []
    assert courier is not None
    once = courier.round
    monkeypatch.setattr(courier, "round", lambda link: rounds.append(once(link)) or rounds[-1])
    other.round()
    assert other.pictures.is_sound(photo)
    assert parts > 4
    assert rounds == [True] * (parts // 2) + [False]


def test_the_picture_of_an_event_comes_too(tablet: Make) -> None:
    one, other = tablet(), tablet()
    photo = one.pictures.add(picture("olive"))
    said = {
        "names": {"fi": "Talkoot"},
        "rule": "FREQ=WEEKLY",
        "since": date(2026, 12, 1),
        "start": "10:00",
        "end": "12:00",
    }
    one.services.programme.add(**said, place="Help Center", photo=photo, now=one.now(), who="shell")
    agree(one, other)
    assert other.pictures.is_sound(photo)


def test_a_copied_tablet_goes_on_under_a_name_of_its_own(tablet: Make, tmp_path: Path) -> None:
    one, other = tablet(), tablet()
    chair(one)
    agree(one, other)
    one.close()
    shutil.copytree(one.folder, tmp_path / "clone")
    one.open()
    clone = Tablet(tmp_path / "clone")
    for each in (one, clone, one, clone):
        chair(each)
    agree(one, clone, other)
    assert len({each.store.device for each in (one, clone, other)}) == 3
    for each in (clone, one):
        chair(each)
    agree(one, clone, other)
    assert len(other.services.goods.find(today=other.now().date())) == 7
    clone.close()


def test_an_idle_copy_notices_its_original(tablet: Make, tmp_path: Path) -> None:
    one = tablet()
    one.round()
    one.close()
    shutil.copytree(one.folder, tmp_path / "clone")
    one.open()
    clone = Tablet(tmp_path / "clone")
    clone.round()
    chair(one)
    one.round()
    clone.round()
    assert clone.store.device != one.store.device
    agree(one, clone)
    clone.close()


def test_a_tablet_restored_from_an_old_backup_gets_back_what_it_lost(tablet: Make, tmp_path: Path) -> None:
    one, other = tablet(), tablet()
    chair(one)
    agree(one, other)
    one.close()
    shutil.copytree(one.folder, tmp_path / "backup")
    one.open()
    lost = chair(one)
    agree(one, other)
    one.close()
    shutil.rmtree(one.folder)
    shutil.copytree(tmp_path / "backup", one.folder)
    one.open()
    fresh = chair(one)  # before it speaks with the hub
    agree(one, other)
    assert {lost, fresh} <= set(one.services.goods.find(today=one.now().date()))
    assert {lost, fresh} <= set(other.services.goods.find(today=other.now().date()))


def test_a_hub_restored_from_yesterday_is_told_again(tablet: Make, server: Server, hub: str) -> None:
    one, other = tablet(), tablet()
    database = str(conninfo_to_dict(hub)["dbname"])
    item = chair(one)
    agree(one, other)
    for each in (one, other):
        each.sync.hang_up()
    server.copy(database, "yesterday")
    codes = [reserve(each, item) for each in (one, other)]
    agree(one, other)
    third = chair(one)
    agree(one, other)
    one.close()  # and the tablet that made it never comes back
    other.sync.hang_up()
    server.copy("yesterday", database)
    chair(other)
    other.round()
    again = tablet()
    agree(other, again)
    assert third in again.services.goods.find(today=again.now().date())
    assert sorted(state(again, code) for code in codes) == ["conflicted", "reserved"]
    one.open()
    agree(one, other, again)


def test_a_hub_restored_from_yesterday_hears_first_from_a_copy(
    tablet: Make, server: Server, hub: str, tmp_path: Path
) -> None:
    one, other = tablet(), tablet()
    chair(one)
    agree(one, other)
    one.close()
    shutil.copytree(one.folder, tmp_path / "early")
    one.open()
    known = [chair(one), chair(one)]
    one.close()
    shutil.copytree(one.folder, tmp_path / "late")
    one.open()
    one.sync.hang_up(), other.sync.hang_up()
    database = str(conninfo_to_dict(hub)["dbname"])
    server.copy(database, "before_the_copies")
    early = Tablet(tmp_path / "early")
    known.append(chair(early))
    agree(early, other)
    known.append(chair(one))
    agree(one, early, other)  # the two chairs go on under another name
    for each in (one, early, other):
        each.sync.hang_up()
    server.copy("before_the_copies", database)
    late = Tablet(tmp_path / "late")
    known.append(chair(late))
    late.round()  # the hub has the two chairs from here under the first name
    agree(late, one, early, other)
    for each in (late, one, early, other):
        assert set(known) <= set(each.services.goods.find(today=each.now().date()))
        assert look(each.store).refused == 0
    for each in (late, early):
        each.close()


def test_an_entry_told_under_two_names_counts_once_and_leaves_no_gap(
    tablet: Make, server: Server, hub: str, tmp_path: Path
) -> None:
    one, other = tablet(), tablet()
    one.round()
    item = chair(one)
    code = reserve(one, item)
    one.close()
    shutil.copytree(one.folder, tmp_path / "clone")
    one.open()
    clone = Tablet(tmp_path / "clone")
    [(last,)] = clone.store.db.execute_sql("SELECT max(seq) FROM journal").fetchall()
    with clone.store.db.atomic():  # it has met another copy before, and its last two entries have another name
        clone.store.set_meta("device", fork(clone.store.db, clone.store.device, last - 2))
    given = clone.services.tickets.hand_over(code=code, now=clone.now(), who="shell")
    database = str(conninfo_to_dict(hub)["dbname"])
    for each in (one, other):
        each.sync.hang_up()
    server.copy(database, "before_both")
    one.round()
    clone.round()  # two of its entries are here already, the third is not
    agree(clone, one, other)
    for each in (clone, one, other):
        assert state(each, given.code) == "collected"
        assert look(each.store).refused == 0
    with admin.owner(hub) as db:
        assert db.execute("SELECT count(*) FROM kiosk.event WHERE reason = 'twice'").fetchone() == (2,)
    # A hub that has lost both hears the other names first: the same entries count, and no others.
    for each in (clone, one, other):
        each.sync.hang_up()
    server.copy("before_both", database)
    clone.round()
    late = tablet()
    agree(clone, one, other, late)
    for each in (clone, one, other, late):
        assert state(each, given.code) == "collected"
        counts = each.store.db.execute_sql(
            f"SELECT count(*), count(DISTINCT id) FROM journal WHERE {COUNTS}"
        ).fetchone()
        assert counts[0] == counts[1]
    clone.close()


def test_what_goes_on_under_another_name_while_connected_is_told(tablet: Make) -> None:
    one, other = tablet(), tablet()
    agree(one, other)
    item, own = chair(one), one.store.device
    with one.store.db.atomic():  # as when another is found under its number
        fork(one.store.db, own, last(one.store, own) - 1)
        one.store.set_meta("device", new_id(one.now()))
    agree(one, other)
    assert other.services.goods.item(item).state == "available"


def test_a_refused_entry_blocks_nothing_and_is_told(tablet: Make) -> None:
    one, other = tablet(), tablet()
    with one.store.write(one.now()) as journal:
        journal.append_unchecked("item.added", "t", {"item": "x", "names": {"fi": "a\x00b"}})
        journal.append_unchecked("something.new", "t", {"something": "y", "value": 1})
    good = chair(one)
    settle(one, other)
    for each in (one, other):
        verify_chain(each.store.db)
    assert other.services.goods.item(good).state == "available"
    assert look(one.store).refused == look(other.store).put_aside == 1
    assert look(one.store).waiting == 0
    # A kind this program does not know is kept, whole, for a newer one.
    [(payload,)] = other.store.db.execute_sql("SELECT payload FROM journal WHERE kind = 'something.new'").fetchall()
    assert json.loads(payload) == {"something": "y", "value": 1}


def test_a_damaged_entry_is_refused_and_blocks_nothing(tablet: Make) -> None:
    one, other = tablet(), tablet()
    chair(one)
    chair(one)
    with sqlite3.connect(one.folder / "kiosk.db") as db:
        db.execute("DROP TRIGGER journal_stays")
        db.execute("UPDATE journal SET who = 'somebody else' WHERE seq = (SELECT max(seq) FROM journal)")
    good = chair(one)
    settle(one, other)
    assert look(one.store).refused == 1
    assert other.services.goods.item(good).state == "available"


def test_a_ticket_the_hub_refused_gives_way(tablet: Make) -> None:
    one, other = tablet(), tablet()
    item = chair(one)
    agree(one, other)
    refused = reserve(one, item)
    with sqlite3.connect(one.folder / "kiosk.db") as db:
        db.execute("DROP TRIGGER journal_stays")
        db.execute("UPDATE journal SET who = 'somebody else' WHERE kind = 'ticket.reserved'")
    other.moment += timedelta(minutes=1)
    taken = reserve(other, item)
    settle(one, other)
    assert (state(one, refused), state(one, taken)) == ("conflicted", "reserved")
    assert state(other, taken) == "reserved"
    assert look(one.store).refused == 1


def test_an_answer_that_is_lost_is_asked_for_again(tablet: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tablet(), tablet()
    chair(one)
    one.round()
    told = dict(one.sync._told)
    item = chair(one)
    one.round()
    one.sync._told = told  # the hub had it, the tablet never heard
    one.round()
    agree(one, other)
    assert other.services.goods.item(item).state == "available"


def test_a_clock_that_jumps_a_year_ahead_makes_no_entry_that_is_put_aside(tablet: Make) -> None:
    one, other = tablet(), tablet()
    agree(one, other)
    one.wrong = timedelta(days=365)
    items = [chair(one)]
    settle(one, other)
    one.close()
    one.open()  # it was noted before, and the machine still runs
    items.append(chair(one))
    settle(one, other)
    one.wrong = timedelta()
    items.append(chair(one))
    settle(one, other)
    agree(one, other)
    assert [other.services.goods.item(item).state for item in items] == ["available"] * 3
    assert look(one.store).put_aside == look(other.store).put_aside == 0
    assert look(one.store).refused == 0


def test_a_clock_that_was_wrong_before_the_hub_was_reached_is_noticed_with_the_first_entry(tablet: Make) -> None:
    one, other = tablet(), tablet()
    agree(one, other)
    one.store.db.execute_sql(
        "UPDATE meta SET value = 'another 0' WHERE key = ?", (STARTED,)
    )  # started anew, without a line
    one.wrong = timedelta(days=365)
    early = chair(one)  # its id is a year ahead
    settle(one, other)
    assert look(one.store).put_aside == look(other.store).put_aside == 1
    item = chair(one)
    settle(one, other)
    assert other.services.goods.item(item).state == "available"
    assert one.services.goods.item(early).state == "available"  # nothing is lost here
    assert look(other.store).put_aside == 1


def test_it_is_known_how_a_tablet_stands(tablet: Make) -> None:
    one = tablet()
    view = look(one.store)
    assert (view.joined, view.in_step_at, view.waiting > 0) == (True, None, True)
    one.round()
    view = look(one.store)
    assert view.in_step(one.now())
    assert view.waiting == 0
    chair(one)
    assert look(one.store).waiting == 1
    save(replace(saved(one.folder), port=1, host="127.0.0.1"), one.folder)
    one.sync.hang_up()
    one.moment += timedelta(hours=2)
    assert not look(one.store).in_step(one.now())


def test_a_tablet_alone_says_so(tablet: Make, tmp_path: Path) -> None:
    one = tablet(joined=False)
    assert not look(one.store).joined
    code = reserve(one, chair(one))
    assert not one.services.tickets.by_code(code, one.now()).provisional
    assert isinstance(one.store, Store)
