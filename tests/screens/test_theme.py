"""The theme's promises that can be counted: contrast, colours told apart by every eye, millimetres, big text."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

from screens.widgets.theme import (
    ANGLE,
    BIG,
    CAPITAL,
    CHART,
    COLOURS,
    OUTLINES,
    PAIRS,
    TARGET,
    TYPE,
    Theme,
    density,
    millimetre,
)

Colour = tuple[float, float, float]
#: How colours look without one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1.0, linear RGB.
EYES = {
    "all three cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
#: Least distance in CIE Lab between colours that mean different things; 2 is just seen, side by side.
CHART_DISTANCE, STATE_DISTANCE = 25.0, 12.0
SCREENS = [(1280, 800, 10.1), (800, 1280, 10.1), (1366, 768, 15.6), (1920, 1080, 21.5), (3840, 2160, 32)]


def linear(colour: str) -> Colour:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def times(matrix: tuple[tuple[float, ...], ...], colour: Colour) -> Colour:
    red, green, blue = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour: Colour) -> Colour:
    """CIE Lab under D65."""
    to_xyz = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    inside: Colour = tuple(min(max(part, 0.0), 1.0) for part in colour)  # type: ignore[assignment]
    white = (0.95047, 1.0, 1.08883)
    shares = [part / of for part, of in zip(times(to_xyz, inside), white, strict=True)]
    x, y, z = (share ** (1 / 3) if share > 0.008856 else 7.787 * share + 16 / 116 for share in shares)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, eye: str) -> float:
    seen = [lab(times(EYES[eye], linear(colour))) for colour in (one, other)]
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


@pytest.mark.parametrize("look", list(COLOURS))
@pytest.mark.parametrize("pair", PAIRS)
def test_text_has_contrast(look: str, pair: tuple[str, str]) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    one, other = (COLOURS[look][name] for name in pair)
    assert contrast(one, other) >= 4.5


@pytest.mark.parametrize("look", list(COLOURS))
def test_outlines_and_charts_have_contrast(look: str) -> None:
    """WCAG 2.2, 1.4.11: 3 to 1."""
    colours = COLOURS[look]
    for name, ground in OUTLINES:
        assert contrast(colours[name], colours[ground]) >= 3
    for colour in CHART[look]:
        assert contrast(colour, colours["card"]) >= 3


@pytest.mark.parametrize("look", list(COLOURS))
@pytest.mark.parametrize("eye", list(EYES))
def test_charts_and_states_are_told_apart_by_every_eye(look: str, eye: str) -> None:
    for one, other in itertools.combinations(CHART[look], 2):
        assert distance(one, other, eye) >= CHART_DISTANCE
    assert distance(COLOURS[look]["good"], COLOURS[look]["alarm"], eye) >= STATE_DISTANCE


@pytest.mark.parametrize(("width", "height", "diagonal"), SCREENS)
def test_a_target_is_never_smaller_than_its_millimetres(width: int, height: int, diagonal: float) -> None:
    pixels_per_mm = density(width, height, diagonal)
    assert TARGET * millimetre(width, height, pixels_per_mm) >= 20 * pixels_per_mm * 0.999


@pytest.mark.parametrize(("width", "height", "diagonal"), SCREENS)
@pytest.mark.parametrize("away", [300, 400, 700])
def test_big_text_is_seen_at_its_distance(width: int, height: int, diagonal: float, away: int) -> None:
    """EN 301 549, 5.1.4: capitals of 0.7°; and every step at least 1.25 times the usual."""
    screen = SimpleNamespace(diagonal_inches=diagonal, lower_edge_mm=850, reach_limit_mm=1120, viewing_distance_mm=away)
    theme = Theme(screen)
    theme.fit(width, height)
    usual = {name: getattr(theme, name) for name in TYPE}
    theme.big = True
    for name in TYPE:
        assert getattr(theme, name) * CAPITAL / theme.pixels_per_mm >= away * ANGLE * 0.999
    for name in TYPE:
        assert getattr(theme, name) >= BIG * usual[name] * 0.999
    assert theme.reach <= (1120 - 850) * theme.pixels_per_mm + 1
