"""What a screen costs to draw, in numbers that no machine changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kivy.core.window import Window
from kivy.graphics import Canvas, VertexInstruction
from kivy.graphics.instructions import InstructionGroup
from kivy.uix.label import Label

from kiosk.pictures.store import Pictures
from kiosk.services import Services
from tests.screens.conftest import TUESDAY, photo
from tests.screens.stage import Stage
from tests.screens.test_goods import to_shelf

#: The most shapes each screen may draw: a quarter more than it does today.
MOST = {"welcome": 180, "home": 140, "shelves": 170, "goods": 260}


def shapes(instruction: Any) -> int:
    """Return how many shapes are drawn below `instruction`; every one is a call to the graphics card."""
    if isinstance(instruction, VertexInstruction):
        return 1
    if not isinstance(instruction, InstructionGroup):
        return 0
    below = sum(shapes(child) for child in instruction.children)
    if isinstance(instruction, Canvas):
        for part in (instruction.has_before and instruction.before, instruction.has_after and instruction.after):
            below += sum(shapes(child) for child in part.children) if part and part not in instruction.children else 0
    return below


def drawn(stage: Stage) -> int:
    return shapes(stage.app.shell.canvas)


def test_no_screen_draws_more_than_a_cheap_tablet_can(open_stage: Callable[..., Any], services: Services) -> None:
    stage = open_stage()
    found = {"welcome": drawn(stage)}
    stage.tap("English")
    stage.settle()
    stage.rest()
    found["home"] = drawn(stage)
    stage.tap("Find free things")
    stage.settle()
    stage.rest()
    found["shelves"] = drawn(stage)
    assert {name: count for name, count in found.items() if count > MOST[name]} == {}


def test_scrolling_makes_nothing_new(open_stage: Callable[..., Any], services: Services) -> None:
    for number in range(120):
        services.goods.add(now=TUESDAY, who="shell", category="books", names={"en": f"Book {number}"})
    stage = open_stage()
    to_shelf(stage, "Books")
    screen = stage.app.shell.screen("goods")
    stage.wait(lambda: screen.count == 120, "all of them")
    view = screen.ids.grid.ids.view
    stage.settle()  # by then there are cells for parts of two rows more than are seen now
    before, cells = drawn(stage), len(view._cells) + len(view._spare)
    assert before <= MOST["goods"]
    for row in range(12):
        view.scroll_to(view.row_height * (row + 0.5))
        stage.frames(2)
        assert len(view._cells) + len(view._spare) == cells
    assert drawn(stage) <= MOST["goods"]


#: The most frames of a touch: the button pressed, the next screen, what was looked up for it, and its pictures.
FRAMES = 4
#: Ways of a visitor, by what is touched after the language.
WAYS = [("Find free things", "Books", "a photo"), ("Coming events",), ("Help and friends",), ("I have come to an event",),
        ("I have a code",), ("Talk to the coordinator",), ("I want to donate something",), ("I am here to volunteer",)]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[0])
def test_a_touch_takes_few_frames(
    open_stage: Callable[..., Any],
    services: Services,
    store: Any,
    monkeypatch: pytest.MonkeyPatch,
    way: tuple[str, ...],
) -> None:
    monkeypatch.setattr("screens.tools.photos.TOGETHER", 20.0)  # however slow the machine
    pictures = Pictures(store.folder / "pictures")
    colours = [pictures.add(photo(f"#{number * 30:02x}8080")) for number in range(8)]
    for number in range(40):  # more than are seen: what lies below is not drawn before somebody moves
        colour = colours[number % 8]
        services.goods.add(now=TUESDAY, who="shell", category="books", names={"en": f"Book {number}"}, photos=[colour])
    stage, drawn = open_stage(), []
    stage.app.theme.motion = False
    stage.settle()

    def flipped(*_: object) -> None:
        drawn.append(stage.app.shell.current)

    Window.bind(on_flip=flipped)
    try:
        for turn in ("first", "later"):
            for words in ("English", *way):
                photos = words == "a photo" and stage.app.shell.screen("goods").ids.grid.visible_cells()
                target = photos[0] if photos else stage.find(words)
                drawn.clear()
                stage.tap(target)
                stage.settle()
                assert 2 <= len(drawn) <= FRAMES, (turn, words, drawn)
                stage.rest()
            stage.app.end_session()
            stage.app.theme.motion = False
            stage.settle()
    finally:
        Window.unbind(on_flip=flipped)


def test_words_of_a_hidden_screen_are_drawn_when_it_is_shown(
    open_stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_stage()
    shell, tr = stage.app.shell, stage.app.tr
    for name in ("home", "shelves", "home"):
        shell.go(name)
        stage.settle()
    drawn, draw = [], Label.texture_update

    def texture_update(label: Label, *_: object) -> None:
        drawn.append(label.text)
        draw(label)

    monkeypatch.setattr(Label, "texture_update", texture_update)
    tr.use("uk")
    stage.settle()
    here, there = tr._("Find free things"), tr._("Books")
    assert here in drawn
    assert there not in drawn
    shell.go("shelves")
    stage.settle()
    assert there in drawn
