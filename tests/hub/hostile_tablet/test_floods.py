"""Floods of what is rejected or can never be shown."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from kiosk.hub import projection
from kiosk.hub.standing import look
from tests.hub.conftest import Tablet, settle
from tests.hub.hostile_tablet.world import BreakIn, Make, goes_on, owner_does
from tests.hub.test_in_step import chair as chair_of

#: Prints by how many MB the memory of a process grew while the tablet of a data folder read what is new.
ROUND = """
import resource, sys
from pathlib import Path
from tests.hub.conftest import Tablet
one = Tablet(Path(sys.argv[1]))
one.sync._call().close()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
came = one.round()
print(came, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
one.close()
"""


#: Entries of 60,000 characters, 186 MB in all.
FLOOD = 3100


def grows(hub_reader: Tablet) -> int:
    """Return by how many MB the process of a tablet grows while it reads the flood."""
    hub_reader.close()
    done = subprocess.run([sys.executable, "-c", ROUND, hub_reader.folder], capture_output=True, text=True, check=True)
    hub_reader.open()
    came, grown = map(int, done.stdout.split())
    assert came >= FLOOD
    return grown


def test_a_flood_of_rejected_entries_takes_little_memory_on_another_tablet(tablet: Make, hub: str) -> None:
    here = tablet()
    here.round()
    owner_does(
        hub,
        """INSERT INTO kiosk.event (centre, position, device, seq, id, time, kind, who, payload, prev_hash, hash, reason)
           SELECT id, head + n, %s, n, to_hex(n), '', 'loan.made', '', '{"loan": "' || repeat('y', 60000) || '"}', '', 'x', 'aside:loan'
           FROM kiosk.centre, generate_series(1, %s) AS n""",
        "f" * 32, FLOOD,
    )  # fmt: skip
    owner_does(hub, "UPDATE kiosk.centre SET head = head + %s", FLOOD)
    assert grows(here) < 40


@pytest.mark.long
def test_a_flood_that_is_told_takes_little_memory_on_another_tablet(tablet: Make, break_in: BreakIn, hub: str) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    owner_does(hub, "UPDATE kiosk.hub SET bytes_a_day = 1000000000")
    there = break_in(other)
    for _ in range(FLOOD // 50):
        answer = there.push(*(there.line("loan.made", {"loan": "x", "more": "y" * 60_000}) for _ in range(50)))
        assert {tuple(verdict[1:]) for verdict in answer["verdicts"]} == {("rejected", "aside:payload")}
    assert grows(here) < 40


def test_what_can_never_be_shown_is_tried_in_turns(
    tablet: Make, break_in: BreakIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    monkeypatch.setattr(projection, "TRIED", 20)
    there, tried = break_in(other), []
    ticket = {"item": "nowhere", "language": "fi", "provisional": False, "deadline": "2026-11-24T12:05:00.000000Z"}
    lines = [there.line("ticket.reserved", ticket | {"ticket": f"t{number:03d}"}, "visitor") for number in range(150)]
    there.push(*lines)
    settle(here, other)
    assert look(here.store).unfolded == 150
    real = projection.Projector._one

    def counted(self: Any, row: Any, attachments: Any) -> Any:
        tried.append(row.subject)
        return real(self, row, attachments)

    monkeypatch.setattr(projection.Projector, "_one", counted)
    seen: set[str] = set()
    for _ in range(10):
        chair_of(other)
        other.round()
        tried.clear()
        here.round()
        assert len(tried) <= 2 * 21
        seen |= set(tried)
    assert {f"t{number:03d}" for number in range(150)} <= seen
    goes_on(here, other)
