"""Memory after a hundred thousand touches is what it was after a thousand."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from kivy.base import EventLoop
from kivy.clock import Clock

from kiosk.services.goods.goods import LARGEST_LOT
from kiosk.startup import heap
from screens.widgets.buttons import StrikeGuard
from screens.widgets.photo_grid import ItemCell
from tests.screens.conftest import TUESDAY, declared, fast_hashes, open_stage, services, settings, shelf, store
from tests.screens.stage import AGAIN, Finger, Stage, middle
from tests.survival.monkey import DRAWN, measure, resident

__all__ = ["declared", "fast_hashes", "open_stage", "services", "settings", "shelf", "store"]


class Visits:
    """Visitors who check in, look at a thing, take a ticket and go, in one language after the other."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.touches = stage, 0

    def touch(self, what: Any) -> None:
        """Touch the button with the words `what`, or the first widget of that class, as soon as it stands still."""
        stage = self.stage
        name = what if isinstance(what, type) else stage.app.tr._(what)

        def shown() -> Any:
            if not isinstance(what, type):
                return stage.find(name)
            return next(
                (one for one in stage.widgets() if isinstance(one, what) and getattr(one, "index", 0) == 0), None
            )

        widget, place = stage.wait(shown, str(name)), None
        while (now := middle(widget)) != place:
            place = now
            stage.frames(2)
        stage.app.guard, stage.app.focus._chose = StrikeGuard(), -AGAIN  # as slow as a person
        finger = Finger(*now)
        EventLoop.post_dispatch_input("begin", finger)
        stage.frames()
        EventLoop.post_dispatch_input("end", finger)
        stage.frames()
        self.touches += 1

    def visit(self, number: int) -> None:
        self.touch(("Suomi", "Українська", "English")[number % 3])
        if number % 8 == 0:  # every screen is laid out anew
            self.touch("Contrast")
            self.touch("Big text")
        for what, leads_to in (
            ("Help", ""), ("OK", ""), ("I have come to an event", "party"),
            *[("More", ""), ("More", ""), ("Fewer", ""), ("Fewer", "")] * 6, ("Here for the first time", ""),
            ("65 or older", ""), ("Home", "home"), ("Find free things", "shelves"),
            ("Textiles", "goods"), (ItemCell, "item"), ("Reserve it for me", "ticket"), ("Done", "welcome"),
        ):  # fmt: skip
            if leads_to in ("party", "goods", "item"):  # what is found on a worker takes the place of what was shown
                self.stage.wait(lambda: not self.stage.app.workers.busy, "what is found")
            self.touch(what)
            if leads_to:
                self.stage.wait(lambda name=leads_to: self.stage.app.shell.current == name, leads_to)


@pytest.mark.long
def test_memory_stays_flat(open_stage: Callable[..., Any], shelf: Any, services: Any, settings: Any) -> None:
    """KIOSK_TOUCHES may name another number of touches."""
    heap.keep_one_heap()
    touches = int(os.environ.get("KIOSK_TOUCHES", "100000"))
    for _ in range(touches // 38 // LARGEST_LOT + 1):
        services.goods.add(now=TUESDAY, who="shell", category="textiles", names={"en": "Towel"}, quantity=LARGEST_LOT)
    visits = Visits(open_stage(using=settings._replace(screen=settings.screen._replace(motion=False))))
    Clock._max_fps, visits.stage.drawn = 0, DRAWN  # as fast as it goes
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
