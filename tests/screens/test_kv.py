"""What a .kv file sets is declared in a class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_every_property_is_declared(open_stage: Callable[..., Any], declared: list[str]) -> None:
    from screens.shell import SCREENS

    stage = open_stage()
    for name in SCREENS:
        stage.app.shell.screen(name)
    assert not declared, "\n".join(declared)
