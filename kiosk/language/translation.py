"""Languages: gettext catalogues for words, Babel (CLDR) for dates and times. The source is British English.

A language is one .po file: the comment at its head says its own name, its CLDR locale, its voice, its alphabet and its keys.
"""

from __future__ import annotations

import gettext
import logging
import re
from collections.abc import Mapping
from datetime import date, datetime
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
    """What the head of a catalogue says: the language's own name in its own script, its CLDR `locale`, its `voice` in
    espeak-ng, its `alphabet` in order, and the letters of its keyboard in three `rows`."""

    name: str
    locale: str
    voice: str
    alphabet: str = "abcdefghijklmnopqrstuvwxyz"
    rows: tuple[str, str, str] = ("qwertyuiop", "asdfghjkl", "zxcvbnm’")


#: Plain `en` is American (DOMAIN.md section 7).
ENGLISH = Tongue("English", "en_GB", "en-gb")
#: Every language there is, and its own name.
TONGUES: dict[str, Tongue] = {}
LANGUAGES: dict[str, str] = {}
#: Where a name is looked for when the visitor's language has none.
_FALLBACK = ("en", "fi")


def find_languages(folder: Path) -> None:
    """Make the languages of the catalogues in `folder` known, instead of those before. A catalogue with a broken head is
    left out: one bad translation must not keep the kiosk from starting."""
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
    return Tongue(about.get("Name", code), locale, voice, alphabet, (top, middle, bottom))


find_languages(locales())


def _babel() -> Any:
    """Return Babel, which is read when the first date or number is said: the first picture has none."""
    import babel.dates
    import babel.numbers

    return babel


def display(text: str) -> str:
    """Return `text` with what few fonts have as what all have: the letter apostrophe U+02BC as U+2019, the narrow
    no-break space U+202F as the plain one."""
    return text.replace("\u02bc", "\u2019").replace("\u202f", "\u00a0")


class Language:
    """One language of the visitor. `code` is a key of LANGUAGES; an unknown one raises KeyError."""

    def __init__(self, code: str, *, timezone: str = "Europe/Helsinki") -> None:
        self.code = code
        self.tongue = TONGUES[code]
        self.own_name = self.tongue.name
        self._zone = ZoneInfo(timezone)
        self._catalogue = gettext.translation("kiosk", locales(), languages=[code], fallback=code == "en")

    @cached_property
    def locale(self) -> Locale:
        """What CLDR knows of this language."""
        return _babel().Locale.parse(self.tongue.locale)  # type: ignore[no-any-return]

    def text(self, message: str) -> str:
        """Return `message`, of N_ or NC_, in this language."""
        return display(self._catalogue.gettext(message)).rpartition("\x04")[2] if message else ""

    def meant(self, context: str, message: str) -> str:
        """Return `message` in this language as it is meant in `context`."""
        return self.text(NC_(context, message))

    def plural(self, one: str, many: str, count: float) -> str:
        """Return the form of the message for `count`, its fields still open. A fraction takes the form of two: "1,5
        tuntia", "1,5 години"; CLDR's form of its own for it, Ukrainian's genitive, is the same for feminine nouns."""
        return display(self._catalogue.ngettext(one, many, int(count) if count == int(count) else 2))

    def name(self, names: Mapping[str, str]) -> str:
        """Return the name in this language, or in the next best there is; "" for none."""
        for code in (self.code, self.code.partition("_")[0], *_FALLBACK):
            if names.get(code):
                return display(names[code])
        return display(next((name for name in names.values() if name), ""))

    def sort_key(self, text: str) -> tuple[object, ...]:
        """Return what `text` is sorted by in this language."""
        return sort_key(text, self.tongue.alphabet)

    def weekday_date(self, day: date | datetime) -> str:
        """Return day and month with the weekday in running text, e.g. "tiistaina 24. marraskuuta"."""
        known = self.locale.datetime_skeletons
        pattern = str(known["MMMMEEEEd"] if "MMMMEEEEd" in known else known["MMMMEd"])
        text = _babel().dates.format_date(self._local(day), re.sub(r"E+|ccc+", "EEEE", pattern), locale=self.locale)
        # The essive that CLDR gives for six of the seven Finnish days (DOMAIN.md section 7).
        return display(text.replace("sunnuntai ", "sunnuntaina "))

    def weekday(self, number: int, *, short: bool = False) -> str:
        """Return the name of a weekday, counted from Monday 0, as it stands alone."""
        return display(self.locale.days["stand-alone"]["abbreviated" if short else "wide"][number])

    def month(self, day: date) -> str:
        """Return month and year as they stand alone, e.g. "marraskuu 2026"."""
        return display(_babel().dates.format_date(day, "LLLL y", locale=self.locale))

    def short_date(self, day: date | datetime) -> str:
        """Return weekday, day and month in short, e.g. "ti 24.11."."""
        return display(_babel().dates.format_skeleton("MEd", self._local(day), locale=self.locale))

    def full_date(self, day: date | datetime) -> str:
        """Return weekday, day, month and year in short, e.g. "ti 24.11.2026"."""
        return display(_babel().dates.format_skeleton("yMEd", self._local(day), locale=self.locale))

    def number(self, value: float) -> str:
        """Return a number as people write it: one place after the comma, two for what is less than one."""
        rounded = round(value, 1 if abs(value) >= 1 else 2)
        return str(_babel().numbers.format_decimal(rounded, locale=self.locale))

    def time(self, moment: datetime) -> str:
        """Return the centre's local time of aware `moment`, 24 hours, e.g. "14.05"."""
        return str(_babel().dates.format_time(moment, "short", tzinfo=self._zone, locale=self.locale))

    def _local(self, day: date | datetime) -> date:
        return day.astimezone(self._zone).date() if isinstance(day, datetime) else day
