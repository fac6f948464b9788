"""The scanner's parser: what is typed in one quick burst and ended, and nothing else, is a code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import BadCode, Code, Kind, code_from_number, parse
from kiosk.codes.codes import LONGEST_INPUT
from kiosk.codes.scanner import GAP, Scanner

ENTER, TAB, SHIFT = 40, 43, 225
PLACE = {letter: 4 + at for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
PLACE |= {digit: 30 + at for at, digit in enumerate("1234567890")} | {" ": 44, "-": 45}
US = "QWERTYUIOPASDFGHJKLZXCVBNM"
UKRAINIAN = dict(zip(US, "йцукенгшщзфівапролдячсмить", strict=True))

Heard = list[Code | BadCode]


def strike(
    scanner: Scanner, keys: Iterable[tuple[int, str | None, list[str]]], *, at: float = 0, pace: float = 0.01
) -> Heard:
    """Strike keys one after the other; returns what the scanner gave, a pause at the end included."""
    heard: Heard = []
    for scancode, letter, held in keys:
        answer = scanner.key(scancode=scancode, codepoint=letter, modifiers=held, at=at)
        heard += [answer] if answer is not None else []
        at += pace
    answer = scanner.pause(at + 1)
    return heard + ([answer] if answer is not None else [])


def keys(text: str, end: int = ENTER) -> list[tuple[int, str | None, list[str]]]:
    """The keys a scanner strikes for `text`: Shift with each capital, as real ones do."""
    out: list[tuple[int, str | None, list[str]]] = []
    for letter in text:
        place = PLACE.get(letter.upper(), 56)
        out += [(SHIFT, None, ["shift"]), (place, letter, ["shift"])] if letter.isupper() else [(place, letter, [])]
    return [*out, (end, None, [])]


CODES = [
    "T06FTPMT7MR6", "B4FPXN81TSXK1KK2XCH8T67317X20", "DCH6NJ17Y16S", "RJG3MHBN3Z3C",
    code_from_number(Kind.ITEM, 7), code_from_number(Kind.QUEUE, 7),
]  # fmt: skip


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("end", [ENTER, TAB, 88])
def test_every_kind_of_code_is_heard(code: str, end: int) -> None:
    assert strike(Scanner(), keys(code, end)) == [parse(code)]
    assert strike(Scanner(), keys(code.lower(), end)) == [parse(code)]
    assert strike(Scanner(), keys(parse(code).grouped, end)) == [parse(code)]


@pytest.mark.parametrize("code", CODES[:2])
def test_any_keyboard_layout(code: str) -> None:
    by_place = [(PLACE[letter], UKRAINIAN.get(letter, letter), []) for letter in code]
    assert strike(Scanner(), [*by_place, (ENTER, "\r", [])]) == [parse(code)]
    by_letter = [(0, UKRAINIAN.get(letter, letter), []) for letter in code]  # a system that hides the places
    assert strike(Scanner(), [*by_letter, (0, "\r", [])]) == [parse(code)]


@pytest.mark.parametrize(
    "text",
    ["HTTPS://EXAMPLE.ORG/T", "'; DROP TABLE TICKET; --", "6411401015090", CODES[0][:-3], "T7K3", CODES[0][:-1] + "=",
     "W" * 10_000, "../../ETC/PASSWD", "{0.__CLASS__}"],
)  # fmt: skip
@pytest.mark.parametrize("ended", [True, False])
def test_what_is_no_code_is_said_once(text: str, ended: bool) -> None:
    struck = keys(text) if ended else keys(text)[:-1]
    [heard] = strike(Scanner(), struck)
    assert isinstance(heard, BadCode)
    assert text not in repr(heard.__dict__)


def test_one_wrong_symbol_and_swaps_are_refused() -> None:
    code = CODES[0]
    for at in range(1, len(code) - 1):
        if code[at] != code[at + 1]:
            swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            assert [type(heard) for heard in strike(Scanner(), keys(swapped))] == [BadCode]


def test_control_keys_spoil_the_burst() -> None:
    struck: Any = keys(CODES[0])
    struck.insert(3, (PLACE["O"], "o", ["ctrl"]))
    assert [type(heard) for heard in strike(Scanner(), struck)] == [BadCode]
    struck[3] = (58, None, [])  # F1
    assert [type(heard) for heard in strike(Scanner(), struck)] == [BadCode]


def test_a_person_at_a_keyboard_is_not_a_scanner() -> None:
    assert strike(Scanner(), keys(CODES[0]), pace=0.2) == []
    assert strike(Scanner(), keys("T7K")) == []
    assert strike(Scanner(), [(ENTER, "\r", [])] * 5) == []


def test_a_slow_frame_does_not_tear_a_scan_apart() -> None:
    scanner, code = Scanner(), CODES[0]
    heard = [
        scanner.key(scancode=scancode, codepoint=None, modifiers=(), at=0.2 * (at > 5), slack=0.2)
        for at, (scancode, *_) in enumerate(keys(code.lower()))
    ]
    assert heard[-1] == parse(code)


def test_one_scan_read_twice_is_one_scan() -> None:
    scanner = Scanner()
    assert strike(scanner, keys(CODES[0])) == [parse(CODES[0])]
    assert strike(scanner, keys(CODES[0]), at=0.4) == []
    assert strike(scanner, keys(CODES[1]), at=0.8) == [parse(CODES[1])]
    assert strike(scanner, keys(CODES[0]), at=5) == [parse(CODES[0])]


def test_a_new_burst_begins_clean_after_a_broken_one() -> None:
    scanner = Scanner()
    assert [type(heard) for heard in strike(scanner, keys("HELLO*WORLD")[:-1])] == [BadCode]
    assert strike(scanner, keys(CODES[0]), at=9) == [parse(CODES[0])]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 300),
            st.one_of(st.none(), st.text(max_size=2)),
            st.lists(st.sampled_from(["shift", "ctrl", "alt", "meta", "capslock"]), max_size=2),
            st.sampled_from([0.001, 0.02, 0.049, 0.06, 1.0]),
        ),
        max_size=200,
    )
)
def test_random_keys_never_raise_and_never_grow(stream: list[tuple[int, str | None, list[str], float]]) -> None:
    scanner, at = Scanner(), 0.0
    for scancode, letter, held, pause in stream:
        at += pause
        answer = scanner.key(scancode=scancode, codepoint=letter, modifiers=held, at=at)
        assert answer is None or isinstance(answer, (Code, BadCode))
        assert len(scanner._typed) <= LONGEST_INPUT


@given(st.sampled_from(CODES), st.data())
def test_a_code_torn_by_a_pause_is_never_taken(code: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(code)))
    scanner, struck = Scanner(), keys(code.lower())
    heard = []
    for number, (scancode, letter, held) in enumerate(struck):
        moment = 0.001 * number + (2 * GAP if number >= at else 0)
        heard.append(scanner.key(scancode=scancode, codepoint=letter, modifiers=held, at=moment))
    assert not any(isinstance(answer, Code) for answer in heard)
