"""What the columns of a brought table are, and what stands in their cells, in Finnish, English and Ukrainian."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.errors import N_, KioskError
from kiosk.files.tables import TableSheet
from kiosk.language.translation import LANGUAGES
from kiosk.services.goods.search import normalise

#: What can be brought in, and the columns that each kind has; `NEEDED` ones, and at least one of `COUNTED`.
KINDS = {
    "attendance": (
        "day", "gathering", "people", "adults", "children", "visits", "first_visits", "language", "group",
    ),
    "goods": ("day", "category", "taken_in", "given"),
}  # fmt: skip
NEEDED = {"attendance": ("day",), "goods": ("day", "category")}
COUNTED = {"attendance": ("people", "adults"), "goods": ("taken_in", "given")}
#: How columns are called, the usual names first.
HEADS = {
    "day": "päivämäärä päivä pvm pv date day дата день",
    "gathering": "tapahtuma tilaisuus kokoontuminen tapaaminen gathering event meeting подія захід зустріч",
    "people": "henkilöt henkilöä hlö hlöä osallistujat osallistujia kävijät kävijöitä yhteensä people persons participants "
    "attendance total люди людей осіб учасники учасників відвідувачі відвідувачів разом усього всього",
    "adults": "aikuiset aikuisia adults дорослі дорослих",
    "children": "lapset lapsia children kids діти дітей",
    "visits": "käynnit käyntejä visits візити візитів відвідування відвідувань",
    "first_visits": "ensikertalaiset ensikertalaisia ensikertaa uudet uusia first new вперше нові нових",
    "language": "kieli language мова",
    "group": "kohderyhmä ryhmä group група",
    "category": "luokka kategoria tavararyhmä tuoteryhmä laji category kind категорія вид",
    "taken_in": "tullut tulleet saatu saadut vastaanotettu sisään received in прийнято отримано надійшло",
    "given": "annettu annetut luovutettu jaettu lähtenyt ulos given out видано віддано роздано",
}
_HEADS = {field: tuple(normalise(words).split()) for field, words in HEADS.items()}
LANGUAGE_NAMES = {
    "fi": "suomi finnish фінська", "uk": "ukraina ukrainian українська", "en": "englanti english англійська",
    "sv": "ruotsi swedish шведська", "fi_selko": "selkosuomi",
}  # fmt: skip
GROUP_NAMES = {
    "family": "family families lapsiperhe lapsiperheet perhe perheet сімʼя сім'я сім’я сімʼї сім'ї сім’ї родина родини",
    "older": "older elderly ikäihminen ikäihmiset ikääntyneet seniorit літні",
    "young": "young youth nuori nuoret молодь",
    "ukrainian": "ukrainian ukrainians ukrainalainen ukrainalaiset українець українці",
    "other": "other muu muut інші інше",
}
CATEGORY_NAMES = {
    "furniture": "huonekalu huonekalut kalusteet furniture меблі", "clothes": "vaate vaatteet clothes clothing одяг",
    "kitchen": "keittiö astiat keittiötavarat kitchen kitchenware кухня посуд", "toys": "lelu lelut toys іграшки",
    "baby": "vauva vauvat vauvantarvikkeet lastentarvikkeet baby немовлята",
    "electronics": "elektroniikka sähkölaitteet kodinkoneet electronics електроніка техніка",
    "books": "kirja kirjat books книги", "sport": "urheilu liikunta ulkoilu sport sports спорт",
    "textiles": "tekstiilit kodintekstiilit textiles текстиль", "other": "muu muut sekalaiset other інше інші",
}  # fmt: skip
_DAYS = (
    (re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?"), (1, 2, 3)),
    (re.compile(r"(?:[^\W\d]{2,12}\.?,? )?(\d\d?)[./] ?(\d\d?)[./] ?(\d{4}|\d\d)"), (3, 2, 1)),
)


class BadCell(KioskError):
    """A cell that cannot be what its column is."""

    default = N_("This value cannot be read: {value}")

    def __init__(self, value: str) -> None:
        super().__init__(value=value[:40] or "–")


class NoDay(BadCell):
    default = N_("This is not a date: {value}")


class NoCount(BadCell):
    default = N_("This is not a number of people or things: {value}")


class NoLanguage(BadCell):
    default = N_("The kiosk does not know this language: {value}")


class NoGroup(BadCell):
    default = N_("The kiosk does not know this group: {value}")


class NoCategory(BadCell):
    default = N_("The kiosk does not know this category: {value}")


@dataclass(frozen=True)
class Guess:
    """What a table seems to be: a kind of KINDS, and the column (from 0) of each of its fields that was found."""

    kind: str
    columns: dict[str, int]


def guess(sheet: TableSheet) -> Guess:
    """Return what the heads of a table say it is; a column of dates is the day even when its head says nothing."""
    found = {kind: _match(sheet.head, fields) for kind, fields in KINDS.items()}
    kind = max(KINDS, key=lambda kind: (len(found[kind]), kind == "attendance"))
    columns = found[kind]
    if "day" not in columns:
        free = (at for at in range(len(sheet.head)) if at not in columns.values() and _are_days(sheet, at))
        first = next(free, None)
        columns |= {} if first is None else {"day": first}
    return Guess(kind, columns)


def _match(head: tuple[str, ...], fields: tuple[str, ...]) -> dict[str, int]:
    scores = sorted(
        ((_score(title, field), at, field) for at, title in enumerate(head) for field in fields),
        key=lambda one: (-one[0], one[1]),
    )
    found: dict[str, int] = {}
    for score, at, field in scores:
        if score and field not in found and at not in found.values():
            found[field] = at
    return found


def _score(title: str, field: str) -> int:
    """Return how well a head names a field: 3 its own name, 2 a word of it, 1 a part of a word, 0 not."""
    words = re.findall(r"\w+", normalise(title).replace("_", " "))
    if normalise(title) in (field, *_HEADS[field]) or words == field.split("_"):
        return 3
    if set(words) & set(_HEADS[field]):
        return 2
    return int(any(len(name) > 4 and name in word for name in _HEADS[field] for word in words))


def _are_days(sheet: TableSheet, at: int) -> bool:
    cells = [row[at] for _, row in sheet.rows[:20] if row[at]]
    return bool(cells) and all(_is_day(cell) for cell in cells)


def _is_day(text: str) -> bool:
    try:
        return bool(day_of(text))
    except NoDay:
        return False


def day_of(text: str) -> date:
    """Return the date in a cell: 2024-11-05, 5.11.2024, 5/11/24, a weekday before it or a time after it. Raises NoDay."""
    for pattern, order in _DAYS:
        match = pattern.fullmatch(text.strip())
        if match:
            year, month, day = (int(match[part]) for part in order)
            try:
                return date(year + 2000 if year < 100 else year, month, day)
            except ValueError:
                break
    raise NoDay(text)


def count_of(text: str, most: int) -> int | None:
    """Return the number in a cell, None for an empty one or a dash. Raises NoCount."""
    plain = re.sub(r"\s", "", text)
    if plain in ("", "-", "–", "—"):
        return None
    match = re.fullmatch(r"(\d{1,9})(?:[.,]0+)?", plain)
    if not match or not plain.isascii() or int(match[1]) > most:
        raise NoCount(text)
    return int(match[1])


def language_of(text: str) -> str:
    """Return the key of a language, "" for an empty cell. Raises NoLanguage."""
    return _key(text, {code: f"{name} {LANGUAGE_NAMES.get(code, '')}" for code, name in LANGUAGES.items()}, NoLanguage)


def group_of(text: str) -> str:
    """Return the key of a target group, "" for an empty cell. Raises NoGroup."""
    return _key(text, GROUP_NAMES, NoGroup)


def category_of(text: str) -> str:
    """Return the key of a category. Raises NoCategory, also for an empty cell."""
    key = _key(text, CATEGORY_NAMES, NoCategory)
    if not key:
        raise NoCategory(text)
    return key


def _key(text: str, names: Mapping[str, str], wrong: type[BadCell]) -> str:
    wanted = normalise(text).strip()
    if not wanted:
        return ""
    for key, words in names.items():
        if wanted in (key, normalise(words).strip(), *normalise(words).split()):
            return key
    raise wrong(text)
