"""Public holidays by country, with their names in the languages of the kiosk."""

from __future__ import annotations

from datetime import date
from functools import cache

from .translation import LANGUAGES

#: The usual country: known without an import, which would delay every start.
HOME = "FI"
#: Language codes of the `holidays` library by ours.
_CODES = {"en": "en_US", "sv": "sv_FI"}


def known_country(code: str) -> bool:
    """Return whether the holidays of the country (ISO code) are known."""
    if code == HOME:
        return True
    from holidays.registry import EntityLoader  # lists the countries without importing the rules of each

    return code in EntityLoader.get_country_codes()


def holiday_on(country: str, day: date) -> dict[str, str]:
    """Return the names of the holiday on `day` by language; empty if it is none, or `country` is ""."""
    return _year(country, day.year).get(day, {}) if country else {}


@cache
def _year(country: str, year: int) -> dict[date, dict[str, str]]:
    import holidays

    plain = holidays.country_holidays(country, years=year)
    found = {day: {"": name} for day, name in plain.items()}
    for code in LANGUAGES:
        language = _CODES.get(code, code)
        if language in plain.supported_languages:
            for day, name in holidays.country_holidays(country, years=year, language=language).items():
                found[day][code] = name
    return found
