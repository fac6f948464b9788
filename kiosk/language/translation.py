"""Languages: gettext catalogues for text, Babel (CLDR) for dates and times. The source language is British English.

A language is one .po file; its header names the language, its CLDR locale, voice, alphabet and keys.
"""

from __future__ import annotations

import gettext
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from datetime import time as ClockTime
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from kiosk.errors import N_, NC_
from kiosk.files.resources import has_locale, locales

from .collation import sort_key

if TYPE_CHECKING:
    from babel import Locale

__all__ = ["LANGUAGES", "NC_", "N_", "TONGUES", "Language", "Tongue", "find_languages"]

log = logging.getLogger(__name__)


class Tongue(NamedTuple):
    """The header of a catalogue: the language's own name in its script, its CLDR `locale`, its espeak-ng `voice`, its
    `alphabet` in order, the letters of its keyboard in three `rows`, and CLDR patterns of a `time`, a `day` and a
    `date` with year where usage in Finland differs from the locale."""

    name: str
    locale: str
    voice: str
    alphabet: str = "abcdefghijklmnopqrstuvwxyz"
    rows: tuple[str, str, str] = ("qwertyuiop", "asdfghjkl", "zxcvbnm’")
    time: str = ""
    day: str = ""
    date: str = ""


#: Plain `en` is American (DOMAIN.md section 7).
ENGLISH = Tongue("English", "en_GB", "en-gb", date="EEE dd/MM/yyyy")
#: Every language by code, with its own name.
TONGUES: dict[str, Tongue] = {}
LANGUAGES: dict[str, str] = {}
#: Fallback languages of a name.
_FALLBACK = ("en", "fi")


def find_languages(folder: Path) -> None:
    """Register the languages of the catalogues in `folder`, replacing those before. A catalogue with an invalid header
    is skipped: one bad translation must not keep the kiosk from starting."""
    TONGUES.clear()
    TONGUES["en"] = ENGLISH
    for file in sorted(folder.glob("*/LC_MESSAGES/kiosk.po")):
        code = file.parent.parent.name
        try:
            with file.open(encoding="utf-8") as lines:
                TONGUES[code] = _tongue(code, "".join(takewhile(lambda line: line.startswith("#"), lines)))
        except (OSError, ValueError) as error:
            log.error("the language %s is left out: %s", code, error)
    LANGUAGES.clear()
    LANGUAGES.update({code: tongue.name for code, tongue in TONGUES.items()})


def _tongue(code: str, head: str) -> Tongue:
    about = dict(re.findall(r"^# (\w+): (.+)$", head, re.MULTILINE))
    top, middle, bottom = about["Keys"].split() if "Keys" in about else ENGLISH.rows
    locale = about.get("Locale", code)
    if not has_locale(locale):
        raise ValueError(f"no locale {locale}")
    voice, alphabet = about.get("Voice", ENGLISH.voice), about.get("Alphabet", ENGLISH.alphabet)
    forms = [about.get(name, "") for name in ("Time", "Day", "Date")]
    return Tongue(about.get("Name", code), locale, voice, alphabet, (top, middle, bottom), *forms)


find_languages(locales())


def _babel() -> Any:
    """Import Babel lazily: the first frame has no dates or numbers."""
    import babel.dates
    import babel.numbers

    return babel


def display(text: str) -> str:
    """Return `text` with characters that few fonts have replaced: the letter apostrophe U+02BC by U+2019, the narrow
    no-break space U+202F by the plain one."""
    return text.replace("\u02bc", "\u2019").replace("\u202f", "\u00a0")


def _together(date: str) -> str:
    """Return a date with its number and what follows on one line."""
    return re.sub(r"(?<=\d) |(?<=\d\.) ", "\u00a0", date)


def capital(text: str) -> str:
    """Return `text` with its first letter large, as a line or a heading begins."""
    return text[:1].upper() + text[1:]


class Language:
    """A language. `code` is a key of LANGUAGES; raises KeyError for an unknown one."""

    def __init__(self, code: str, *, timezone: str = "Europe/Helsinki") -> None:
        self.code = code
        self.tongue = TONGUES[code]
        self.own_name = self.tongue.name
        self._zone = ZoneInfo(timezone)
        self._catalogue = gettext.translation("kiosk", locales(), languages=[code], fallback=code == "en")

    @cached_property
    def locale(self) -> Locale:
        """The CLDR data of this language."""
        return _babel().Locale.parse(self.tongue.locale)  # type: ignore[no-any-return]

    def text(self, message: str) -> str:
        """Return the translation of `message`, of N_ or NC_."""
        return display(self._catalogue.gettext(message)).rpartition("\x04")[2] if message else ""

    def meant(self, context: str, message: str) -> str:
        """Return the translation of `message` in a `context`."""
        return self.text(NC_(context, message))

    def plural(self, one: str, many: str, count: float) -> str:
        """Return the plural form of the message for `count`, fields not filled in. A fraction takes the form of two:
        "1,5 tuntia", "1,5 години"; CLDR's separate form for fractions, the Ukrainian genitive, is equal for feminine
        nouns."""
        return display(self._catalogue.ngettext(one, many, int(count) if count == int(count) else 2))

    def plural_form(self, count: int) -> int:
        """Return the index of the plural form for `count`, from 0."""
        rule: Callable[[int], int] = getattr(self._catalogue, "plural", lambda n: int(n != 1))
        return rule(count)

    def name(self, names: Mapping[str, str]) -> str:
        """Return the name in this language, or in the first fallback language that has one; "" for none."""
        for code in (self.code, self.code.partition("_")[0], *_FALLBACK):
            if names.get(code):
                return display(names[code])
        return display(next((name for name in names.values() if name), ""))

    def sort_key(self, text: str) -> tuple[object, ...]:
        """Return the sort key of `text` in this language."""
        return sort_key(text, self.tongue.alphabet)

    def weekday_date(self, day: date | datetime) -> str:
        """Return day and month with the weekday in running text, e.g. "tiistaina 24. marraskuuta"; no line ends between
        day and month."""
        known = self.locale.datetime_skeletons
        pattern = str(known["MMMMEEEEd"] if "MMMMEEEEd" in known else known["MMMMEd"])
        text = _babel().dates.format_date(self._local(day), re.sub(r"E+|ccc+", "EEEE", pattern), locale=self.locale)
        # The essive; CLDR has it for six of the seven Finnish weekdays (DOMAIN.md section 7).
        return display(_together(text.replace("sunnuntai ", "sunnuntaina ")))

    def weekday(self, number: int, *, short: bool = False) -> str:
        """Return the stand-alone name of a weekday, Monday 0."""
        return display(self.locale.days["stand-alone"]["abbreviated" if short else "wide"][number])

    def month(self, day: date) -> str:
        """Return month and year in stand-alone form, e.g. "marraskuu 2026"."""
        return display(_babel().dates.format_date(day, "LLLL y", locale=self.locale))

    def short_date(self, day: date | datetime) -> str:
        """Return weekday, day and month abbreviated, e.g. "ti 24.11.", on one line."""
        return self._dated(day, self.tongue.day, "MEd").replace(" ", "\u00a0")

    def full_date(self, day: date | datetime) -> str:
        """Return weekday, day, month and year abbreviated, e.g. "ti 24.11.2026"."""
        return self._dated(day, self.tongue.date, "yMEd")

    def _dated(self, day: date | datetime, pattern: str, skeleton: str) -> str:
        dates, local = _babel().dates, self._local(day)
        if pattern:
            text = dates.format_date(local, pattern, locale=self.locale)
        else:
            text = dates.format_skeleton(skeleton, local, locale=self.locale)
        return display(_together(text))

    def figures(self, day: date | datetime) -> str:
        """Return a numeric date, e.g. "24.11.2026"; in Finland without leading zeros."""
        pattern = "dd/MM/yyyy" if self.locale.language == "en" else "d.M.yyyy"
        return display(_babel().dates.format_date(self._local(day), pattern, locale=self.locale))

    def week(self, number: int, year: int | None = None) -> str:
        """Return the name of an ISO week, e.g. "vko 48", and with its year "vko 48/2026"."""
        said = self.text(N_("week {number}")).format(number=number)
        return said if year is None else f"{said}/{year}"

    def number(self, value: float) -> str:
        """Return a number with at most one decimal place, two below one."""
        rounded = round(value, 1 if abs(value) >= 1 else 2)
        return str(_babel().numbers.format_decimal(rounded, locale=self.locale))

    def decimal(self, value: float) -> str:
        """Return a number with all decimal places and no group separators, as it can be typed: "1234,25"."""
        return str(_babel().numbers.format_decimal(value, locale=self.locale, group_separator=False))

    def quantity(self, value: float, unit: str) -> str:
        """Return a quantity with unit: "d", "h", "min", "s", "kg" or "GB", e.g. "1,5 h". Raises KeyError for another
        unit."""
        forms = {
            "d": self.plural("{count} d", "{count} d", value),
            "h": self.plural("{count} h", "{count} h", value),
            "min": self.plural("{count} min", "{count} min", value),
            "s": self.plural("{count} s", "{count} s", value),
            "kg": self.plural("{count} kg", "{count} kg", value),
            "GB": self.plural("{count} GB", "{count} GB", value),
        }
        return forms[unit].format(count=self.decimal(round(value, 2)))

    def listed(self, words: Iterable[str]) -> str:
        """Return `words` joined in one line, all but the first in lower case: "Huonekalut, vaatteet". Words that the
        language capitalises, and the languages' own names, keep their capital."""
        first, *others = [*words] or [""]
        return ", ".join((first, *(word if self._is_name(word) else word[:1].lower() + word[1:] for word in others)))

    def _is_name(self, word: str) -> bool:
        days = filter(str.istitle, self.locale.days["stand-alone"]["wide"].values())
        first = word.partition(" ")[0]  # compare the whole word: "Ga" is a language, "Gardening" is not
        own = first in LANGUAGES.values() or first in filter(str.istitle, self.locale.languages.values())
        return own or word[1:2].isupper() or word.startswith(tuple(days))

    def percent(self, part: float) -> str:
        """Return a fraction (of 1) as whole per cent, e.g. "25 %"."""
        return display(_babel().numbers.format_percent(part, locale=self.locale))

    def time(self, moment: datetime | ClockTime) -> str:
        """Return the local time of aware `moment`, or a time of day unchanged, in 24-hour form, e.g. "14.05"."""
        zone = self._zone if isinstance(moment, datetime) else None
        pattern = self.tongue.time or "short"
        return str(_babel().dates.format_time(moment, pattern, tzinfo=zone, locale=self.locale))

    def clock(self, text: str) -> str:
        """Return a time, or a range, of the settings in the language's form: "9.00–16.00" for "09:00-16:00"."""
        return re.sub(r"\d\d:\d\d", lambda found: self.time(ClockTime.fromisoformat(found[0])), text).replace("-", "–")

    def span(self, start: datetime, end: datetime) -> str:
        """Return a range of times, e.g. "17.00–19.00"."""
        return f"{self.time(start)}–{self.time(end)}"

    def week_hours(self, opening: Mapping[int, tuple[ClockTime, ClockTime]]) -> str:
        """Return opening hours by weekday (Monday 0), days with the same hours together: "ma–to 10.00–16.00, pe …"."""
        runs: list[list[int]] = []
        for day in sorted(opening):
            follows = runs and runs[-1][-1] == day - 1 and opening[runs[-1][-1]] == opening[day]
            runs[-1].append(day) if follows else runs.append([day])
        return ", ".join(
            f"{'–'.join(self.weekday(day, short=True) for day in dict.fromkeys((run[0], run[-1])))} "
            f"{self.time(opening[run[0]][0])}–{self.time(opening[run[0]][1])}"
            for run in runs
        )

    def at(self, moment: datetime, *, short: bool = False) -> str:
        """Return day and time in words, e.g. "torstaina 26. marraskuuta klo 17.00", abbreviated "to 26.11. klo 17.00"; no
        line ends before the time where a word leads to it."""
        day = self.short_date(moment) if short else self.weekday_date(moment)
        said = re.sub(r"(?<=[\w.]) \{time\}", "\u00a0{time}", self.text(N_("{day} at {time}")))
        return said.format(day=day, time=self.time(moment))

    def _local(self, day: date | datetime) -> date:
        return day.astimezone(self._zone).date() if isinstance(day, datetime) else day
