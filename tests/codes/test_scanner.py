"""The scanner's parser: what is typed in one quick burst and ended, and nothing else, is a code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import BadCode, Code, Kind, code_from_number, parse
from kiosk.codes.scanner import GAP, MOST_KEYS, Invitation, PaperKey, Scanner, code_in, typed_code

ENTER, TAB, SHIFT = 40, 43, 225
PLACE = {letter: 4 + at for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
PLACE |= {digit: 30 + at for at, digit in enumerate("1234567890")} | {" ": 44, "-": 45}
PLACE |= dict(zip("=[]\\;'`,./", (46, 47, 48, 49, 51, 52, 53, 54, 55, 56), strict=True))
SHIFTED = dict(zip('!@#$%^&*()_+{}|:"~<>?', "1234567890-=[]\\;'`,./", strict=True))
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
        shift = letter.isupper() or letter in SHIFTED
        place = PLACE[SHIFTED.get(letter, letter.upper())]
        out += [(SHIFT, None, ["shift"]), (place, letter, ["shift"])] if shift else [(place, letter, [])]
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


def test_a_scanner_set_to_a_german_keyboard() -> None:
    number = next(number for number in range(10_000) if "Z" in code_from_number(Kind.ITEM, number))
    code = code_from_number(Kind.ITEM, number)
    places = [(PLACE[{"Y": "Z", "Z": "Y"}.get(letter, letter)], letter) for letter in code]
    for system in ("as the scanner", "as a US keyboard"):
        struck = [(at, letter if system == "as the scanner" else None, []) for at, letter in places]
        assert strike(Scanner(), [*struck, (ENTER, "\r", [])]) == [parse(code)], system


def test_digits_of_the_keypad_and_codes_one_after_the_other() -> None:
    pad = {digit: 89 + at for at, digit in enumerate("1234567890")}
    struck = [(pad.get(letter, PLACE[letter]), letter, []) for letter in CODES[0]]
    assert strike(Scanner(), [*struck, (88, None, [])]) == [parse(CODES[0])]
    one_burst = [*keys(CODES[0]), *keys(CODES[2], TAB), *keys(CODES[3])]
    assert strike(Scanner(), one_burst, pace=0.004) == [parse(CODES[0]), parse(CODES[2]), parse(CODES[3])]


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


@pytest.mark.parametrize("pace", [0.001, 0.01, 0.03, 0.055, 0.08, 0.12])
@pytest.mark.parametrize("code", CODES)
def test_scanners_of_every_pace_need_no_setting(code: str, pace: float) -> None:
    for text in (code, code.lower(), parse(code).grouped):
        assert strike(Scanner(), keys(text), pace=pace) == [parse(code)]


@pytest.mark.parametrize("code", CODES)
def test_a_scanner_without_an_end_key_is_heard_after_a_pause(code: str) -> None:
    assert strike(Scanner(), keys(code)[:-1]) == [parse(code)]
    assert [type(heard) for heard in strike(Scanner(), keys(code[:-1])[:-1])] == [BadCode]


@pytest.mark.parametrize("aim", ["]Q1", "]C0", "]C1", "]d2", "]X0", "*]Q1"])
@pytest.mark.parametrize("code", CODES)
def test_an_aim_identifier_is_passed_over(code: str, aim: str) -> None:
    for pace in (0.005, 0.12):
        assert strike(Scanner(), keys(aim + code), pace=pace) == [parse(code)]
    assert strike(Scanner(prefix="A7"), keys(f"{aim}A7{code}")) == [parse(code)]
    assert strike(Scanner(prefix="A7"), keys(f"A7{aim}{code}")) == [parse(code)]


def test_an_aim_identifier_without_its_bracket_and_of_longer_texts() -> None:
    bracket = (PLACE["9"], "9", ["alt-gr"])  # as a Finnish keyboard types it
    assert strike(Scanner(), [bracket, *keys("Q1" + CODES[0])]) == [parse(CODES[0])]
    invitation = "HUB" + "ABCDEF7" * 40
    assert strike(Scanner(), keys("]Q1" + invitation)) == [Invitation(invitation)]
    assert strike(Scanner(), keys("]Q1" + "12345678" * 12)) == [PaperKey("12345678" * 12)]


@pytest.mark.parametrize("sign", list("*#~!$%&/()+.,:;<>?_\"'`^{}|\\@"))
def test_signs_around_a_code_are_passed_over(sign: str) -> None:
    code = CODES[0]
    for text in (sign + code, code + sign, sign + code + sign, sign * 3 + code):
        assert strike(Scanner(), keys(text)) == [parse(code)], text


@pytest.mark.parametrize("before", [58, 65, 69, 104, 115, 73, 74, 82])  # F1, F8, F12, F13, F24, Insert, Home, up
def test_a_function_key_before_and_after_is_passed_over(before: int) -> None:
    code, key = CODES[0], (before, None, [])
    assert strike(Scanner(), [key, *keys(code)]) == [parse(code)]
    assert strike(Scanner(), [key, key, *keys(code)[:-1], key, (ENTER, "\r", [])]) == [parse(code)]
    control = (PLACE["B"], "b", ["ctrl"])  # the start of text of some scanners
    assert strike(Scanner(), [control, *keys(code)]) == [parse(code)]


def alt(text: str, digits: int, lock: bool = True) -> list[tuple[int, str | None, list[str]]]:
    """The keys of a scanner that types each letter's number on the keypad while Alt is held."""
    out: list[tuple[int, str | None, list[str]]] = []
    for letter in text:
        out.append((226, None, ["alt"]))
        out += [(89 + (int(digit) - 1) % 10, digit if lock else None, ["alt"]) for digit in f"{ord(letter):0{digits}}"]
    return out


@pytest.mark.parametrize("digits", [2, 3, 4, 5])
@pytest.mark.parametrize("code", CODES)
def test_letters_typed_by_their_number(code: str, digits: int) -> None:
    for pace in (0.004, 0.05):
        for text in (code, code.lower(), "]Q1" + code, "*" + code):
            assert strike(Scanner(), [*alt(text, digits), (ENTER, "\r", [])], pace=pace) == [parse(code)]
        assert strike(Scanner(), alt(code + "\r", digits), pace=pace) == [parse(code)]
        assert strike(Scanner(), alt(code, digits, lock=False), pace=pace) == [parse(code)]


def test_a_number_that_is_no_letter_spoils_the_burst() -> None:
    for number in ("00000", "99999", "00007"):
        struck = alt(CODES[0], 3)
        struck[8:8] = [(226, None, ["alt"]), *((89 + (int(digit) - 1) % 10, digit, ["alt"]) for digit in number)]
        assert [type(heard) for heard in strike(Scanner(), struck)] == [BadCode]


@pytest.mark.parametrize("code", CODES)
def test_caps_lock_changes_nothing(code: str) -> None:
    lock = (57, None, [])
    struck = [(PLACE[letter], letter.lower(), ["capslock"]) for letter in code]
    assert strike(Scanner(), [*struck, (ENTER, "\r", ["capslock"])]) == [parse(code)]
    assert strike(Scanner(), [lock, *keys(code)[:-1], lock, (ENTER, "\r", [])]) == [parse(code)]
    shifted = [(PLACE[letter], letter, ["shift", "capslock"]) for letter in code]  # digits too
    assert strike(Scanner(), [*shifted, (ENTER, "\r", [])]) == [parse(code)]


@pytest.mark.parametrize(("prefix", "suffix"), [("A7", ""), ("", "ZZ"), ("store-", "#9"), ("%S", "0"), ("T", "T")])
@pytest.mark.parametrize("code", CODES)
def test_prefix_and_suffix_are_settings(code: str, prefix: str, suffix: str) -> None:
    struck = keys(prefix + code + suffix)
    assert strike(Scanner(prefix=prefix, suffix=suffix), struck) == [parse(code)]
    assert strike(Scanner(prefix=prefix, suffix=suffix), keys(code)) == [parse(code)]
    if prefix.isalnum() or suffix.isalnum():
        assert [type(heard) for heard in strike(Scanner(), struck)] == [BadCode]


@given(st.sampled_from(CODES), st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789*#-/", max_size=4), st.floats(0.01, 0.12))
def test_what_stands_before_a_code_never_makes_another_of_it(code: str, before: str, pace: float) -> None:
    heard = strike(Scanner(), keys(before + code), pace=pace)
    assert all(isinstance(answer, BadCode) or answer == parse(code) for answer in heard)


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
        assert len(scanner._signs) <= MOST_KEYS + 1


@given(st.sampled_from(CODES), st.data())
def test_a_code_torn_by_a_pause_is_never_taken(code: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(code) - 1))
    scanner, struck = Scanner(), keys(code.lower())
    heard = []
    for number, (scancode, letter, held) in enumerate(struck):
        moment = 0.001 * number + (2 * GAP if number >= at else 0)
        heard.append(scanner.key(scancode=scancode, codepoint=letter, modifiers=held, at=moment))
    assert not any(isinstance(answer, Code) for answer in heard)


def test_a_short_invitation_is_typed_in_groups_and_with_letters_for_digits() -> None:
    bare = "0K7M3Q9X2WB" + "K7M3Q9X2WB" * 4
    typed = " ".join(bare[at : at + 4] for at in range(0, len(bare), 4)).lower()
    for text in (typed, typed.replace(" ", "-"), "o" + typed[1:], "HUB" + typed):
        heard = typed_code(text)
        assert isinstance(heard, Invitation)
        assert heard.text.replace("HUBO", "HUB0") == "HUB" + bare
    assert code_in("HUB" + bare) == Invitation("HUB" + bare)
    for wrong in ("0K7M", "", "HUB", "ä" * 50):
        with pytest.raises(BadCode):
            typed_code(wrong)
