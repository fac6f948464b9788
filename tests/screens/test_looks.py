"""Looks asked for on a screen: it is laid out and drawn as if it had been built so, and nothing of the usual look stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kivy.uix.label import Label
from PIL import Image

from screens.widgets.photo import Backdrop
from screens.widgets.words import Words
from tests.screens.measure import seen


def places(stage: Any) -> list[tuple[str, int, int]]:
    """Every text that is shown, with the width and height of its box, pixels."""
    stage.settle()
    shown = seen(stage.app.shell.ids.frame)
    return sorted(
        (one.text, round(one.width), round(one.height)) for one, _ in shown if isinstance(one, Words) and one.text
    )


@pytest.mark.parametrize("screen", ["home", "shelves", "calendar", "help"])
def test_a_change_of_the_text_leaves_what_a_new_screen_has(stage: Any, screen: str) -> None:
    shell, theme = stage.app.shell, stage.app.theme
    shell.home()
    shell.go(screen)
    usual = places(stage)
    theme.big = True
    changed = places(stage)
    shell.rebuild()
    shell.home()
    shell.go(screen)
    assert changed == places(stage) != usual
    theme.big = False
    assert places(stage) == usual


@pytest.mark.parametrize("screen", ["welcome", "home"])
def test_in_high_contrast_the_ground_is_plain(stage: Any, screen: str, tmp_path: Path) -> None:
    shell, theme = stage.app.shell, stage.app.theme
    theme.motion = False
    shell.begin(screen)
    backdrops = [one for one in shell.walk() if isinstance(one, Backdrop)]
    stage.wait(lambda: any(one.texture and one.shown for one in backdrops), "the backdrop")
    theme.high_contrast = True
    stage.rest()
    stage.shot(tmp_path / "shot.png")
    with Image.open(tmp_path / "shot.png") as picture:
        edge = {picture.convert("RGB").getpixel((x, 2)) for x in range(0, picture.width, 50)}
    assert edge == {tuple(round(255 * part) for part in theme.ground[:3])}


@pytest.mark.parametrize(("screen", "values"), [("home", {}), ("shelves", {}), ("goods", {"shelf": "all"})])
def test_the_next_visitor_sees_the_usual_look(stage: Any, screen: str, values: dict[str, str]) -> None:
    """Sizes and colours of every text, whatever the visitor before had chosen."""
    shell, theme = stage.app.shell, stage.app.theme

    def look() -> list[Any]:
        shell.home()
        shell.go(screen, **values)
        stage.settle()
        shown = [one for one, _ in seen(shell.ids.frame) if isinstance(one, Label) and one.text]
        return sorted((one.text, *one.texture_size, *one.color) for one in shown)

    usual = look()
    theme.big = theme.high_contrast = True
    assert look() != usual
    stage.app.end_session()
    stage.settle()
    assert look() == usual
