"""Parser of dates in imported tables: as people, offices and spreadsheets write them in Finnish, Swedish, English and
Ukrainian."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from kiosk.errors import N_, KioskError
from kiosk.files.spreadsheets import NO_RESULT

from .search import normalise

_CLOCK = r"\d{1,2}(?:[.:]\d\d){0,2}"
_TIME = rf"(?:(?:\s*T|,?\s+)(?:klo\.?|kello|kl\.?|at|об?)?\s*{_CLOCK}(?:\s*[–-]\s*{_CLOCK})?(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?"
_WEEKDAY = r"(?:[^\W\d]{2,12}\.?,? ?)?"
_DAYS = (
    (re.compile(rf"(\d{{4}})[-./](\d\d?)[-./](\d\d?){_TIME}"), (1, 2, 3)),
    (re.compile(rf"{_WEEKDAY}(\d\d?)[./-] ?(\d\d?)(?:[./-] ?| )(\d{{4}}|\d\d){_TIME}"), (3, 2, 1)),
    (re.compile(rf"{_WEEKDAY}(\d\d?)\.? ?[–-] ?\d\d?\. ?(\d\d?)\.(\d{{4}}|\d\d){_TIME}"), (3, 2, 1)),
    (re.compile(rf"{_WEEKDAY}(\d\d?)\.(\d\d?)\. ?[–-] ?\d\d?\.\d\d?\.(\d{{4}}|\d\d){_TIME}"), (3, 2, 1)),
    (re.compile(r"(\d{4})(\d\d)(\d\d)"), (1, 2, 3)),
)
_YEAR_END = r"(\d{4}|\d\d)(?: ?(?:р|г|года?|року)\.?)?"
_LONG_DAYS = (
    re.compile(
        rf"(?:[^\W\d]+,? )??(?:den |the )?(?P<d>\d\d?)(?:\.|:[ae]|st|nd|rd|th)?[ -](?:of )?(?P<m>[^\W\d]+)\.?,?[ -](?P<y>{_YEAR_END}){_TIME}"
    ),
    re.compile(rf"(?:[^\W\d]+, )?(?P<m>[^\W\d]+)\.? (?P<d>\d\d?)(?:st|nd|rd|th)?,? (?P<y>{_YEAR_END}){_TIME}"),
)
#: What people write that says nothing: quotation marks, spaces around points, the sign of a left out century, a last point.
_NO_DAY = re.compile(r"[«»„“”\"]|(?<=\d)\s+(?=\.)|(?<=\d\.)\s+(?=\d)|(?<=\d\.)[-–'’](?=\d\d$)|(?<=\d{4})\.$")
_LAST_WORD = re.compile(r"(.*\d\.?),? ?\(?([^\W\d]+)\.?\)?")
_YEAR_WORDS = frozenset(["р", "року", "г", "года"])
#: A day without its year, in digits or words.
_NO_YEAR = re.compile(rf"(?:{_WEEKDAY}(?:\d\d?\.(?:\d\d?\.)? ?[–-] ?)?\d\d?\.\d\d?\.)(?= |$)|\d\d?\.? [^\W\d]+$")
_MONTH_ALONE = (re.compile(r"(?P<m>\d\d?)[./-](?P<y>\d{4})"), re.compile(r"(?P<y>\d{4})[./-](?P<m>\d\d?)"))
_MONTH_WORD = re.compile(r"(?P<m>[^\W\d]+)\.? ?(?P<y>\d{4})?")
_MONTH_FIRST = re.compile(r"(\d\d?)/(\d\d?)/(\d{4}|\d\d)\b(.*)")
#: Epoch of serial dates in spreadsheets; FIRST_SERIAL is 1990-01-01.
_EPOCH, _FIRST_SERIAL = date(1899, 12, 30), 32874
_MONTH_LOCALES = ("fi", "sv", "en", "uk", "ru")


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


def day_of(text: str) -> date:
    """Parse a date: 2024-11-05, 5.11.2024, 5. marraskuuta 2024, with a weekday before or a time after it, or a
    spreadsheet's serial number. Raises NoDay, NoResult."""
    plain = _plain_day(with_result(text))
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


def _plain_day(text: str) -> str:
    """Return a date without signs and words that say nothing: "«7» листопада 2024 р.", "12.9.2024 (to)"."""
    plain = _NO_DAY.sub("", " ".join(text.split()))
    last = _LAST_WORD.fullmatch(plain)
    return last[1] if last and (last[2].lower() in _YEAR_WORDS or normalise(last[2]) in _weekdays()) else plain


def with_year(text: str, year: int) -> str:
    """Return a date with `year` if it lacks one: "4.1.", "10.–12.9. klo 13", "5. marraskuuta"; any other text unchanged."""
    plain = _NO_DAY.sub("", " ".join(text.split()))
    match = _NO_YEAR.match(plain)
    if not match or not year or (match[0][-1] != "." and not _month(match[0].rpartition(" ")[2])):
        return text
    return f"{match[0]}{'' if match[0][-1] == '.' else ' '}{year}{plain[match.end() :]}"


def is_month_first(texts: Iterable[str]) -> bool:
    """Return whether dates as 11/19/2024 are month, day, year: some have no other reading, and none the other order."""
    found = [(int(match[1]), int(match[2])) for match in map(_MONTH_FIRST.fullmatch, texts) if match]
    return any(day > 12 for _, day in found) and all(month <= 12 for month, _ in found)


def day_first(text: str) -> str:
    """Return a date as 11/19/2024 with its day first; any other text unchanged."""
    match = _MONTH_FIRST.fullmatch(text)
    return f"{match[2]}/{match[1]}/{match[3]}{match[4]}" if match else text


def first_of_month(text: str) -> date | None:
    """Return the first day of a month: 9/2024, 2024-09, syyskuu 2024; None for any other text."""
    plain = _plain_day(text)
    match = next(filter(None, (one.fullmatch(plain) for one in (*_MONTH_ALONE, _MONTH_WORD))), None)
    if match is None or not match["y"]:
        return None
    month = int(match["m"]) if match["m"].isdecimal() else _month(match["m"])
    return date(int(match["y"]), month, 1) if 1 <= month <= 12 and int(match["y"]) else None


def is_period(text: str) -> bool:
    """Return whether a text without a day may name a period: "Tammikuu", "Koko vuosi", "2024", "9/2024"."""
    return not re.search(r"\d", text) or bool(re.fullmatch(r"\d{4}", text.strip())) or first_of_month(text) is not None


def months_in(texts: Iterable[str]) -> int:
    """Return how many texts are months or days, as titles of columns."""
    return sum(
        bool(text) and (is_day(text) or bool(_month(text)) or first_of_month(text) is not None) for text in texts
    )


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


@cache
def _weekdays() -> frozenset[str]:
    from babel.dates import get_day_names

    names = (
        get_day_names(width, context, locale).values()
        for locale in _MONTH_LOCALES
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
    )
    return frozenset(normalise(name).strip(".") for some in names for name in some)


def is_day(text: str) -> bool:
    """Return whether a cell is a date."""
    try:
        return bool(day_of(text))
    except KioskError:
        return False


def with_result(text: str) -> str:
    if text == NO_RESULT:
        raise NoResult()
    return text
