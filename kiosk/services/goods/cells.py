"""Parsers for the cells of imported tables: dates, numbers and words in Finnish, Swedish, English and Ukrainian."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache

from kiosk.errors import N_, KioskError
from kiosk.files.spreadsheets import NO_RESULT
from kiosk.language.translation import LANGUAGES, Language
from kiosk.vocabulary import joined, words

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
_UNITS = r"(?:hlöä?|henkilöä?|henkeä|henk|kpl|kappaletta|st|pers|pcs|people|persons|шт|ос|осіб)\.?"
_BLANK = r"[.,'’\s]"
_AMOUNT = re.compile(rf"[\d.,:='’\s]+|\b{_UNITS}(?!\w)|\bkg\b")
#: A whole number: with thousands separators, or with zero decimals.
_COUNT = re.compile(rf"(\d{{1,3}}(?:{_BLANK}\d{{3}})+|\d{{1,9}})(?:[.,]0{{1,2}})?\s*(?:{_UNITS})?", re.IGNORECASE)
_NUMBER = re.compile(r"(\d[\d.,'’\s]*)\s*(?:kg|kiloa?|кг)?\.?", re.IGNORECASE)
_CLOCK = r"\d{1,2}(?:[.:]\d\d){0,2}"
_TIME = rf"(?:(?:\s*T|,?\s+)(?:klo\.?|kello|kl\.?|at|об?)?\s*{_CLOCK}(?:\s*[–-]\s*{_CLOCK})?(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?"
_WEEKDAY = r"(?:[^\W\d]{2,12}\.?,? ?)?"
_DAYS = (
    (re.compile(rf"(\d{{4}})[-./](\d\d?)[-./](\d\d?){_TIME}"), (1, 2, 3)),
    (re.compile(rf"{_WEEKDAY}(\d\d?)[./-] ?(\d\d?)[./-] ?(\d{{4}}|\d\d){_TIME}"), (3, 2, 1)),
    (re.compile(r"(\d{4})(\d\d)(\d\d)"), (1, 2, 3)),
)
_YEAR_END = r"(\d{4}|\d\d)(?: ?(?:р|г|года?|року)\.?)?"
_LONG_DAYS = (
    re.compile(
        rf"(?:[^\W\d]+,? )??(?:den |the )?(?P<d>\d\d?)(?:\.|st|nd|rd|th)?[ -](?P<m>[^\W\d]+)\.?,?[ -](?P<y>{_YEAR_END}){_TIME}"
    ),
    re.compile(rf"(?:[^\W\d]+, )?(?P<m>[^\W\d]+)\.? (?P<d>\d\d?)(?:st|nd|rd|th)?,? (?P<y>{_YEAR_END}){_TIME}"),
)
#: Epoch of serial dates in spreadsheets; FIRST_SERIAL is 1990-01-01.
_EPOCH, _FIRST_SERIAL = date(1899, 12, 30), 32874
_MONTH_LOCALES = ("fi", "sv", "en", "uk", "ru")


class TotalRow(KioskError):
    default = N_("This row adds up the others. It is left out.")


class BadCell(KioskError):
    """A cell that cannot be parsed as its column."""

    default = N_("This value cannot be read: {value}")

    def __init__(self, value: str) -> None:
        super().__init__(value=value[:40] or "–")


class NoResult(KioskError):
    default = N_(
        "This cell has a formula without a result. Open the file in a spreadsheet program, save it and try again."
    )


class NoDay(BadCell):
    default = N_("This is not a date: {value}")


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


def day_of(text: str) -> date:
    """Parse a date: 2024-11-05, 5.11.2024, 5. marraskuuta 2024, with a weekday before or a time after it, or a
    spreadsheet's serial number. Raises NoDay, NoResult."""
    plain = " ".join(_with_result(text).split())
    parts = _in_digits(plain) or _in_words(plain)
    if parts:
        year, month, day = parts
        try:
            return date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            raise NoDay(text) from None
    serial = re.fullmatch(r"(\d{5})(?:[.,]\d+)?", plain)
    if serial and int(serial[1]) >= _FIRST_SERIAL:
        return _EPOCH + timedelta(days=int(serial[1]))
    raise NoDay(text)


def _in_digits(text: str) -> tuple[int, int, int] | None:
    for pattern, order in _DAYS:
        match = pattern.fullmatch(text)
        if match:
            year, month, day = (int(match[part]) for part in order)
            return year, month, day
    return None


def _in_words(text: str) -> tuple[int, int, int] | None:
    for pattern in _LONG_DAYS:
        match = pattern.fullmatch(text)
        month = _month(match["m"]) if match else 0
        if match and month:
            return int(re.match(r"\d+", match["y"])[0]), month, int(match["d"])  # type: ignore[index]
    return None


def _month(word: str) -> int:
    """Return the number of a month by its name or a prefix of four letters or more; 0 if unknown."""
    plain = normalise(word)
    names = _months()
    if plain in names:
        return names[plain]
    longer = {number for name, number in names.items() if len(plain) >= 4 and name.startswith(plain)}
    return longer.pop() if len(longer) == 1 else 0


@cache
def _months() -> dict[str, int]:
    from babel.dates import get_month_names

    found: dict[str, int] = {}
    for locale in _MONTH_LOCALES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context, locale).items():
                    found.setdefault(normalise(name).strip("."), number)
    return found


def count_of(text: str, most: int) -> int | None:
    """Parse a whole number, None for an empty cell or a dash: 12, 1 188, 1,188, 4,0, 12 hlö. Raises NoCount,
    NoResult."""
    plain = _with_result(text).strip()
    if plain in ("", "-", "–", "—"):
        return None
    match = _COUNT.fullmatch(plain)
    digits = re.sub(r"\D", "", match[1]) if match else ""
    if not digits.isascii() or not digits or int(digits) > most:
        raise NoCount(text)
    return int(digits)


def number_of(text: str) -> float | None:
    """Parse a decimal number, None for an empty cell: 12.5, 12,5, 1 200,50, 3 kg. Raises NoNumber, NoResult."""
    plain = _with_result(text).strip()
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
    key = key_of(text, CATEGORY_NAMES, NoCategory, words.CATEGORIES)
    if not key:
        raise NoCategory(text)
    return key


def key_of(text: str, names: Mapping[str, str], wrong: type[BadCell], shown: Mapping[str, str] | None = None) -> str:
    """Return the key in `names` (words by key) that matches a cell, "" for an empty one; the texts `shown` on screens for keys
    match in every language. Raises `wrong`."""
    wanted = normalise(_with_result(text)).strip()
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
    left = {normalise(_AMOUNT.sub(" ", cell.lower())).strip() for cell in cells} - {""}
    return bool(left) and left <= TOTALS


def holds_number(text: str) -> bool:
    """Return whether a cell is a number or a date, which a column name never is."""
    return bool(text) and text != NO_RESULT and (bool(_NUMBER.fullmatch(text)) or is_day(text))


def is_day(text: str) -> bool:
    """Return whether a cell is a date."""
    try:
        return bool(day_of(text))
    except KioskError:
        return False


def _with_result(text: str) -> str:
    if text == NO_RESULT:
        raise NoResult()
    return text
