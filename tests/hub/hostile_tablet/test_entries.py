"""What is wrong with an entry is found at the hub, told, and stops nobody."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from kiosk import clock
from kiosk.data import new_id
from kiosk.hub.standing import look, put_aside
from tests.hub.conftest import settle
from tests.hub.hostile_tablet.attacker import chair
from tests.hub.hostile_tablet.world import BreakIn, Make, goes_on, owner_does
from tests.hub.test_in_step import agree, state
from tests.hub.test_in_step import chair as chair_of

FAR = new_id(clock.utc_now() + timedelta(days=2))
GATHERING = {
    "gathering": "x", "names": {"fi": "x"}, "rule": "FREQ=WEEKLY;BYDAY=TU", "since": "2026-11-24", "start": "10:00",
    "end": "11:00", "place": "", "art": "", "cancelled": [], "extra": [], "active": 1,
}  # fmt: skip
VISIT = {
    "visit": "v",
    "session": "coffee:2026-11-24:1300",
    "adults": 1,
    "children": 0,
    "language": "fi",
    "way": "kiosk",
}
BAD: list[tuple[str, Any, str, dict[str, str], str]] = [
    ("item.added", "{", "staff:x", {}, "unreadable"),
    ("item.added", "[1, 2]", "staff:x", {}, "unreadable"),
    ("item.added", "null", "staff:x", {}, "unreadable"),
    ("item.added", '{"item": "x\\u0000"}', "staff:x", {}, "unreadable"),
    ("item.added", "[" * 30000, "staff:x", {}, "unreadable"),
    ("item.added", '{"item": "x", "quantity": 1e400}', "staff:x", {}, "aside:thing"),
    ("item.edited", '{"item": "x", "quantity": 1e400}', "staff:x", {}, "aside:quantity"),
    ("item.edited", '{"item": "x", "quantity": 1e130000}', "staff:x", {}, "aside:quantity"),
    ("loan.made", '{"loan": "x", "until": 1e400}', "staff:x", {}, "aside:payload"),
    ("loan.made", '{"loan": ' + "[" * 20 + "]" * 20 + "}", "staff:x", {}, "aside:payload"),
    ("item.edited", {"item": "x", "photos": ["../../kiosk.db"]}, "staff:x", {}, "aside:photos"),
    ("item.edited", {"item": "x" * 3000}, "staff:x", {}, "aside:item"),
    ("item.edited", {"item": ["x"]}, "staff:x", {}, "aside:item"),
    ("item.edited", {"item": "x", "names": {"fi": ["x"]}}, "staff:x", {}, "aside:names"),
    ("item.edited", {"item": "x", "size": "a\u0007"}, "staff:x", {}, "aside:size"),
    ("item.edited", {"item": "x"}, "visitor", {}, "aside:who"),
    ("item.edited", {"item": "x"}, "x" * 300, {}, "aside:who"),
    ("item.edited", {"item": "x"}, "staff:x", {"id": FAR}, "aside:ahead"),
    ("item.edited", {"item": "x"}, "staff:x", {"id": "0fffffffffff7fff8000000000000000"}, "aside:ahead"),
    ("item.edited", {"item": "x"}, "staff:x", {"id": "zzz"}, "id"),
    ("item.edited", {"item": "x"}, "staff:x", {"time": "garbage"}, "aside:time"),
    ("item.edited", {"item": "x"}, "staff:x", {"time": "2026-02-30T08:00:00.000000Z"}, "aside:time"),
    ("item.edited", {"item": "x"}, "staff:x", {"device": "0" * 32}, "chain"),
    ('item"].edited', {"item": "x"}, "staff:x", {}, "kind"),
    ("ticket.given_twice", {"ticket": "t", "item": "i"}, "hub", {}, "aside:who"),
    ("gathering.set", GATHERING | {"rule": "FREQ=SECONDLY"}, "staff:x", {}, "aside:rule"),
    ("gathering.set", GATHERING | {"rule": "FREQ=DAILY;BYSECOND=1,2,3"}, "staff:x", {}, "aside:rule"),
    ("visit.checked_in", VISIT | {"adults": 10**9}, "visitor", {}, "aside:adults"),
    ("visit.checked_in", VISIT | {"session": "coffee:2026-11-31:1300"}, "visitor", {}, "aside:session"),
    ("settings.changed", {"keys": ["x"], "values": {"x": "y" * 5000}}, "staff:x", {}, "aside:values"),
    ("item.added", '{"item": "' + "x" * 70000 + '"}', "staff:x", {}, "size"),
]  # fmt: skip


def test_what_is_wrong_with_an_entry_is_found_at_the_hub_told_and_stops_nobody(
    tablet: Make, break_in: BreakIn, hub: str
) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    there = break_in(other)
    for kind, payload, who, fields, wrong in BAD:
        assert there.say(kind, payload, who, **fields) == ["rejected", wrong], (
            kind,
            payload if len(str(payload)) < 200 else "",
        )
    assert there.say("item.added", chair("good")) == ["applied"]
    goes_on(here, other)
    for each in (here, other):
        assert each.services.goods.item("good").state == "available"
        view = look(each.store)
        assert (view.put_aside, view.refused, view.waiting) == (len(BAD), 0, 0)
    told = put_aside(here.store)
    assert {"rule", "ahead", "who"} <= {entry.wrong for entry in told}
    assert not any(entry.own for entry in told)
    [(latest,)] = owner_does(hub, "SELECT latest FROM kiosk.centre")
    assert latest < FAR
    assert len(owner_does(hub, "SELECT * FROM kiosk.put_aside")) == len(BAD)


def test_lines_that_are_no_lines_are_not_taken(tablet: Make, break_in: BreakIn) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    there = break_in(other)
    good = there.line("item.added", chair("good"))
    for wrong in (
        "", "[]", "null", "{", "x" * 2_000_000, good.replace(there.device, "null"), good.replace(f'"{there.device}"', "null"),
        good.replace(",1,", ",1.0,"), good.replace(",", ", "), good.replace("good", "g\\u006fod"), '["x",1,null,null,null,null,null,null]',
        good.replace(",1,", ",99999999999999999999,"),
    ):  # fmt: skip
        there.begin_anew()
        there.device = good[2:34]
        answer = there.push(wrong)
        assert not [verdict for verdict in answer["verdicts"] if verdict[1] == "applied"], wrong[:100]
        there.begin_anew()
        assert not [verdict for verdict in there.push(wrong)["verdicts"] if verdict[1] == "applied"], wrong[:100]
    for hashes in (["x"], [""], ["0" * 64], ["a" * 500_000]):
        there.begin_anew()
        answer = there.push(there.line("item.added", chair("x")), hashes=hashes)
        assert not [verdict for verdict in answer["verdicts"] if verdict[1] == "applied"]
    for device in ("", "x" * 5000, "../../etc"):
        there.device = device
        with pytest.raises(psycopg.errors.InvalidParameterValue):
            there.push(good)
    goes_on(here, other)


def test_parcels_of_any_kind_stop_nobody(tablet: Make, break_in: BreakIn, hub: str) -> None:
    here, other = tablet(), tablet()
    there = break_in(other)
    for parcels in (
        7, {}, [7], [[]], [["x"]], [["x", "box:" + "a" * 64, "no base 64!"]], [["x", "box:" + "a" * 64, None]],
        [["x" * 3000, "item.code", "QQ=="]], [["x", "../../x", "QQ=="]], [["x", "box:" + "a" * 64, "QUFB" * 20000]],
    ):  # fmt: skip
        assert there.push(there.line("item.edited", {"item": "x"}), parcels=parcels)["outcome"] == "ok"
    assert owner_does(hub, "SELECT count(*) FROM kiosk.parcel") == [(0,)]
    ticket = {
        "ticket": "t",
        "item": "chair",
        "language": "fi",
        "provisional": False,
        "deadline": "2026-11-24T12:05:00.000000Z",
    }
    lines = [there.line("item.added", chair("chair")), there.line("ticket.reserved", ticket, "visitor")]
    there.push(*lines, parcels=[["t", "ticket.code", "/////w=="]])
    goes_on(here, other)


def test_a_decision_of_the_hub_is_made_up_by_nobody_and_retold_by_all(
    tablet: Make, break_in: BreakIn, hub: str
) -> None:
    one, other = tablet(), tablet()
    item = chair_of(one)
    agree(one, other)
    given = one.services.tickets.give(item_id=item, language="fi", now=one.now(), who="shell")
    agree(one, other)
    there = break_in(other)
    made_up = new_id(clock.utc_now())
    there.device = hashlib.sha256(f"hub:{made_up}".encode()).hexdigest()[:32]  # as it was named before
    assert there.say("ticket.given_twice", {"ticket": given.id, "item": item}, "hub", id=made_up) == [
        "rejected",
        "aside:who",
    ]
    settle(one, other)
    assert state(one, given.code) == "collected"


def test_a_rule_that_never_gives_a_date_is_put_aside_by_each_tablet(tablet: Make, break_in: BreakIn) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    there = break_in(other)
    for rule in ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"):  # the form of a rule
        assert there.say("gathering.set", GATHERING | {"rule": rule}) == ["applied"]
    goes_on(here, other)
    assert [entry.wrong for entry in put_aside(here.store)] == ["rule", "rule"]
    assert [series.id for series in here.services.programme.series(here.now()) if series.id == "x"] == []
