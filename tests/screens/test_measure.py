"""No screen has a target too small, too near to another or out of reach, and no text cut or over another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from screens.frame.shell import SCREENS
from tests.screens.longer import LONG, long_language
from tests.screens.measure import PROFILES, Measure, broken, yielding_of


@pytest.fixture(scope="module")
def measure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measure]:
    folder = tmp_path_factory.mktemp("measure")
    with long_language(folder / "locales"):
        measure = Measure(folder)
        yield measure
        measure.close()


def check(measure: Measure, language: str, profile: str, big: bool) -> None:
    bad = broken(measure.tour(language, profile, big), yielding_of(language, big))
    assert not bad, "\n" + "\n".join(str(fault) for fault in bad[:40])


def test_the_small_screen_measures_up_in_the_longest_language(measure: Measure) -> None:
    check(measure, LONG, '10.1" wide', big=False)
    assert measure.visited == set(SCREENS)


@pytest.mark.long
@pytest.mark.parametrize("profile", list(PROFILES))
@pytest.mark.parametrize("big", [False, True], ids=["normal", "big"])
def test_every_screen_measures_up(measure: Measure, profile: str, big: bool) -> None:
    for language in (*measure.settings.centre.languages, LONG):
        check(measure, language, profile, big)
