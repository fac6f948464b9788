"""The projection rule of each thing, assembled from the declarations in kiosk/journal/kinds. Entries of unknown kinds
stay in the journal until a newer program projects them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kiosk.journal.kinds import KINDS
from kiosk.journal.kinds.declaration import RowEffect
from kiosk.journal.kinds.things import THINGS


@dataclass(frozen=True)
class ProjectionRule:
    """The projection of a thing: its table, and the effect of each kind on its row. A kind in `local` creates a row but
    does not change one. Rows of another `edition` are projected again."""

    model: Any
    effects: Mapping[str, RowEffect] = field(default_factory=dict)
    local: str = ""
    edition: int = 1

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns that a payload may name, and the photos of an item."""
        return frozenset({*self.model._meta.columns, "photos"} - {"id"})

    def mark(self) -> str:
        """Return a digest of the rule; it changes with the columns, the kinds and the edition."""
        return " ".join((str(self.edition), *sorted(self.model._meta.columns), "/", *sorted(self.effects)))


def _effects(thing: str) -> dict[str, RowEffect]:
    return {name: declared.row for name, declared in KINDS.items() if declared.thing == thing}


#: In order of reference: referred-to things first.
RULES = {
    thing: ProjectionRule(table.model, _effects(thing), table.local, table.edition) for thing, table in THINGS.items()
}
#: Decisions of staff about a day's session; the last one holds.
DECISIONS = frozenset(name for name, declared in KINDS.items() if declared.row.decides)
#: The code of a slip was erased: the thing gets a code that is on no paper.
SLIP_ERASED = "slip.erased"


def thing_of_slip(said: Mapping[str, Any]) -> tuple[str | None, str]:
    """Return (thing, id) whose code such an entry replaced; the thing is None for what has no code."""
    table, subject = said.get("slip"), said.get("subject")
    with_code = (thing for thing, rule in RULES.items() if "code" in rule.model._meta.columns)
    return next((thing for thing in with_code if RULES[thing].model._meta.table_name == table), None), str(subject)
