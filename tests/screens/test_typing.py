"""A USB keyboard types into the fields of staff, and of visitors where a setting allows it; a scan never does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kivy.clock import Clock
from kivy.core.window import Window

from tests.codes.test_scanner import ENTER, TAB, keys
from tests.codes.test_typing import place
from tests.screens.test_desk import anna, desk, english, reserve, state
from tests.world import PIN

__all__ = ["anna", "desk", "english"]

BACKSPACE, SPACE = 42, 44
#: Seconds of a frame on a tablet: a busy machine's would make a person's pace a scanner's.
FRAME = 0.016


class Hands:
    """A person at the keyboard. The clock of the screen is turned, and its frames are quick, only while a key is pressed."""

    def __init__(self, stage: Any) -> None:
        self.stage, self.moment = stage, Clock.time()

    def after(self, pause: float, act: Callable[[], object]) -> None:
        self.moment, real, frame = max(self.moment, Clock.time()) + pause, Clock.time, Clock._dt
        Clock.time, Clock._dt = lambda: self.moment, FRAME
        try:
            act()
        finally:
            Clock.time, Clock._dt = real, frame

    def press(self, scancode: int, text: str = "", pace: float = 0.25) -> None:
        """Press a key as SDL tells it: the key, then what the layout makes of it."""

        def struck() -> None:
            Window.dispatch("on_key_down", 0, scancode, text.lower() or None, [])
            if text:
                Window.dispatch("on_textinput", text)

        self.after(pace, struck)

    def write(self, text: str, pace: float = 0.25) -> None:
        for letter in text:
            self.press(place(letter), letter, pace)
        self.after(1, lambda: self.stage.app.scanner_input._listen(0))
        self.stage.frames(2)


def ask(stage: Any, **values: Any) -> list[str]:
    said: list[str] = []
    stage.app.shell.go("ask", question="Where does it stand?", done=said.append, **values)
    stage.settle()
    return said


def test_text_space_backspace_and_enter(desk: Any) -> None:
    hands = Hands(desk)
    said = ask(desk)
    hands.write("Hylly Å ")
    hands.press(BACKSPACE)
    entry = desk.app.shell.screen("ask").ids.entry
    assert entry.text == "Hylly Å"
    hands.write("3", pace=0.1)
    hands.press(ENTER)
    desk.settle()
    assert (said, desk.app.shell.current) == (["Hylly Å3"], "desk")


def test_enter_right_after_the_last_letter_confirms_and_an_empty_field_does_not(desk: Any) -> None:
    hands = Hands(desk)
    said = ask(desk)
    hands.press(ENTER)
    assert not said
    for letter in "bcd":
        hands.press(place(letter), letter, 0.1)
    hands.press(ENTER, pace=0.1)
    desk.settle()
    assert said == ["bcd"]


def test_tab_goes_to_the_controls_and_there_space_chooses(desk: Any) -> None:
    hands = Hands(desk)
    said = ask(desk)
    hands.write("Hylly")
    for _ in range(40):
        hands.press(TAB, pace=0.6)
        if getattr(desk.app.focus.widget, "text", "") == "OK":
            break
    hands.press(SPACE, " ", pace=0.6)
    desk.settle()
    assert said == ["Hylly"]


def test_a_scan_while_a_field_is_open_is_a_scan(desk: Any, shelf: Any) -> None:
    hands = Hands(desk)
    said = ask(desk)
    hands.write("Hyl")
    for pace in (0.005, 0.12):
        code = reserve(desk, shelf["plates"]).code
        for scancode, letter, _held in keys(code):
            hands.press(scancode, (letter or "") if scancode != ENTER else "", pace)
        desk.settle()
        desk.see("Ticket is valid")
        assert (said, desk.app.shell.screen("ask").ids.entry.text) == ([], "Hyl")
        desk.app.shell.back()
    assert state(desk) == ["reserved", "reserved"]


def test_a_foreign_code_is_not_typed(desk: Any) -> None:
    hands = Hands(desk)
    ask(desk)
    hands.write("6411401015090", pace=0.005)
    desk.see("This code was not recognised")
    assert desk.app.shell.screen("ask").ids.entry.text == ""


def test_a_keypad_takes_what_its_keys_have(desk: Any) -> None:
    hands = Hands(desk)
    ask(desk, board="WEIGHT", most=5)
    hands.write("1a2.5x777")
    assert desk.app.shell.screen("ask").ids.entry.text == "12,57"


def test_a_pin_is_typed_at_the_door(open_stage: Callable[..., Any], anna: Any, english: Any) -> None:
    stage = open_stage(using=english)
    hands = Hands(stage)
    stage.app.shell.go("door")
    stage.settle()
    hands.write(PIN)
    stage.wait(lambda: stage.app.shell.current == "desk", "the desk")


@pytest.mark.parametrize("allowed", [True, False])
def test_visitors_type_where_the_setting_allows_it(
    open_stage: Callable[..., Any], shelf: Any, english: Any, allowed: bool
) -> None:
    stage = open_stage(using=english._replace(screen=english.screen._replace(keyboard=allowed)))
    hands = Hands(stage)
    stage.app.shell.go("enter_code")
    stage.settle()
    code = reserve(stage, shelf["chair"]).code
    hands.write(code.lower())
    assert stage.app.shell.screen("enter_code").ids.entry.text == (code if allowed else "")
    hands.press(ENTER)
    if allowed:
        stage.wait(lambda: stage.app.shell.current == "ticket", "the ticket")


def test_a_dialog_gets_no_text(desk: Any) -> None:
    hands = Hands(desk)
    ask(desk)
    desk.app.shell.say("Wait", "")
    hands.write("abc")
    assert desk.app.shell.screen("ask").ids.entry.text == ""


def test_a_code_typed_on_the_scan_screen(desk: Any, shelf: Any) -> None:
    hands = Hands(desk)
    desk.app.shell.go("scan")
    desk.settle()
    code = reserve(desk, shelf["chair"]).code
    hands.write(code[:5])
    hands.after(2, lambda: desk.app.scanner_input._listen(0))
    assert desk.app.shell.screen("scan").keys == ""  # a person reads on; no scanner is diagnosed
    hands.write(code[5:])
    hands.press(ENTER)
    desk.see("Ticket is valid")
