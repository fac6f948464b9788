"""Phones with the country chosen, and what is never taken."""

from __future__ import annotations

import pytest

from kiosk.privacy.contact import (
    BadPhone,
    BadText,
    PersonalId,
    ReachesSomebody,
    clean_text,
    impersonal,
    looks_ukrainian,
    parse_phone,
    refuse_personal_id,
)


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("0401234567", "FI", "+358401234567"), ("040 123 4567", "FI", "+358401234567"), ("0671234567", "UA", "+380671234567"),
        ("+380671234567", "FI", "+380671234567"), ("00380671234567", "FI", "+380671234567"), ("+37251234567", "other", "+37251234567"),
    ],
)  # fmt: skip
def test_numbers_that_can_be_called(typed: str, country: str, number: str) -> None:
    assert parse_phone(typed, country).e164 == number


@pytest.mark.parametrize(
    ("typed", "country"), [("112", "FI"), ("12", "FI"), ("040", "FI"), ("51234567", "other"), ("abc", "UA"), ("", "FI")]
)
def test_numbers_that_cannot(typed: str, country: str) -> None:
    with pytest.raises(BadPhone):
        parse_phone(typed, country)


def test_the_trap_is_known() -> None:
    assert parse_phone("0671234567", "FI").e164 == "+358671234567"  # a valid Finnish landline, and probably not meant
    assert looks_ukrainian("067 123 45 67")
    assert not looks_ukrainian("040 123 4567")


@pytest.mark.parametrize(
    "text", ["131052-308T", "olen 131052-308T siis", "131052 - 308T".replace(" ", ""), "131052-308t"]
)
def test_a_personal_identity_code_is_refused(text: str) -> None:
    with pytest.raises(PersonalId):
        refuse_personal_id(text)


@pytest.mark.parametrize(
    "text", ["puh. 040 123 4567", "+380 (67) 123-45-67", "olena@example.fi", "０４０１２３４５６７"]
)
def test_a_text_about_a_thing_reaches_nobody(text: str) -> None:
    with pytest.raises(ReachesSomebody):
        impersonal(text)


def test_measures_of_a_thing_are_taken() -> None:
    assert impersonal("  90 x 200 cm,  1950-luku ") == "90 x 200 cm, 1950-luku"
    assert impersonal("  ") == ""


def test_what_only_looks_like_one_is_taken() -> None:
    refuse_personal_id("131052-308X and 2026-11-24")
    assert clean_text("  Дем'янчук ").startswith("Дем'янчук")
    with pytest.raises(BadText):
        clean_text("   ")
