"""The theme's promises that can be counted: contrast and millimetres."""

from __future__ import annotations

import pytest

from screens.widgets.theme import COLOURS, PAIRS, TARGET, density, millimetre


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("look", list(COLOURS))
@pytest.mark.parametrize("pair", PAIRS)
def test_text_has_contrast(look: str, pair: tuple[str, str]) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    light, dark = sorted((luminance(COLOURS[look][name]) for name in pair), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("width", "height", "diagonal"),
    [(1280, 800, 10.1), (800, 1280, 10.1), (1366, 768, 15.6), (1920, 1080, 21.5), (3840, 2160, 32)],
)
def test_a_target_is_never_smaller_than_its_millimetres(width: int, height: int, diagonal: float) -> None:
    pixels_per_mm = density(width, height, diagonal)
    assert TARGET * millimetre(width, height, pixels_per_mm) >= 20 * pixels_per_mm * 0.999
