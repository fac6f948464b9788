"""Entries of other tablets, of which some are hostile: what is bad is put aside, told, and blocks nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import clock
from kiosk.data.ids import following_id, new_id
from kiosk.data.models import Refused
from kiosk.hub.pull import cursor, take
from kiosk.hub.standing import put_aside
from kiosk.journal import Store
from kiosk.journal.admission import ASIDE, fault, reason_for
from kiosk.journal.entries import BEGINNING, entry_hash, hash_of, verify_chain
from kiosk.journal.forks import fork, judge
from kiosk.journal.kinds import KINDS
from kiosk.services import Services
from kiosk.settings import load
from tests.world import NOW

DEVICE = "0" * 32
CHAIR = {
    "item": "chair", "thing": "dining_chair", "names": None, "category": "furniture", "size": "", "age_group": "",
    "condition": "good", "place": "", "quantity": 1, "kg": None, "label_code": "F0000019", "arrived_on": "2026-11-24",
    "number": None, "donation": None, "photos": [],
}  # fmt: skip
Said = tuple[str, str, Any]  # kind, who, payload or its text


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path / "data", now=NOW)
    yield store
    store.close()


class Elsewhere:
    """Another tablet, that says what it likes."""

    def __init__(self, store: Store) -> None:
        self.store, self.services = store, Services(store, load(None))
        self.services.gatherings.apply(self.services.settings.gatherings, NOW)
        self.seq, self.hash, self.last = 0, BEGINNING, ""

    def entry(self, kind: str, who: str, payload: Any, /, **fields: Any) -> tuple[Any, ...]:
        self.last = following_id(NOW, self.last)
        text = payload if isinstance(payload, str) else json.dumps(payload)
        said = {
            "id": self.last,
            "time": "2026-11-24T08:00:00.000000Z",
            "kind": kind,
            "who": who,
            "payload": text,
        } | fields
        self.seq += 1
        before, values = self.hash, tuple(said.values())
        self.hash = entry_hash(DEVICE, self.seq, *values, before)
        return (self.seq, said["id"], None, DEVICE, self.seq, *values, before, self.hash)

    def say(self, *entries: tuple[Any, ...]) -> int:
        """Let the tablet take a page."""
        zone = clock.zone(self.services.settings.centre.timezone)
        return take(self.store, zone, list(entries), {}, (self.seq, self.last), NOW)


@pytest.fixture
def elsewhere(store: Store) -> Elsewhere:
    return Elsewhere(store)


def works_on(elsewhere: Elsewhere, number: int = 0) -> None:
    """The tablet takes good entries, writes its own, shows things and counts them."""
    store, do = elsewhere.store, elsewhere.services
    good = CHAIR | {"item": f"good{number}", "label_code": f"good{number}"}
    elsewhere.say(elsewhere.entry("item.added", "staff:x", good))
    assert do.goods.item(f"good{number}", NOW).state == "available"
    own = do.goods.add(now=NOW, who="shell", category="furniture", thing="dining_chair")
    assert own.id in do.goods.find(today=NOW.date())
    session = do.gatherings.sessions_on(NOW.date())[0].id
    do.attendance.check_in(visit_id=new_id(NOW), session_id=session, language="fi", now=NOW)
    do.guidance.today(NOW)
    do.partners.all(retired=True)
    do.help.list()
    do.reports._ledger.catch_up()
    verify_chain(store.db)
    assert cursor(store)[0] == elsewhere.seq


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"payload": json.dumps(CHAIR | {"quantity": "many"})}, "quantity"),
        ({"payload": json.dumps(CHAIR | {"quantity": 10**30})}, "quantity"),
        ({"payload": json.dumps({"item": "chair"})}, "thing"),
        ({"payload": "[]"}, "payload"),
        ({"payload": "{"}, "payload"),
        ({"payload": '{"item":' * 20000}, "payload"),
        ({"payload": "[" * 900 + "]" * 900}, "payload"),
        ({"id": "zzz"}, "id"),
        ({"id": new_id(NOW + timedelta(days=2))}, "ahead"),
        ({"id": new_id(NOW + timedelta(days=20000))}, "ahead"),
        ({"time": "yesterday"}, "time"),
        ({"time": "9999-99-99T08:00:00.000000Z"}, "time"),
        ({"kind": 'item"].added'}, "kind"),
        ({"kind": ""}, "kind"),
        ({"who": "visitor"}, "who"),
        ({"who": "hub"}, "who"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_put_aside_and_told(elsewhere: Elsewhere, fields: dict[str, str], wrong: str) -> None:
    entry = elsewhere.entry("item.added", "staff:x", CHAIR, **fields)
    assert fault(entry[3:], NOW) == wrong
    elsewhere.say(entry)
    assert put_aside(elsewhere.store)[0][1] == wrong
    works_on(elsewhere)
    elsewhere.say(entry)  # told again it is the same
    assert len(put_aside(elsewhere.store)) == 1


def test_an_id_that_is_refused_is_followed_by_nobody(elsewhere: Elsewhere) -> None:
    far = new_id(NOW + timedelta(days=30000))
    elsewhere.say(elsewhere.entry("item.added", "staff:x", CHAIR, id=far))
    with elsewhere.store.write(NOW) as journal:
        journal.append("gathering.ended", "settings", {"gathering": "coffee"})
    [(own,)] = elsewhere.store.db.execute_sql(
        "SELECT id FROM journal WHERE device = ? ORDER BY seq DESC LIMIT 1", (elsewhere.store.device,)
    ).fetchall()
    assert own < new_id(NOW + timedelta(days=1))


def test_what_a_newer_program_says_waits(elsewhere: Elsewhere) -> None:
    elsewhere.say(
        elsewhere.entry("loan.made", "robot", {"loan": "l", "until": [1, {"x": None}]}),
        elsewhere.entry("item.added", "staff:x", CHAIR | {"colour": {"red": 1}}),
    )
    assert put_aside(elsewhere.store) == []
    assert elsewhere.services.goods.item("chair", NOW).quantity == 1


def test_what_is_put_aside_stays_so_when_journals_part_and_counts_once_it_can(elsewhere: Elsewhere) -> None:
    ahead = new_id(NOW + timedelta(days=3))
    elsewhere.say(
        elsewhere.entry("item.added", "staff:x", CHAIR | {"item": "first", "label_code": "first"}),
        elsewhere.entry("item.added", "staff:x", CHAIR, id=ahead),
    )
    db = elsewhere.store.db
    with db.atomic():
        forked = fork(db, DEVICE, 1)
    assert [(row.device, row.reason) for row in Refused.select().execute(db)] == [(forked, f"{ASIDE}ahead")]
    [row] = db.execute_sql("SELECT * FROM journal WHERE device = ?", (forked,)).fetchall()
    assert reason_for(row, NOW + timedelta(days=3)) is None
    with db.atomic():
        judge(elsewhere.store, forked, 1, None)
    elsewhere.seq, elsewhere.hash = 1, hash_of(db, DEVICE, 1)
    works_on(elsewhere)
    assert elsewhere.services.goods.item("chair", NOW).state == "available"


def test_a_thing_that_was_merged_before_it_was_added_is_shown(elsewhere: Elsewhere) -> None:
    elsewhere.say(
        elsewhere.entry("item.withdrawn", "staff:x", {"item": "good0", "reason": "duplicate", "into": "nothing"})
    )
    works_on(elsewhere)


def test_infinity_is_no_json(elsewhere: Elsewhere) -> None:
    elsewhere.say(elsewhere.entry("visit.undone", "staff:x", {"visit": "v", "undone": True, "more": float("inf")}))
    assert [row[1] for row in put_aside(elsewhere.store)] == ["payload"]
    works_on(elsewhere)


def test_subjects_of_two_types_may_have_one_id(elsewhere: Elsewhere) -> None:
    rows = [{"id": "r", "day": "2025-01-07", "category": "furniture", "taken_in": 3, "given": 2}]
    elsewhere.say(
        elsewhere.entry("queue.missed", "staff:x", {"queue": "same"}),
        elsewhere.entry("goods.imported", "staff:x", {"goods": "same", "source": "", "rows": rows}),
    )
    works_on(elsewhere)
    sql = "SELECT sum(pieces) FROM ledger_goods WHERE move LIKE '%.earlier'"
    assert elsewhere.store.db.execute_sql(sql).fetchall() == [(5,)]


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.just("x" * 5000),
    st.lists(st.integers(), max_size=3), st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
    st.sampled_from(
        ["", "fi", "chair", "good0", "coffee", "coffee:2026-11-24:1300", "x:0000-00-00:0000", "2026-11-24", "2026-02-30",
         "9999-12-31", "2026-11-24T08:00:00.000000Z", "FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=TU", "09:00", "99:99", "\ud800",
         "\x00", "../../etc/passwd", "a" * 64, 10**400, 1e308, -1, 0, 1, 2, [[[[[]]]]], {"fi": {"fi": "x"}}]
    ),
)  # fmt: skip


@st.composite
def hostile(draw: st.DrawFn) -> Said:
    """An entry of a declared kind, of which any field may say anything, be absent, or be of another kind."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    declared = KINDS[kind]
    names = [name for name in declared.fields if draw(st.integers(0, 9))]
    right = [value for value in SAMPLES if draw(st.booleans())] or SAMPLES
    payload: dict[str, Any] = {}
    for name in names:
        fitting = [value for value in right if declared.fields[name].check(value)]
        payload[name] = draw(st.sampled_from(fitting)) if fitting and draw(st.integers(0, 19)) else draw(VALUES)
    text = json.dumps(payload | draw(st.just({}) | st.dictionaries(st.text(max_size=5), VALUES, max_size=1)))
    if not draw(st.integers(0, 19)):
        text = draw(
            st.sampled_from(
                ["", "null", "[]", "{", "[" * 3000, '{"a":' * 500 + "1" + "}" * 500, "NaN", '"x"', text[:-1]]
            )
        )
    who = "staff:x" if declared.may_write("staff:x") else sorted(declared.by)[0]
    return kind, draw(st.sampled_from([who] * 9 + ["hub", "visitor", ""])), text


#: Values of which some fit each type.
SAMPLES: list[Any] = [
    "chair", "good0", "fi", "coffee", "coffee:2026-11-24:1300", "2026-11-24", "2026-11-24T15:00:00.000000Z", "2026-11",
    "2026-11-25T08:00:00.000000Z", "FREQ=WEEKLY;BYDAY=TU", "10:30", "a" * 64, "new", "reserved", "booked", "conflicted", "kg",
    0, 1, 2.5, True, False, None, [], {}, ["chair"], ["2026-11-24"], {"fi": "Tuoli"}, {"a" * 64: "b" * 64}, [1, 2],
    [{"id": "r", "day": "2025-01-07", "category": "furniture", "taken_in": 3, "given": 2}],
    [{"id": "s", "session": "coffee:2025-01-07:1300", "gathering": "coffee", "day": "2025-01-07", "visits": 3, "adults": 3,
      "children": 0, "first_visits": 1, "language": "fi", "group": "family"}],
]  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(page=st.lists(hostile(), min_size=5, max_size=25))
def test_hostile_entries_block_nothing(tmp_path_factory: pytest.TempPathFactory, page: list[Said]) -> None:
    store = Store.create(tmp_path_factory.mktemp("hostile") / "data", now=NOW)
    try:
        elsewhere = Elsewhere(store)
        entries = [elsewhere.entry(*said) for said in page]
        bad = sum(fault(entry[3:], NOW) != "" for entry in entries)
        assert elsewhere.say(*entries) == len(page)
        [(aside,)] = store.db.execute_sql("SELECT count(*) FROM refused").fetchall()
        assert aside == bad
        works_on(elsewhere)
    finally:
        store.close()
