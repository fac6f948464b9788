"""What has left the screen is collected between frames, never while something else is worked out."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.safe_mode.crash_log import CrashLog
from kiosk.settings import Settings
from screens.safe_mode.run import run_safe
from screens.widgets.choices import Option, OptionWords


def test_a_button_that_is_gone_is_collected_by_the_screen_alone(stage: Any) -> None:
    stage.wait(lambda: stage.app.background.runs, "the start")
    assert not gc.isenabled()
    button = OptionWords(option=Option("snow", "Snow"))
    button.itself = button  # a circle, as bindings make them: no count falls to zero
    gone = weakref.ref(button)
    del button
    stage.app.theme.big = True  # its rules still run, and name what is still there
    stage.wait(lambda: gone() is None, "the collection")
    stage.close()
    assert gc.isenabled()


def test_on_the_plain_screen_python_collects_itself(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program begins without; this screen may be there for days, and has nobody who collects between frames."""
    collects: list[bool] = []
    monkeypatch.setattr("screens.safe_mode.safe_app.configure", lambda windowed: None)
    monkeypatch.setattr("screens.safe_mode.safe_app.SafeApp.run", lambda app: collects.append(gc.isenabled()))
    gc.disable()
    try:
        run_safe(tmp_path, settings, CrashLog(tmp_path), (800, 600))
    finally:
        gc.enable()
    assert collects == [True]


def test_what_a_visit_leaves_is_collected_after_it(stage: Any) -> None:
    stage.wait(lambda: stage.app.background.runs, "the start")
    button = OptionWords(option=Option("snow", "Snow"))
    button.itself = button
    gone = weakref.ref(button)
    gc.freeze()
    gc.unfreeze()  # it is among the old ones, as if it had been there for long
    del button

    def gone_after_a_visit() -> bool:
        stage.app.end_session()
        return gone() is None

    assert stage.wait(gone_after_a_visit, "the collection")


def test_a_screen_that_is_let_go_of_is_gone(open_stage: Callable[..., Any], shelf: Any) -> None:
    stage = open_stage()
    gc.unfreeze()  # the first screen is of what stays
    names = ("home", "arrive", "shelves", "help", "calendar", "guidance", "donate", "enter_code", "wish")
    for name in names:
        stage.app.shell.go(name)
        stage.settle()
    kept = {screen.name: weakref.ref(screen) for screen in stage.app.shell.ids.manager.screens}
    assert set(names) < set(kept)
    stage.app.shell.rebuild()
    stage.app.shell.welcome()
    stage.settle()
    for _ in range(3):  # rules are taken off a widget when it goes; what they held goes after it
        gc.collect()
        stage.frames(2)
    assert [name for name, screen in kept.items() if screen() is not None] == []


def test_only_the_screens_shown_last_are_kept_after_a_visit(
    open_stage: Callable[..., Any], shelf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.frame.shell.KEPT", 4)
    stage = open_stage()
    for name in ("home", "arrive", "shelves", "help", "calendar"):
        stage.app.shell.go(name)
    first = weakref.ref(stage.app.shell.screen("home"))
    stage.settle()
    stage.app.end_session()
    stage.settle()
    assert {screen.name for screen in stage.app.shell.ids.manager.screens} == {"welcome", "shelves", "help", "calendar"}
    for _ in range(3):
        gc.collect()
        stage.frames(2)
    assert first() is None
    stage.app.shell.home()
    stage.see("Mitä haluaisit tehdä?")
