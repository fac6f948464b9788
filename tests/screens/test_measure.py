"""No screen has a target too small, too near to another or out of reach, and no text cut or over another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from screens.frame.shell import SCREENS
from tests.screens.longer import LONG, long_language
from tests.screens.measure import BIG_YIELDING, PROFILES, YIELDING, Measure, Ruler, broken, lay_out, yielding_of


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


@pytest.mark.parametrize(
    "size", [(1024, 768), (1600, 800), (900, 900), (1366, 768)], ids=lambda size: "x".join(map(str, size))
)
@pytest.mark.parametrize("big", [False, True], ids=["normal", "big"])
def test_the_welcome_screen_fits_windows_of_other_shapes(
    measure: Measure, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], big: bool
) -> None:
    monkeypatch.setitem(PROFILES, "window", (*size, 10.1))
    measure.app.tr.use("uk")
    measure.take("window", big)
    measure.app.shell.welcome()
    measure.stage.settle()
    lay_out()
    bad = broken(Ruler(measure.app, "welcome").faults, BIG_YIELDING if big else YIELDING)
    assert not bad, "\n" + "\n".join(map(str, bad))
