"""Keys at a person's pace are typing, a scan stays a scan, and foreign text of a scanner is neither."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import BadCode, Code, parse
from kiosk.codes.scanner import GAP, LEAST, PACE, Scanner, Typed
from tests.codes.test_scanner import CODES, ENTER, PLACE, SHIFT, TAB

PERSON, SWIFT = 0.25, 0.1


def place(letter: str) -> int:
    """Return the key of a letter on a Finnish keyboard; one without a place is taken for that of Ä."""
    return PLACE.get(letter.upper(), 52)


def type_text(scanner: Scanner, text: str, *, pace: float = PERSON, at: float = 10.0, end: int | None = None) -> Any:
    """Strike the keys of `text`, each followed by what the layout makes of it, and maybe one that ends it; then wait.
    Returns what the scanner gave, and when it gave the first of it (in keys struck)."""
    heard: list[Any] = []
    first = None
    for count, letter in enumerate(text, 1):
        if letter.isupper():
            heard.append(scanner.key(scancode=SHIFT, codepoint=None, modifiers=["shift"], at=at))
        heard.append(scanner.key(scancode=place(letter), codepoint=letter.lower(), modifiers=[], at=at))
        heard.append(scanner.text(letter))
        if first is None and any(heard):
            first = count
        at += pace
    if end is not None:
        heard.append(scanner.key(scancode=end, codepoint="\r", modifiers=[], at=at))
    heard.append(scanner.pause(at + 1))
    return [one for one in heard if one is not None], first


def text_of(heard: list[Any]) -> str:
    assert all(isinstance(one, Typed) for one in heard), heard
    return "".join(one.text for one in heard)


@pytest.mark.parametrize("pace", [0.05, SWIFT, 0.17, PERSON])
@pytest.mark.parametrize("text", ["Pöytälamppu, vihreä", "стіл і 4 стільці", "45 x 90 cm", "ok", "hjkl bcdfg"])
def test_what_a_person_types_arrives_whole(text: str, pace: float) -> None:
    assert text_of(type_text(Scanner(), text, pace=pace)[0]) == text


def test_a_person_sees_a_letter_before_the_word_is_over() -> None:
    assert type_text(Scanner(), "tuolit ja pöytä", pace=SWIFT)[1] == LEAST
    assert type_text(Scanner(), "tuoli", pace=PERSON)[1] == 2


@pytest.mark.parametrize(("end", "pace"), [(ENTER, SWIFT), (TAB, SWIFT), (ENTER, 0.2), (ENTER, PERSON)])
@pytest.mark.parametrize("text", ["tuoli", "A3", "bcd fgh"])
def test_enter_or_tab_soon_after_ends_what_was_typed(text: str, end: int, pace: float) -> None:
    heard, _ = type_text(Scanner(), text, pace=pace, end=end)
    assert text_of(heard) == text
    assert [one.ended for one in heard] == [False] * (len(heard) - 1) + [True]


@pytest.mark.parametrize("pace", [0.001, 0.01, 0.055, 0.12])
@pytest.mark.parametrize("code", CODES)
def test_a_scan_is_never_typed(code: str, pace: float) -> None:
    for text in (code, code.lower(), parse(code).grouped):
        assert type_text(Scanner(), text, pace=pace, end=ENTER)[0] == [parse(code)]
        assert type_text(Scanner(), text, pace=pace)[0] == [parse(code)]
    scanner = Scanner()
    type_text(scanner, "typed before", at=0)
    heard, _ = type_text(scanner, code, pace=pace, at=90, end=ENTER)
    again = scanner.key(scancode=ENTER, codepoint="\r", modifiers=[], at=90 + pace * (len(code) + 2))
    assert (heard, again) == ([parse(code)], None)  # its second Enter confirms nothing


@pytest.mark.parametrize("text", ["HTTPS://EXAMPLE.ORG/T", "6411401015090", "'; DROP TABLE", CODES[0][:-1] + "="])
def test_foreign_text_at_a_scanner_s_pace_is_not_typed(text: str) -> None:
    for pace in (0.001, 0.02, PACE - 0.001):
        heard, _ = type_text(Scanner(), text, pace=pace, end=ENTER)
        assert [type(one) for one in heard] == [BadCode]


def test_keys_of_one_slow_frame_are_not_lost() -> None:
    scanner, heard = Scanner(), []
    for letter in "tuoli":
        heard.append(scanner.key(scancode=place(letter), codepoint=letter, modifiers=[], at=5.0, slack=0.6))
        heard.append(scanner.text(letter))
    heard.append(scanner.pause(9.0))
    assert text_of([one for one in heard if one]) == "tuoli"


def test_a_letter_that_is_put_together_of_several_keys_has_no_key_of_its_own() -> None:
    scanner = Scanner()
    assert scanner.text("é") == Typed("é")
    heard, _ = type_text(scanner, "bcd", pace=SWIFT)
    assert text_of(heard) == "bcd"


def test_a_key_that_no_scanner_sends_ends_the_burst_as_typed() -> None:
    scanner = Scanner()
    for letter in "bcd":
        scanner.key(scancode=place(letter), codepoint=letter, modifiers=[], at=1.0)
        scanner.text(letter)
    assert scanner.flush().text == "bcd"
    assert scanner.pause(9.0) is None


@given(
    st.text("abcdeöäіT07 ,-", min_size=1, max_size=30),
    st.floats(PACE + 0.001, 0.9),
    st.sampled_from([None, ENTER]),
    st.sampled_from(CODES),
)
def test_nothing_typed_is_lost_and_nothing_is_typed_twice(text: str, pace: float, end: int | None, code: str) -> None:
    scanner = Scanner()
    heard, _ = type_text(scanner, text, pace=pace, end=end)
    assert text_of(heard) == text
    assert type_text(scanner, code, pace=0.01, at=9_000, end=ENTER)[0] == [Code(code)]


@given(st.sampled_from(CODES), st.integers(1, 28), st.floats(GAP + 0.01, 0.9))
def test_a_code_typed_slowly_by_hand_is_text(code: str, at: int, pause: float) -> None:
    scanner = Scanner()
    head, _ = type_text(scanner, code[:at], pace=pause)
    tail, _ = type_text(scanner, code[at:], pace=pause, at=900) if code[at:] else ([], None)
    assert text_of([*head, *tail]) == code
