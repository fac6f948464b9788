"""Hostile entries by chance, told to a real hub by a tablet's own credentials: the hub judges each as a tablet does, and the
others of the centre read on, show things, count them and tell their own."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kiosk import clock
from kiosk.data import new_id
from kiosk.hub import admin, migrations
from kiosk.hub.enrolment import join
from kiosk.hub.invitation import invite_text
from kiosk.journal.admission import ASIDE, fault
from kiosk.journal.entries import verify_chain
from tests.hub.conftest import Tablet
from tests.hub.hostile_tablet.attacker import Attacker
from tests.hub.server import Server
from tests.hub.test_in_step import chair as chair_of
from tests.journal.test_admission import Said, hostile

#: Reasons of the hub that no tablet has a word of its own for.
FINAL = {"chain", "size", "kind", "unreadable", "id", "twice"}
#: What only a tablet can tell: whether a rule ever gives a date, and a whole number written as 2.0.
ONLY_HERE = {"rule"}
#: Pages told in one hub before another is made.
PAGES = 20
_numbers = itertools.count()
PAYLOADS = [
    "",
    "null",
    "[]",
    "{",
    "1e400",
    '{"item": 1e400}',
    '{"item": "\\u0000"}',
    '{"item": "\\ud800"}',
    "[" * 3000,
    "x" * 70000,
]
IDS = [
    "",
    "zzz",
    "0" * 32,
    "f" * 32,
    "0fffffffffff7fff8000000000000000",
    new_id(clock.utc_now() + timedelta(days=3)),
    "x" * 5000,
]
TIMES = [
    "",
    "garbage",
    "2026-02-30T08:00:00.000000Z",
    "9999-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00.000000Z",
    "2026-11-24",
    "x" * 5000,
]
KINDS = [
    "",
    "item",
    ".",
    "item.",
    'item"].added',
    "loan.made",
    "x" * 5000,
    "ticket.given_twice",
    "request.erased",
    "__proto__.x",
]


@st.composite
def mutation(draw: st.DrawFn) -> dict[str, str]:
    """What of an entry is not as an entry has it: mostly nothing."""
    if draw(st.integers(0, 9)):
        return {}
    field, values = draw(st.sampled_from([("id", IDS), ("time", TIMES), ("kind", KINDS), ("payload", PAYLOADS)]))
    return {field: draw(st.sampled_from(values))}


PARCEL = st.one_of(
    st.just([]), st.integers(), st.lists(st.text(max_size=5), max_size=4),
    st.tuples(st.sampled_from(["chair", "t", "x" * 500]), st.sampled_from(["ticket.code", "box:" + "a" * 64, "../x"]),
              st.sampled_from(["QQ==", "/////w==", "?", "QUFB" * 20000])).map(list),
)  # fmt: skip
PAGE = st.tuples(st.lists(st.tuples(hostile(), mutation()), min_size=5, max_size=25), st.lists(PARCEL, max_size=3))


class World:
    """A hub with a centre of two honest tablets, and a third that is not."""

    def __init__(self, server: Server) -> None:
        self.server, self.folder = server, Path(tempfile.mkdtemp(prefix="kiosk-fuzz-"))
        url = server.new_database(f"fuzz{next(_numbers)}")
        with admin.owner(url) as db:
            migrations.init(db)
            self.tablets = [self._join(db, number) for number in range(3)]
        self.one, self.other, third = self.tablets
        self.there, self.pages = Attacker(third.folder), 0
        for each in (self.one, self.other):
            each.round()

    def _join(self, db: psycopg.Connection[Any], number: int) -> Tablet:
        tablet = Tablet(self.folder / f"tablet{number}")
        join(tablet.store, invite_text(admin.invite(db, centre="Lumijoki", name=f"Tablet {number}")))
        return tablet

    def tell(self, page: list[tuple[Said, dict[str, str]]], parcels: list[Any]) -> list[tuple[str, str]]:
        """Tell a page; returns what the hub and what a tablet says of each entry, "" when it counts."""
        self.there.begin_anew()
        lines, entries = [], []
        for (kind, who, text), wrong in page:
            fields = {name: wrong[name] for name in ("id", "time") if name in wrong}
            line = self.there.line(wrong.get("kind", kind), wrong.get("payload", text), who, **fields)
            lines.append(line)
            entries.append((*json.loads(line), self.there.hash))
        if any("\0" in part for parcel in parcels if isinstance(parcel, list) for part in parcel):
            with pytest.raises(psycopg.DataError):  # PostgreSQL itself takes no such text: nothing of the page counts
                self.there.push(*lines, parcels=parcels)
            parcels = []
        answer = self.there.push(*lines, parcels=parcels)
        assert [number for number, *_ in answer["verdicts"]] == list(range(1, len(page) + 1)), answer["outcome"]
        now = clock.utc_now()
        reasons = [why[0] if why else "" for _number, _verdict, *why in answer["verdicts"]]
        self.pages += 1
        return list(zip(reasons, (fault(entry, now) for entry in entries), strict=True))

    def goes_on(self) -> None:
        """Both read on; each can show what the other adds, and count."""
        item = chair_of(self.one)
        for each in (self.one, self.other, self.one):
            each.round()
        do, now = self.other.services, self.other.now()
        assert do.goods.item(item).state == "available"
        session = do.gatherings.sessions_on(now.date())[0].id
        do.attendance.check_in(visit_id=new_id(now), session_id=session, language="fi", now=now)
        do.reports._ledger.catch_up()
        for each in (self.one, self.other):
            verify_chain(each.store.db)

    def end(self) -> None:
        self.there.close()
        for tablet in self.tablets:
            tablet.close()


def agrees(who: str, at_hub: str, here: str) -> bool:
    """Tell whether the hub and a tablet say the same of an entry by `who`. Whether a decision is its own only the hub knows."""
    if who == "hub" and at_hub == f"{ASIDE}who":
        return True
    if at_hub in FINAL:
        return here != "" or at_hub in ("twice", "size", "unreadable")
    return at_hub.removeprefix(ASIDE) == here or (at_hub == "" and here in ONLY_HERE)


def drive(server: Server, examples: int) -> Counter[str]:
    """Let `examples` pages be told; returns how often each verdict was given."""
    worlds, found = [World(server)], Counter[str]()

    @settings(max_examples=examples, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(said=PAGE)
    def tell(said: tuple[list[Any], list[Any]]) -> None:
        if worlds[-1].pages >= PAGES:
            worlds.pop().end()
            worlds.append(World(server))
        verdicts = worlds[-1].tell(*said)
        wrong = [
            (pair, str(entry)[:300])
            for entry, pair in zip(said[0], verdicts, strict=True)
            if not agrees(entry[0][1], *pair)
        ]
        assert not wrong, f"the hub and a tablet differ: {wrong}"
        worlds[-1].goes_on()
        found.update(at_hub or "applied" for at_hub, _here in verdicts)

    try:
        tell()
    finally:
        worlds[-1].end()
    return found


def test_hostile_entries_are_judged_alike_and_stop_nobody(server: Server) -> None:
    found = drive(server, 12)
    assert found.total() > 50
    assert len(found) > 5


@pytest.mark.long
def test_hostile_entries_are_judged_alike_and_stop_nobody_for_longer(server: Server) -> None:
    found = drive(server, 300)
    print(f"{found.total()} entries: {dict(found.most_common())}")
    assert found["applied"] > 100
