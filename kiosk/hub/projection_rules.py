"""How each thing is projected, put together from the declarations in kiosk/journal/kinds. Kinds that are not known there
stay in the journal until a newer program projects them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.journal.kinds import KINDS
from kiosk.journal.kinds.declaration import RowEffect
from kiosk.journal.kinds.things import THINGS


@dataclass(frozen=True)
class ProjectionRule:
    """How a thing is projected: its table, and by kind what entries make of its row. What `local` writes makes a row and
    does not change one. `edition` is raised when an effect has changed, so that what older programs projected is projected
    anew."""

    model: Any
    effects: Mapping[str, RowEffect] = field(default_factory=dict)
    local: str = ""
    edition: int = 1

    def mark(self) -> str:
        """Return what this rule can project, in short: it is another as soon as there are other columns or kinds."""
        return " ".join((str(self.edition), *sorted(self.model._meta.columns), "/", *sorted(self.effects)))


def _effects(thing: str) -> dict[str, RowEffect]:
    return {name: declared.row for name, declared in KINDS.items() if declared.thing == thing}


#: Things that others refer to come before them.
RULES = {thing: ProjectionRule(table.model, _effects(thing), table.local) for thing, table in THINGS.items()}
#: What staff decide for the session of a day; the last of them holds.
DECISIONS = frozenset(name for name, declared in KINDS.items() if declared.row.decides)
#: Somebody's slip leads to nothing any more: the thing gets a code that is on no paper.
SLIP_ERASED = "slip.erased"


def thing_of_slip(said: Mapping[str, Any]) -> tuple[str | None, str]:
    """Return the thing and the id of which such an entry says that its code was replaced; None for what has no code."""
    table, subject = said.get("slip"), said.get("subject")
    with_code = (thing for thing, rule in RULES.items() if "code" in rule.model._meta.columns)
    return next((thing for thing in with_code if RULES[thing].model._meta.table_name == table), None), str(subject)
