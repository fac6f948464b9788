"""Codes: every single wrong symbol and every swap of neighbours is refused; nothing but BadCode ever comes out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import ALPHABET, BadCode, Kind, code_from_number, display, new_code, parse

RANDOM = [Kind.TICKET, Kind.REQUEST, Kind.DONATION, Kind.BADGE]
codes = st.sampled_from(RANDOM).map(new_code) | st.integers(0, 700_000).map(lambda n: code_from_number(Kind.ITEM, n))


@given(codes)
def test_a_code_is_read_however_it_is_written(code: str) -> None:
    for written in (code, display(code), code.lower(), " ".join(code), display(code).lower()):
        assert parse(written) == code
    assert parse(code[0] + code[1:].replace("0", "O").replace("1", "l")) == code


@given(codes, st.data())
def test_one_wrong_symbol_is_refused(code: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(code) - 1))
    wrong = data.draw(st.sampled_from([symbol for symbol in ALPHABET if symbol != code[at]]))
    with pytest.raises(BadCode):
        parse(code[:at] + wrong + code[at + 1 :])


@given(codes)
def test_every_swap_of_neighbours_is_refused(code: str) -> None:
    for at in range(len(code) - 1):
        if code[at] != code[at + 1] and {code[at], code[at + 1]} != {"I", "1"}:
            with pytest.raises(BadCode):
                parse(code[:at] + code[at + 1] + code[at] + code[at + 2 :])


@given(st.text(max_size=200) | st.text(alphabet=ALPHABET + "TRI- ", max_size=30))
def test_any_text_is_a_code_or_a_bad_code(text: str) -> None:
    try:
        parsed = parse(text)
    except BadCode:
        return
    assert parse(parsed) == parsed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "T",
        "\x00\x1b[A\n",
        "T" * 10_000,
        "https://example.org/T7K3",
        "'; DROP TABLE ticket; --",
        "6430012345678",
        "T7K3-M9QX",
    ],
)
def test_what_scanners_see_elsewhere_is_refused(text: str) -> None:
    with pytest.raises(BadCode):
        parse(text)


def test_counted_codes_differ_and_random_codes_are_long() -> None:
    assert len({code_from_number(Kind.ITEM, n) for n in range(5000)}) == 5000
    ticket = new_code(Kind.TICKET)
    assert len(ticket) == 12
    assert len(ALPHABET) ** 10 > 2**40
    assert not set("AEIOUL") & set(ALPHABET)
