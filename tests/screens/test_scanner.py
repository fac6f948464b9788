"""Scanners on the screen: slow ones, ones that put something around a code, and what is shown of one that is not understood."""

from __future__ import annotations

from typing import Any

import pytest
from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.codes.keys import Keys
from tests.codes.test_scanner import alt, keys
from tests.screens.test_desk import anna, desk, english, helmi, reserve, state

__all__ = ["anna", "desk", "english", "helmi"]


def strike(stage: Any, struck: Any, pace: float = 0.0) -> None:
    """Strike keys at a pace, the clock of the screen going on by it."""
    from kivy.clock import Clock

    moment = Clock.time()
    real = Clock.time
    try:
        for scancode, letter, held in struck:
            Clock.time = lambda: moment  # noqa: B023
            Window.dispatch("on_key_down", 0, scancode, letter, held)
            moment += pace
    finally:
        Clock.time = real
    stage.settle()


@pytest.mark.parametrize("pace", [0.0, 0.08, 0.12])
@pytest.mark.parametrize("before", ["", "]Q1", "*"])
def test_a_ticket_is_found_whatever_the_scanner_s_pace(desk: Any, shelf: Any, pace: float, before: str) -> None:
    strike(desk, keys(before + reserve(desk, shelf["chair"]).code), pace)
    desk.see("Ticket is valid")


def test_letters_by_number_and_a_scanner_without_an_end_key(desk: Any, shelf: Any) -> None:
    strike(desk, alt(reserve(desk, shelf["chair"]).code, 4))
    desk.see("Ticket is valid")


def test_a_function_key_before_a_code_does_not_read_aloud(
    desk: Any, shelf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    turned: list[bool] = []
    monkeypatch.setattr(desk.app.screen_reader, "turn", lambda: turned.append(True))
    strike(desk, [(58, None, []), *keys(reserve(desk, shelf["chair"]).code)])
    desk.see("Ticket is valid")
    assert not turned
    scanner = desk.app.scanner_input.scanner
    desk.wait(lambda: not scanner.busy(Clock.time(), 0.1), "the end of the scan")
    strike(desk, [(58, None, [])])
    desk.wait(lambda: turned, "reading aloud")


def test_scan_shows_what_was_heard_and_offers_the_setting(desk: Any, shelf: Any) -> None:
    ticket = reserve(desk, shelf["chair"])
    desk.app.shell.go("scan")
    strike(desk, keys("A7" + ticket.code), 0.03)
    desk.see("A  7  T")
    desk.see("Letters before the scanner’s codes: A7")
    assert desk.app.shell.dialog is None
    assert state(desk) == ["reserved"]
    desk.rest()
    desk.tap("Use this setting")
    desk.see("Please scan the code once more.")
    assert desk.app.settings.staff.scan_prefix == "A7"
    desk.rest()
    desk.tap("OK")
    strike(desk, keys("A7" + ticket.code), 0.03)
    desk.see("Ticket is valid")


def test_what_is_no_code_is_shown_and_typing_goes_on(desk: Any) -> None:
    desk.app.shell.go("scan")
    strike(desk, [(65, None, []), *keys("6411401015090")], 0.03)
    desk.see("F8  6  4  1")
    desk.see("None of our codes is in it.")
    screen = desk.app.shell.screen("scan")
    assert not screen.advice
    desk.rest()
    desk.tap("Type the code")
    assert screen.keys == ""
    desk.app.shell.home()
    desk.settle()
    strike(desk, keys("6411401015090"))
    desk.see("This code was not recognised")  # elsewhere it is only said


def test_a_helper_is_shown_what_was_heard_but_may_not_set_it(desk: Any, shelf: Any, helmi: Any) -> None:
    desk.app.enter_desk(helmi)
    desk.app.tr.use("en")
    desk.app.shell.go("scan")
    strike(desk, keys("A7" + reserve(desk, shelf["chair"]).code), 0.03)
    desk.see("Letters before the scanner’s codes: A7")
    assert not desk.app.shell.screen("scan").advice


def test_a_field_never_gets_what_a_scanner_types(desk: Any, shelf: Any) -> None:
    desk.app.shell.go("scan")
    entry = desk.app.shell.screen("scan").ids.entry
    entry.text = "T7"
    for pace in (0.005, 0.12):
        strike(desk, keys(reserve(desk, shelf["plates"]).code)[:9], pace)
        assert entry.text == "T7"
    assert Keys().flush() == []
