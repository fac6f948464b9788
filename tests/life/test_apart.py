"""Two tablets of one centre live apart and meet: afterwards both say what is true, and meanwhile what they can know."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import clock
from tests.hub.conftest import server
from tests.hub.server import Server

from .apart import live_apart
from .tablets import World
from .test_life import AUTUMN, quick_pins

__all__ = ["quick_pins", "server"]  # fixtures


@pytest.fixture(autouse=True)
def own_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Machines run as long as the life."""
    monkeypatch.setattr(clock, "since_boot", World.running)


def test_five_weeks_of_which_one_tablet_is_away_for_two(server: Server, tmp_path: Path) -> None:
    lives = live_apart(server, tmp_path, 7, AUTUMN, 35, [range(8, 22)])
    assert len(lives.story) > 200
    assert {"conflicted"} <= {ticket.state for ticket in lives.of["office"].ledger.tickets.values()}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_a_year_with_weeks_and_months_apart(server: Server, tmp_path: Path, seed: int) -> None:
    away = [range(begins, begins + days) for begins, days in ((20, 25), (80, 10), (140, 60), (260, 20), (330, 14))]
    live_apart(server, tmp_path, 200 + seed, AUTUMN, 365, away)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 7))
def test_more_weeks_of_which_one_tablet_is_away_for_two(server: Server, tmp_path: Path, seed: int) -> None:
    live_apart(server, tmp_path, seed, AUTUMN, 35, [range(8, 22)])
