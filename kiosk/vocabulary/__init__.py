"""The multilingual vocabulary of things, one CSV for each category, so that one choice names a thing in every language.

Columns: key, one for each language, also (synonyms), wider (words that find it but mean more than it, or something beside
it: "pelit" of a jigsaw); both separated by `|`. Weights of pieces and emission
factors from literature are beside it, in weights.csv and co2e.csv; LITERATURE is their version.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

#: Version of weights.csv and co2e.csv, printed beside every estimate.
LITERATURE = "2026-11"
CATEGORIES = ("furniture", "clothes", "kitchen", "toys", "baby", "electronics", "books", "sport", "textiles", "other")
#: Target groups that may be asked for (DOMAIN.md section 0).
GROUPS = ("family", "older", "young", "ukrainian", "other")
#: Joins the groups of a party in the order of GROUPS: "family.ukrainian".
AND = "."
#: Indicators of the reports, for which a project may have a target; `kiosk.reports.indicators` counts them.
INDICATOR_KEYS = (
    "sessions", "visits", "people", "first", "asked", "paired", "done", "guidance", "hours", "in", "given", "kg", "co2e",
    "partners",
)  # fmt: skip
#: The open house: the gathering under which visits are counted on days without one.
OPEN_HOUSE = "open_house"
#: Columns that are not languages.
_FACTS = ("key", "also", "wider")


class Thing(NamedTuple):
    """A kind of thing. `names` are by language, `meant` the words that mean just it, `wider` others that find it."""

    key: str
    category: str
    names: dict[str, str]
    meant: tuple[str, ...]
    wider: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Return all words by which it is searched."""
        return (*self.meant, *self.wider)


def joined(groups: Iterable[str]) -> str:
    """Return the word under which a party's groups are counted, "" for none."""
    return AND.join(sorted(groups, key=GROUPS.index))


def groups_of(word: str | None) -> tuple[str, ...]:
    """Return the groups in such a word; a newer program may know more of them."""
    return tuple(word.split(AND)) if word else ()


@cache
def things() -> dict[str, Thing]:
    """Return every thing by its key."""
    found: dict[str, Thing] = {}
    for category in CATEGORIES:
        path = Path(__file__).with_name("things") / f"{category}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names = {code: name for code, name in row.items() if code not in _FACTS and name}
                also, wider = (tuple(word for word in row[column].split("|") if word) for column in ("also", "wider"))
                found.setdefault(row["key"], Thing(row["key"], category, names, (*names.values(), *also), wider))
    return found


@cache
def literature(table: str) -> tuple[dict[str, str], ...]:
    """Return the rows of "weights" or "co2e"; a subject is a thing, a category, or "*" for all."""
    with Path(__file__).with_name(f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
