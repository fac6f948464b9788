"""The types of a payload's fields: whether a JSON value is one, and the same as data, from which the hub's SQL is made
(`kiosk.hub.declared`). A value that a newer program may add to (a state, a topic, a language) is a WORD, so that an older
program takes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kiosk import clock
from kiosk.errors import BadRule
from kiosk.language.recurrence import check_rule


@dataclass(frozen=True, slots=True)
class Check:
    """A type. `holds` tells whether a JSON value is one; `shape` is the type's name and what it is made of: numbers,
    words, a pattern, other checks."""

    holds: Callable[[Any], bool]
    shape: tuple[Any, ...]

    def __call__(self, value: Any) -> bool:
        return self.holds(value)


#: Control characters, and halves of a surrogate pair: no database takes them and no screen shows them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SESSION = re.compile(r"[^\x00-\x1f]{1,150}:([0-9]{4}-[0-9]{2}-[0-9]{2}):([01][0-9]|2[0-3])[0-5][0-9]")
_DAY = re.compile(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
#: The deepest nesting of JSON that is read; an entry of this program has 5.
DEEPEST = 12
#: The most values in a list or an object, and the longest text.
MOST, LONGEST = 5000, 4000
#: The first number that not every program reads exactly: 2 to the power of 53.
TOO_LARGE = 2**53
#: Years that a time may be in.
YEARS = range(1970, 2100)


def text(longest: int) -> Check:
    """Return the type of a text of at most `longest` characters without control characters."""
    return Check(
        lambda value: isinstance(value, str) and len(value) <= longest and not _UNPRINTABLE.search(value),
        ("text", longest),
    )


def matching(pattern: str) -> Check:
    """Return the type of a text that is wholly as `pattern` says: what Python's and PostgreSQL's regular expressions both
    understand, so without \\d and the like."""
    compiled = re.compile(pattern)
    return Check(lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None, ("matching", pattern))


def integer(least: int, most: int) -> Check:
    """Return the type of a whole number; true and false are none."""
    return Check(lambda value: type(value) is int and least <= value <= most, ("integer", least, most))


def number(least: float, most: float) -> Check:
    """Return the type of a finite number."""
    return Check(lambda value: type(value) in (int, float) and least <= value <= most, ("number", least, most))


def one_of(*words: str) -> Check:
    """Return the type of a word that the program's own logic goes by: another one waits for a program that knows it."""
    return Check(lambda value: isinstance(value, str) and value in words, ("one_of", *words))


def either(*checks: Check) -> Check:
    """Return the type of what one of `checks` takes."""
    return Check(lambda value: any(check(value) for check in checks), ("either", *checks))


def nullable(check: Check) -> Check:
    """Return the type of null or what `check` takes."""
    return Check(lambda value: value is None or check(value), ("nullable", check))


def many(check: Check, most: int = MOST) -> Check:
    """Return the type of a list."""
    return Check(
        lambda value: isinstance(value, list | tuple) and len(value) <= most and all(map(check, value)),
        ("many", check, most),
    )


def table(check: Check, most: int = MOST) -> Check:
    """Return the type of an object whose keys are texts of any kind, and whose values `check` takes."""
    return Check(
        lambda value: (
            isinstance(value, dict) and len(value) <= most and all(ID(key) and check(one) for key, one in value.items())
        ),
        ("table", check, most),
    )


def record(**fields: Check) -> Check:
    """Return the type of an object with these fields, and others that a newer program may write."""
    return Check(
        lambda value: (
            isinstance(value, dict) and all(name in value and check(value[name]) for name, check in fields.items())
        ),
        ("record", fields),
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
        return isinstance(value, str) and clock.parse(value).year in YEARS
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
    return value is None or isinstance(value, bool) or (type(value) in (int, float) and abs(value) < TOO_LARGE)


ID = text(200)
NAME = text(200)
#: A reason, a source: longer than any form takes.
NOTE = text(500)
#: A key such as "dining_chair" or "fi", or none ("").
WORD = matching("[A-Za-z0-9_.-]{0,40}")
#: A hash or a fingerprint of a key, in hex.
HASH = matching("[0-9a-f]{8,128}")
#: A time such as "09:30".
TIME_OF_DAY = matching("([01][0-9]|2[0-3]):[0-5][0-9]")
#: The name of a file in a folder of the program's own, or none ("").
FILE = matching("([A-Za-z0-9_-][A-Za-z0-9_.-]{0,100})?")
#: A month such as "2026-11".
MONTH = matching("(19|20)[0-9]{2}-(0[1-9]|1[0-2])")
BOOLEAN = Check(lambda value: value is True or value is False, ("boolean",))
DAY = Check(_day, ("day",))
#: A recurrence rule as `kiosk.language.recurrence` takes it.
RULE = Check(_rule, ("rule",))
#: The id of a session: gathering:date:HHMM.
SESSION = Check(_session, ("session",))
MOMENT = Check(_moment, ("moment",))
PLAIN = Check(is_plain, ("plain",))
FLAG = integer(0, 1)
NAMES = table(NAME, 30)
