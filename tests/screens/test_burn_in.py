"""The waiting picture moves by a hair; nothing that can be touched leaves the glass, and a touch finds it where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kivy.core.window import Window

from screens.frame.burn_in import PATH, STEP
from screens.widgets.buttons import Touch


def touchable(stage: Any) -> list[Any]:
    return [widget for widget in stage.widgets() if isinstance(widget, Touch)]


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280)])
@pytest.mark.parametrize("big", [False, True])
def test_it_moves_and_cuts_nothing(
    size: tuple[int, int], big: bool, open_stage: Callable[..., Any], shelf: Any
) -> None:
    stage = open_stage(size=size)
    stage.app.theme.big = big
    stage.settle()
    places = set()
    for _ in PATH:
        stage.app.burn_in.move()
        stage.frames(3)
        seen = touchable(stage)
        assert len(seen) >= 3
        for widget in seen:
            x, y = widget.to_window(*widget.pos)
            assert x >= 0
            assert y >= 0
            assert x + widget.width <= Window.width
            assert y + widget.height <= Window.height
        places.add(tuple(round(value) for value in seen[0].to_window(*seen[0].pos)))
    assert len(places) == len(PATH)
    step = round(STEP * stage.app.theme.mm)
    assert 2 <= step <= 10  # a few pixels
    assert max(x for x, _ in places) - min(x for x, _ in places) == 2 * step


def test_a_touch_finds_it_and_other_screens_are_in_their_place(open_stage: Callable[..., Any], shelf: Any) -> None:
    stage = open_stage()
    stage.app.burn_in.move()
    stage.app.burn_in.move()
    stage.settle()
    assert tuple(stage.app.shell.shift) != (0, 0)
    stage.tap("Українська")
    stage.wait(lambda: stage.app.shell.current == "home", "home")
    assert stage.app.tr.code == "uk"
    stage.app.burn_in.move()
    assert tuple(stage.app.shell.shift) == (0, 0)
    stage.app.end_session()
    assert tuple(stage.app.shell.shift) != (0, 0)


def test_it_stays_where_the_settings_say_so(open_stage: Callable[..., Any], settings: Any) -> None:
    stage = open_stage(using=settings._replace(screen=settings.screen._replace(shift=False)))
    for _ in PATH:
        stage.app.burn_in.move()
        assert tuple(stage.app.shell.shift) == (0, 0)
