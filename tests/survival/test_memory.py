"""Memory after a hundred thousand touches is what it was after a thousand."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from kivy.clock import Clock

from kiosk.services.goods import LARGEST_LOT
from screens.check_in.arrive import SessionCard
from screens.widgets.photo_grid import ItemCell
from tests.screens.conftest import TUESDAY, declared, fast_hashes, open_stage, services, settings, shelf, store
from tests.screens.stage import Stage, middle

from .monkey import measure, resident

__all__ = ["declared", "fast_hashes", "open_stage", "services", "settings", "shelf", "store"]


class Visits:
    """Visitors who check in, look at a thing, take a ticket and go, in one language after the other."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.touches = stage, 0

    def touch(self, what: Any) -> None:
        self.stage.settle()
        self.stage.rest()
        if isinstance(what, type):

            def shown() -> list[Any]:
                return [one for one in self.stage.widgets() if isinstance(one, what) and getattr(one, "index", 0) == 0]

            self.stage.wait(shown, what.__name__)
            self.stage.settle()  # it has its place
            self.stage.tap_at(*middle(shown()[0]))
        else:
            self.stage.tap(self.stage.app.tr._(what))
        self.touches += 1

    def visit(self, number: int) -> None:
        self.stage.settle()
        self.stage.rest()
        self.stage.tap(("Suomi", "Українська", "English")[number % 3])
        self.touches += 1
        for what in (
            "Big text", "Contrast", "Help", "All right", "I came to the meeting", SessionCard, "Next", "Yes, the first time",
            "Over 65 years", "Start", "Find free goods", "Textiles", ItemCell, "Reserve it for me", "Done",
        ):  # fmt: skip
            self.touch(what)
        self.stage.wait(lambda: self.stage.app.shell.current == "welcome", "the welcome screen")


@pytest.mark.long
def test_memory_stays_flat(open_stage: Callable[..., Any], shelf: Any, services: Any, settings: Any) -> None:
    """KIOSK_TOUCHES may name another number of touches."""
    touches = int(os.environ.get("KIOSK_TOUCHES", "100000"))
    for _ in range(touches // 16 // LARGEST_LOT + 1):
        services.goods.add(now=TUESDAY, who="test", category="textiles", names={"en": "Towel"}, quantity=LARGEST_LOT)
    visits = Visits(open_stage(using=replace(settings, screen=replace(settings.screen, motion=False))))
    Clock._max_fps = 0  # as fast as it goes
    visits.stage.app.idle.stop()  # a machine that sleeps for a while ends no visit
    early: dict[str, Any] = {}
    number = 0
    while visits.touches < touches:
        visits.visit(number)
        number += 1
        if not early and visits.touches >= 1000:
            early = measure(visits.stage)
            print(early)
        elif number % 100 == 0:
            print(visits.touches, round(resident(), 1), flush=True)
    late = measure(visits.stage)
    print(visits.touches, late)
    assert late["widgets"] == early["widgets"]
    assert late["threads"] == early["threads"]
    assert late["MiB"] < early["MiB"] * 1.05
