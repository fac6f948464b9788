"""The words of passphrases: enough of them, each its own, and typed as they can be."""

from __future__ import annotations

import unicodedata

import pytest

from kiosk.language.translation import LANGUAGES, TONGUES
from kiosk.privacy.passphrases import words_of
from kiosk.privacy.sealing import PASSPHRASE_WORDS, Cost, new_keypair, new_passphrase, plain_words, unwrap, wrap

CHEAP = Cost(passes=1, memory=8192 * 8)


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_language_has_2048_words_that_the_first_four_letters_tell_apart(code: str) -> None:
    words = words_of(code)
    assert len(words) == 2048
    assert len({plain_words(word)[:4] for word in words}) == 2048
    letters = set(unicodedata.normalize("NFC", TONGUES[code].alphabet))
    assert all(set(word) <= letters and 3 <= len(word) <= 8 for word in words)


def test_plain_finnish_has_the_words_of_finnish() -> None:
    assert words_of("fi_selko") == words_of("fi") != words_of("sv")
    assert words_of("xx") == words_of("en")


@pytest.mark.parametrize(
    ("code", "word"),
    [("fi", "sota"), ("fi", "seksi"), ("sv", "död"), ("sv", "vapen"), ("uk", "війна"), ("uk", "смерть")],
)
def test_words_that_may_hurt_are_in_no_list(code: str, word: str) -> None:
    assert word not in words_of(code)


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_a_passphrase_opens_in_capitals_and_without_marks(code: str) -> None:
    private = bytes(new_keypair().private)
    passphrase = new_passphrase(code)
    assert len(passphrase.split()) == PASSPHRASE_WORDS
    assert set(passphrase.split()) <= set(words_of(code))
    box = wrap(private, passphrase, CHEAP)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", passphrase) if not unicodedata.combining(sign))
    assert unwrap(box, passphrase.upper()) == unwrap(box, f"  {bare} ") == private


def test_new_ones_differ() -> None:
    assert len({new_passphrase("fi") for _ in range(50)}) == 50
