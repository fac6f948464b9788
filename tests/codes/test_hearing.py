"""What a scanner sent is shown key by key, with the setting that makes a code of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import parse
from kiosk.codes.hearing import Burst, Hearing
from kiosk.codes.scanner import GAP, Scanner
from tests.codes.test_scanner import CODES, alt, keys, strike


def hear(struck: Any, *, pace: float = 0.01, gap: float = GAP, prefix: str = "", suffix: str = "") -> Burst:
    hearing, at = Hearing(gap, prefix, suffix), 100.0
    for scancode, letter, held in struck:
        hearing.key(scancode=scancode, codepoint=letter, modifiers=held, at=at)
        assert hearing.over(at + 0.1) is None
        at += pace
    burst = hearing.over(at + 2)
    assert burst is not None
    assert hearing.over(at + 9) is None
    return burst


def scanner_of(burst: Burst) -> Scanner:
    advice: dict[str, Any] = dict(burst.advice)
    return Scanner(
        gap=advice.get("staff.scan_gap_ms", 0) / 1000,
        prefix=advice.get("staff.scan_prefix", ""),
        suffix=advice.get("staff.scan_suffix", ""),
    )


def test_keys_are_named() -> None:
    struck = [(65, None, []), *keys("]Q1*T0 "), (226, None, []), (95, "7", ["alt"]), (90, "2", ["alt"]), (43, "\t", [])]
    names = hear(struck).names
    assert names == ("F8", "]", "Q", "1", "*", "T", "0", "Space", "Enter", "Alt 72", "Tab")


@pytest.mark.parametrize("code", CODES)
def test_what_is_understood_needs_nothing(code: str) -> None:
    for struck in (keys(code), keys("]Q1" + code), alt(code, 4), keys(code)[:-1]):
        burst = hear(struck)
        assert (burst.understood, burst.advice) == (True, {})


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("before", "after"), [("A7", ""), ("", "ZZ"), ("%STORE1-", "9"), ("]Q1A7", "")])
@pytest.mark.parametrize("pace", [0.01, 0.3, 0.6])
def test_the_setting_that_is_offered_works(code: str, before: str, after: str, pace: float) -> None:
    struck = keys((before + code + after).lower())
    burst = hear(struck, pace=pace)
    assert not burst.understood
    assert strike(scanner_of(burst), struck, pace=pace) == [parse(code)]
    assert ("staff.scan_gap_ms" in burst.advice) == (pace > GAP)


@pytest.mark.parametrize("text", ["6411401015090", "HTTPS://EXAMPLE.ORG/T", "HELLO", CODES[0][:-1]])
def test_nothing_is_offered_for_what_is_no_code(text: str) -> None:
    assert hear(keys(text)).advice == {}
    assert not hear(keys(text)).understood


def test_too_slow_for_any_setting() -> None:
    assert hear(keys(CODES[0].lower()), pace=0.9).advice == {}


def test_a_long_secret_is_not_shown() -> None:
    burst = hear(keys("12345678" * 12))
    assert burst.count == 97
    assert len(burst.names) < 20


@given(
    st.lists(
        st.tuples(
            st.integers(0, 300), st.none() | st.text(max_size=2), st.lists(st.sampled_from(["shift", "alt", "ctrl"]))
        ),
        min_size=1,
        max_size=80,
    )
)
def test_no_keys_are_too_odd_to_be_shown(struck: list[tuple[int, str | None, list[str]]]) -> None:
    hearing = Hearing(GAP, "", "")
    for at, (scancode, letter, held) in enumerate(struck):
        hearing.key(scancode=scancode, codepoint=letter, modifiers=held, at=at / 100)
    burst = hearing.over(99)
    assert burst is None or all(name.isprintable() and name for name in burst.names)
