"""No call of the program, and nothing that it does every minute, reads a whole table that grows with the years."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.data.store import FILE

from .living import live
from .player import Player

#: Tables that grow with the years.
GROW = r"(journal|visit|ticket|item|wish|request|donation|seat|queue_number|shift|envelope)"
#: The newest entry, read from the end of an index.
NEWEST = "SCAN journal USING COVERING INDEX journal_by_id"


def traced(method: Callable[..., Any], seen: dict[str, str]) -> Callable[..., Any]:
    """Return `method`, which notes the SQL that it runs: without its literals, and as it was."""

    def note(sql: str) -> None:
        seen.setdefault(re.sub(r"'[^']*'|\b\d+\b", "?", sql), sql)

    def run(player: Player, *args: Any) -> Any:
        connection = player.store.db.connection()
        connection.set_trace_callback(note)
        try:
            return method(player, *args)
        finally:
            connection.set_trace_callback(None)

    return run


def test_no_statement_reads_a_whole_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}
    for name in ("tell", "minute"):
        monkeypatch.setattr(Player, name, traced(getattr(Player, name), seen))
    live(tmp_path / "data", 1, date(2026, 11, 9), 56, often=False)
    assert len(seen) > 60
    scans = []
    with sqlite3.connect(tmp_path / "data" / FILE) as db:
        for sql in seen.values():
            if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", sql):
                steps = [step for *_, step in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
                scans += [f"{step}: {sql}" for step in steps if re.match(rf"SCAN {GROW}\b", step) and step != NEWEST]
    assert "\n".join(scans) == ""
