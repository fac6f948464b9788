"""Types of payload fields: a predicate on JSON values, and the same as data, from which the hub's SQL is generated
(`kiosk.hub.declared`). A value that a newer program may add to (a state, a topic, a language) is a WORD, so that an
older program takes it."""

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
class FieldCheck:
    """A type. `holds` is the predicate on a JSON value; `shape` is the type's name and parameters: numbers, words, a
    pattern, other checks."""

    holds: Callable[[Any], bool]
    shape: tuple[Any, ...]

    def __call__(self, value: Any) -> bool:
        return self.holds(value)


#: Control characters and lone surrogates, which no database stores and no screen shows.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SESSION = re.compile(r"[^\x00-\x1f]{1,150}:([0-9]{4}-[0-9]{2}-[0-9]{2}):([01][0-9]|2[0-3])[0-5][0-9]")
_DAY = re.compile(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
#: Upper limit of JSON nesting; entries of this program have 5.
DEEPEST = 12
#: Upper limits: values in a list or object, characters of a text.
MOST, LONGEST = 5000, 4000
#: Integers from 2 to the power of 53 on are not exact in programs that read JSON numbers as doubles.
TOO_LARGE = 2**53
#: Range of years of a time.
YEARS = range(1970, 2100)


def text(longest: int) -> FieldCheck:
    """Return the type of a text of at most `longest` characters without control characters."""
    return FieldCheck(
        lambda value: isinstance(value, str) and len(value) <= longest and not _UNPRINTABLE.search(value),
        ("text", longest),
    )


def matching(pattern: str) -> FieldCheck:
    """Return the type of a text that matches the whole `pattern`, in the syntax common to Python and PostgreSQL:
    without \\d and the like."""
    compiled = re.compile(pattern)
    return FieldCheck(
        lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None, ("matching", pattern)
    )


def integer(least: int, most: int) -> FieldCheck:
    """Return the type of a whole number; booleans are not numbers."""
    return FieldCheck(lambda value: type(value) is int and least <= value <= most, ("integer", least, most))


def number(least: float, most: float) -> FieldCheck:
    """Return the type of a finite number."""
    return FieldCheck(lambda value: type(value) in (int, float) and least <= value <= most, ("number", least, most))


def one_of(*words: str) -> FieldCheck:
    """Return the type of a word that determines the program's logic: an unknown one waits for a newer program."""
    return FieldCheck(lambda value: isinstance(value, str) and value in words, ("one_of", *words))


def either(*checks: FieldCheck) -> FieldCheck:
    """Return the union of `checks`."""
    return FieldCheck(lambda value: any(check(value) for check in checks), ("either", *checks))


def nullable(check: FieldCheck) -> FieldCheck:
    """Return the type of null or `check`."""
    return FieldCheck(lambda value: value is None or check(value), ("nullable", check))


def many(check: FieldCheck, most: int = MOST) -> FieldCheck:
    """Return the type of a list."""
    return FieldCheck(
        lambda value: isinstance(value, list | tuple) and len(value) <= most and all(map(check, value)),
        ("many", check, most),
    )


def table(check: FieldCheck, most: int = MOST) -> FieldCheck:
    """Return the type of an object with arbitrary text keys and values of `check`."""
    return FieldCheck(
        lambda value: (
            isinstance(value, dict) and len(value) <= most and all(ID(key) and check(one) for key, one in value.items())
        ),
        ("table", check, most),
    )


def record(**fields: FieldCheck) -> FieldCheck:
    """Return the type of an object with these fields; further fields of a newer program are allowed."""
    return FieldCheck(
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
    """Return whether a JSON value is within the limits of depth, length and size."""
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
#: A free text such as a reason or a source; longer than any form allows.
NOTE = text(500)
#: A key such as "dining_chair" or "fi", or none ("").
WORD = matching("[A-Za-z0-9_.-]{0,40}")
#: A hash or a fingerprint of a key, in hex.
HASH = matching("[0-9a-f]{8,128}")
#: A time such as "09:30".
TIME_OF_DAY = matching("([01][0-9]|2[0-3]):[0-5][0-9]")
#: A file name in a folder of the program, or none ("").
FILE = matching("([A-Za-z0-9_-][A-Za-z0-9_.-]{0,100})?")
#: A month such as "2026-11".
MONTH = matching("(19|20)[0-9]{2}-(0[1-9]|1[0-2])")
BOOLEAN = FieldCheck(lambda value: value is True or value is False, ("boolean",))
DAY = FieldCheck(_day, ("day",))
#: A recurrence rule in the form of `kiosk.language.recurrence`.
RULE = FieldCheck(_rule, ("rule",))
#: The id of a session: gathering:date:HHMM.
SESSION = FieldCheck(_session, ("session",))
MOMENT = FieldCheck(_moment, ("moment",))
PLAIN = FieldCheck(is_plain, ("plain",))
FLAG = integer(0, 1)
NAMES = table(NAME, 30)
#: A description by language; longer than any form allows.
DESCRIPTIONS = table(text(1000), 30)
