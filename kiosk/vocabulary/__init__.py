"""The multilingual list of things, one CSV a category: one pick names a thing in every language.

Columns: key, fi, sv, uk, en, also (other words it is found by, `|` between), kg (typical weight; literature
estimates, see DOMAIN notes in docs/).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CATEGORIES = ("furniture", "clothes", "kitchen", "toys", "baby", "electronics", "books", "sport", "textiles", "other")
_LANGUAGES = ("fi", "sv", "uk", "en")


@dataclass(frozen=True)
class Thing:
    """A kind of thing. `names` is by language, `words` everything it is found by, `kg` a typical weight or None."""

    key: str
    category: str
    names: dict[str, str]
    words: tuple[str, ...]
    kg: float | None


@cache
def things() -> dict[str, Thing]:
    """Return every thing by its key."""
    found: dict[str, Thing] = {}
    for category in CATEGORIES:
        path = Path(__file__).with_name("things") / f"{category}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names = {code: row[code] for code in _LANGUAGES if row[code]}
                also = tuple(word for word in (row["also"] or "").split("|") if word)
                kg = float(row["kg"]) if row["kg"] else None
                found.setdefault(row["key"], Thing(row["key"], category, names, (*names.values(), *also), kg))
    return found
