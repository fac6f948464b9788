"""One screen turns into the next: softly, over the ground they both lie on, and with nothing left of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glDisable, glReadPixels

from tests.screens.stage import SCISSOR, Stage


@pytest.fixture
def moving(open_stage: Callable[..., Stage], shelf: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr("screens.frame.shell.MOTION", 2.0)  # so slowly that a slow machine draws pictures in between
    stage = open_stage(using=settings._replace(screen=settings.screen._replace(motion=True)))
    stage.tap("Suomi")
    stage.settle()
    return stage


def corner() -> tuple[int, ...]:
    """The colour at the upper left, where every screen shows the ground."""
    return tuple(glReadPixels(4, Window.height - 4, 1, 1, GL_RGB, GL_UNSIGNED_BYTE))


def test_a_fade_never_darkens(moving: Stage) -> None:
    glDisable(SCISSOR)
    shell = moving.app.shell
    transitions, colours = set(), []
    for name in ("shelves", "home"):
        shell.go(name)
        moving.frames()
        while shell.ids.manager.transition.is_active:
            colours.append(corner())
            transitions.add(shell.ids.manager.transition)
            moving.frames(5)
    assert len(transitions) == 2
    assert max(max(channel) - min(channel) for channel in zip(*colours, strict=True)) <= 4


def test_nothing_is_left_of_fades_that_follow_each_other_at_once(moving: Stage) -> None:
    shell = moving.app.shell
    left: list[str] = []
    home, drawn_over = shell.screen("home"), len(shell.ids.manager.canvas.after.children)
    home.bind(on_leave=lambda screen: left.append(screen.name))
    for name in ("shelves", "home", "help"):
        shell.go(name)
        moving.frames()
        assert shell.ids.manager.transition.is_active
    moving.settle()
    assert [screen.name for screen in shell.ids.manager.children] == ["help"]
    assert len(shell.ids.manager.canvas.after.children) == drawn_over
    assert left == ["home", "home"]
    assert home.hidden
