"""A centre is lived in before it is shipped: seeds of weeks every day, twenty of ten years in the long run."""

from __future__ import annotations

import ast
import logging
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import argon2
import pytest

from kiosk.data.migrations import latest
from kiosk.data.store import FILE
from kiosk.services.staff import members

from .keep import keep
from .ledger import Ledger
from .living import Life, again, live
from .past import VERSIONS, Past
from .player import Player, settings
from .story import Event, shortest, table

#: From a quiet November over New Year's week; a leap year with both changes of the clock.
AUTUMN, LEAP = date(2026, 11, 9), date(2028, 1, 3)
#: What predicts must not know the program.
INDEPENDENT = ("book", "centre", "helping", "ledger", "meeting", "past", "people", "programme", "shelf", "story")


@pytest.fixture(autouse=True)
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PIN is hashed at a cost that years of staff cannot wait for."""
    monkeypatch.setattr(members, "HASHER", argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_eight_weeks(tmp_path: Path, seed: int) -> None:
    life = live(tmp_path, seed, AUTUMN, 56)
    assert len(life.story) > 150
    assert life.ledger.visits
    assert life.ledger.wishes


def test_eight_weeks_with_power_cuts(tmp_path: Path) -> None:
    assert live(tmp_path, 5, AUTUMN, 56, cuts=True).killed > 10


def test_a_life_goes_on_after_an_update(tmp_path: Path) -> None:
    """Four weeks more, of data that an earlier program wrote in seven."""
    live_on(tmp_path, min(VERSIONS), 28)


def live_on(folder: Path, version: int, days: int) -> None:
    past = Past(VERSIONS[version])
    past.unpack(folder / "before")
    assert len(live(folder / "after", version, past.until, days, past=past).story) > 3 * days
    assert [schema(folder / name) for name in ("before", "after")] == [version, latest()]


def test_what_is_kept_for_later_versions_is_read_again(tmp_path: Path) -> None:
    life = Life(tmp_path / "data", AUTUMN)
    for event in STORY:
        life.tell(event)
    life.close()
    keep(life, 4, tmp_path / "kept.zip")
    past = Past(tmp_path / "kept.zip")
    assert past.story == STORY
    assert (past.begins, past.until, past.names) == (AUTUMN, date(2026, 11, 13), 0)
    assert past.unpack(tmp_path / "again") == life.player.ids
    assert schema(tmp_path / "again") == latest()


def schema(folder: Path) -> int:
    with closing(sqlite3.connect(folder / FILE)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


@pytest.mark.long
@pytest.mark.parametrize("version", VERSIONS)
def test_a_life_goes_on_for_a_year_after_an_update(tmp_path: Path, version: int) -> None:
    live_on(tmp_path, version, 366)


def test_a_year(tmp_path: Path) -> None:
    live(tmp_path / "day", 4, LEAP, 1)
    life = live(tmp_path / "year", 4, LEAP, 366, often=False)
    assert len(life.story) > 1000
    assert len(life.ledger.closed) > 5
    assert len(life.ledger.earlier) > 50
    first, last = (statements(tmp_path / folder) for folder in ("day", "year"))
    assert first == last
    assert all(0 < count < 60 for count in last)


def statements(folder: Path) -> tuple[int, int]:
    """Return how many SQL statements a start takes, and a check-in."""
    now, said = datetime(2029, 1, 2, 11, 30, tzinfo=UTC), list[logging.LogRecord]()
    queries, handler = logging.getLogger("peewee"), logging.Handler()
    handler.emit = said.append  # type: ignore[method-assign]
    before = queries.level
    queries.addHandler(handler)
    queries.setLevel(logging.DEBUG)
    try:
        player = Player.__new__(Player)
        player.folder, player.settings, player.pragma, player.ids = folder, settings(range(2028, 2030)), "", {}
        player.open(now)
        start = len(said)
        player.check_in(now, visit="v", session="coffee:2029-01-02", adults=1)  # the first one opens the session
        opened = len(said)
        player.check_in(now, visit="w", session="coffee:2029-01-02", adults=1)
        player.store.close()
    finally:
        queries.removeHandler(handler)
        queries.setLevel(before)
    return start, len(said) - opened


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_ten_years(tmp_path: Path, seed: int) -> None:
    life = live(tmp_path, 100 + seed, AUTUMN, 3652, often=False)
    print(f"seed {100 + seed}: {life.figures()}")  # pytest -s


def test_the_ledger_knows_nothing_of_the_program() -> None:
    for name in INDEPENDENT:
        tree = ast.parse(Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8"))
        froms = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        assert not {one for one in froms | plain if one.split(".")[0] in ("kiosk", "player", "living", "evening")}, name


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


#: A story in which nothing is wrong: a chair that is wished for, and much else.
STORY = [
    Event(at(10), "add", {"thing": "pot", "category": "kitchen", "kind": "pot", "who": "shell"}),
    Event(at(10, 11), "wish", {"wish": "w", "category": "furniture", "kind": "sofa"}),
    Event(at(11), "add", {"thing": "sofa", "category": "furniture", "kind": "sofa", "who": "shell"}),
    Event(at(12), "check_in", {"visit": "v", "session": "club:2026-11-12", "adults": 2}),
]


def test_a_difference_is_told_by_its_shortest_story(monkeypatch: pytest.MonkeyPatch) -> None:
    assert again(STORY, AUTUMN) == ""
    monkeypatch.setattr(Ledger, "_waits_for", lambda self, wish, thing: False)  # a ledger that passes people over
    story = shortest(STORY, lambda part: bool(again(part, AUTUMN)))
    assert story == STORY[1:3]
    assert [line.split()[3] for line in table(story).splitlines()[1:]] == ["wish", "add"]
