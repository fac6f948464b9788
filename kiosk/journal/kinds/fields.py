"""The types of a payload's fields, as functions that tell whether a JSON value is one. A value that a newer program may
add to (a state, a topic, a language) is a WORD, so that an older program takes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from kiosk import clock
from kiosk.errors import BadRule
from kiosk.language.recurrence import check_rule

Check = Callable[[Any], bool]

#: Control characters, and halves of a surrogate pair: no database takes them and no screen shows them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_WORD = re.compile(r"[A-Za-z0-9_.-]{0,40}")
_SESSION = re.compile(r"[^\x00-\x1f]{1,150}:(\d{4}-\d\d-\d\d):([01]\d|2[0-3])[0-5]\d")
_FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,100}|")
_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
_HEX = re.compile(r"[0-9a-f]{8,128}")
_DAY = re.compile(r"(19|20)\d\d-\d\d-\d\d")
_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
#: The deepest nesting of JSON that is read; an entry of this program has 5.
DEEPEST = 12
#: The most values in a list or an object, and the longest text.
MOST, LONGEST = 5000, 4000


def text(longest: int) -> Check:
    """Return the type of a text of at most `longest` characters without control characters."""
    return lambda value: isinstance(value, str) and len(value) <= longest and not _UNPRINTABLE.search(value)


def integer(least: int, most: int) -> Check:
    """Return the type of a whole number; true and false are none."""
    return lambda value: type(value) is int and least <= value <= most


def number(least: float, most: float) -> Check:
    """Return the type of a finite number."""
    return lambda value: type(value) in (int, float) and least <= value <= most


def one_of(*words: str) -> Check:
    """Return the type of a word that the program's own logic goes by: another one waits for a program that knows it."""
    return lambda value: isinstance(value, str) and value in words


def either(*checks: Check) -> Check:
    """Return the type of what one of `checks` takes."""
    return lambda value: any(check(value) for check in checks)


def nullable(check: Check) -> Check:
    """Return the type of null or what `check` takes."""
    return lambda value: value is None or check(value)


def many(check: Check, most: int = MOST) -> Check:
    """Return the type of a list."""
    return lambda value: isinstance(value, list | tuple) and len(value) <= most and all(map(check, value))


def table(check: Check, most: int = MOST) -> Check:
    """Return the type of an object whose keys are texts of any kind, and whose values `check` takes."""
    return lambda value: (
        isinstance(value, dict) and len(value) <= most and all(ID(key) and check(one) for key, one in value.items())
    )


def record(**fields: Check) -> Check:
    """Return the type of an object with these fields, and others that a newer program may write."""
    return lambda value: (
        isinstance(value, dict) and all(name in value and check(value[name]) for name, check in fields.items())
    )


def _day(value: Any) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and clock.parse(value).year >= 1970
    except (ValueError, OverflowError):
        return False


def _rule(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) <= 500 and bool(check_rule(value, until=True))
    except BadRule:
        return False


def _session(value: Any) -> bool:
    found = _SESSION.fullmatch(value) if isinstance(value, str) else None
    return found is not None and _day(found[1])


def is_plain(value: Any, deepest: int = DEEPEST) -> bool:
    """Tell whether a JSON value is no deeper, longer or larger than is read."""
    if isinstance(value, str):
        return len(value) <= LONGEST and not _UNPRINTABLE.search(value)
    if isinstance(value, dict):
        return (
            deepest > 0
            and len(value) <= MOST
            and all(is_plain(key) and is_plain(one, deepest - 1) for key, one in value.items())
        )
    if isinstance(value, list | tuple):
        return deepest > 0 and len(value) <= MOST and all(is_plain(one, deepest - 1) for one in value)
    return value is None or isinstance(value, bool) or (type(value) in (int, float) and abs(value) < 2**53)


ID = text(200)
NAME = text(200)
#: A reason, a source: longer than any form takes.
NOTE = text(500)


def WORD(value: Any) -> bool:
    """Tell whether this is a key such as "dining_chair" or "fi", or none ("")."""
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def HASH(value: Any) -> bool:
    """Tell whether this is a hash or a fingerprint of a key, in hex."""
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def TIME_OF_DAY(value: Any) -> bool:
    """Tell whether this is a time such as "09:30"."""
    return isinstance(value, str) and _TIME_OF_DAY.fullmatch(value) is not None


def BOOLEAN(value: Any) -> bool:
    """Tell whether this is true or false."""
    return value is True or value is False


def FILE(value: Any) -> bool:
    """Tell whether this is the name of a file in a folder of the program's own, or none ("")."""
    return isinstance(value, str) and _FILE.fullmatch(value) is not None


def MONTH(value: Any) -> bool:
    """Tell whether this is a month such as "2026-11"."""
    return isinstance(value, str) and _MONTH.fullmatch(value) is not None


DAY: Check = _day
#: A recurrence rule as `kiosk.language.recurrence` takes it.
RULE: Check = _rule
#: The id of a session: gathering:date:HHMM.
SESSION: Check = _session
MOMENT: Check = _moment
PLAIN: Check = is_plain
FLAG = integer(0, 1)
NAMES = table(NAME, 30)
