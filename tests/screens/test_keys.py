"""Without touching the glass: keys move a focus that is seen, and choose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kivy.core.window import Window

from screens.frame.focus import box_of, name_of
from screens.widgets.photo_grid import ItemCell
from tests.screens.test_desk import scan

ENTER, ESCAPE, TAB, SPACE, RIGHT, LEFT, DOWN, UP = 40, 41, 43, 44, 79, 80, 81, 82


@pytest.fixture
def stage(open_stage: Callable[..., Any], shelf: Any, settings: Any) -> Any:
    return open_stage(using=settings._replace(centre=settings.centre._replace(default_language="en")))


def press(stage: Any, key: int, *held: str) -> None:
    Window.dispatch("on_key_down", 0, key, None, list(held))
    stage.frames()


def focused(stage: Any) -> str:
    """Return the name of what is focused; the ring must be around it, in front and whole on the screen."""
    focus = stage.app.focus
    assert stage.app.shell.children[0] is focus.ring
    x, y, width, height = box_of(focus.widget)
    assert (focus.ring.x, focus.ring.y, *focus.ring.size) == pytest.approx((x, y, width, height))
    assert 0 <= x + width / 2 <= Window.width
    assert 0 <= y + height / 2 <= Window.height
    return name_of(focus.widget)


def lead(stage: Any, name: str, key: int = TAB) -> None:
    """Move until `name` is focused."""
    stage.settle()
    for _ in range(80):
        press(stage, key)
        if name in focused(stage).split(". "):
            return
    raise AssertionError(
        f"{name!r} is never focused; there is {[name_of(stop.widget) for stop in stage.app.focus.stops()]}"
    )


def choose(stage: Any, name: str, key: int = ENTER) -> None:
    lead(stage, name)
    stage.rest()
    press(stage, key)
    stage.settle()


def test_a_visit_is_counted_by_keys_alone(stage: Any) -> None:
    choose(stage, "English")
    choose(stage, "I have come to an event", SPACE)
    stage.see("Welcome! You are counted.")
    choose(stage, "More")
    choose(stage, "Here for the first time")
    choose(stage, "Family with children")
    choose(stage, "Done")
    stage.see("Thank you for coming!")
    assert stage.store.db.execute_sql("SELECT adults + children, first_visit FROM visit").fetchall() == [(2, 1)]


def test_a_ticket_is_taken_by_keys_alone(stage: Any) -> None:
    choose(stage, "English")
    choose(stage, "Find free things")
    choose(stage, "Furniture")
    choose(stage, "Dining chair")
    choose(stage, "Reserve it for me")
    assert stage.store.db.execute_sql("SELECT count(*) FROM ticket").fetchall() == [(1,)]
    press(stage, ESCAPE)
    stage.settle()


def test_a_thing_is_shown_whole_when_it_is_focused(stage: Any) -> None:
    for number in range(12):
        stage.services.goods.add(now=stage.moment, who="shell", category="books", names={"en": f"Book {number}"})
    choose(stage, "English")
    choose(stage, "Find free things")
    choose(stage, "Everything")
    grid = stage.app.shell.screen("goods").ids.grid
    stage.wait(lambda: all(cell.card for cell in grid.visible_cells()), "the things")
    lead(stage, "Search")
    below = 0
    for _ in range(10):
        press(stage, DOWN)
        if isinstance(stage.app.focus.widget, ItemCell):
            _x, y, _width, height = box_of(stage.app.focus.widget)
            _x, bottom, _width, room = box_of(grid.ids.view)
            assert bottom <= y + 1
            assert y + height <= bottom + room + 1
            below += 1
    assert below > 1


def test_words_are_typed_key_by_key(stage: Any) -> None:
    choose(stage, "English")
    choose(stage, "I have a code")
    lead(stage, "7")
    stage.rest()
    press(stage, ENTER)
    assert stage.app.shell.screen("enter_code").ids.entry.text == "7"
    first = focused(stage)
    press(stage, UP)
    press(stage, DOWN)
    assert focused(stage) != "" != first


def test_no_screen_holds_the_focus(stage: Any) -> None:
    choose(stage, "English")
    for name in ("home", "goods", "enter_code", "help", "calendar", "wish"):
        stage.app.shell.home()
        if name != "home":
            values = {"goods": {"shelf": "furniture"}}.get(name, {})
            stage.app.shell.go(name, **values)
        stage.settle()
        stops = [stop.widget for stop in stage.app.focus.stops()]
        press(stage, TAB)
        names = []
        for _ in stops:
            names.append(focused(stage))
            press(stage, TAB)
        assert all(names), (name, names)
        assert focused(stage) == names[0]
        press(stage, TAB, "shift")
        assert focused(stage) == names[-1]
        assert {"Home", "Finish" if name == "home" else "Back", "Help"} <= set(names)


def test_a_card_over_the_screen_is_answered_and_nothing_under_it(stage: Any) -> None:
    choose(stage, "English")
    choose(stage, "Help")
    stage.see("How can we help?")
    stage.settle()
    for _ in range(7):
        press(stage, RIGHT)
        assert focused(stage) in {
            "OK",
            "A person, please",
            "Practise touching",
            "I need more time",
            "Use by listening",
            "No motion",
        }
    choose(stage, "OK")
    assert stage.app.shell.dialog is None


def test_a_scan_is_a_scan_also_while_something_is_focused(stage: Any, shelf: Any) -> None:
    choose(stage, "English")
    lead(stage, "Finish")
    code = stage.services.goods.item(shelf["chair"].id).label_code
    stage.rest()
    scan(stage, code)
    stage.see("Dining chair")
    assert stage.app.shell.current == "item"
    stage.app.shell.back()
    stage.settle()
    lead(stage, "Finish")
    scan(stage, "12345678")
    assert stage.app.shell.dialog is not None
    assert stage.app.tr.code == "en"
    assert stage.app.shell.current == "home"


def test_a_finger_puts_the_focus_away(stage: Any) -> None:
    press(stage, TAB)
    assert focused(stage)
    stage.tap("English")
    stage.settle()
    assert stage.app.focus.widget is None
    assert stage.app.focus.ring.parent is None
