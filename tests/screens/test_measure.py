"""No screen has a target too small, too near to another or out of reach, and no text cut or over another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from screens.frame.shell import SCREENS
from screens.visitor.welcome.snow_river import ART, CLEAR
from screens.widgets.buttons import Touch
from screens.widgets.panels import Card
from screens.widgets.words import Words
from tests.screens.longer import LONG, long_language
from tests.screens.measure import (
    BIG_YIELDING,
    PROFILES,
    YIELDING,
    Box,
    Measure,
    Ruler,
    box_of,
    broken,
    lay_out,
    name_of,
    seen,
    yielding_of,
)


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


@pytest.mark.long
@pytest.mark.parametrize("language", ["fi", "uk"])
@pytest.mark.parametrize("big", [False, True], ids=["normal", "big"])
def test_an_upright_screen_says_all_that_a_wide_one_does(measure: Measure, language: str, big: bool) -> None:
    said = []
    for profile in ('10.1" wide', '10.1" tall'):
        measure.tour(language, profile, big)
        said.append(dict(measure.sentences))
    wide, tall = said
    missing = {name: sentences - tall[name] for name, sentences in wide.items()}
    assert len(wide) > 40
    assert {name: left for name, left in missing.items() if left} == {}


@pytest.mark.parametrize("profile", list(PROFILES))
@pytest.mark.parametrize("big", [False, True], ids=["normal", "big"])
def test_nothing_on_the_welcome_screen_lies_on_the_house_or_the_people(
    measure: Measure, profile: str, big: bool
) -> None:
    measure.app.tr.use("uk")
    measure.take(profile, big)
    shell = measure.app.shell
    shell.welcome()
    measure.stage.settle()
    screen = shell.screen("welcome")
    screen.serving = "88"
    for turn in range(4):
        screen.turn = turn
        lay_out()
        house = clear_box(measure.app.theme)
        told = [one for one, _ in seen(screen) if isinstance(one, (Touch, Card, Words)) and getattr(one, "text", "·")]
        assert {"Scenes", "StartButton", "Words"} <= {type(one).__name__ for one in told}
        assert [(name_of(one), ink(one)) for one in told if ink(one).apart(house) < 0] == []


def ink(widget: Any) -> Box:
    """Return where `widget` is in the window; of a text where its lines are, which begin at the left or are on a plate."""
    box = box_of(widget)
    if not isinstance(widget, Words) or widget.halign == "center":
        return box
    return replace(box, right=box.x + max((line.w for line in widget._label._cached_lines), default=0))


def clear_box(theme: Any) -> Box:
    """Return where the house and the people of the picture are, pixels; it covers the glass and is centred."""
    (wide, high), (left, top, right, bottom) = ART[theme.portrait], CLEAR[theme.portrait]
    scale = max(theme.width / wide, theme.height / high)
    x, y = theme.width / 2 - wide * scale / 2, theme.height / 2 + high * scale / 2
    return Box(x + left * wide * scale, y - bottom * high * scale, x + right * wide * scale, y - top * high * scale)


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
