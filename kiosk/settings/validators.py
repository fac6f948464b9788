"""Validators of settings: each returns the parsed value or raises Wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.errors import N_, BadRule, KioskError
from kiosk.language.holidays import known_country
from kiosk.language.recurrence import check_rule
from kiosk.language.translation import LANGUAGES
from kiosk.printing.printers import parse_address
from kiosk.vocabulary import GROUPS, INDICATOR_KEYS

from .places import parse_place

#: Upper limit of characters of a message on the screen.
LONGEST_LINE = 120
#: Upper limit of a target.
LARGEST_TARGET = 10_000_000
#: Upper limit of characters of a scanner's prefix or suffix.
LONGEST_CODE_PART = 16
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Wrong(KioskError, ValueError):
    """A value failed validation; the message has the reason."""


def whole(least: int, most: int) -> Callable[[Any], int]:
    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Wrong(N_("must be a whole number from {least} to {most}"), least=least, most=most)
        return value

    return check


def number(least: float, most: float) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            raise Wrong(N_("must be a number from {least} to {most}"), least=f"{least:g}", most=f"{most:g}")
        return float(value)

    return check


def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong("must be a text in quotes")
    return value


def maybe_text(value: Any) -> str:
    return "" if value == "" else text(value)


def maybe_line(value: Any) -> str:
    line = maybe_text(value)
    if len(line) > LONGEST_LINE:
        raise Wrong(N_("must not be longer than {most} letters"), most=LONGEST_LINE)
    return line


def maybe_code_part(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_CODE_PART or not (value.isascii() and value.isprintable()):
        raise Wrong(
            N_("must have at most {most} letters, digits and signs of an English keyboard"), most=LONGEST_CODE_PART
        )
    return value


def maybe_web_address(value: Any) -> str:
    """An address of a folder on the web; the slash at its end is added."""
    address = maybe_text(value).strip()
    if address and not re.fullmatch(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(:\d+)?(/[A-Za-z0-9_.~%/-]*)?", address):
        raise Wrong(N_("must be a web address such as https://example.fi/things/"))
    return f"{address.rstrip('/')}/" if address else ""


def delivery_place(value: Any) -> str:
    place = maybe_text(value)
    try:
        if place:
            parse_place(place)
    except KioskError as error:
        raise Wrong(error.message, **error.values) from error
    return place


def texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong('must be a list of texts such as ["Kirkonkylä"]')
    return tuple(dict.fromkeys(text(item) for item in value))


def printer(value: Any) -> str:
    address = maybe_text(value)
    try:
        if address:
            parse_address(address)
    except KioskError as error:
        raise Wrong(error.message, **error.values) from error
    return address


def paper(value: Any) -> int:
    if value not in (58, 80) or isinstance(value, bool):
        raise Wrong("must be 58 or 80")
    return int(value)


def one_of(*words: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in words:
            raise Wrong(f"must be one of: {', '.join(words)}")
        return str(value)

    return check


def some_of(*words: str, least: int = 0) -> Callable[[Any], tuple[str, ...]]:
    def check(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or any(word not in words for word in value):
            raise Wrong(f"must be a list of some of: {', '.join(words)}")
        if len(value) < least:
            raise Wrong(N_("choose at least one"))
        return tuple(dict.fromkeys(value))

    return check


def yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("must be true or false")
    return value


def zone(value: Any) -> str:
    try:
        ZoneInfo(text(value))
    except (OSError, ValueError, LookupError) as error:
        raise Wrong('must be a time zone such as "Europe/Helsinki"') from error
    return str(value)


def language(value: Any) -> str:
    return one_of(*LANGUAGES)(value)


def languages(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or any(code not in LANGUAGES for code in value):
        raise Wrong(f"must be a list of some of: {', '.join(LANGUAGES)}")
    return tuple(dict.fromkeys(value))


def country(value: Any) -> str:
    if value != "" and not known_country(text(value)):
        raise Wrong('must be a country whose public holidays are known, such as "FI", or ""')
    return str(value)


def groups(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or any(group not in GROUPS for group in value):
        raise Wrong(f"must be a list of some of: {', '.join(GROUPS)}")
    return tuple(dict.fromkeys(value))


def day(value: Any) -> date:
    if type(value) is not date:
        raise Wrong("must be a date such as 2026-12-24, without quotes")
    return value


def days(value: Any) -> tuple[date, ...]:
    if not isinstance(value, list):
        raise Wrong("must be a list of dates such as [2026-12-24]")
    return tuple(day(item) for item in value)


def clock_time(value: Any) -> time:
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(text(value))
    except ValueError as error:
        raise Wrong('must be a time such as "13:00"') from error


def hours(value: Any) -> tuple[time, time]:
    match = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", value if isinstance(value, str) else "")
    if not match:
        raise Wrong('must be hours such as "10:00-16:00"')
    start, end = clock_time(match[1]), clock_time(match[2])
    if end <= start:
        raise Wrong(N_("closing time must be after opening time"))
    return start, end


def weekdays(value: Any) -> frozenset[int]:
    return frozenset(DAYS.index(day) for day in some_of(*DAYS)(value))


def rule(value: Any) -> str:
    try:
        return check_rule(text(value), until=True)
    except BadRule as error:
        raise Wrong('must be an RFC 5545 rule such as "FREQ=WEEKLY;BYDAY=TU"') from error


def names(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not value or any(code not in LANGUAGES for code in value):
        raise Wrong(f"must have a name for some of: {', '.join(LANGUAGES)}")
    return {code: text(name) for code, name in value.items()}


def euros(value: Any) -> Decimal:
    return Decimal(str(number(0, 1000)(value)))


def words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong('must be a list of texts such as ["coffee"]')
    return tuple(text(item) for item in value)


def targets(value: Any) -> dict[str, int]:
    if not isinstance(value, dict) or any(key not in INDICATOR_KEYS for key in value):
        raise Wrong(f"must be numbers for some of: {', '.join(INDICATOR_KEYS)}")
    return {key: whole(1, LARGEST_TARGET)(target) for key, target in value.items()}
