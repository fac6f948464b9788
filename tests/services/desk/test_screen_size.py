"""The measured size of the screen."""

from __future__ import annotations

import math

import pytest

from kiosk.services import Services
from tests.world import NOW


def test_a_measured_screen_is_kept_and_turns_with_the_tablet(services: Services) -> None:
    assert services.screen_size.diagonal(1280, 800) == 10.1
    unit = math.hypot(1280, 800) / (11.6 * 25.4)
    services.screen_size.measured(width=1280, height=800, pixels_per_mm=unit, now=NOW, who="shell")
    assert services.screen_size.diagonal(1280, 800) == pytest.approx(11.6, abs=0.001)
    assert services.screen_size.diagonal(800, 1280) == pytest.approx(11.6, abs=0.001)


def test_a_measure_of_another_screen_counts_for_nothing(services: Services) -> None:
    services.screen_size.measured(width=1280, height=800, pixels_per_mm=5, now=NOW, who="shell")
    assert services.screen_size.diagonal(1920, 1080) == 10.1


@pytest.mark.parametrize(("unit", "inches"), [(0.01, 100), (1000, 5)])
def test_a_slip_of_the_finger_never_makes_the_screen_unusable(services: Services, unit: float, inches: float) -> None:
    assert services.screen_size.measured(width=1280, height=800, pixels_per_mm=unit, now=NOW, who="shell") == inches
