"""The multilingual list of things, one CSV a category: one pick names a thing in every language.

Columns: key, a column a language, also (other words it is found by, `|` between). Beside it lies what pieces weigh and what
reusing them saves, as far as others have found out: weights.csv and co2e.csv, of which LITERATURE is the version.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

#: Version of weights.csv and co2e.csv, printed beside every estimate.
LITERATURE = "2026-11"
CATEGORIES = ("furniture", "clothes", "kitchen", "toys", "baby", "electronics", "books", "sport", "textiles", "other")
#: The target groups that may be named (DOMAIN.md section 0).
GROUPS = ("family", "older", "young", "ukrainian", "other")
#: The gathering of days without one: who comes for the goods is counted under it.
OPEN_HOUSE = "open_house"
#: Columns that are no language.
_FACTS = ("key", "also")


class Thing(NamedTuple):
    """A kind of thing. `names` is by language, `words` everything it is found by."""

    key: str
    category: str
    names: dict[str, str]
    words: tuple[str, ...]


@cache
def things() -> dict[str, Thing]:
    """Return every thing by its key."""
    found: dict[str, Thing] = {}
    for category in CATEGORIES:
        path = Path(__file__).with_name("things") / f"{category}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names = {code: name for code, name in row.items() if code not in _FACTS and name}
                also = tuple(word for word in (row["also"] or "").split("|") if word)
                found.setdefault(row["key"], Thing(row["key"], category, names, (*names.values(), *also)))
    return found


@cache
def literature(table: str) -> tuple[dict[str, str], ...]:
    """Return the rows of "weights" or "co2e"; a subject is a thing, a category, or "*" for all."""
    with Path(__file__).with_name(f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
