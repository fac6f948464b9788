"""A monkey at the glass never leaves the app, never gets to the desk, never ends it and never fills the memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kivy.clock import Clock

from tests.screens.conftest import declared, fast_hashes, open_stage, services, settings, shelf, store
from tests.survival.monkey import Monkey, measure

__all__ = ["declared", "fast_hashes", "open_stage", "services", "settings", "shelf", "store"]
ROOT = Path(__file__).parents[2]


def test_a_monkey_for_a_moment(open_stage: Callable[..., Any], shelf: Any, settings: Any) -> None:
    stage = open_stage(using=settings._replace(screen=settings.screen._replace(motion=False)))
    Clock._max_fps = 0  # as fast as it goes; the next stage sets its own
    monkey = Monkey(stage)
    monkey.play("everyday", 400)
    monkey.complaints.close()
    assert sum(monkey.acts.values()) == 400
    assert len(monkey.acts) > 8
    assert len(monkey.screens) > 3
    measure(stage)
    assert stage.app.shell.current == "welcome"
    assert stage.store.db.execute_sql("SELECT count(*) FROM journal WHERE kind LIKE 'staff.entered'").fetchall() == [
        (0,)
    ]


@pytest.mark.long
def test_a_monkey_for_a_night(tmp_path: Path) -> None:
    """A million events. KIOSK_MONKEY may name a folder in which an interrupted run goes on, KIOSK_EVENTS another
    number."""
    folder = Path(os.environ.get("KIOSK_MONKEY", tmp_path))
    events = int(os.environ.get("KIOSK_EVENTS", "1000000"))
    command = [sys.executable, "-m", "tests.survival.monkey", str(folder), str(events), "1"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    figures = json.loads((folder / "monkey-1.json").read_text())
    memory = [look["MiB"] for look in figures["memory"]]
    print(figures["events"], figures["screens"], memory[::10])
    assert figures["events"] == events
    settled = max(memory[1:3] or memory)  # every screen was built once by then
    assert memory[-1] < settled * 1.05
