"""Languages: gettext catalogues for words, Babel (CLDR) for dates and times. The source is British English."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

from kiosk.errors import N_
from kiosk.resources import locales

__all__ = ["LANGUAGES", "N_", "Language"]

#: Every language the kiosk speaks, by its own name in its own script.
LANGUAGES = {"fi": "Suomi", "uk": "Українська", "en": "English", "sv": "Svenska", "fi_selko": "Selkosuomi"}
#: The CLDR locale of each. Plain `en` is American (DOMAIN.md section 7).
_LOCALES = {"fi": "fi", "uk": "uk", "en": "en_GB", "sv": "sv", "fi_selko": "fi"}
#: Where a name is looked for when the visitor's language has none.
_FALLBACK = ("en", "fi")


def display(text: str) -> str:
    """Return `text` with what few fonts have as what all have: the letter apostrophe U+02BC as U+2019, the narrow
    no-break space U+202F as the plain one."""
    return text.replace("\u02bc", "\u2019").replace("\u202f", "\u00a0")


class Language:
    """One language of the visitor. `code` is a key of LANGUAGES; an unknown one raises KeyError."""

    def __init__(self, code: str, *, timezone: str = "Europe/Helsinki") -> None:
        self.code = code
        self.own_name = LANGUAGES[code]
        self.locale = Locale.parse(_LOCALES[code])
        self._zone = ZoneInfo(timezone)
        self._catalogue = gettext.translation("kiosk", locales(), languages=[code], fallback=code == "en")

    def text(self, message: str) -> str:
        """Return `message` in this language."""
        return display(self._catalogue.gettext(message)) if message else ""

    def plural(self, one: str, many: str, count: int) -> str:
        """Return the form of the message for `count`, its fields still open."""
        return display(self._catalogue.ngettext(one, many, count))

    def name(self, names: Mapping[str, str]) -> str:
        """Return the name in this language, or in the next best there is; "" for none."""
        for code in (self.code, self.code.partition("_")[0], *_FALLBACK):
            if names.get(code):
                return display(names[code])
        return display(next((name for name in names.values() if name), ""))

    def weekday_date(self, day: date | datetime) -> str:
        """Return day and month with the weekday in running text, e.g. "tiistaina 24. marraskuuta"."""
        day = self._local(day)
        if self.locale.language == "fi":
            weekday = format_date(day, "EEEE", locale=self.locale)
            # The essive that CLDR gives for six of the seven days (DOMAIN.md section 7).
            return ("sunnuntaina" if weekday == "sunnuntai" else weekday) + format_date(
                day, " d. MMMM", locale=self.locale
            )
        pattern = "EEEE, d MMMM" if self.locale.language == "uk" else "EEEE d MMMM"
        return display(format_date(day, pattern, locale=self.locale))

    def weekday(self, number: int, *, short: bool = False) -> str:
        """Return the name of a weekday, counted from Monday 0, as it stands alone."""
        return display(self.locale.days["stand-alone"]["abbreviated" if short else "wide"][number])

    def month(self, day: date) -> str:
        """Return month and year as they stand alone, e.g. "marraskuu 2026"."""
        return display(format_date(day, "LLLL y", locale=self.locale))

    def short_date(self, day: date | datetime) -> str:
        """Return weekday, day and month in short, e.g. "ti 24.11."."""
        return display(format_skeleton("MEd", self._local(day), locale=self.locale))

    def full_date(self, day: date | datetime) -> str:
        """Return weekday, day, month and year in short, e.g. "ti 24.11.2026"."""
        return display(format_skeleton("yMEd", self._local(day), locale=self.locale))

    def number(self, value: float) -> str:
        """Return a number as people write it: one place after the comma, two for what is less than one."""
        return str(format_decimal(round(value, 1 if abs(value) >= 1 else 2), locale=self.locale))

    def time(self, moment: datetime) -> str:
        """Return the centre's local time of aware `moment`, 24 hours, e.g. "14.05"."""
        return str(format_time(moment, "short", tzinfo=self._zone, locale=self.locale))

    def _local(self, day: date | datetime) -> date:
        return day.astimezone(self._zone).date() if isinstance(day, datetime) else day
