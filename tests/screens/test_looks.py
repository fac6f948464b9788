"""Big text asked for on a screen lays it out as if it had been built so: nothing of the usual size stays behind."""

from __future__ import annotations

from typing import Any

import pytest

from screens.widgets.words import Words

from .measure import seen


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
