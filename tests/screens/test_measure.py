"""No screen has a target too small, too near to another or out of reach, and no text cut or over another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .longer import LONG, long_language
from .measure import PROFILES, Fault, Measure

#: A text may become this much smaller than the rule where a long word meets a narrow box, before it is a fault: usual
#: text, big text, and the language whose every text is longer than any real one.
YIELDING, BIG_YIELDING, LONG_YIELDING = 0.85, 0.6, 0.5


@pytest.fixture(scope="module")
def measure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measure]:
    folder = tmp_path_factory.mktemp("measure")
    with long_language(folder / "locales"):
        measure = Measure(folder)
        yield measure
        measure.close()


def check(faults: list[Fault], yielding: float) -> None:
    bad = [fault for fault in faults if fault.kind != "small" or fault.worth < yielding]
    bad.sort(key=lambda fault: fault.worth)
    assert not bad, "\n" + "\n".join(str(fault) for fault in bad[:40])


def test_the_small_screen_measures_up_in_the_longest_language(measure: Measure) -> None:
    check(measure.tour(LONG, '10.1" wide', big=False), LONG_YIELDING)


@pytest.mark.long
@pytest.mark.parametrize("profile", list(PROFILES))
@pytest.mark.parametrize("big", [False, True], ids=["normal", "big"])
def test_every_screen_measures_up(measure: Measure, profile: str, big: bool) -> None:
    for language in measure.settings.centre.languages:
        check(measure.tour(language, profile, big), BIG_YIELDING if big else YIELDING)
    check(measure.tour(LONG, profile, big), LONG_YIELDING)
