"""Formatting and parsing of settings' values."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from kiosk.errors import N_, NC_, BadValue
from kiosk.settings.validators import DAYS
from screens.widgets.choices import Option

from .parts import OPTIONS

#: Characters of a list that fit on a line; of a longer list the number of values is shown.
LONGEST = 60
MAIN_SCREEN = N_("The main one")
#: Characters of one word that fit beside each other on an upright screen: a longer word would make the whole text small.
WORD = 30


class ValueKind(StrEnum):
    """The input method of a setting."""

    HOURS = "hours"
    DAYS = "days"
    PRINTER = "printer"
    PICTURE = "picture"
    OUTPUT = "output"
    SEVERAL = "several"
    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    TIME = "time"
    TEXT = "text"


def kind_of(key: str, value: Any) -> ValueKind:
    """Return the input method of a setting, by the type of its value."""
    if key.startswith("opening.") or key == "guidance.hours":
        return ValueKind.HOURS
    if key == "closed":
        return ValueKind.DAYS
    if key in ("printers.receipt", "printers.label"):
        return ValueKind.PRINTER
    if key == "centre.logo":
        return ValueKind.PICTURE
    if key == "screen.output":
        return ValueKind.OUTPUT
    if key in ("centre.languages", "guidance.days", "goods.categories", "donations.not_taken"):
        return ValueKind.SEVERAL
    if key in OPTIONS:
        return ValueKind.CHOICE
    if isinstance(value, bool):
        return ValueKind.YES_NO
    if isinstance(value, int):
        return ValueKind.NUMBER
    return ValueKind.TIME if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d", value) else ValueKind.TEXT


class ValueText:
    """Formats values in the language of `tr`."""

    def __init__(self, tr: Any) -> None:
        self._tr = tr

    def weekday(self, day: str) -> str:
        """Return the name of a weekday such as "mon", capitalised as in a heading."""
        name = self._tr.language.weekday(DAYS.index(day))
        return str(name[:1].upper() + name[1:])

    def options(self, key: str) -> tuple[Option, ...]:
        """Return the options of a setting."""
        return OPTIONS.get(key) or tuple(Option(day, self.weekday(day)) for day in DAYS)

    def said(self, key: str, value: Any) -> str:
        """Return a setting's value as text."""
        tr, kind = self._tr, kind_of(key, value)
        if value is None:
            return str(tr._(NC_("centre", "Closed")))
        if kind == ValueKind.YES_NO:
            return str(tr._("On") if value else tr._("Off"))
        if kind == ValueKind.DAYS:
            return ", ".join(tr.language.short_date(day) for day in value[-3:]) or "–"
        if kind in (ValueKind.CHOICE, ValueKind.SEVERAL):
            words = {option.key: tr._(option.message) for option in self.options(key)}
            chosen = [str(value)] if kind == ValueKind.CHOICE else value
            said = str(tr.language.listed(words.get(one, one) for one in chosen)) or "–"
            return said if len(said) <= LONGEST else f"{len(value)} / {len(words)}"
        if kind == ValueKind.PICTURE:
            return str(tr._("A picture of your own") if value else tr._("Illustration"))
        if kind == ValueKind.OUTPUT:
            return str(value or tr._(MAIN_SCREEN))
        if kind in (ValueKind.HOURS, ValueKind.TIME):
            return str(tr.language.clock(str(value)))
        if isinstance(value, float):
            return str(tr.language.decimal(value))
        return ", ".join(value) if isinstance(value, list) else str(value) or "–"


def broken(text: str) -> str:
    """Break words that are longer than a line, such as an address or a key."""
    return re.sub(rf"\S{{{WORD}}}(?=\S)", lambda part: f"{part[0]}\n", text)


def shortened(text: str) -> str:
    """Leave out the end of words that are longer than a line of a list: a touch shows them whole."""
    return re.sub(rf"(\S{{{WORD + 9}}})\S{{2,}}", r"\1…", text)


def as_number(text: str) -> int:
    """Parse a whole number. Raises BadValue."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadValue(N_("Please type a whole number."))
    return int(text)


def split(text: str) -> list[str]:
    """Parse a comma-separated list."""
    return [part.strip() for part in text.split(",") if part.strip()]
