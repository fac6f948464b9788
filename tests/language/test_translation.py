"""Languages: complete catalogues, plural forms, dates, and glyphs for every letter."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from kiosk.files.resources import font, locales
from kiosk.language.catalogues import messages
from kiosk.language.translation import LANGUAGES, NC_, Language

ROOT = Path(__file__).parents[2]
COMPLETE = ("fi", "uk", "sv", "fi_selko")
NOON = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)


def catalogue(code: str) -> Catalog:
    with (locales() / code / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("code", COMPLETE)
def test_nothing_is_missing_and_nothing_dead(code: str) -> None:
    used = {message for _, message in messages(ROOT)}
    entries = {}
    for message in catalogue(code):
        if message.id:
            entries[NC_(message.context, message.id) if message.context else message.id] = message
    assert used - set(entries) == set()
    assert set(entries) - used == set()
    for message in entries.values():
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), message.id
        assert not message.fuzzy
        wanted = set(re.findall(r"\{\w+\}", message.id[0] if isinstance(message.id, tuple) else message.id))
        for form in forms:
            assert set(re.findall(r"\{\w+\}", form)) == wanted, message.id


THINGS = {
    "fi": "0 tavaraa, 1 tavara, 2 tavaraa, 5 tavaraa, 11 tavaraa, 21 tavaraa, 1.5 tavaraa",
    "fi_selko": "0 tavaraa, 1 tavara, 2 tavaraa, 5 tavaraa, 11 tavaraa, 21 tavaraa, 1.5 tavaraa",
    "sv": "0 saker, 1 sak, 2 saker, 5 saker, 11 saker, 21 saker, 1.5 saker",
    "en": "0 things, 1 thing, 2 things, 5 things, 11 things, 21 things, 1.5 things",
    "uk": "0 речей, 1 річ, 2 речі, 5 речей, 11 речей, 21 річ, 1.5 речі",
}


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_plural_forms(code: str) -> None:
    said = [Language(code).plural("{count} thing", "{count} things", count).format(count=count)
            for count in (0, 1, 2, 5, 11, 21, 1.5)]  # fmt: skip
    assert ", ".join(said) == THINGS[code]


@pytest.mark.parametrize(("count", "words"), [(12, "12 речей"), (22, "22 речі"), (101, "101 річ"), (112, "112 речей")])
def test_ukrainian_counts_by_the_last_figures(count: int, words: str) -> None:
    assert Language("uk").plural("{count} thing", "{count} things", count).format(count=count) == words


def test_dates_and_times_are_the_language_s_own() -> None:
    assert Language("fi").weekday_date(NOON) == "tiistaina 24.\u00a0marraskuuta"
    assert Language("fi").weekday_date(date(2026, 11, 29)) == "sunnuntaina 29.\u00a0marraskuuta"
    assert Language("uk").weekday_date(NOON) == "вівторок, 24\u00a0листопада"
    assert Language("uk").weekday_date(date(2026, 11, 27)).startswith("п’ятниця")
    assert Language("en").weekday_date(NOON) == "Tuesday 24\u00a0November"
    assert [Language(code).time(NOON) for code in ("fi", "uk", "en")] == ["14.05", "14:05", "14:05"]


@pytest.mark.parametrize(
    ("code", "words"),
    [("fi", "minuuttia"), ("uk", "хвилини"), ("sv", "minuter"), ("en", "minutes"), ("fi_selko", "minuuttia")],
)
def test_a_fraction_takes_the_form_of_two(code: str, words: str) -> None:
    assert words in Language(code).plural("About {count} minute.", "About {count} minutes.", 1.5)


def test_a_name_falls_back() -> None:
    assert Language("uk").name({"fi": "Tuoli", "en": "Chair"}) == "Chair"
    assert Language("uk").name({"sv": "Stol"}) == "Stol"
    assert Language("uk").name({}) == ""


def test_every_letter_has_a_glyph() -> None:
    letters = set("".join(LANGUAGES.values()))
    for code in COMPLETE:
        for message in catalogue(code):
            letters |= set("".join(message.string) if isinstance(message.string, tuple) else message.string)
    letters |= set("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯåäöšžÅÄÖŠŽ€–’ʼ")
    for weight in ("Medium", "Bold", "ExtraBold"):
        known = set(map(chr, TTFont(str(font(weight))).getBestCmap())) | {"\n"}
        assert letters - {"ʼ"} <= known


#: Bounds for plain Finnish (DOMAIN.md 1.5): words of a sentence, letters of a word or of its parts between hyphens.
SENTENCE, WORD = 15, 20
#: Names of authorities, which are said as they are and explained.
NAMES = {"tietosuojavaltuutetulle"}


def test_plain_finnish_is_plain() -> None:
    long = []
    for message in catalogue("fi_selko"):
        for form in message.string if isinstance(message.string, tuple) else (message.string,):
            for sentence in re.split(r"[.!?:\n]+\s*", form if message.id else ""):
                words = sentence.split()
                parts = [part for word in words for part in re.split(r"[-–/]", re.sub(r"\{\w+\}|[^\w–/-]", "", word))]
                if len(words) > SENTENCE or any(len(part) > WORD for part in set(parts) - NAMES):
                    long.append(sentence)
    assert long == []
