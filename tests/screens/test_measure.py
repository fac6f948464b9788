"""No screen has a target too small, too near to another or out of reach, and no text cut or over another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .measure import PROFILES, Fault, Measure

#: Big text may become this much smaller where a long word meets a narrow box, before it is a fault.
YIELDING = 0.6


@pytest.fixture
def measure(tmp_path: Path) -> Iterator[Measure]:
    measure = Measure(tmp_path)
    yield measure
    measure.close()


def check(faults: list[Fault]) -> None:
    bad = [fault for fault in faults if fault.kind != "small" or fault.worth < YIELDING]
    bad.sort(key=lambda fault: fault.worth)
    assert not bad, "\n" + "\n".join(str(fault) for fault in bad[:40])


@pytest.mark.long
@pytest.mark.parametrize("profile", list(PROFILES))
@pytest.mark.parametrize("big", [False, True], ids=["normal", "big"])
def test_every_screen_measures_up(measure: Any, profile: str, big: bool) -> None:
    faults = []
    for language in measure.settings.centre.languages:
        faults += measure.tour(language, profile, big)
    check(faults)
