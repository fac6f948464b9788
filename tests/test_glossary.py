"""One word for a thing: locales/glossary.toml holds in every text, and texts say things as their language does."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kiosk.files.resources import locales
from kiosk.language.catalogues import messages
from kiosk.language.translation import LANGUAGES, Language
from tests.language.test_translation import ROOT

GLOSSARY: dict[str, dict[str, Any]] = tomllib.loads((locales() / "glossary.toml").read_text(encoding="utf-8"))
TRANSLATED = [code for code in LANGUAGES if code != "en"]


def catalogue(code: str) -> Catalog:
    with (locales() / code / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        return read_po(file)


@cache
def used() -> frozenset[str | tuple[str, str]]:
    """Return every message of the code."""
    return frozenset(message for _, message in messages(ROOT))


@cache
def texts(code: str) -> tuple[tuple[str, str], ...]:
    """Return (English, text) of everything that is said in a language, every plural form by itself."""
    return tuple(_texts(code))


def _texts(code: str) -> Iterator[tuple[str, str]]:
    if code == "en":
        for message in used():
            for form in (message,) if isinstance(message, str) else message:
                words = form.rpartition("\x04")[2]
                yield words, words
        return
    for message in catalogue(code):
        if message.id:
            english = message.id if isinstance(message.id, str) else message.id[0]
            for form in (message.string,) if isinstance(message.string, str) else message.string:
                yield english, form


def starts(word: str, text: str) -> bool:
    """Tell whether `word`, or a word that begins with it, is in `text`; names of fields are no words."""
    return re.search(rf"(?<!\w){re.escape(word)}", re.sub(r"\{\w+\}", "", f"{text} "), re.IGNORECASE) is not None


def test_every_concept_has_its_word_in_every_language() -> None:
    assert len(GLOSSARY) >= 60
    for concept, row in GLOSSARY.items():
        assert set(row) - {"lost", "apart"} == set(LANGUAGES), concept


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_a_word_that_lost_is_in_no_text(code: str) -> None:
    said = list(texts(code))
    found = [
        (concept, word, text)
        for concept, row in GLOSSARY.items()
        for word in row.get("lost", {}).get(code, ())
        for english, text in said
        if starts(word, text) and english not in row.get("apart", ())
    ]
    assert found == []


#: Quotation marks, and every sign that would be a second apostrophe, quotation mark or dash.
MARKS = {
    "en": ("“”", r"[\"'„«»`—]"),
    "fi": ("””", r"[\"'“„«»`—]"),
    "fi_selko": ("””", r"[\"'“„«»`—]"),
    "sv": ("””", r"[\"'“„«»`—]"),
    "uk": ("«»", r"[\"'“”„`\u02bc]| – "),
}
#: What is quoted and is no text of ours: signs of a report, values of the settings file.
QUOTED = {"<5", "10–13", "≥10", "*", "usb", "0", "tcp://192.168.1.20:9100"}


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_one_apostrophe_one_dash_one_quotation_mark(code: str) -> None:
    assert [text for _, text in texts(code) if re.search(MARKS[code][1], text)] == []


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_what_is_quoted_stands_on_the_screen(code: str) -> None:
    (opening, closing), known = MARKS[code][0], {text for _, text in texts(code)}
    quoted = [
        (text, words)
        for _, text in texts(code)
        for words in re.findall(f"{opening}([^{opening}{closing}]+){closing}", text)
    ]
    assert [(text, words) for text, words in quoted if words not in known | QUOTED] == []
    assert {"Look again", "Past sessions"} <= {words for _, words in quoted} or code != "en"


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_same_is_quoted_as_in_english(code: str) -> None:
    language, (opening, closing) = Language(code), MARKS[code][0]
    for english, text in texts(code):
        for words in re.findall("“([^”]+)”", english):
            if words not in QUOTED:
                assert f"{opening}{language.text(words)}{closing}" in text, (english, text)


#: One English word that is said in more than one way elsewhere, and where it stands.
MEANINGS = {
    "Done": {"button", "request"},
    "Closed": {"request", "centre"},
    "Put aside": {"button", "state"},
    "New": {"request", "thing"},
    "Delete": {"keyboard", "request"},
    "Any": {"age", "size", "thing"},
    "Place": {"event", "thing"},
    "Cancelled": {"donation", "event"},
}


def test_a_word_with_several_meanings_has_an_entry_for_each() -> None:
    single = {message for message in used() if isinstance(message, str)}
    for word, meanings in MEANINGS.items():
        assert word not in single, f"{word} without a context"
        assert {message.partition("\x04")[0] for message in single if message.endswith(f"\x04{word}")} == meanings
    for word in set(MEANINGS) - {"Any", "Cancelled"}:  # whose forms may be the same by chance
        said = [{Language(code).text(f"{meaning}\x04{word}") for meaning in MEANINGS[word]} for code in TRANSLATED]
        assert any(len(forms) > 1 for forms in said), word


#: What a person who reads is not called: a masculine past of "I" and "you", or one word of it alone.
_PAST = r"\w+(?:ав|ив|їв|ув|яв|шов|міг)"


def test_ukrainian_does_not_take_the_reader_for_a_man() -> None:
    pattern = rf"\b[Яя] (?:\w+ )*?{_PAST}\b|^{_PAST}$|\bстану другом\b|\bя волонтер\b|^сам$|\bготовий\?"
    assert [text for _, text in texts("uk") if re.search(pattern, text, re.IGNORECASE)] == []


#: States that are shown beside the name of a thing, a person or a request of any gender.
STATES = (
    "Available", "Reserved", "Given away", "No longer here", "As new", "In good condition", "Shows signs of use",
    "Needs repair", "Contacted", "Arranged", "Accepted", "Declined", "Announced", "Waiting", "Booked", "Ended", "Sealed",
    "Moved", "request\x04Done", "request\x04Closed", "centre\x04Closed", "donation\x04Cancelled", "donation\x04Taken in",
    "event\x04Cancelled", "state\x04Put aside", "Being served", "Handed over", "Handed over already", "Broken", "Up to date",
    "Not connected", "Deleted", "Chosen", "Filled in", "Thanked", "Noted", "Undone", "corrected",
)  # fmt: skip


def test_ukrainian_says_no_state_by_an_adjective_alone() -> None:
    said = {state: Language("uk").text(state) for state in STATES}
    assert {state: text for state, text in said.items() if re.fullmatch(r"\w+(?:[иі]й|[нтв][аеі])", text)} == {}


def test_plain_finnish_is_spelled_as_finnish_is() -> None:
    """A hyphen stands between the same vowels ("linja-auto"), after digits, signs and capitals, and nowhere else."""
    wrong = [
        (text, f"{first}-{second}")
        for _, text in texts("fi_selko")
        for first, second in re.findall(r"(?<![\w.])([a-zåäö]+)-([a-zåäö]+)", text)
        if first != "lumijobi" and not (first[-1] == second[0] and first[-1] in "aeiouyäö")
    ]
    assert wrong == []


def test_plain_finnish_has_no_clause_inside_a_clause() -> None:
    relative = r"(?:jo[kts]\w*|joi\w+|jol\w+|jon\w+|min?kä|mitä|missä|mistä|mihin)"
    inside = rf", {relative}\b[^.,;:!?]*, (?!ja |tai |mutta |niin )"
    assert [text for _, text in texts("fi_selko") if re.search(inside, text)] == []
