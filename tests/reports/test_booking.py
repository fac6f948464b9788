"""Booking in steps of any size, and in whatever order tablets tell, says what the folds say of all entries in the order in
which they happened."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import clock
from kiosk.data.models import canonical_json
from kiosk.journal import Store
from kiosk.journal.entries import BEGINNING, add_entry
from kiosk.reports import booking, ledger
from kiosk.reports.booking import FOLDS
from kiosk.reports.folds import LedgerEntry, State
from kiosk.reports.ledger import Ledger

HELSINKI = ZoneInfo("Europe/Helsinki")
BEGAN = datetime(2026, 10, 24, 20, 30, tzinfo=UTC)
#: What is added up of each table, for comparing.
SUMS = {
    "ledger_visit": 'day, session, language, "group", way, sum(visits), sum(adults), sum(children), sum(first)',
    "ledger_goods": "day, move, category, thing, own, sum(pieces), sum(weighed), sum(grams)",
}
Told = tuple[str, str, dict[str, Any]]  # device, kind, payload


def told(device: str, number: int, kind: str, other: int) -> Told:
    """Return an entry about one of a few visits and items, which have the same ids."""
    one, name = {"visit": str(number)}, {"item": str(number)}
    ticket = name | {"ticket": str(other), "language": "fi"}
    goods = name | {"category": "furniture", "thing": None, "quantity": 3, "kg": 1.5}
    came = one | {"session": f"coffee:2026-10-2{other}:1300", "language": "fi", "adults": other, "children": 1}
    payloads = {
        "visit.checked_in": came,
        "visit.amended": one | {"adults": other, "group": "older", "first_visit": other > 1},
        "visit.undone": one,
        "item.added": goods,
        "item.withdrawn": name | {"reason": "broken"},
        "item.put_back": name,
        "ticket.given": ticket,
        "ticket.hand_over_undone": ticket,
    }
    return device, kind, payloads[kind]


KINDS = ("visit.checked_in", "visit.amended", "visit.undone", "item.added", "item.withdrawn", "item.put_back",
         "ticket.given", "ticket.hand_over_undone")  # fmt: skip
ENTRIES = st.lists(
    st.builds(told, st.sampled_from("ab"), st.integers(1, 2), st.sampled_from(KINDS), st.integers(0, 3)), max_size=25
)


def append(store: Store, said: list[Told], seqs: dict[str, int]) -> None:
    """Append entries; they follow each other by an hour, through a night whose clocks go back."""
    with store.db.atomic("IMMEDIATE"):
        for device, kind, payload in said:
            seqs[device] = seqs.get(device, 0) + 1
            count = sum(seqs.values())
            at = clock.utc_text(BEGAN + timedelta(hours=count))
            add_entry(
                store.db,
                (device, seqs[device], f"{count:04}", at, kind, "x", canonical_json(payload), BEGINNING, BEGINNING),
            )


def expected(parts: list[list[Told]]) -> dict[str, dict[tuple[Any, ...], tuple[int, ...]]]:
    """Return the facts after the parts."""
    states: dict[tuple[str, str], State] = {}
    for hours, (_device, kind, payload) in enumerate([entry for part in parts for entry in part], 1):
        at, fold = BEGAN + timedelta(hours=hours), FOLDS[kind]
        state = states.setdefault((fold.subject, payload[fold.subject]), {})
        fold.apply(state, LedgerEntry(kind, clock.utc_text(at), clock.local_date(at, HELSINKI).isoformat(), payload))
    found: dict[str, dict[tuple[Any, ...], tuple[int, ...]]] = {table: {} for table in SUMS}
    for (subject, _id), state in states.items():
        fold = next(fold for fold in FOLDS.values() if fold.subject == subject)
        for day, words, numbers in fold.facts(state):
            before = found[fold.table].get((day, *words), (0,) * len(numbers))
            found[fold.table][day, *words] = tuple(map(sum, zip(before, numbers, strict=True)))
    return {table: {key: sums for key, sums in facts.items() if any(sums)} for table, facts in found.items()}


def booked(store: Store) -> dict[str, dict[tuple[Any, ...], tuple[int, ...]]]:
    """Return the facts of the ledger."""
    found: dict[str, dict[tuple[Any, ...], tuple[int, ...]]] = {}
    for table, columns in SUMS.items():
        words = columns.partition(", sum")[0]
        size = words.count(",") + 1
        rows = store.db.execute_sql(f"SELECT {columns} FROM {table} GROUP BY {words}").fetchall()
        found[table] = {row[:size]: row[size:] for row in rows if any(row[size:])}
    return found


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder without entries, to be copied."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    Store.create(folder, now=BEGAN).close()
    return folder


@hypothesis.settings(max_examples=40, deadline=None)
@given(parts=st.lists(ENTRIES, max_size=4), step=st.sampled_from((1, 2, 1000)), few=st.sampled_from((0, 1, 8)))
def test_steps_of_any_size_book_the_same(empty: Path, parts: list[list[Told]], step: int, few: int) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as changed:
        changed.setattr(ledger, "STEP", step)
        changed.setattr(booking, "FEW", few)
        store, seqs = Store.open(shutil.copytree(empty, Path(name) / "data")), dict[str, int]()
        for part in parts:
            append(store, part, seqs)
            Ledger(store, HELSINKI).catch_up()
        assert booked(store) == expected(parts)
        store.close()


def test_a_subject_with_many_entries_is_not_read_again_and_again(tmp_path: Path) -> None:
    store, seqs = Store.create(tmp_path / "data", now=BEGAN), dict[str, int]()
    come = [told("a", 1, "visit.checked_in", 1)]
    for part in (come, [told("a", 1, "visit.amended", number % 3) for number in range(20)]):
        append(store, part, seqs)
        Ledger(store, HELSINKI).catch_up()
    assert [row[0] for row in store.db.execute_sql("SELECT subject FROM ledger_state")] == ["visit:1"]
    append(store, [told("a", 2, "visit.checked_in", 1)], seqs)
    Ledger(store, HELSINKI).catch_up()
    assert len(store.db.execute_sql("SELECT subject FROM ledger_state").fetchall()) == 1  # one entry is no state
    store.close()


def test_what_another_tablet_did_earlier_is_booked_before_what_this_one_did_later(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "data", now=BEGAN)
    said = [told("b", 1, "item.added", 0), told("b", 1, "ticket.given", 1), told("a", 1, "ticket.hand_over_undone", 1)]
    append(store, said, {})
    Ledger(store, HELSINKI).catch_up()  # "a" first
    moves = store.db.execute_sql("SELECT move, sum(pieces) FROM ledger_goods GROUP BY move").fetchall()
    assert dict(moves) == {"in": 3}
    store.close()
