"""The photo grid over many things: few cells, the right cards, all reachable without a swipe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kivy.base import EventLoop

from kiosk.journal import Store
from kiosk.services import Services
from screens.widgets.photo_grid import BLOCK
from tests.screens.conftest import TUESDAY
from tests.screens.stage import Finger, Stage
from tests.screens.test_goods import to_shelf

MANY = 600


def stock(services: Services) -> None:
    for number in range(MANY):
        services.goods.add(now=TUESDAY, who="shell", category="books", names={"en": f"Book {number}"}, place="D1")


def open_many(open_stage: Callable[..., Any], services: Services) -> tuple[Stage, Any]:
    stock(services)
    stage = open_stage()
    to_shelf(stage, "Books")
    return stage, stage.app.shell.screen("goods").ids.grid


def test_few_cells_serve_many_things(open_stage: Callable[..., Any], services: Services, store: Store) -> None:
    stage, grid = open_many(open_stage, services)
    stage.wait(lambda: len(grid.ids.view.ids_shown) == MANY, "all of them")
    view = grid.ids.view
    for _ in range(40):
        grid.turn(1)
        stage.frames(2)
    assert len(view.children) < 60
    view.scroll_to(10**9)
    stage.wait(lambda: all(cell.card for cell in grid.visible_cells()), "the last cards")
    shown = [cell.card.id for cell in grid.visible_cells()]
    assert shown[-1] == view.ids_shown[-1]
    assert shown == list(view.ids_shown[-len(shown) :])


def test_the_cards_of_what_lies_far_away_are_let_go_of(
    open_stage: Callable[..., Any], services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.widgets.photo_grid.NEAR", 1)
    stage, grid = open_many(open_stage, services)
    view = grid.ids.view
    stage.wait(lambda: len(view.ids_shown) == MANY, "all of them")
    for place in (*range(0, MANY, BLOCK), 0):
        view.reveal(place)
        stage.wait(lambda: all(cell.card for cell in grid.visible_cells()), "the cards")
        assert len(view._cards) <= 4 * BLOCK
    assert grid.visible_cells()[0].card.id == view.ids_shown[0]


def test_the_page_buttons_go_down_and_up(open_stage: Callable[..., Any], services: Services) -> None:
    stage, grid = open_many(open_stage, services)
    first = [cell.card.id for cell in grid.visible_cells()]
    stage.tap("Down")
    stage.wait(lambda: grid.ids.view.offset > 0, "the page")
    stage.tap("Up")
    stage.wait(lambda: grid.ids.view.offset == 0, "the top")
    stage.settle()
    assert [cell.card.id for cell in grid.visible_cells()][: len(first)] == first


def test_a_swipe_scrolls_and_chooses_nothing(open_stage: Callable[..., Any], services: Services) -> None:
    stage, grid = open_many(open_stage, services)
    view = grid.ids.view
    x, y = view.to_window(view.center_x, view.y + 40)
    finger = Finger(x, y)
    EventLoop.post_dispatch_input("begin", finger)
    for step in range(1, 10):
        finger.move({"x": x / 1280, "y": (y + 20 * step) / 800})
        EventLoop.post_dispatch_input("update", finger)
        stage.frames(2)
    EventLoop.post_dispatch_input("end", finger)
    stage.settle()
    assert view.offset > 50
    assert stage.app.shell.current == "goods"


def test_after_a_search_the_cards_are_as_before(open_stage: Callable[..., Any], services: Services) -> None:
    stage, grid = open_many(open_stage, services)

    def heights() -> set[int]:
        stage.settle()
        return {round(cell.ids.holder.height) for cell in grid.visible_cells()}

    before, screen = heights(), stage.app.shell.screen("goods")
    screen.searching = True
    assert heights() != before
    screen.searching = False
    assert heights() == before


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280)])
def test_cards_and_what_is_typed_begin_where_all_else_begins(
    open_stage: Callable[..., Any], services: Services, size: tuple[int, int]
) -> None:
    stock(services)
    stage = open_stage(size=size)
    to_shelf(stage, "Books")
    screen = stage.app.shell.screen("goods")
    edge = 6 * stage.app.theme.mm  # as on every screen

    def first_card() -> float:
        return float(min(cell.to_window(cell.x, 0)[0] for cell in screen.ids.grid.visible_cells()))

    assert abs(first_card() - edge) <= 1
    screen.searching = True
    stage.settle()
    entry = screen.ids.entry
    assert abs(first_card() - edge) <= 1
    assert abs(entry.to_window(entry.x, 0)[0] - edge) <= 1
