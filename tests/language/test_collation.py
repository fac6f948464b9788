"""Words in order, and one script read in the other."""

from __future__ import annotations

import random

import pytest

from kiosk.language.collation import romanised
from kiosk.language.translation import Language

#: In the order of CLDR's collations fi, sv, uk and en; ґ, є, і and ї are letters of their own.
ORDERED = {
    "fi": ["10 palaa", "aasi", "ea", "éa", "eb", "šakki", "sohva", "vaate", "wok", "über", "ydin", "zeta", "å", "Åbo", "äiti", "ö", "стіл"],
    "sv": ["bord", "soffa", "stol", "vas", "våg", "wok", "zebra", "ål", "äpple", "ærlig", "öga", "øre"],
    "uk": ["гора", "гуска", "ґудзик", "дошка", "ехо", "Євген", "єнот", "жук", "иній", "ігри", "їжак", "йод", "пальто", "п’ять", "чай", "шапка", "щітка", "юшка", "яма", "sofa"],
    "en": ["Ånne", "bed", "chair"],
}  # fmt: skip


@pytest.mark.parametrize("code", ORDERED)
def test_words_are_in_the_order_of_the_language(code: str) -> None:
    words = ORDERED[code][:]
    random.Random(6).shuffle(words)
    assert sorted(words, key=Language(code).sort_key) == ORDERED[code]


@pytest.mark.parametrize(
    ("ukrainian", "latin"),
    [
        ("Олександр", "oleksandr"), ("Згурський", "zghurskyi"), ("Ґалаґан", "galagan"), ("Єнакієве", "yenakiieve"),
        ("Їжакевич", "yizhakevych"), ("Йосипівка", "yosypivka"), ("Стрий", "stryi"), ("Щербухи", "shcherbukhy"),
        ("Юрій", "yurii"), ("Крюківка", "kriukivka"), ("Яготин", "yahotyn"), ("Костянтин", "kostiantyn"),
        ("Знам’янка", "znamianka"), ("андріи", "andrii"), ("sofa", "sofa"),
    ],
)  # fmt: skip
def test_ukrainian_reads_in_latin_letters(ukrainian: str, latin: str) -> None:
    """The examples of the resolution itself, and a word as searching keeps it."""
    assert romanised(ukrainian) == latin
