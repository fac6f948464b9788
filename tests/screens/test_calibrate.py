"""Fitting the drawn card to a real one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.services.desk.screen_size import CARD_MM


def test_the_first_start_fits_the_screen_to_a_bank_card(open_stage: Callable[..., Any]) -> None:
    stage = open_stage(first_start=True)
    stage.services.first_start.reach("glass")
    stage.app.first_start.open()
    stage.settle()
    screen, theme = stage.app.shell.screen("calibrate"), stage.app.theme
    before = theme.mm
    assert screen.card_width == pytest.approx(CARD_MM[0] * theme.pixels_per_mm)
    for button in ("Paljon suurempi", "Suurempi", "Suurempi"):
        stage.tap(button)
    wanted = screen.card_width
    stage.tap("Koko on oikea")
    stage.wait(lambda: stage.app.shell.current == "setup_printer", "the next step")
    assert CARD_MM[0] * theme.pixels_per_mm == pytest.approx(wanted, rel=1e-3)
    assert theme.mm > before
