"""Values of settings as people read and type them."""

from __future__ import annotations

import re
from typing import Any

from kiosk.errors import N_, NC_, BadValue
from kiosk.settings.validators import DAYS
from screens.widgets.choices import Option

from .parts import OPTIONS

#: Letters of chosen values that a line has room for; of more it says how many there are.
LONGEST = 60
MAIN_SCREEN = N_("The main one")


def kind_of(key: str, value: Any) -> str:
    """Return how a setting is asked for, by what it holds now."""
    if key.startswith("opening.") or key == "guidance.hours":
        return "hours"
    if key == "closed":
        return "days"
    if key in ("printers.receipt", "printers.label"):
        return "printer"
    if key == "centre.logo":
        return "picture"
    if key == "screen.output":
        return "output"
    if key in ("centre.languages", "guidance.days", "goods.categories", "donations.not_taken"):
        return "several"
    if key in OPTIONS:
        return "choice"
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int):
        return "number"
    return "time" if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d", value) else "text"


class ValueText:
    """Says values in the language of `tr`."""

    def __init__(self, tr: Any) -> None:
        self._tr = tr

    def weekday(self, day: str) -> str:
        """Return the name of "mon" with a capital, as a heading has it."""
        name = self._tr.language.weekday(DAYS.index(day))
        return str(name[:1].upper() + name[1:])

    def options(self, key: str) -> tuple[Option, ...]:
        """Return what can be chosen for a setting."""
        return OPTIONS.get(key) or tuple(Option(day, self.weekday(day)) for day in DAYS)

    def said(self, key: str, value: Any) -> str:
        """Return what a setting is now."""
        tr, kind = self._tr, kind_of(key, value)
        if value is None:
            return str(tr._(NC_("centre", "Closed")))
        if kind == "yes_no":
            return str(tr._("On") if value else tr._("Off"))
        if kind == "days":
            return ", ".join(tr.language.short_date(day) for day in value[-3:]) or "–"
        if kind in ("choice", "several"):
            words = {option.key: tr._(option.message) for option in self.options(key)}
            chosen = [str(value)] if kind == "choice" else value
            said = str(tr.language.listed(words.get(one, one) for one in chosen)) or "–"
            return said if len(said) <= LONGEST else f"{len(value)} / {len(words)}"
        if kind == "picture":
            return str(tr._("A picture of your own") if value else tr._("Illustration"))
        if kind == "output":
            return str(value or tr._(MAIN_SCREEN))
        if kind in ("hours", "time"):
            return str(tr.language.clock(str(value)))
        if isinstance(value, float):
            return str(tr.language.decimal(value))
        return ", ".join(value) if isinstance(value, list) else str(value) or "–"


def as_number(text: str) -> int:
    """Return a typed whole number. Raises BadValue."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadValue(N_("Please type a whole number."))
    return int(text)


def split(text: str) -> list[str]:
    """Return what was typed with commas between."""
    return [part.strip() for part in text.split(",") if part.strip()]
