"""The stories, played by touch in a window and without one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import argon2
import pytest

import screens.app  # noqa: F401  (before Kivy, so that it has the rules it has in the kiosk)
from tests.stories import check_in
from tests.stories.on_stage import StagePlayer, a_world
from tests.stories.story import Story, wrote
from tests.stories.subjects import EVERYDAY, stories

STORIES = stories()


@pytest.fixture(autouse=True)
def fast_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """argon2id at a cost that suits a test."""
    quick = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr("kiosk.services.staff.members.HASHER", quick)


def marked(name: str) -> object:
    return pytest.param(name, marks=pytest.mark.long if name in EVERYDAY else ())


@pytest.mark.parametrize("name", [marked(name) for name in STORIES])
def test_by_touch(name: str, tmp_path: Path) -> None:
    story = STORIES[name]
    with a_world(story, tmp_path) as (stage, world):
        StagePlayer(stage, world).play(story)


def test_a_check_in_in_big_text_goes_over_two_pages(tmp_path: Path) -> None:
    with a_world(check_in.FAMILY, tmp_path) as (stage, world):
        first, *others = check_in.FAMILY.steps
        player = StagePlayer(stage, world)
        player.step(first)
        stage.app.theme.big = True
        stage.settle()
        for step in others:
            player.step(step)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"wrote": ()}, "wrote"),
        ({"wrote": (wrote("visit.checked_in", adults=2),)}, "wrote"),
        ({"screen": "arrive"}, "on home, not on arrive"),
    ],
)
def test_a_table_that_is_wrong_is_told(change: dict[str, Any], told: str, tmp_path: Path) -> None:
    *before, last = check_in.counted()
    story = Story("wrong", (*before, last._replace(**change)))
    with a_world(story, tmp_path) as (stage, world), pytest.raises(AssertionError, match=told):
        StagePlayer(stage, world).play(story)


def test_without_a_window() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.stories.windowless"], capture_output=True, text=True, timeout=600, check=False
    )
    told = [line for line in done.stdout.splitlines() if " steps, " in line]
    wrong = "\n".join(line for line in told if not line.endswith(" of it work"))
    assert done.returncode == 0, f"ended with {done.returncode}: {wrong}\n{done.stderr[-2000:]}"
    assert len(told) == len(STORIES)
