"""Parsers for the cells of imported tables: dates, numbers and words in Finnish, Swedish, English and Ukrainian."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache

from kiosk.errors import N_, KioskError
from kiosk.files.spreadsheets import NO_RESULT
from kiosk.language.translation import LANGUAGES, Language
from kiosk.vocabulary import joined, words

from .days import BadCell, is_day, with_result
from .search import normalise

LANGUAGE_NAMES = {
    "fi": "suomi suomeksi finnish finska фінська фінською",
    "uk": "ukraina ukrainaksi ukrainian ukrainska українська українською",
    "en": "englanti englanniksi english engelska англійська англійською",
    "sv": "ruotsi ruotsiksi swedish svenska шведська шведською",
    "fi_selko": "selkosuomi selkokieli",
}
GROUP_NAMES = {
    "family": "family families lapsiperhe lapsiperheet perhe perheet barnfamilj barnfamiljer сімʼя сім'я сім’я сімʼї сім'ї "
    "сім’ї родина родини",
    "older": "older elderly ikäihminen ikäihmiset ikääntyneet seniorit äldre літні",
    "young": "young youth nuori nuoret unga молодь",
    "ukrainian": "ukrainian ukrainians ukrainalainen ukrainalaiset ukrainare українець українці",
    "other": "other muu muut övriga andra інші інше",
}
CATEGORY_NAMES = {
    "furniture": "huonekalu huonekalut kalusteet furniture möbel möbler меблі",
    "clothes": "vaate vaatteet clothes clothing kläder одяг",
    "kitchen": "keittiö astiat keittiötavarat kitchen kitchenware kök köksartiklar kärl кухня посуд",
    "toys": "lelu lelut toys leksaker іграшки",
    "baby": "vauva vauvat vauvantarvikkeet lastentarvikkeet baby barnartiklar немовлята",
    "electronics": "elektroniikka sähkölaitteet kodinkoneet electronics elektronik електроніка техніка",
    "books": "kirja kirjat books böcker книги",
    "sport": "urheilu liikunta ulkoilu sport sports fritid спорт",
    "textiles": "tekstiilit kodintekstiilit textiles textil textilier текстиль",
    "other": "muu muut sekalaiset other övrigt інше інші",
}
#: First words of a total row, normalised.
TOTALS = frozenset(
    [
        "yhteensa",
        "yht",
        "summa",
        "kokonaissumma",
        "valisumma",
        "total",
        "totals",
        "totalt",
        "sammanlagt",
        "sum",
        "subtotal",
        "разом",
        "усього",
        "всього",
        "сума",
        "итого",
        "keskiarvo",
        "medeltal",
        "average",
        "середнє",
    ]
)
#: Words beside that of a total which say nothing more.
_OF_ALL = frozenset(
    [
        "kaikki",
        "tavarat",
        "tavaroita",
        "tuote",
        "tuotteet",
        "tuotetta",
        "esineet",
        "esinettä",
        "all",
        "items",
        "things",
        "goods",
        "alla",
        "saker",
        "föremål",
        "varor",
        "усі",
        "речі",
        "речей",
        "предметів",
        "товарів",
    ]
)
_UNITS = r"(?:hlöä?|henkilöä?|henkeä|henk|kpl|kappaletta|st|pers|pcs|people|persons|шт|ос|осіб|pari|paria|par|pairs?|пар[аи]?)\.?"
_BLANK = r"[.,'’\s]"
_AMOUNT = re.compile(rf"[\d.,:='’\s]+|\b{_UNITS}(?!\w)|\bkg\b")
#: A whole number: with thousands separators, or with zero decimals.
_COUNT = re.compile(rf"(\d{{1,3}}(?:{_BLANK}\d{{3}})+|\d{{1,9}})(?:[.,]0{{1,2}})?\s*(?:{_UNITS})?", re.IGNORECASE)
_NUMBER = re.compile(r"(\d[\d.,'’\s]*)\s*(?:kg|kiloa?|кг)?\.?", re.IGNORECASE)
_GRAMS = re.compile(r"(\d[\d.,'’\s]*)\s*(?:g|gr|grammaa?|gram|г|гр)\.?", re.IGNORECASE)


class TotalRow(KioskError):
    default = N_("This row adds up the others. It is left out.")


class NoCount(BadCell):
    default = N_("This is not a number of people or things: {value}")


class NoNumber(BadCell):
    default = N_("This is not a number: {value}")


class NoLanguage(BadCell):
    default = N_("The kiosk does not know this language: {value}")


class NoGroup(BadCell):
    default = N_("The kiosk does not know this group: {value}")


class NoCategory(BadCell):
    default = N_("The kiosk does not know this category: {value}")


def count_of(text: str, most: int) -> int | None:
    """Parse a whole number, None for an empty cell or a dash: 12, 1 188, 1,188, 4,0, 12 hlö. Raises NoCount,
    NoResult."""
    plain = with_result(text).strip()
    if plain in ("", "-", "–", "—"):
        return None
    match = _COUNT.fullmatch(plain)
    digits = re.sub(r"\D", "", match[1]) if match else ""
    if not digits.isascii() or not digits or int(digits) > most:
        raise NoCount(text)
    return int(digits)


def number_of(text: str) -> float | None:
    """Parse a decimal number, None for an empty cell: 12.5, 12,5, 1 200,50, 3 kg. Raises NoNumber, NoResult."""
    plain = with_result(text).strip()
    if plain in ("", "-", "–", "—"):
        return None
    match = _NUMBER.fullmatch(plain)
    bare = re.sub(r"[\s'’]", "", match[1]) if match else ""
    last = max(bare.rfind("."), bare.rfind(","))
    decimals = last >= 0 and bare.count(bare[last]) == 1  # a separator that occurs twice separates thousands
    whole = re.sub(r"[.,]", "", bare[:last] if decimals else bare)
    if not whole.isdecimal() or not bare.isascii():
        raise NoNumber(text)
    return float(f"{whole}.{bare[last + 1 :]}" if decimals else whole)


def weight_of(text: str) -> float | None:
    """Parse a weight in kilograms: as `number_of` does, or 500 g. Raises NoNumber, NoResult."""
    grams = _GRAMS.fullmatch(text.strip())
    found = number_of(grams[1] if grams else text)
    return found / 1000 if grams and found else found


def language_of(text: str) -> str:
    """Return the key of a language, "" for an empty cell. Raises NoLanguage."""
    return key_of(
        text, {code: f"{name} {LANGUAGE_NAMES.get(code, '')}" for code, name in LANGUAGES.items()}, NoLanguage
    )


def groups_in(text: str) -> str:
    """Return the word of the target groups in a cell, which may name several: "families; Ukrainians"; "" for an empty
    cell. Raises NoGroup."""
    cells = [cell for cell in re.split(r"[,;/\n]", text) if cell.strip()]
    return joined({key_of(cell, GROUP_NAMES, NoGroup) for cell in cells})


def category_of(text: str) -> str:
    """Return the key of a category. Raises NoCategory, also for an empty cell."""
    try:
        key = key_of(text, CATEGORY_NAMES, NoCategory, words.CATEGORIES)
    except NoCategory:
        key = _category_within(text)
    if not key:
        raise NoCategory(text)
    return key


def _category_within(text: str) -> str:
    """Return the one category that words of a text name: "Vaatteet (aikuiset)"; "" for none or several."""
    found = set()
    for word in re.findall(r"\w+", text):
        with suppress(NoCategory):
            found.add(key_of(word, CATEGORY_NAMES, NoCategory, words.CATEGORIES))
    return found.pop() if len(found) == 1 else ""


def key_of(text: str, names: Mapping[str, str], wrong: type[BadCell], shown: Mapping[str, str] | None = None) -> str:
    """Return the key in `names` (words by key) that matches a cell, "" for an empty one; the texts `shown` on screens for keys
    match in every language. Raises `wrong`."""
    wanted = normalise(with_result(text)).strip()
    if not wanted:
        return ""
    for key, known in names.items():
        if wanted in (key, normalise(known).strip(), *normalise(known).split()):
            return key
    if found := _shown(tuple((shown or {}).items())).get(wanted):
        return found
    raise wrong(text)


@cache
def _shown(texts: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the keys of `texts` (key, text) by their translations, normalised."""
    return {normalise(Language(code).text(text)).strip(): key for code in LANGUAGES for key, text in texts}


def is_total(cells: Iterable[str]) -> bool:
    """Return whether a row is a total row, by its first word."""
    first = (re.match(r"\w+", normalise(cell)) for cell in cells)
    return any(word and word[0] in TOTALS for word in first)


def is_bare_total(cells: Iterable[str]) -> bool:
    """Return whether a row has nothing but numbers and the word of a total: things may begin with that word too."""
    left = {word for cell in cells for word in re.findall(r"\w+", normalise(_AMOUNT.sub(" ", cell.lower())))}
    return bool(left & TOTALS) and left <= TOTALS | {normalise(word) for word in _OF_ALL}


def holds_number(text: str) -> bool:
    """Return whether a cell is a number or a date, which a column name never is."""
    return bool(text) and text != NO_RESULT and (bool(_NUMBER.fullmatch(text)) or is_day(text))
