"""How entries are divided into pages changes nothing, and a page takes few statements."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import clock
from kiosk.hub.projection import summary
from kiosk.hub.pull import take
from kiosk.journal import Store
from tests.journal.test_admission import CHAIR, Elsewhere
from tests.services.test_counts import statements
from tests.world import NOW

Entry = tuple[Any, ...]
VISIT = {"session": "coffee:2026-11-24:1300", "language": "fi", "adults": 1, "children": 0, "way": "kiosk"}
OPENED = {"session": VISIT["session"], "gathering": "coffee", "day": "2026-11-24", "place": "Hall",
          "starts_at": "2026-11-24T11:00:00.000000Z", "ends_at": "2026-11-24T13:00:00.000000Z"}  # fmt: skip
TICKET = {"item": "chair", "language": "fi", "provisional": False, "deadline": "2026-11-25T08:00:00.000000Z"}
SAID = (
    ("item.added", "staff:x", CHAIR), ("item.withdrawn", "staff:x", {"item": "chair", "reason": "broken"}),
    ("item.put_back", "staff:x", {"item": "chair"}), ("ticket.reserved", "visitor", TICKET | {"ticket": "one"}),
    ("ticket.reserved", "visitor", TICKET | {"ticket": "two"}), ("ticket.collected", "staff:x", {"ticket": "one"}),
    ("visit.checked_in", "visitor", VISIT | {"visit": "v"}), ("visit.amended", "visitor", {"visit": "v", "adults": 3}),
    ("visit.undone", "visitor", {"visit": "v", "undone": True}), ("item.added", "staff:x", CHAIR | {"quantity": "many"}),
)  # fmt: skip
CODES = {("one", "ticket.code"): b"T-ONE", ("two", "ticket.code"): b"T-TWO"}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a gathering, to be copied."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    store = Store.create(folder, now=NOW)
    Elsewhere(store)
    store.close()
    return folder


def taken(empty: Path, folder: Path, pages: list[list[Entry]], zone: Any) -> tuple[Any, ...]:
    """Let a new tablet take pages; returns what it has then."""
    shutil.rmtree(folder, ignore_errors=True)
    store = Store.open(shutil.copytree(empty, folder))
    try:
        came = sum(take(store, zone, page, CODES, page[-1][:2], NOW) for page in pages if page)
        tables = [
            sorted(store.db.execute_sql(f"SELECT * FROM {name}")) for name in ("journal", "refused", "unfolded", "item")
        ]
        return came, summary(store), tables
    finally:
        store.close()


@hypothesis.settings(max_examples=25, deadline=None)
@given(
    picks=st.lists(st.integers(0, len(SAID) - 1), min_size=1, max_size=12),
    again=st.lists(st.integers(0, 11), max_size=3),
    cut=st.integers(1, 12),
)
def test_a_page_of_one_and_a_page_of_all_are_the_same(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, picks: list[int], again: list[int], cut: int
) -> None:
    folder = tmp_path_factory.getbasetemp() / "taken"
    maker = Elsewhere(Store.open(empty))
    entries = [maker.entry("session.opened", "schedule", OPENED), *(maker.entry(*SAID[pick]) for pick in picks)]
    entries += [entries[at] for at in again if at < len(entries)]  # told twice
    zone = maker.services.settings.centre.timezone
    maker.store.close()
    ways = ([entries], [[entry] for entry in entries], [entries[:cut], entries[cut:]])
    found = [taken(empty, folder, list(way), clock.zone(zone)) for way in ways]
    assert found[0] == found[1] == found[2]


def test_a_page_takes_about_one_statement_a_visit(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "data", now=NOW)
    elsewhere = Elsewhere(store)
    elsewhere.say(elsewhere.entry("session.opened", "schedule", OPENED))
    few, many = (
        [elsewhere.entry("visit.checked_in", "visitor", VISIT | {"visit": f"{count}-{at}"}) for at in range(count)]
        for count in (10, 90)
    )
    said = [len(statements(store, lambda page=page: elsewhere.say(*page))) for page in (few, many)]  # type: ignore[misc]
    assert said[1] - said[0] <= 3 * 80  # a row of the journal, which is traced twice, and one of the visits
    assert store.db.execute_sql("SELECT count(*) FROM visit").fetchone() == (100,)
    store.close()
