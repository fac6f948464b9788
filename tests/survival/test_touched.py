"""The program is killed while a hand is on its screen; nothing that the screen confirmed is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.survival.touched import go


@pytest.mark.parametrize("kills", [1, pytest.param(500, marks=pytest.mark.long)])
def test_killed_under_a_hand(tmp_path: Path, kills: int) -> None:
    """KIOSK_KILLS may name a folder in which an interrupted long run goes on."""
    figures = go(Path(os.environ.get("KIOSK_KILLS", tmp_path) if kills > 3 else tmp_path), kills, 3)
    assert (figures["kills"], figures["lost"]) == (kills, 0)
    assert figures["begun"] > kills // 3
    assert figures["visits"] + figures["ticket"] + figures["donation"] > 0
