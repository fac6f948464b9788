"""Sheets, ways and tabs of staff: what they do when big words have no room."""

from __future__ import annotations

from typing import Any

import pytest

from tests.screens.test_desk import anna as anna  # the fixtures
from tests.screens.test_desk import desk as desk
from tests.screens.test_desk import english as english


@pytest.fixture
def big(desk: Any) -> Any:
    desk.app.theme.big = True
    desk.settle()
    return desk


def test_the_ways_of_the_desk_turn_pages_in_big_text(big: Any) -> None:
    ways = next(one for one in big.app.shell.screen("desk").walk() if type(one).__name__ == "ButtonGrid")
    assert ways.pages == 2
    big.tap("Settings")  # on the second page
    big.settle()
    assert big.app.shell.current == "settings"


def test_a_filter_is_one_button_in_big_text_and_asks(big: Any) -> None:
    big.app.shell.go("requests")
    big.settle()
    requests = big.app.shell.screen("requests")
    assert requests.ids.filters.words == "Open"
    big.tap("Open")
    big.settle()
    assert big.app.shell.current == "choose"
    big.tap("Closed")
    big.settle()
    assert (big.app.shell.current, requests.status, requests.ids.filters.words) == ("requests", "closed", "Closed")


def test_a_filter_has_its_options_side_by_side_in_usual_text(desk: Any) -> None:
    desk.app.shell.go("requests")
    desk.settle()
    desk.tap("Closed")
    desk.settle()
    assert desk.app.shell.screen("requests").status == "closed"


def test_no_answer_moves_a_line_of_a_sheet_to_another_page(desk: Any) -> None:
    desk.app.shell.go("series")
    desk.settle()
    sheet = desk.app.shell.screen("series")
    grid = next(one for one in sheet.walk() if type(one).__name__ == "FactGrid")
    assert grid.pages == 1
    sheet.ids.about.answer = "We build a fortress of snow, drink something hot and talk " * 4
    desk.settle()
    assert grid.pages == 1
